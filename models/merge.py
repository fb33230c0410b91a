"""Two entities that were found to be one."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey, PersonKey
from models.entity import Entity
from models.officer import Officer


class EntityMerge(Keyed, Base):
    """Says that `merged` is the same as `kept`. No row of either moves, so undoing is exact.

    It is in effect from `in_effect_at` on, which waits for a second person where a merge decides
    more than how a record is kept.
    """

    __tablename__ = "entity_merge"
    __table_args__ = (
        sa.CheckConstraint("kept_id <> merged_id", name="two_entities"),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)"
            " AND (undone_at IS NULL) = (undone_reason IS NULL)",
            name="undone_whole",
        ),
        sa.CheckConstraint(
            "(seconded_by_id IS NULL) = (seconded_by_person_id IS NULL)"
            " AND (seconded_by_id IS NULL OR in_effect_at IS NOT NULL)",
            name="seconded_whole",
        ),
        sa.CheckConstraint(
            "seconded_by_person_id IS NULL OR seconded_by_person_id <> by_person_id",
            name="four_eyes",
        ),
        sa.Index(
            "uq_entity_merge_standing",
            "merged_id",
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
    )

    kept_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    merged_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("entity.id", ondelete="RESTRICT"))
    reason: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]
    in_effect_at: Mapped[datetime | None] = mapped_column(comment="null: waits for a second person")
    seconded_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    seconded_by_person_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT")
    )
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    undone_reason: Mapped[str | None]

    kept: Mapped[Entity] = relationship(foreign_keys="EntityMerge.kept_id")
    merged: Mapped[Entity] = relationship(foreign_keys="EntityMerge.merged_id")
    by: Mapped[Officer] = relationship(foreign_keys="EntityMerge.by_id")
    seconded_by: Mapped[Officer | None] = relationship(foreign_keys="EntityMerge.seconded_by_id")
    undone_by: Mapped[Officer | None] = relationship(foreign_keys="EntityMerge.undone_by_id")
