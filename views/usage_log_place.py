"""What the pages about usage logs share: the log of an address, and the way back to it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.evidence.queries import logs as queries
from casework.evidence.queries import runs
from models import AnalysisRun, Case, UsageLog
from views.transaction import after_commit, db
from views.wake import wake


def found_log(case: Case, number: int) -> UsageLog:
    """The log of that number; 404 where there is none or it is kept from the officer."""
    return queries.find_log(db, case, number) or abort(404)


def found_run(log: UsageLog, number: int) -> AnalysisRun:
    """The analysis of that number; 404 where there is none or it is kept from the officer."""
    return runs.find_run(db, log, number) or abort(404)


def to_log(case: Case, log: UsageLog) -> ResponseReturnValue:
    address = url_for("usage_logs.show", case_ref=case.reference, log_number=log.number)
    return redirect(address, 303)


def wake_for(job_id: UUID | None) -> None:
    if job_id is not None:
        after_commit(partial(wake, job_id))
