"""Ask for a scan as soon as a file is there, where a scanner is configured; what comes by other
ways is found by the worker.
"""

from __future__ import annotations

from functools import partial

from flask import current_app

from casework.evidence.actions import scans
from models import Case, Exhibit
from views.access import current_officer
from views.clock import now
from views.transaction import after_commit, db
from views.wake import wake


def scanner_url() -> str:
    url: str = current_app.extensions["settings"].scanner_url
    return url


def ask_for_scan(case: Case, exhibit: Exhibit) -> None:
    if not scanner_url():
        return
    job = scans.ask(db, case, exhibit, by=current_officer, at=now())
    if job is not None:
        after_commit(partial(wake, job.id))
