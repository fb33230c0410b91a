"""What belongs to the work of one officer: drafts, submissions, saved views; and jobs."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Keyed, OfficerKey


class Draft(Keyed, Base):
    """What was typed into a form and not yet submitted, valid or not. Seen by its officer only."""

    __tablename__ = "draft"
    __table_args__ = (
        sa.UniqueConstraint("officer_id", "form", "subject"),
        sa.Index("ix_draft_officer_id_saved_at", "officer_id", "saved_at"),
    )

    officer_id: Mapped[OfficerKey]
    form: Mapped[str] = mapped_column(comment="incident, incident-edit, finding, …")
    subject: Mapped[str] = mapped_column(comment="key of the record the form edits, may be empty")
    version: Mapped[int] = mapped_column(default=1)
    data: Mapped[dict[str, Any]] = mapped_column(comment="field name to list of typed values")
    saved_at: Mapped[datetime]


class Submission(Keyed, Base):
    """A form already submitted: the same key again leads to the same place, not to a second row."""

    __tablename__ = "submission"
    __table_args__ = (sa.UniqueConstraint("officer_id", "key"),)

    officer_id: Mapped[OfficerKey]
    key: Mapped[str]
    fields_sha256: Mapped[str] = mapped_column(comment="of what was typed, to tell a repeat")
    location: Mapped[str]
    at: Mapped[datetime]


class SavedView(Keyed, Base):
    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("officer_id", "area", "name"),)

    officer_id: Mapped[OfficerKey]
    area: Mapped[str]
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime]


class Job(Keyed, Base):
    """Slow work, written in the transaction that asks for it. The row is the truth; the queue
    only wakes the worker.
    """

    __tablename__ = "job"
    __table_args__ = (sa.Index("ix_job_state_created_at", "state", "created_at"),)

    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(comment="queued, running, done, failed, cancelled")
    cancel_asked_at: Mapped[datetime | None] = mapped_column(
        comment="when somebody asked a running job to stop"
    )
    progress: Mapped[str] = mapped_column(default="")
    failure: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class CalendarFeed(Keyed, Base):
    """A secret address under which one officer's calendar program reads clocks and due days.
    Only the hash of the secret is kept; a new address ends the old one.
    """

    __tablename__ = "calendar_feed"

    officer_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), index=True
    )
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
