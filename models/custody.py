"""What was done to watch over exhibits: scans for malware, and rounds of reading them again."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Keyed


class ExhibitScan(Keyed, Base):
    """One answer of a malware scanner; appended, never changed."""

    __tablename__ = "exhibit_scan"

    exhibit_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT"), index=True
    )
    at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(comment="clean, infected, failed")
    engine: Mapped[str] = mapped_column(comment="scanner and its signatures, as it names itself")
    detail: Mapped[str] = mapped_column(comment="name of what was found, or why the scan failed")


class ScrubRound(Keyed, Base):
    """One round of reading stored exhibits again against their hashes at receipt."""

    __tablename__ = "scrub_round"

    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    reached: Mapped[uuid.UUID | None] = mapped_column(comment="key of the exhibit read last")
    checked: Mapped[int] = mapped_column(default=0)
    damaged: Mapped[int] = mapped_column(default=0, comment="altered or missing")
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT"), comment="empty: by schedule"
    )
