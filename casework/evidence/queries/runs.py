"""Analyses of a usage log, and what their exhibits hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.evidence.queries.exhibits import open_to
from casework.evidence.queries.logs import logs_open_to
from casework.evidence.store import BlobStore
from casework.handling.queries.readers import reader_in
from models import AnalysisRun, Case, Exhibit, UsageLog

ANALYSE = "analyse_usage_log"


@dataclass(frozen=True, slots=True)
class Tie:
    """Why an account is in its cluster: one indicator that it shares with `members` of it."""

    account: str
    kind: str
    value: str
    exchanges: int
    members: int


def next_number(session: Session, log: UsageLog) -> int:
    last = session.scalar(
        sa.select(sa.func.max(AnalysisRun.number)).where(AnalysisRun.log_id == log.id)
    )
    return (last or 0) + 1


def find_run(session: Session, log: UsageLog, number: int) -> AnalysisRun | None:
    """The run, or None where there is none or its result is kept from whom the session reads
    for. That the log may be seen is for the caller to have found out.
    """
    return session.scalars(
        sa.select(AnalysisRun)
        .outerjoin(Exhibit, Exhibit.id == AnalysisRun.exhibit_id)
        .where(
            AnalysisRun.log_id == log.id,
            AnalysisRun.number == number,
            sa.or_(AnalysisRun.exhibit_id.is_(None), open_to(reader_in(session))),
        )
        .options(joinedload(AnalysisRun.asked_by), joinedload(AnalysisRun.exhibit))
    ).one_or_none()


def get_run(session: Session, run_id: UUID) -> AnalysisRun:
    """The run of a job, whoever reads."""
    return session.get_one(AnalysisRun, run_id, populate_existing=True)


def repeated_by(session: Session, run: AnalysisRun) -> AnalysisRun | None:
    """The run whose parameters this one repeats."""
    return session.get(AnalysisRun, run.repeats_id) if run.repeats_id else None


def done_runs(session: Session, case: Case) -> list[tuple[UsageLog, AnalysisRun]]:
    """Finished analyses of the case, the newest first, less those that are kept from whom the
    session reads for.
    """
    reader = reader_in(session)
    rows = session.execute(
        sa.select(UsageLog, AnalysisRun)
        .join(AnalysisRun, AnalysisRun.log_id == UsageLog.id)
        .join(Exhibit, Exhibit.id == AnalysisRun.exhibit_id)
        .where(
            UsageLog.case_id == case.id,
            AnalysisRun.state == "done",
            logs_open_to(reader),
            open_to(reader),
        )
        .options(joinedload(AnalysisRun.exhibit))
        .order_by(AnalysisRun.finished_at.desc(), AnalysisRun.id)
    )
    return [(log, run) for log, run in rows]


def report_in(store: BlobStore, context: str, run: AnalysisRun) -> dict[str, Any]:
    """The report that the run's exhibit holds; BlobDamaged where the stored bytes do not hold."""
    key = run.exhibit.blob_key if run.exhibit else None
    return dict(json.loads(b"".join(store.read(key or "", context))))


def ties_in(store: BlobStore, key: str, context: str, cluster: str) -> Iterator[Tie]:
    """The ties of one cluster in the order of the accounts, from the exhibit that lists them."""
    text = io.StringIO(b"".join(store.read(key, context)).decode())
    for row in csv.DictReader(text):
        if row["cluster_id"] == cluster:
            yield Tie(
                row["account_id"],
                row["kind"],
                row["v"],
                int(row["n"]),
                int(row["members"]),
            )
