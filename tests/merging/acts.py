"""Merging as a test writes it, and what an officer is answered about some entities."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.incidents.queries import incidents
from casework.screening.actions.merges import merge, undo
from casework.screening.judging import ALL, Filter
from casework.screening.merging import fingerprint
from casework.screening.queries import dossier, entities, hits, interchange, merge_sides, ownership
from casework.screening.queries.affiliates import affiliates_of
from casework.screening.queries.control import facts_for
from casework.screening.queries.graphs import graph_of, tied_countries
from casework.statute.uses import CONTROL, SEAT
from casework.workflow.queries import cases as workflow
from models import Base, Entity, EntityMerge, Officer, ScreeningHit
from tests.factories import AT

REASON = "Same registration number in both registers"


def merged(db: Session, kept: Entity, other: Entity, by: Officer, **changes: Any) -> EntityMerge:
    """Merge `other` into `kept`, having read whatever speaks against it."""
    cases = workflow.visible_to(by)
    found = merge_sides.conflicts(db, kept, other, cases)
    given = {"reason": REASON, "acknowledged": fingerprint(found) if found else None, **changes}
    return merge(db, kept, other, cases=cases, by=by, at=AT, **given)


def undone(db: Session, row: EntityMerge, by: Officer) -> None:
    undo(db, row, reason="Two branches of one group", by=by, at=AT)


def rows_of_everything(db: Session) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the database but those that a merge writes: itself and the log."""
    db.flush()
    ours = {"entity_merge", "audit_entry", "audit_detail", "audit_head"}
    return {
        name: sorted(map(tuple, db.execute(sa.select(table)).all()), key=repr)
        for name, table in Base.metadata.tables.items()
        if name not in ours
    }


def answers(db: Session, officer: Officer, asked: list[Entity]) -> dict[str, Any]:
    """What each query says, in plain values, so that two moments can be compared."""
    db.expire_all()
    seen, cases = entities.visible_to(officer), workflow.visible_to(officer)
    reports, on = incidents.visible_to(officer), AT.date()
    return {
        "list": [row.id for row in entities.entity_page(db, officer, entities.Filter()).entities],
        "hits": _hits(hits.hit_page(db, officer, Filter(state=ALL)).rows),
    } | {
        f"{entity.id} {name}": value
        for entity in asked
        for name, value in {
            "found": [row.id for row in entities.search(db, officer, entity.name)],
            "alike": [row.id for row in entities.same_named(db, officer, entity.name)],
            "names": [row.id for row in entities.names_of(db, [entity])[entity.id]],
            "countries": tied_countries(entity),
            "home": ownership.home_of(entity),
            "relations": [row.id for row in entities.relations_of(db, entity, seen)],
            "graph": _graph(graph_of(db, [entity], within=seen)),
            "around": _around(ownership.surroundings(db, entity, seen)),
            "grounds": ownership.grounds_of(db, [entity], cases, on),
            "affiliates": affiliates_of(db, [entity], on),
            "seat": facts_for(db, SEAT, entity, seen, on),
            "control": facts_for(db, CONTROL, entity, seen, on),
            "hits": _hits(hits.hits_of(db, entity)),
            "waiting": hits.waiting_count(db, entity),
            "confirmed": _hits(hits.confirmed_of(db, [entity.id]).get(entity.id, ())),
            "mentions": [row.id for row in dossier.mentions(db, entity, reports).parties],
            "standings": [row.subject.id for row in dossier.standings(db, entity, cases)],
            "file": interchange.around(db, [entity], seen),
        }.items()
    }


def _hits(rows: Any) -> list[Any]:
    return [(row.hit.id, row.state) for row in rows]


def _graph(graph: Any) -> Any:
    return graph.nodes, graph.ties


def _around(found: Any) -> Any:
    rows = [(row.id, row.from_id, row.to_id) for row in found.relations]
    return sorted(found.entities), sorted(rows), found.below, found.cut


def raise_hit(db: Session, entity: Entity, entry_id: str = "7", **changes: Any) -> ScreeningHit:
    """A hit of the entity on an entry of the SDN list."""
    fields = {
        "source": "ofac-sdn",
        "entry_id": entry_id,
        "edition": 1,
        "matched_name": "ORCHID COMPUTE LIMITED",
        "score": 910,
        "reasons": [{"text": "The names agree", "against": False}],
        "basis_sha256": "0" * 64,
        "raised_at": AT,
        **changes,
    }
    row = ScreeningHit(entity_id=entity.id, **fields)
    db.add(row)
    db.flush()
    return row
