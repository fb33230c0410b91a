"""What stands around an entity by ownership and control, and which owners count under which rule.

Each function takes the selects of what the reader may see and goes no further.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.screening.facts import CountryTie, RelationKind
from casework.screening.ownership_rules import RULES
from casework.screening.queries import merges
from casework.screening.queries.entities import places
from casework.screening.rule_labels import rule_labels
from casework.statute.loader import load_pack
from models import (
    Case,
    Determination,
    Entity,
    JudgementConfirmation,
    Relation,
    ScreeningJudgement,
    WatchlistEntry,
)

LIMIT = 2000  # relations followed each way; past it the page says that it is cut
FOLLOWED = (
    RelationKind.OWNS,
    RelationKind.CONTROLS,
    RelationKind.DIRECTS,
    RelationKind.PARENT_OF,
    RelationKind.STATE_BODY_OF,
    RelationKind.OFFICER_OF,
)
SHARES = (RelationKind.OWNS, RelationKind.CONTROLS, RelationKind.DIRECTS)
_MATCH = "match"
_IDENTIFIED = ("identified",)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Entities by id as text, and the relations between them that were not withdrawn, whatever
    their dates. `below` are ids of what the entity owns, directly or through others; `cut` says
    that more relations lead on than were followed.
    """

    entities: Mapping[str, Entity]
    relations: tuple[Relation, ...]
    below: frozenset[str]
    cut: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an owner counts: a case that identified it, or a confirmed match with a list's entry."""

    labels: tuple[str, ...]
    case: Case | None = None
    decided_on: date | None = None
    source: str = ""
    caption: str = ""


def surroundings(session: Session, entity: Entity, within: sa.Select[Entity]) -> Surroundings:
    """What the entity owns, and the owners above it and above all that."""
    seen = within.with_only_columns(Entity.id)
    down, cut_below = _followed(session, {entity.id}, seen, upward=False)
    below = {row.to_id for row in down if row.kind == RelationKind.OWNS} | {entity.id}
    up, cut_above = _followed(session, below, seen, upward=True)
    relations = {row.id: row for row in (*down, *up)}
    ends = {end for row in relations.values() for end in (row.from_id, row.to_id)} | {entity.id}
    return Surroundings(
        {str(row.id): row for row in _entities(session, ends)},
        tuple(relations.values()),
        frozenset(str(key) for key in below - {entity.id}),
        cut_below or cut_above,
    )


def relations_above(
    session: Session, entity: Entity, within: sa.Select[Entity]
) -> tuple[Sequence[Relation], Mapping[str, Entity]]:
    """Relations of ownership and control that lead up from the entity, and their ends."""
    seen = within.with_only_columns(Entity.id)
    rows, _ = _followed(session, {entity.id}, seen, upward=True, kinds=FOLLOWED)
    ends = {row.from_id for row in rows} | {entity.id}
    return rows, {str(row.id): row for row in _entities(session, ends)}


def _followed(
    session: Session,
    start: Collection[uuid.UUID],
    seen: sa.Select[Any],
    *,
    upward: bool,
    kinds: Sequence[str] = SHARES,
) -> tuple[list[Relation], bool]:
    here, there = (
        (Relation.to_id, Relation.from_id) if upward else (Relation.from_id, Relation.to_id)
    )
    standing = (
        sa.select(Relation)
        .where(Relation.kind.in_(kinds), Relation.withdrawn_at.is_(None))
        .where(Relation.from_id.in_(seen), Relation.to_id.in_(seen))
        .order_by(Relation.id)
    )
    found: dict[uuid.UUID, Relation] = {}
    known, level = set(start), set(start)
    while level:
        rows = merges.as_one(session, standing.where(merges.parts(here, level)).limit(LIMIT + 1))
        found |= {row.id: row for row in rows}
        if len(found) > LIMIT:
            return list(found.values())[:LIMIT], True
        # What another controls is not owned: only shares lead further down.
        ends = {getattr(row, there.key) for row in rows if upward or row.kind == RelationKind.OWNS}
        level = ends - known
        known |= level
    return list(found.values()), False


def _entities(session: Session, ids: Collection[uuid.UUID]) -> Sequence[Entity]:
    return session.scalars(
        sa.select(Entity)
        .where(Entity.id.in_(ids))
        .options(*places())
        .order_by(Entity.name, Entity.id)
    ).all()


def grounds_of(
    session: Session, entities: Collection[Entity], cases: sa.Select[Case], on: date
) -> dict[str, dict[str, list[Ground]]]:
    """For each rule, by its id, the entities that count as owners on the day, each with why.

    A list is taken as its newest edition stands. Training records count among themselves only.
    """
    by_case = _identified(session, entities, cases, on)
    by_list = _matched(session, entities)
    return {rule.id: by_list if rule.labels else by_case for rule in RULES.values()}


def labels(grounds: Mapping[str, Iterable[Ground]]) -> dict[str, list[str]]:
    """What the cascade asks for: each owner with its labels."""
    return {name: [each for row in rows for each in row.labels] for name, rows in grounds.items()}


def _identified(
    session: Session, entities: Collection[Entity], cases: sa.Select[Case], on: date
) -> dict[str, list[Ground]]:
    parties = merges.parties_of(session, [entity.id for entity in entities])
    rows = session.execute(
        sa.select(Determination, Case)
        .join(Case, Determination.case_id == Case.id)
        .join(Entity, Determination.entity_id == Entity.id)
        .where(Determination.entity_id.in_(parties))
        .where(Determination.case_id.in_(cases.with_only_columns(Case.id)))
        .where(Determination.decided_on <= on, Case.training == Entity.training)
        .order_by(Determination.at)
    )
    newest = {(row.entity_id, case.id): (row, case) for row, case in rows}
    found: dict[str, list[Ground]] = defaultdict(list)
    for row, case in newest.values():
        rule = load_pack(case.text_version).determinations.get(row.kind)
        if rule is not None and rule.needs:
            ground = Ground(_IDENTIFIED, case=case, decided_on=row.decided_on)
            found[str(parties[row.entity_id])].append(ground)
    return dict(found)


def _matched(session: Session, entities: Collection[Entity]) -> dict[str, list[Ground]]:
    parties = merges.parties_of(session, [entity.id for entity in entities])
    judged = session.scalars(
        sa.select(ScreeningJudgement)
        .where(ScreeningJudgement.entity_id.in_(parties))
        .options(joinedload(ScreeningJudgement.confirmation))
        .order_by(ScreeningJudgement.at, ScreeningJudgement.id)
    )
    newest = {(row.entity_id, row.source, row.entry_id): row for row in judged}
    standing = [row for row in newest.values() if _confirmed(row.verdict, row.confirmation)]
    entries = _in_force(session, {(row.source, row.entry_id) for row in standing})
    found: dict[str, list[Ground]] = defaultdict(list)
    for row in standing:
        if entry := entries.get((row.source, row.entry_id)):
            programs, origin = _listing(entry)
            told = rule_labels(row.source, programs, origin)
            ground = Ground(told, source=row.source, caption=entry.caption)
            found[str(parties[row.entity_id])].append(ground)
    return dict(found)


def _confirmed(verdict: str, second: JudgementConfirmation | None) -> bool:
    return verdict == _MATCH and second is not None and second.agrees


def _in_force(
    session: Session, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], WatchlistEntry]:
    rows = session.scalars(
        sa.select(WatchlistEntry)
        .where(WatchlistEntry.ended.is_(None))
        .where(WatchlistEntry.entry_id.in_([entry_id for _, entry_id in keys]))
    )
    return {(row.source, row.entry_id): row for row in rows}


def _listing(entry: WatchlistEntry) -> tuple[Sequence[str], str]:
    """Programs of an entry, and the list it came from where a collection holds it."""
    return entry.content.get("programs", ()), entry.content.get("other", {}).get("origin", "")


def seats(entity: Entity) -> dict[str, str]:
    """Country by kind of tie, out of the facts that stand; of several the first, those of the
    entity itself before those of what is merged into it.
    """
    found: dict[str, str] = {}
    for tie in (tie for part in merges.whole(entity) for tie in part.countries):
        if tie.withdrawn_at is None:
            found.setdefault(tie.tie, tie.country)
    return found


def home_of(entity: Entity) -> str:
    """ISO 3166 code of the country whose entity it is for the rules, empty if not recorded."""
    known = seats(entity)
    order = (CountryTie.INCORPORATED, CountryTie.HEADQUARTERED, CountryTie.LOCATED)
    return next((known[tie] for tie in order if tie in known), "")
