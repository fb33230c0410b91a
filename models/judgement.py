"""Whether an entry of a list and an entity of ours are the same, and by whom it was judged."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey, PersonKey
from models.entity import Entity
from models.officer import Officer


class ScreeningHit(Keyed, Base):
    """A candidate that a screening raised about an entity; raised again only when it changed."""

    __tablename__ = "screening_hit"
    __table_args__ = (
        sa.UniqueConstraint("entity_id", "source", "entry_id", "basis_sha256"),
        sa.Index("ix_screening_hit_open", "settled_at", "raised_at"),
    )

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    source: Mapped[str]
    entry_id: Mapped[str]
    edition: Mapped[int]
    matched_name: Mapped[str]
    score: Mapped[int] = mapped_column(comment="thousandths, 0 to 1000")
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    basis_sha256: Mapped[str] = mapped_column(
        comment="of the entity's names and facts and of the entry's content: what was compared"
    )
    raised_at: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(comment="judged, or fallen away")

    entity: Mapped[Entity] = relationship()


class ScreeningJudgement(Keyed, Base):
    """A person's word on one pair; a later one stands beside it."""

    __tablename__ = "screening_judgement"
    __table_args__ = (sa.UniqueConstraint("id", "by_person_id"),)

    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    source: Mapped[str]
    entry_id: Mapped[str]
    basis_sha256: Mapped[str] = mapped_column(comment="what the person was shown")
    verdict: Mapped[str] = mapped_column(comment="match, no_match, unsure")
    reason: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    entity: Mapped[Entity] = relationship()
    by: Mapped[Officer] = relationship()
    confirmation: Mapped[JudgementConfirmation | None] = relationship(back_populates="judgement")


class JudgementConfirmation(Keyed, Base):
    """The second person's word on a match that has legal effect."""

    __tablename__ = "judgement_confirmation"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["judgement_id", "author_person_id"],
            ["screening_judgement.id", "screening_judgement.by_person_id"],
            ondelete="RESTRICT",
            name="fk_judgement_confirmation_author",
        ),
        sa.CheckConstraint("by_person_id <> author_person_id", name="four_eyes"),
        sa.UniqueConstraint("judgement_id"),
    )

    judgement_id: Mapped[uuid.UUID]
    author_person_id: Mapped[uuid.UUID]
    agrees: Mapped[bool]
    reason: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    judgement: Mapped[ScreeningJudgement] = relationship(back_populates="confirmation")
    by: Mapped[Officer] = relationship()
