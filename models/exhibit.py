from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey
from models.incident import Marking
from models.officer import Officer


class Exhibit(Keyed, Base):
    """A numbered piece of evidence: a file kept here, or a pointer to where it is kept.

    A pointer has no text of its own: classified matter never enters the system.
    """

    __tablename__ = "exhibit"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
        sa.CheckConstraint(
            "(sha256 IS NOT NULL AND size > 0 AND blob_key IS NOT NULL AND custodian = '')"
            " OR (sha256 IS NULL AND size IS NULL AND blob_key IS NULL AND custodian <> '')",
            name="file_or_pointer",
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str]
    description: Mapped[str]
    bearing: Mapped[str] = mapped_column(comment="supports, contrary, neutral")
    basis: Mapped[str] = mapped_column(comment="vocabulary basis")
    received_from: Mapped[str]
    dated_on: Mapped[date | None]
    received_at: Mapped[datetime]
    received_by_id: Mapped[OfficerKey]

    file_name: Mapped[str] = mapped_column(comment="as sent; shown, never used as a path")
    media_type: Mapped[str]
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str | None] = mapped_column(comment="of the bytes as received")
    blob_key: Mapped[str | None]
    disposed_at: Mapped[datetime | None] = mapped_column(
        comment="when the stored file was destroyed under a records schedule"
    )
    malware: Mapped[str] = mapped_column(
        comment="unscanned, pending, clean, infected, not_applicable"
    )

    custodian: Mapped[str] = mapped_column(default="", comment="pointer only")
    system: Mapped[str] = mapped_column(default="", comment="pointer only: where it is held")
    registry_number: Mapped[str] = mapped_column(default="", comment="pointer only")

    received_by: Mapped[Officer] = relationship()
    custody: Mapped[list[CustodyEvent]] = relationship(
        back_populates="exhibit", order_by="CustodyEvent.at"
    )
    markings: Mapped[list[Marking]] = relationship(foreign_keys="Marking.exhibit_id")

    __mapper_args__ = {"version_id_col": version}


class CustodyEvent(Keyed, Base):
    __tablename__ = "custody_event"

    exhibit_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = mapped_column(
        comment="received, viewed, downloaded, transferred, rehashed, embedded, scanned,"
        " released, disposed"
    )
    by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    at: Mapped[datetime]
    sha256: Mapped[str | None]
    note: Mapped[str]

    exhibit: Mapped[Exhibit] = relationship(back_populates="custody")
    by: Mapped[Officer | None] = relationship()
