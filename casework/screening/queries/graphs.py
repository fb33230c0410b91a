"""What stands around entities, for a picture and its table. Merged entities are one node."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.screening.countries import COUNTRIES
from casework.screening.facts import RELATION_VERBS, RelationKind
from casework.screening.picture_parts import Node, NodeKind, Tie
from casework.screening.queries import merges
from casework.screening.queries.entities import places
from casework.screening.shares import Holding
from models import Entity, Relation

STEP_LIMIT = 500  # relations followed in one step; a hub with more is told in the table


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities around some others, for the picture (`nodes`, `ties`) and for its table."""

    entities: Sequence[Entity]
    relations: Sequence[Relation]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def graph_of(
    session: Session,
    entities: Sequence[Entity],
    depth: int = 2,
    within: sa.Select[Entity] | None = None,
) -> Graph:
    """What stands around `entities` at most `depth` relations away, among `within` if given."""
    given = {entity.id for entity in entities}
    known = merges.kept_of(session, given)
    subjects = {known[key].id if key in known else key for key in given}
    seen, edge = set(subjects), set(subjects)
    relations: dict[uuid.UUID, Relation] = {}
    for _ in range(depth):
        step = _relations_at(session, edge, within)
        relations.update({relation.id: relation for relation in step})
        edge = {end for relation in step for end in (relation.from_id, relation.to_id)} - seen
        seen |= edge
    parties = sa.select(Entity).where(Entity.id.in_(seen)).options(*places())
    found = session.scalars(parties.order_by(Entity.name, Entity.id)).all()
    return _drawn(found, list(relations.values()), subjects)


def _relations_at(
    session: Session, edge: Collection[uuid.UUID], within: sa.Select[Entity] | None
) -> Sequence[Relation]:
    touching = sa.or_(merges.parts(Relation.from_id, edge), merges.parts(Relation.to_id, edge))
    standing = sa.select(Relation).where(touching, Relation.withdrawn_at.is_(None))
    if within is not None:
        seen = within.with_only_columns(Entity.id)
        standing = standing.where(Relation.from_id.in_(seen), Relation.to_id.in_(seen))
    return merges.as_one(session, standing.order_by(Relation.id).limit(STEP_LIMIT))


def _drawn(
    entities: Sequence[Entity], relations: Sequence[Relation], subjects: Collection[uuid.UUID]
) -> Graph:
    nodes = tuple(
        Node(str(e.id), e.name, NodeKind(e.kind), ", ".join(tied_countries(e)), e.id in subjects)
        for e in entities
    )
    ties = tuple(
        Tie(str(r.from_id), str(r.to_id), r.percent_min, r.percent_max, RELATION_VERBS[r.kind])
        for r in relations
    )
    return Graph(entities, relations, nodes, ties)


def tied_countries(entity: Entity) -> list[str]:
    """Return the names of the countries to which the party is tied by facts that stand."""
    ties = [tie for part in merges.whole(entity) for tie in part.countries]
    codes = [tie.country for tie in ties if tie.withdrawn_at is None]
    return [COUNTRIES.get(code, code) for code in dict.fromkeys(codes)]


def holdings_of(relations: Iterable[Relation]) -> list[Holding]:
    """Return the ownerships among `relations` that stand."""
    return [
        Holding(row.from_id, row.to_id, row.percent_min, row.starts_on, row.ends_on)
        for row in relations
        if row.kind == RelationKind.OWNS and row.withdrawn_at is None
    ]
