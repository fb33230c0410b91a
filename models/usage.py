"""Usage logs that a model owner handed over, and what analyses of them showed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Keyed, OfficerKey
from models.exhibit import Exhibit
from models.officer import Officer


class UsageLog(Keyed, Base):
    """One log of a case: its files are exhibits, its accepted rows lie in the store as Parquet.

    `canonical` lists the parts as {"key", "sha256", "rows"}; `reasons` counts the rows set aside
    by reason code.
    """

    __tablename__ = "usage_log"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    version: Mapped[int] = mapped_column(default=1)
    case_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("case.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(comment="from 1 within the case")
    title: Mapped[str]
    owner: Mapped[str] = mapped_column(comment="the model owner whose log it is")
    window_from: Mapped[datetime | None]
    window_to: Mapped[datetime | None] = mapped_column(comment="exclusive")
    sampling: Mapped[str] = mapped_column(comment="the owner's words: all rows, or which filter")
    mapping: Mapped[dict[str, Any]] = mapped_column(
        comment="columns (ours to theirs), capabilities, zone and unit of their times"
    )
    state: Mapped[str] = mapped_column(
        comment="mapping, queued, taking_in, ready, failed, cancelled"
    )
    failure: Mapped[str] = mapped_column(default="")
    job_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("job.id", ondelete="SET NULL"))
    rows: Mapped[int] = mapped_column(sa.BigInteger, default=0, comment="accepted and set aside")
    accepted: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    rejected: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    minimised: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="what was done to identifiers, by column"
    )
    epoch: Mapped[str | None] = mapped_column(
        comment="which programme key made the tokens of the rows"
    )
    canonical: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    canonical_sha256: Mapped[str | None] = mapped_column(comment="of the parts' hashes in order")
    rejected_key: Mapped[str | None] = mapped_column(comment="blob of rejected.csv")
    rejected_sha256: Mapped[str | None]
    taken_in_at: Mapped[datetime | None]
    created_by_id: Mapped[OfficerKey]
    created_at: Mapped[datetime]

    created_by: Mapped[Officer] = relationship()
    files: Mapped[list[UsageLogFile]] = relationship(order_by="UsageLogFile.position")
    runs: Mapped[list[AnalysisRun]] = relationship(
        back_populates="log", order_by="AnalysisRun.number"
    )

    __mapper_args__ = {"version_id_col": version}


class UsageLogFile(Keyed, Base):
    __tablename__ = "usage_log_file"
    __table_args__ = (sa.UniqueConstraint("log_id", "exhibit_id"),)

    log_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("usage_log.id", ondelete="RESTRICT"), index=True
    )
    exhibit_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]

    exhibit: Mapped[Exhibit] = relationship()


class AnalysisRun(Keyed, Base):
    """One analysis: what went in, on what engine, and the exhibit that holds what came out.

    `hashes` holds SHA-256 of the reduced tables, the membership and the rounded measures;
    `summary` is what pages show of the report without opening the exhibit.
    """

    __tablename__ = "analysis_run"
    __table_args__ = (sa.UniqueConstraint("log_id", "number"),)

    log_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("usage_log.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(comment="from 1 within the log")
    parameters: Mapped[dict[str, Any]]
    markers: Mapped[dict[str, Any]] = mapped_column(comment="releases and rival events, sourced")
    public_prompts: Mapped[list[str]] = mapped_column(comment="template hashes known to be public")
    state: Mapped[str] = mapped_column(comment="queued, running, done, failed, cancelled")
    failure: Mapped[str] = mapped_column(default="")
    job_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("job.id", ondelete="SET NULL"))
    engine: Mapped[str] = mapped_column(default="", comment="name and release of the engine")
    versions: Mapped[dict[str, Any]] = mapped_column(
        default=dict, comment="of the code and of every library that computes"
    )
    input_sha256: Mapped[str | None]
    hashes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    exhibit_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("exhibit.id", ondelete="RESTRICT")
    )
    repeats_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("analysis_run.id", ondelete="RESTRICT"),
        comment="the run whose parameters this one repeats",
    )
    agrees: Mapped[bool | None] = mapped_column(comment="whether the hashes equal that run's")
    asked_by_id: Mapped[OfficerKey]
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    log: Mapped[UsageLog] = relationship(back_populates="runs")
    asked_by: Mapped[Officer] = relationship()
    exhibit: Mapped[Exhibit | None] = relationship()


class CorrelationTag(Keyed, Base):
    """A keyed hash of something the accounts of one cluster shared; the value itself is not kept.

    Equal tags in the cases of two owners say that both met the same address, payment instrument
    or template.
    """

    __tablename__ = "correlation_tag"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "kind", "tag"),
        sa.Index("ix_correlation_tag_epoch_kind_tag", "epoch", "kind", "tag"),
    )

    run_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("analysis_run.id", ondelete="RESTRICT"))
    case_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("case.id", ondelete="RESTRICT"), index=True
    )
    owner: Mapped[str] = mapped_column(comment="folded name of the model owner")
    kind: Mapped[str] = mapped_column(comment="address, payment, template")
    epoch: Mapped[str] = mapped_column(comment="which programme key made it")
    tag: Mapped[str] = mapped_column(comment="first 128 bits of an HMAC-SHA-256, hex")
    accounts: Mapped[int]
    exchanges: Mapped[int] = mapped_column(sa.BigInteger)
    first_on: Mapped[date]
    last_on: Mapped[date]
