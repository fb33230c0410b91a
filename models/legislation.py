from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Keyed


class ActEvent(Keyed, Base):
    """A date that clocks run from. The newest row of a kind counts; an empty date withdraws it."""

    __tablename__ = "act_event"

    text_version: Mapped[str]
    kind: Mapped[str] = mapped_column(
        comment="enactment, assessment_started, assessment_completed, list_published, …"
    )
    happened_on: Mapped[date | None]
    note: Mapped[str]
    by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    at: Mapped[datetime]


class AttachedText(Keyed, Base):
    """A bill XML whose words were attached to a text version."""

    __tablename__ = "attached_text"

    text_version: Mapped[str] = mapped_column(index=True)
    source_name: Mapped[str]
    source_sha256: Mapped[str]
    attached_at: Mapped[datetime]


class ProvisionText(Keyed, Base):
    __tablename__ = "provision_text"
    __table_args__ = (sa.UniqueConstraint("attached_text_id", "provision"),)

    attached_text_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("attached_text.id", ondelete="RESTRICT")
    )
    provision: Mapped[str]
    heading: Mapped[str]
    words: Mapped[str]
