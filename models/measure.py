from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct, Frozen
from models.entity import Entity
from models.finding import Recommendation
from models.officer import Officer


class MeasureDecision(CaseAct, Frozen, Base):
    """A signed decision on an approved recommendation, whichever way. The foreign key carries
    author and hash along: nobody decides on an own draft, or on words other than those shown.
    """

    __tablename__ = "measure_decision"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["recommendation_id", "preparer_person_id", "content_sha256"],
            ["recommendation.id", "recommendation.by_person_id", "recommendation.content_sha256"],
            ondelete="RESTRICT",
            name="fk_measure_decision_content",
        ),
        sa.CheckConstraint("by_person_id <> preparer_person_id", name="four_eyes"),
        sa.UniqueConstraint("recommendation_id"),
    )

    recommendation_id: Mapped[uuid.UUID]
    preparer_person_id: Mapped[uuid.UUID]
    content_sha256: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="vocabulary decision_kind")
    reasons: Mapped[str]
    decided_on: Mapped[date] = mapped_column(comment="local day in Washington")

    recommendation: Mapped[Recommendation] = relationship()
    by: Mapped[Officer] = relationship()


class EntityListEntry(CaseAct, Base):
    """One entry of the Entity List, for one country; each change is the next version with its
    own Federal Register citation (Supp. No. 4 to 15 CFR part 744).
    """

    __tablename__ = "entity_list_entry"
    __table_args__ = (sa.UniqueConstraint("case_id", "entity_id", "country", "version"),)

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    motion_closing_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("motion_closing.id", ondelete="RESTRICT")
    )
    country: Mapped[str] = mapped_column(comment="ISO 3166-1 alpha-2")
    version: Mapped[int]
    change: Mapped[str] = mapped_column(comment="added, modified, removed")
    fields: Mapped[dict[str, Any]] = mapped_column(
        comment="names, addresses, licence_requirement, licence_policy, savings_clause"
    )
    federal_register: Mapped[str]
    effective_on: Mapped[date]

    entity: Mapped[Entity] = relationship()
    by: Mapped[Officer] = relationship()


class MeasureHold(CaseAct, Base):
    """A measure put off for reasons of foreign policy. It stops no clock of the Act."""

    __tablename__ = "measure_hold"

    measure: Mapped[str]
    entity_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT")
    )
    authority: Mapped[str] = mapped_column(comment="who may order it, and by what")
    reason: Mapped[str]
    review_on: Mapped[date]

    entity: Mapped[Entity | None] = relationship()
    by: Mapped[Officer] = relationship()
    lift: Mapped[MeasureHoldLift | None] = relationship(back_populates="hold")


class MeasureHoldLift(CaseAct, Base):
    __tablename__ = "measure_hold_lift"
    __table_args__ = (sa.UniqueConstraint("hold_id"),)

    hold_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("measure_hold.id", ondelete="RESTRICT")
    )
    reason: Mapped[str]

    hold: Mapped[MeasureHold] = relationship(back_populates="lift")
    by: Mapped[Officer] = relationship()
