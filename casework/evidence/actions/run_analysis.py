"""The job that analyses a usage log. What comes out is an exhibit, and sets no answer."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.evidence.actions.correlations import keep_tags
from casework.evidence.actions.exhibits import context_of
from casework.evidence.actions.log_intake import note_reading
from casework.evidence.actions.logs import note
from casework.evidence.actions.run_result import keep_exhibit
from casework.evidence.apart import work_apart
from casework.evidence.means import Means, fetch, workspace
from casework.evidence.queries.logs import case_of
from casework.evidence.queries.runs import get_run, repeated_by
from casework.evidence.run_summary import summary_of
from casework.evidence.store import BlobStore
from models import AnalysisRun

Told = dict[str, Any]


def run_analysis(means: Means, run_id: UUID) -> None:
    """Compute in a process of its own, keep the report as an exhibit, then say so in the row. Run
    again after a crash it begins anew. Raises WorkRefused, ChildDied, BlobDamaged.
    """
    with means.transaction() as session:
        order = begin_run(session, run_id, at=means.now())
    if order is None:
        return
    with workspace(means, run_id) as folder:
        means.progress("Fetching the accepted rows from the store")
        context, keys = order.pop("context"), order.pop("keys")
        order["parts"] = [
            str(fetch(means.blobs, key, context, folder / f"{number:05}.parquet"))
            for number, key in enumerate(keys)
        ]
        order |= {"engine": means.engine, "memory": means.memory, "workspace": str(folder)}
        made = work_apart("analyse", order, progress=means.progress)
        means.progress("Keeping the result as an exhibit")
        with means.transaction() as session:
            keep_run(session, means.blobs, run_id, made, means.programme_key(), at=means.now())


def begin_run(session: Session, run_id: UUID, *, at: datetime) -> Told | None:
    """What the child is asked, with the keys of the rows and their context; None when the run is
    done or was stopped. The reading is entered in the register of each file of the log.
    """
    run = get_run(session, run_id)
    if run.state not in {"queued", "running"}:
        return None
    log, case = run.log, case_of(session, run.log)
    run.state, run.failure, run.started_at = "running", "", at
    words = f"read for analysis {run.number} of usage log {log.number}"
    note_reading(session, case, log, words, at=at)
    return {
        "context": context_of(case),
        "keys": [part["key"] for part in log.canonical],
        "parameters": run.parameters,
        "markers": run.markers,
        "public_prompts": run.public_prompts,
        "about": {
            "rows": log.accepted,
            "rejected": log.rejected,
            "input_sha256": log.canonical_sha256,
        },
    }


def keep_run(
    session: Session,
    store: BlobStore,
    run_id: UUID,
    made: Told,
    programme: tuple[str, bytes],
    *,
    at: datetime,
) -> None:
    """Keep report and ties as exhibits and note hashes and versions, in one step; a run that was
    stopped meanwhile stays as it is.
    """
    run = get_run(session, run_id)
    if run.state != "running":
        return
    log, case = run.log, case_of(session, run.log)
    report = json.loads(Path(made["report"]).read_text())
    name = f"usage-log-{log.number}-analysis-{run.number}"
    exhibit = keep_exhibit(
        session, store, case, run, Path(made["report"]), f"{name}.json",
        f"Analysis {run.number} of usage log {log.number}", at=at,
    )  # fmt: skip
    ties = keep_exhibit(
        session, store, case, run, Path(made["ties"]), f"{name}-ties.csv",
        f"Ties of the accounts in analysis {run.number} of usage log {log.number}", at=at,
    )  # fmt: skip
    first = repeated_by(session, run)
    run.exhibit_id, run.state, run.finished_at = exhibit.id, "done", at
    run.engine, run.versions, run.hashes = report["engine"], report["versions"], report["hashes"]
    run.input_sha256 = log.canonical_sha256
    run.summary = summary_of(report) | {"ties_exhibit": ties.number}
    run.agrees = _agree(first, run) if first else None
    keep_tags(session, run, report, Path(made["ties"]), programme, at=at)
    note(
        session, case, log, "analysis.done", by=None, at=at,
        run=run.number, exhibit=exhibit.number, hashes=run.hashes, agrees=run.agrees,
    )  # fmt: skip


def _agree(first: AnalysisRun, run: AnalysisRun) -> bool:
    """Whether rows and results have the hashes of the run that this one repeats."""
    return (first.input_sha256, first.hashes) == (run.input_sha256, run.hashes)


def give_up_run(session: Session, run_id: UUID, reason: str, *, at: datetime) -> None:
    _end(session, run_id, "failed", reason, at=at)


def note_run_stopped(session: Session, run_id: UUID, *, at: datetime) -> None:
    _end(session, run_id, "cancelled", "", at=at)


def _end(session: Session, run_id: UUID, state: str, reason: str, *, at: datetime) -> None:
    run = get_run(session, run_id)
    if run.state == "done":
        return
    run.state, run.failure = state, reason  # not finished: it may be tried again
    case = case_of(session, run.log)
    note(session, case, run.log, f"analysis.{state}", by=None, at=at, run=run.number, reason=reason)
