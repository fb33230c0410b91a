"""Which entities are read as one, and what was merged and undone.

A merge moves no row: what belongs to an entity is found by its own key and read here as belonging
to the one that is kept. Into an entity that is itself merged nothing is merged, so one step leads
from any entity to the one that is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from models import Entity, EntityMerge, Relation


def _in_effect(row: type[EntityMerge]) -> sa.ColumnElement[bool]:
    return sa.and_(row.in_effect_at.is_not(None), row.undone_at.is_(None))


IN_EFFECT = _in_effect(EntityMerge)
# Made once: an alias made for each question costs more than the question.
_ABOVE, _BESIDE, _FIRST, _SECOND = (aliased(EntityMerge) for _ in range(4))


def kept_of(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Entity]:
    """The entity that is kept, for each of the ids that is merged; the others are absent."""
    rows = session.execute(
        sa.select(EntityMerge.merged_id, Entity)
        .join(Entity, Entity.id == EntityMerge.kept_id)
        .where(IN_EFFECT, EntityMerge.merged_id.in_(ids))
    )
    return {row.merged_id: row.Entity for row in rows}


def kept(session: Session, entity: Entity) -> Entity:
    """The entity as which this one is read: itself unless it is merged."""
    return kept_of(session, [entity.id]).get(entity.id, entity)


def parties_of(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Every entity that is read as one with any of `ids`, those too, with the id that is kept."""
    tops = sa.select(_ABOVE.kept_id).where(_in_effect(_ABOVE), _ABOVE.merged_id.in_(ids))
    rows = session.execute(
        sa.select(EntityMerge.merged_id, EntityMerge.kept_id).where(
            IN_EFFECT, sa.or_(EntityMerge.kept_id.in_(ids), EntityMerge.kept_id.in_(tops))
        )
    ).all()
    return {key: key for key in ids} | {row.kept_id: row.kept_id for row in rows} | dict(rows)


def parts(
    column: InstrumentedAttribute[uuid.UUID], ids: Collection[uuid.UUID]
) -> sa.ColumnElement[bool]:
    """Whether the column names one of the ids, which are kept, or what is merged into it."""
    below = sa.select(EntityMerge.merged_id).where(IN_EFFECT, EntityMerge.kept_id.in_(ids))
    return sa.or_(column.in_(ids), column.in_(below))


def merged_ids() -> sa.Select[uuid.UUID]:
    """The ids of all that is merged, for lists that show each party once."""
    return sa.select(EntityMerge.merged_id).where(IN_EFFECT)


def kept_through(condition: sa.ColumnElement[bool], other: type[Entity]) -> sa.Select[uuid.UUID]:
    """The ids that are kept of entities on which the condition holds; `other` is their alias."""
    return (
        sa.select(EntityMerge.kept_id)
        .join(other, other.id == EntityMerge.merged_id)
        .where(IN_EFFECT, condition)
    )


def party_of(
    column: InstrumentedAttribute[uuid.UUID],
) -> tuple[sa.ColumnElement[uuid.UUID], sa.ColumnElement[bool]]:
    """For grouping rows by party: the id that is kept, and on what to join the merges."""
    return (
        sa.func.coalesce(EntityMerge.kept_id, column),
        sa.and_(EntityMerge.merged_id == column, IN_EFFECT),
    )


def of_parties(
    column: InstrumentedAttribute[uuid.UUID], rows: sa.Select[Any]
) -> sa.ColumnElement[bool]:
    """Whether an entity is read as one with any that `column` of the rows names."""
    one, joined = party_of(column)
    roots = rows.outerjoin(EntityMerge, joined).with_only_columns(one)
    beside = sa.select(_BESIDE.merged_id).where(_in_effect(_BESIDE), _BESIDE.kept_id.in_(roots))
    return sa.or_(Entity.id.in_(roots), Entity.id.in_(beside))


def as_one(session: Session, rows: sa.Select[Relation]) -> list[Relation]:
    """Relations with each end read as the party that is kept; inside one party none is left.

    A row with a merged end is answered as a copy that belongs to no session.
    """
    found = session.execute(
        rows.add_columns(_FIRST.kept_id, _SECOND.kept_id)
        .outerjoin(_FIRST, sa.and_(_FIRST.merged_id == Relation.from_id, _in_effect(_FIRST)))
        .outerjoin(_SECOND, sa.and_(_SECOND.merged_id == Relation.to_id, _in_effect(_SECOND)))
    ).all()
    read = [_read(session, row, owner, owned) for row, owner, owned in found]
    return [row for row in read if row.from_id != row.to_id]


def _read(
    session: Session, row: Relation, owner_id: uuid.UUID | None, owned_id: uuid.UUID | None
) -> Relation:
    if owner_id is None and owned_id is None:
        return row
    owner = session.get_one(Entity, owner_id) if owner_id else row.owner
    owned = session.get_one(Entity, owned_id) if owned_id else row.owned
    return Relation(
        id=row.id,
        from_id=owner.id,
        to_id=owned.id,
        owner=owner,
        owned=owned,
        kind=row.kind,
        percent_min=row.percent_min,
        percent_max=row.percent_max,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        note=row.note,
        source_id=row.source_id,
        source=row.source,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
    )


def whole(entity: Entity) -> list[Entity]:
    """The entity and those that are read as one with it, each with facts of its own."""
    return [entity, *entity.merged]


def standing(session: Session, ids: Iterable[uuid.UUID]) -> Sequence[EntityMerge]:
    """Merges of these entities that nobody has undone, waiting ones too."""
    keys = list(ids)
    rows = _told().where(
        sa.or_(EntityMerge.merged_id.in_(keys), EntityMerge.kept_id.in_(keys)),
        EntityMerge.undone_at.is_(None),
    )
    return session.scalars(rows.order_by(EntityMerge.at, EntityMerge.id)).all()


def history_of(session: Session, entity: Entity) -> Sequence[EntityMerge]:
    """Every merge of the entity, undone ones too, the newest first."""
    sides = sa.or_(EntityMerge.merged_id == entity.id, EntityMerge.kept_id == entity.id)
    rows = _told().where(sides).order_by(EntityMerge.at.desc(), EntityMerge.id)
    return session.scalars(rows).all()


def find_merge(session: Session, entity: Entity, merge_id: uuid.UUID) -> EntityMerge | None:
    """A merge of which the entity is a side, or None."""
    row = session.scalars(_told().where(EntityMerge.id == merge_id)).one_or_none()
    return row if row is not None and entity.id in {row.kept_id, row.merged_id} else None


def _told() -> sa.Select[EntityMerge]:
    parts = (
        EntityMerge.kept,
        EntityMerge.merged,
        EntityMerge.by,
        EntityMerge.seconded_by,
        EntityMerge.undone_by,
    )
    return sa.select(EntityMerge).options(*(joinedload(part) for part in parts))
