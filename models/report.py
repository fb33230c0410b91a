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
            "training",
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
    training: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(comment="id of a report of the pack")
    case_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"))
    section: Mapped[str]
    revision: Mapped[int]
    text: Mapped[str]
    sources: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="sentences: each with text and refs, for the permission gate"
    )
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    by: Mapped[Officer] = relationship()


class AnnexPointer(Keyed, Base):
    """Where a classified annex is held. There is no field for what it says."""

    __tablename__ = "annex_pointer"

    text_version: Mapped[str]
    training: Mapped[bool] = mapped_column(default=False)
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
        sa.UniqueConstraint("kind", "training", "number"),
        sa.UniqueConstraint("id", "prepared_by_person_id", "contents_sha256"),
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
    training: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str] = mapped_column(comment="id of a report of the pack")
    number: Mapped[int] = mapped_column(
        comment="edition, from 1 within the kind; training editions are counted apart"
    )
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
    cases: Mapped[list[ReportCase]] = relationship(back_populates="report")
    checks: Mapped[list[ReportCheck]] = relationship(
        back_populates="report", order_by="ReportCheck.at"
    )
    transmittals: Mapped[list[Transmittal]] = relationship(
        back_populates="report", order_by="Transmittal.at"
    )


class ReportCase(Base):
    """A case that an edition tells of: whoever may not see one of them does not see the edition."""

    __tablename__ = "report_case"

    report_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("report.id", ondelete="RESTRICT"), primary_key=True
    )
    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    determined: Mapped[bool] = mapped_column(comment="a signed determination of it is reported")

    report: Mapped[Report] = relationship(back_populates="cases")
    case: Mapped[Case] = relationship()


class ReportCheck(Keyed, Base):
    """A check of one edition by a named person who did not prepare it. The foreign key carries
    preparer and hash along: a check is of these very contents.
    """

    __tablename__ = "report_check"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["report_id", "preparer_person_id", "contents_sha256"],
            ["report.id", "report.prepared_by_person_id", "report.contents_sha256"],
            ondelete="RESTRICT",
            name="fk_report_check_contents",
        ),
        sa.CheckConstraint("by_person_id <> preparer_person_id", name="four_eyes"),
        sa.UniqueConstraint("report_id", "gate"),
    )

    report_id: Mapped[uuid.UUID]
    preparer_person_id: Mapped[uuid.UUID]
    contents_sha256: Mapped[str]
    gate: Mapped[str] = mapped_column(comment="id of a gate of the report in the pack")
    note: Mapped[str]
    by_id: Mapped[OfficerKey]
    by_person_id: Mapped[PersonKey]
    at: Mapped[datetime]

    report: Mapped[Report] = relationship(back_populates="checks")
    by: Mapped[Officer] = relationship()


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
