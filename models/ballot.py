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
from models.petition import Petition


class Motion(CaseAct, Base):
    """A question put to the voting members of a committee, in the words they vote on."""

    __tablename__ = "motion"
    __table_args__ = (sa.UniqueConstraint("id", "content_sha256"),)

    question: Mapped[str] = mapped_column(comment="id of a ballot rule of the pack")
    entity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("entity.id", ondelete="RESTRICT"), index=True
    )
    recommendation_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("recommendation.id", ondelete="RESTRICT")
    )
    petition_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("petition.id", ondelete="RESTRICT")
    )
    statement: Mapped[str]
    circulated_on: Mapped[date] = mapped_column(comment="local day in Washington")
    due_on: Mapped[date] = mapped_column(comment="of the pack's clock, from circulation")
    seated: Mapped[list[str]] = mapped_column(
        comment="codes of observing agencies that vote on this motion"
    )
    seating_reason: Mapped[str]
    content_sha256: Mapped[str]

    entity: Mapped[Entity] = relationship()
    by: Mapped[Officer] = relationship()
    recommendation: Mapped[Recommendation | None] = relationship()
    petition: Mapped[Petition | None] = relationship()
    ballots: Mapped[list[Ballot]] = relationship(
        back_populates="motion", order_by="Ballot.sequence"
    )
    closing: Mapped[MotionClosing | None] = relationship(back_populates="motion")
    postponements: Mapped[list[Postponement]] = relationship(
        back_populates="motion", order_by="Postponement.at"
    )


class Ballot(CaseAct, Base):
    """One ballot as cast; the last one of an agency counts. The foreign key carries the hash
    of the motion along, so that nobody votes on other words than those on record.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["motion_id", "content_sha256"],
            ["motion.id", "motion.content_sha256"],
            ondelete="RESTRICT",
            name="fk_ballot_motion_content",
        ),
        sa.UniqueConstraint("motion_id", "sequence"),
    )

    motion_id: Mapped[uuid.UUID]
    content_sha256: Mapped[str]
    agency: Mapped[str]
    choice: Mapped[str] = mapped_column(comment="vocabulary ballot_choice")
    sequence: Mapped[int] = mapped_column(comment="from 1 within the motion, in order of casting")
    dissent: Mapped[str] = mapped_column(comment="memorandum of a member that votes against")

    motion: Mapped[Motion] = relationship(back_populates="ballots")
    by: Mapped[Officer] = relationship()


class Postponement(CaseAct, Base):
    """A request to vote later than the clock says. It holds only if every member agrees."""

    __tablename__ = "postponement"

    motion_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("motion.id", ondelete="RESTRICT"), index=True
    )
    until: Mapped[date]
    reason: Mapped[str]

    motion: Mapped[Motion] = relationship(back_populates="postponements")
    by: Mapped[Officer] = relationship()
    answers: Mapped[list[PostponementAnswer]] = relationship(
        back_populates="postponement", order_by="PostponementAnswer.at"
    )


class PostponementAnswer(CaseAct, Base):
    __tablename__ = "postponement_answer"
    __table_args__ = (sa.UniqueConstraint("postponement_id", "agency"),)

    postponement_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("postponement.id", ondelete="RESTRICT")
    )
    agency: Mapped[str]
    agrees: Mapped[bool]

    postponement: Mapped[Postponement] = relationship(back_populates="answers")
    by: Mapped[Officer] = relationship()


class MotionClosing(CaseAct, Frozen, Base):
    """The end of a vote: the count of the ballots as they were, never counted again from
    anything else.
    """

    __tablename__ = "motion_closing"
    __table_args__ = (sa.UniqueConstraint("motion_id"),)

    motion_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("motion.id", ondelete="RESTRICT"))
    outcome: Mapped[str] = mapped_column(comment="carried, failed, no_quorum")
    decision: Mapped[str] = mapped_column(comment="vocabulary decision_kind; may be empty")
    tally: Mapped[dict[str, Any]]
    closed_on: Mapped[date]

    motion: Mapped[Motion] = relationship(back_populates="closing")
    by: Mapped[Officer] = relationship()


class Escalation(CaseAct, Base):
    """A matter that an agency takes to the next level of the dispute ladder of the pack."""

    __tablename__ = "escalation"

    motion_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("motion.id", ondelete="RESTRICT"), comment="empty: coordination"
    )
    agency: Mapped[str]
    level: Mapped[str] = mapped_column(comment="vocabulary escalation_level")
    reason: Mapped[str]
    raised_on: Mapped[date]
    due_on: Mapped[date | None] = mapped_column(comment="empty: the law sets this level none")

    motion: Mapped[Motion | None] = relationship()
    by: Mapped[Officer] = relationship()
    outcome: Mapped[EscalationOutcome | None] = relationship(back_populates="escalation")


class EscalationOutcome(CaseAct, Base):
    __tablename__ = "escalation_outcome"
    __table_args__ = (sa.UniqueConstraint("escalation_id"),)

    escalation_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("escalation.id", ondelete="RESTRICT")
    )
    outcome: Mapped[str] = mapped_column(comment="vocabulary escalation_outcome")
    decision: Mapped[str] = mapped_column(
        comment="vocabulary decision_kind: what stands after it; empty: nothing, or coordination"
    )
    reasons: Mapped[str]
    happened_on: Mapped[date]

    escalation: Mapped[Escalation] = relationship(back_populates="outcome")
    by: Mapped[Officer] = relationship()
