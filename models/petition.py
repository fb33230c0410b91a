from __future__ import annotations

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct, Frozen
from models.entity import Entity
from models.exhibit import Exhibit
from models.officer import Officer


class Petition(CaseAct, Base):
    """A written request to correct, change or lift a measure."""

    __tablename__ = "petition"

    entity_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("entity.id", ondelete="RESTRICT"))
    measure: Mapped[str] = mapped_column(comment="id of a measure of the pack")
    asks: Mapped[str] = mapped_column(comment="vocabulary petition_ask")
    petitioner: Mapped[str]
    text: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date | None] = mapped_column(comment="of the pack's clock; empty: none is set")
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT"), comment="the petition as received"
    )

    entity: Mapped[Entity] = relationship()
    exhibit: Mapped[Exhibit | None] = relationship()
    by: Mapped[Officer] = relationship()
    decision: Mapped[PetitionDecision | None] = relationship(back_populates="petition")


class PetitionDecision(CaseAct, Frozen, Base):
    """The written answer, by a person who took no part in what is petitioned against."""

    __tablename__ = "petition_decision"
    __table_args__ = (sa.UniqueConstraint("petition_id"),)

    petition_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("petition.id", ondelete="RESTRICT")
    )
    outcome: Mapped[str] = mapped_column(comment="vocabulary review_outcome")
    reasons: Mapped[str]
    decided_on: Mapped[date]

    petition: Mapped[Petition] = relationship(back_populates="decision")
    by: Mapped[Officer] = relationship()
