"""An analysis from the order to its result; a run is never changed once it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework import queue
from casework.evidence.actions.logs import blocked, note
from casework.evidence.queries import runs as queries
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from models import AnalysisRun, Case, Job, Officer, UsageLog


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """`parameters` is a whole set; `markers` holds `releases` and `rival_releases`, each a model,
    a time in ISO form with its zone, a kind, a source and a confidence; `public_prompts` are
    template hashes.
    """

    parameters: Mapping[str, Any]
    markers: Mapping[str, Any]
    public_prompts: Sequence[str] = ()


def ask_run(
    session: Session, case: Case, log: UsageLog, order: Order, *, by: Officer, at: datetime
) -> AnalysisRun:
    """A new analysis and its job. TransitionBlocked while the log is not taken in, where none of
    its rows was accepted, once a file of it was destroyed, and in a closed case.
    """
    return _ask(session, case, log, order, None, by=by, at=at)


def repeat_run(
    session: Session, case: Case, log: UsageLog, run: AnalysisRun, *, by: Officer, at: datetime
) -> AnalysisRun:
    """The same analysis once more, whose hashes are compared with those of `run`."""
    if run.state != "done":
        raise blocked("Only a finished analysis is repeated.")
    order = Order(parameters=run.parameters, markers=run.markers, public_prompts=run.public_prompts)
    return _ask(session, case, log, order, run, by=by, at=at)


def _ask(
    session: Session,
    case: Case,
    log: UsageLog,
    order: Order,
    repeats: AnalysisRun | None,
    *,
    by: Officer,
    at: datetime,
) -> AnalysisRun:
    refuse_closed(load_pack(case.text_version), case.stage)
    _refuse_unready(log)
    run = AnalysisRun(
        log=log,
        number=queries.next_number(session, log),
        parameters=dict(order.parameters),
        markers=dict(order.markers),
        public_prompts=list(order.public_prompts),
        state="queued",
        repeats_id=repeats.id if repeats else None,
        asked_by=by,
        asked_at=at,
    )
    session.add(run)
    session.flush()
    _enqueue(session, run, by=by, at=at)
    told = {"repeats": repeats.number} if repeats else {}
    note(session, case, log, "analysis.ask", by=by, at=at, run=run.number, **told)
    return run


def _refuse_unready(log: UsageLog) -> None:
    if log.state != "ready":
        raise blocked("The log is not taken in yet.")
    if not log.accepted:
        raise blocked("No row of this log was accepted, so there is nothing to analyse.")
    if any(row.exhibit.disposed_at for row in log.files):
        raise blocked("A file of this log was destroyed under a records schedule.")


def _enqueue(session: Session, run: AnalysisRun, *, by: Officer, at: datetime) -> Job:
    job = queue.enqueue(session, queries.ANALYSE, {"run": str(run.id)}, by=by, at=at)
    run.state, run.failure, run.job_id = "queued", "", job.id
    return job


def retry_run(
    session: Session, case: Case, log: UsageLog, run: AnalysisRun, *, by: Officer, at: datetime
) -> Job:
    """A new job for an analysis that failed or was stopped."""
    if run.state not in {"failed", "cancelled"}:
        raise blocked("Only an analysis that failed or was stopped is tried again.")
    refuse_closed(load_pack(case.text_version), case.stage)
    _refuse_unready(log)
    note(session, case, log, "analysis.retry", by=by, at=at, run=run.number)
    return _enqueue(session, run, by=by, at=at)


def stop_run(
    session: Session, case: Case, log: UsageLog, run: AnalysisRun, *, by: Officer, at: datetime
) -> None:
    """Ask for the job to stop; one that nobody has begun is stopped at once."""
    if run.state not in {"queued", "running"} or run.job_id is None:
        raise blocked("This analysis is not running, so there is nothing to stop.")
    if queue.cancel(session, run.job_id, at=at):
        run.state = "cancelled"
    note(session, case, log, "analysis.stop", by=by, at=at, run=run.number)
