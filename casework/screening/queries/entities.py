"""Read entities. What follows about an officer's view starts from `visible_to`."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.access import STAFF, Role
from casework.screening.countries import COUNTRIES
from casework.screening.facts import RELATION_VERBS, RelationKind
from casework.screening.names import folded
from casework.screening.picture_parts import Node, NodeKind, Tie
from casework.screening.shares import Holding
from models import (
    CaseMember,
    CaseSubject,
    Entity,
    EntityAddress,
    EntityCountry,
    EntityIdentifier,
    EntityName,
    Officer,
    PositionRequest,
    Recusal,
    Relation,
    Source,
)

PAGE = 25
STEP_LIMIT = 500  # relations followed in one step; a hub with more is told in the table
FACTS = (EntityName, EntityIdentifier, EntityAddress, EntityCountry)
F = TypeVar("F", EntityName, EntityIdentifier, EntityAddress, EntityCountry, Relation)
SORTS = {"name": (Entity.name, True), "newest": (Entity.created_at, False)}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of entities leaves: `text` in any name or identifier, codes, or all if empty."""

    text: str = ""
    kind: str = ""
    country: str = ""
    training: bool | None = None
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class Page:
    """`count` is of the whole list; `after` the id to go on from, None at the end."""

    entities: Sequence[Entity]
    count: int
    after: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Graph:
    """Entities around some others, for the picture (`nodes`, `ties`) and for its table."""

    entities: Sequence[Entity]
    relations: Sequence[Relation]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def visible_to(officer: Officer) -> sa.Select[Entity]:
    """Staff see every entity, a delegate the subjects of cases open to the delegate."""
    if STAFF(officer, None):
        return sa.select(Entity)
    if Role.AGENCY_DELEGATE not in officer.roles:
        return sa.select(Entity).where(sa.false())
    subjects = sa.select(CaseSubject.entity_id).where(_open_to_delegate(officer))
    return sa.select(Entity).where(Entity.id.in_(subjects))


def _open_to_delegate(officer: Officer) -> sa.ColumnElement[bool]:
    case_id = CaseSubject.case_id
    member = sa.select(CaseMember.case_id).where(CaseMember.officer_id == officer.id)
    asked = sa.select(PositionRequest.case_id).where(PositionRequest.agency == officer.agency)
    recused = sa.select(Recusal.case_id).where(Recusal.person_id == officer.person_id)
    return sa.and_(sa.or_(case_id.in_(member), case_id.in_(asked)), case_id.not_in(recused))


def visible_entity(session: Session, officer: Officer, entity_id: uuid.UUID) -> Entity | None:
    return session.scalars(visible_to(officer).where(Entity.id == entity_id)).one_or_none()


def search(session: Session, officer: Officer, text: str, limit: int = 20) -> Sequence[Entity]:
    """Entities with `text` in a standing name or identifier; those that begin with it first."""
    found = _matching(visible_to(officer), Filter(text=text))
    begins = Entity.search_text.startswith(folded(text), autoescape=True)
    ordered = found.order_by(sa.case((begins, 0), else_=1), Entity.name, Entity.id)
    return session.scalars(ordered.limit(limit)).all()


def same_named(session: Session, officer: Officer, text: str) -> Sequence[Entity]:
    """Entities of which a standing name reads the same as `text`, case and width apart."""
    named = sa.select(EntityName.entity_id).where(
        EntityName.folded == folded(text), EntityName.withdrawn_at.is_(None)
    )
    return session.scalars(visible_to(officer).where(Entity.id.in_(named)).limit(PAGE)).all()


def entity_page(
    session: Session, officer: Officer, wanted: Filter, after: uuid.UUID | None = None
) -> Page:
    found = _matching(visible_to(officer), wanted)
    count = session.scalar(found.with_only_columns(sa.func.count(Entity.id))) or 0
    column, upward = SORTS[wanted.sort]
    last = session.get(Entity, after) if after else None
    if last is not None:
        here = sa.tuple_(column, Entity.id)
        mark = sa.tuple_(
            sa.literal(getattr(last, column.key), column.type), sa.literal(last.id, Entity.id.type)
        )
        found = found.where(here > mark if upward else here < mark)
    order = (column, Entity.id) if upward else (column.desc(), Entity.id.desc())
    listed = found.order_by(*order).options(selectinload(Entity.countries)).limit(PAGE + 1)
    rows = session.scalars(listed).all()
    return Page(rows[:PAGE], count, rows[PAGE - 1].id if len(rows) > PAGE else None)


def _matching(found: sa.Select[Entity], wanted: Filter) -> sa.Select[Entity]:
    if text := folded(wanted.text):
        found = found.where(Entity.search_text.contains(text, autoescape=True))
    if wanted.kind:
        found = found.where(Entity.kind == wanted.kind)
    if wanted.country:
        tied = sa.select(EntityCountry.entity_id).where(
            EntityCountry.country == wanted.country, EntityCountry.withdrawn_at.is_(None)
        )
        found = found.where(Entity.id.in_(tied))
    if wanted.training is not None:
        found = found.where(Entity.training == wanted.training)
    return found


def names_of(session: Session, entities: Iterable[Entity]) -> dict[uuid.UUID, Sequence[EntityName]]:
    """Return the standing names of each entity in the order of their recording."""
    names: dict[uuid.UUID, list[EntityName]] = {entity.id: [] for entity in entities}
    rows = session.scalars(
        sa.select(EntityName)
        .where(EntityName.entity_id.in_(names), EntityName.withdrawn_at.is_(None))
        .order_by(EntityName.position)
    )
    for row in rows:
        names[row.entity_id].append(row)
    return dict(names)


def relations_of(session: Session, entity: Entity, within: sa.Select[Entity]) -> Sequence[Relation]:
    """Relations of the entity, withdrawn ones too, whose other end is among `within`."""
    seen = within.with_only_columns(Entity.id)
    return session.scalars(
        sa.select(Relation)
        .where(sa.or_(Relation.from_id == entity.id, Relation.to_id == entity.id))
        .where(Relation.from_id.in_(seen), Relation.to_id.in_(seen))
        .options(joinedload(Relation.owner), joinedload(Relation.owned))
        .order_by(Relation.kind, Relation.starts_on, Relation.id)
        .limit(STEP_LIMIT)
    ).all()


def graph_of(
    session: Session,
    entities: Sequence[Entity],
    depth: int = 2,
    within: sa.Select[Entity] | None = None,
) -> Graph:
    """What stands around `entities` at most `depth` relations away, among `within` if given."""
    subjects = {entity.id for entity in entities}
    seen, edge = set(subjects), set(subjects)
    relations: dict[uuid.UUID, Relation] = {}
    for _ in range(depth):
        step = _relations_at(session, edge, within)
        relations.update({relation.id: relation for relation in step})
        edge = {end for relation in step for end in (relation.from_id, relation.to_id)} - seen
        seen |= edge
    parties = sa.select(Entity).where(Entity.id.in_(seen)).options(selectinload(Entity.countries))
    found = session.scalars(parties.order_by(Entity.name, Entity.id)).all()
    return _drawn(found, list(relations.values()), subjects)


def _relations_at(
    session: Session, edge: Collection[uuid.UUID], within: sa.Select[Entity] | None
) -> Sequence[Relation]:
    touching = sa.or_(Relation.from_id.in_(edge), Relation.to_id.in_(edge))
    standing = sa.select(Relation).where(touching, Relation.withdrawn_at.is_(None))
    if within is not None:
        seen = within.with_only_columns(Entity.id)
        standing = standing.where(Relation.from_id.in_(seen), Relation.to_id.in_(seen))
    return session.scalars(standing.order_by(Relation.id).limit(STEP_LIMIT)).all()


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
    """Return the names of the countries to which the entity is tied by facts that stand."""
    codes = [tie.country for tie in entity.countries if tie.withdrawn_at is None]
    return [COUNTRIES.get(code, code) for code in dict.fromkeys(codes)]


def holdings_of(relations: Iterable[Relation]) -> list[Holding]:
    """Return the ownerships among `relations` that stand."""
    return [
        Holding(row.from_id, row.to_id, row.percent_min, row.starts_on, row.ends_on)
        for row in relations
        if row.kind == RelationKind.OWNS and row.withdrawn_at is None
    ]


def sources_of(session: Session, entity: Entity) -> Sequence[Source]:
    """Return the sources that any fact of the entity cites, by title."""
    cited = [sa.select(kind.source_id).where(kind.entity_id == entity.id) for kind in FACTS]
    ends = sa.or_(Relation.from_id == entity.id, Relation.to_id == entity.id)
    cited.append(sa.select(Relation.source_id).where(ends))
    listed = sa.select(Source).where(Source.id.in_(sa.union(*cited)))
    return session.scalars(listed.order_by(Source.title, Source.id)).all()


def find_fact(session: Session, entity: Entity, kind: type[F], fact_id: uuid.UUID) -> F | None:
    """Return a fact of the entity, a relation from either end, or None."""
    row = session.get(kind, fact_id)
    if isinstance(row, Relation):
        return row if entity.id in {row.from_id, row.to_id} else None
    return row if row is not None and row.entity_id == entity.id else None
