"""Read entities. What follows about an officer's view starts from `visible_to`."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from casework.access import STAFF, Role
from casework.screening.names import folded
from casework.screening.queries import merges
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
MOST_RELATIONS = 500  # in the table of one entity
FACTS = (EntityName, EntityIdentifier, EntityAddress, EntityCountry)
F = TypeVar("F", EntityName, EntityIdentifier, EntityAddress, EntityCountry, Relation)
_OTHER = aliased(Entity)
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


def visible_to(officer: Officer) -> sa.Select[Entity]:
    """Staff see every entity, a delegate the subjects of cases open to the delegate, and what is
    read as one with those.
    """
    if STAFF(officer, None):
        return sa.select(Entity)
    if Role.AGENCY_DELEGATE not in officer.roles:
        return sa.select(Entity).where(sa.false())
    subjects = sa.select(CaseSubject.entity_id).where(_open_to_delegate(officer))
    return sa.select(Entity).where(merges.of_parties(CaseSubject.entity_id, subjects))


def _open_to_delegate(officer: Officer) -> sa.ColumnElement[bool]:
    case_id = CaseSubject.case_id
    member = sa.select(CaseMember.case_id).where(CaseMember.officer_id == officer.id)
    asked = sa.select(PositionRequest.case_id).where(PositionRequest.agency == officer.agency)
    recused = sa.select(Recusal.case_id).where(Recusal.person_id == officer.person_id)
    return sa.and_(sa.or_(case_id.in_(member), case_id.in_(asked)), case_id.not_in(recused))


def visible_entity(session: Session, officer: Officer, entity_id: uuid.UUID) -> Entity | None:
    return session.scalars(visible_to(officer).where(Entity.id == entity_id)).one_or_none()


def search(session: Session, officer: Officer, text: str, limit: int = 20) -> Sequence[Entity]:
    """Entities with `text` in a standing name or identifier; those that begin with it first.

    What is merged is found by its own names too, and answered as the entity that is kept.
    """
    found = _matching(visible_to(officer), Filter(text=text))
    begins = _reads(lambda entity: entity.search_text.startswith(folded(text), autoescape=True))
    ordered = found.order_by(sa.case((begins, 0), else_=1), Entity.name, Entity.id)
    return session.scalars(ordered.limit(limit)).all()


def same_named(session: Session, officer: Officer, text: str) -> Sequence[Entity]:
    """Entities of which a standing name reads the same as `text`, case and width apart."""
    named = sa.select(EntityName.entity_id).where(
        EntityName.folded == folded(text), EntityName.withdrawn_at.is_(None)
    )
    alike = _each_once(visible_to(officer)).where(_reads(lambda entity: entity.id.in_(named)))
    return session.scalars(alike.order_by(Entity.name, Entity.id).limit(PAGE)).all()


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
    listed = found.order_by(*order).options(*places()).limit(PAGE + 1)
    rows = session.scalars(listed).all()
    return Page(rows[:PAGE], count, rows[PAGE - 1].id if len(rows) > PAGE else None)


def _matching(found: sa.Select[Entity], wanted: Filter) -> sa.Select[Entity]:
    found = _each_once(found)
    if text := folded(wanted.text):
        found = found.where(
            _reads(lambda entity: entity.search_text.contains(text, autoescape=True))
        )
    if wanted.kind:
        found = found.where(Entity.kind == wanted.kind)
    if wanted.country:
        tied = sa.select(EntityCountry.entity_id).where(
            EntityCountry.country == wanted.country, EntityCountry.withdrawn_at.is_(None)
        )
        found = found.where(_reads(lambda entity: entity.id.in_(tied)))
    if wanted.training is not None:
        found = found.where(Entity.training == wanted.training)
    return found


def places() -> tuple[ORMOption, ...]:
    """Load the ties to countries along with entities, those of what is merged too."""
    return selectinload(Entity.countries), selectinload(Entity.merged).selectinload(
        Entity.countries
    )


def _each_once(found: sa.Select[Entity]) -> sa.Select[Entity]:
    return found.where(Entity.id.not_in(merges.merged_ids()))


def _reads(
    condition: Callable[[type[Entity]], sa.ColumnElement[bool]],
) -> sa.ColumnElement[bool]:
    """Whether the condition holds of the entity, or of one that is merged into it."""
    through = merges.kept_through(condition(_OTHER), _OTHER)
    return sa.or_(condition(Entity), Entity.id.in_(through))


def names_of(session: Session, entities: Iterable[Entity]) -> dict[uuid.UUID, Sequence[EntityName]]:
    """The standing names of each entity in the order of their recording, then those of what is
    merged into it.
    """
    names: dict[uuid.UUID, list[EntityName]] = {entity.id: [] for entity in entities}
    parties = merges.parties_of(session, names)
    rows = session.scalars(
        sa.select(EntityName)
        .where(EntityName.entity_id.in_(parties), EntityName.withdrawn_at.is_(None))
        .order_by(EntityName.position, EntityName.id)
    ).all()
    for row in sorted(rows, key=lambda row: row.entity_id not in names):
        if (held := names.get(row.entity_id, names.get(parties[row.entity_id]))) is not None:
            held.append(row)
    return dict(names)


def relations_of(session: Session, entity: Entity, within: sa.Select[Entity]) -> Sequence[Relation]:
    """Relations of the entity and of what is merged into it, as recorded, withdrawn ones too,
    whose other end is among `within`.
    """
    seen = within.with_only_columns(Entity.id)
    parts = [one.id for one in merges.whole(entity)]
    return session.scalars(
        sa.select(Relation)
        .where(sa.or_(Relation.from_id.in_(parts), Relation.to_id.in_(parts)))
        .where(Relation.from_id.in_(seen), Relation.to_id.in_(seen))
        .options(joinedload(Relation.owner), joinedload(Relation.owned))
        .order_by(Relation.kind, Relation.starts_on, Relation.id)
        .limit(MOST_RELATIONS)
    ).all()


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
