from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, CaseAct, Keyed, OfficerKey, PersonKey
from models.exhibit import Exhibit
from models.incident import Incident, Marking
from models.officer import Officer


class MarkingChange(Keyed, Base):
    """How a marking came to read as it does; decontrol is a change of its own kind."""

    __tablename__ = "marking_change"

    marking_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("marking.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = mapped_column(comment="marked, changed, decontrolled")
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str]
    authority: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    marking: Mapped[Marking] = relationship()
    by: Mapped[Officer] = relationship()


class DisseminationListing(Base):
    """An officer on the list of an item that only listed persons may see (DL ONLY)."""

    __tablename__ = "dissemination_listing"

    marking_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("marking.id", ondelete="RESTRICT"), primary_key=True
    )
    officer_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    added_by_id: Mapped[OfficerKey]
    added_at: Mapped[datetime]

    marking: Mapped[Marking] = relationship()
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id])


class SubmitterNotice(CaseAct, Base):
    """Notice to who submitted information, before it is released (E.O. 12600)."""

    __tablename__ = "submitter_notice"

    incident_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("incident.id", ondelete="RESTRICT"), index=True
    )
    requested_by: Mapped[str] = mapped_column(comment="who asked for the release")
    described: Mapped[str] = mapped_column(comment="what would be released")
    items: Mapped[list[str]] = mapped_column(comment="INC-2026-00001#volumes, or exhibit:3")
    sent_on: Mapped[date]
    due_on: Mapped[date]

    incident: Mapped[Incident] = relationship()
    by: Mapped[Officer] = relationship()
    answer: Mapped[SubmitterAnswer | None] = relationship(back_populates="notice")
    ruling: Mapped[SubmitterRuling | None] = relationship(back_populates="notice")


class SubmitterAnswer(CaseAct, Base):
    __tablename__ = "submitter_answer"
    __table_args__ = (sa.UniqueConstraint("notice_id"),)

    notice_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("submitter_notice.id", ondelete="RESTRICT")
    )
    kind: Mapped[str] = mapped_column(comment="objects, consents, silent")
    text: Mapped[str]
    received_on: Mapped[date]
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT")
    )

    notice: Mapped[SubmitterNotice] = relationship(back_populates="answer")
    exhibit: Mapped[Exhibit | None] = relationship()
    by: Mapped[Officer] = relationship()


class SubmitterRuling(CaseAct, Base):
    """What was decided on the objection, with the reasons that go to the submitter."""

    __tablename__ = "submitter_ruling"
    __table_args__ = (sa.UniqueConstraint("notice_id"),)

    notice_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("submitter_notice.id", ondelete="RESTRICT")
    )
    released: Mapped[bool]
    reasons: Mapped[str]
    release_on: Mapped[date | None]

    notice: Mapped[SubmitterNotice] = relationship(back_populates="ruling")
    by: Mapped[Officer] = relationship()
