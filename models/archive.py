from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct
from models.officer import Officer


class LegalHold(CaseAct, Base):
    """An order to keep everything of a case; while one stands nothing is disposed of."""

    __tablename__ = "legal_hold"

    authority: Mapped[str] = mapped_column(comment="court, docket number, counsel's notice")
    reason: Mapped[str]

    by: Mapped[Officer] = relationship()
    release: Mapped[LegalHoldRelease | None] = relationship(back_populates="hold")


class LegalHoldRelease(CaseAct, Base):
    __tablename__ = "legal_hold_release"
    __table_args__ = (sa.UniqueConstraint("hold_id"),)

    hold_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("legal_hold.id", ondelete="RESTRICT"))
    reason: Mapped[str]

    hold: Mapped[LegalHold] = relationship(back_populates="release")
    by: Mapped[Officer] = relationship()


class Disposition(CaseAct, Base):
    """A proposal to destroy the stored files of an archived case under a records schedule."""

    __tablename__ = "disposition"
    __table_args__ = (sa.UniqueConstraint("id", "by_person_id", "content_sha256"),)

    authority: Mapped[str] = mapped_column(comment="item of the records schedule")
    reason: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(comment="exhibits: number, title, sha256")
    content_sha256: Mapped[str]

    by: Mapped[Officer] = relationship()
    decision: Mapped[DispositionDecision | None] = relationship(back_populates="disposition")


class DispositionDecision(CaseAct, Base):
    """The second person's word on the very list that was proposed."""

    __tablename__ = "disposition_decision"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["disposition_id", "preparer_person_id", "content_sha256"],
            ["disposition.id", "disposition.by_person_id", "disposition.content_sha256"],
            ondelete="RESTRICT",
            name="fk_disposition_decision_content",
        ),
        sa.CheckConstraint("by_person_id <> preparer_person_id", name="four_eyes"),
        sa.UniqueConstraint("disposition_id"),
    )

    disposition_id: Mapped[uuid.UUID]
    preparer_person_id: Mapped[uuid.UUID]
    content_sha256: Mapped[str]
    approved: Mapped[bool]
    reasons: Mapped[str]

    disposition: Mapped[Disposition] = relationship(back_populates="decision")
    by: Mapped[Officer] = relationship()
