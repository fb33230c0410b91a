from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey, PersonKey
from models.case import Case
from models.officer import Officer


class ReportPassage(Keyed, Base):
    """What a person wrote for one section of a report; a new text is the next revision."""

    __tablename__ = "report_passage"
    __table_args__ = (
        sa.Index(
            "uq_report_passage_whole",
            "text_version",
            "kind",
            "section",
            "revision",
            unique=True,
            sqlite_where=sa.text("case_id IS NULL"),
            postgresql_where=sa.text("case_id IS NULL"),
        ),
        sa.UniqueConstraint("case_id", "kind", "section", "revision"),
    )

    text_version: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="id of a report of the pack")
    case_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"))
    section: Mapped[str]
    revision: Mapped[int]
    text: Mapped[str]
    sources: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="refs: what each sentence rests on, for the permission gate"
    )
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    by: Mapped[Officer] = relationship()


class AnnexPointer(Keyed, Base):
    """Where a classified annex is held. There is no field for what it says."""

    __tablename__ = "annex_pointer"

    text_version: Mapped[str]
    kind: Mapped[str]
    case_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"))
    title: Mapped[str]
    system: Mapped[str]
    custodian: Mapped[str]
    registry_number: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    by: Mapped[Officer] = relationship()


class Report(Keyed, Base):
    """One edition of a report that the text asks for. Contents are fixed when it is prepared;
    its bytes are stored once rendered and never made again.
    """

    __tablename__ = "report"
    __table_args__ = (
        sa.UniqueConstraint("kind", "number"),
        sa.CheckConstraint(
            "approved_by_person_id IS NULL OR approved_by_person_id <> prepared_by_person_id",
            name="four_eyes",
        ),
        sa.CheckConstraint(
            "(state IN ('queued', 'rendering', 'failed')) = (sha256 IS NULL)",
            name="bytes_once_ready",
        ),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)", name="approved_has_a_time"
        ),
    )

    text_version: Mapped[str]
    kind: Mapped[str] = mapped_column(comment="id of a report of the pack")
    number: Mapped[int] = mapped_column(comment="edition, from 1 within the kind")
    case_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True
    )
    state: Mapped[str] = mapped_column(comment="queued, rendering, failed, ready, approved")
    contents: Mapped[dict[str, Any]]
    contents_sha256: Mapped[str]
    failure: Mapped[str] = mapped_column(default="")
    prepared_by_id: Mapped[OfficerKey]
    prepared_by_person_id: Mapped[PersonKey]
    prepared_at: Mapped[datetime] = mapped_column(index=True)
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("officer.id", ondelete="RESTRICT")
    )
    approved_by_person_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("person.id", ondelete="RESTRICT")
    )
    approved_at: Mapped[datetime | None]
    pages: Mapped[int | None]
    size: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str | None]
    blob_key: Mapped[str | None]

    case: Mapped[Case | None] = relationship()
    prepared_by: Mapped[Officer] = relationship(foreign_keys="Report.prepared_by_id")
    approved_by: Mapped[Officer | None] = relationship(foreign_keys=[approved_by_id])
    transmittals: Mapped[list[Transmittal]] = relationship(
        back_populates="report", order_by="Transmittal.at"
    )


class Transmittal(Keyed, Base):
    """A report sent to one receiver, or its receipt."""

    __tablename__ = "transmittal"

    report_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("report.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = mapped_column(comment="sent, received")
    receiver: Mapped[str] = mapped_column(comment="vocabulary committee, or a name")
    happened_on: Mapped[date]
    note: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    report: Mapped[Report] = relationship(back_populates="transmittals")
    by: Mapped[Officer] = relationship()
