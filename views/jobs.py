"""Do jobs: claim a row, run its handler, note how it ended, each in a transaction of its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from flask import current_app

from casework import queue
from casework.errors import CaseworkError
from casework.evidence.actions import scans, scrubs
from casework.evidence.actions.uploads import give_up_abandoned
from casework.evidence.apart import ChildDied
from casework.evidence.places.place import BlobUnavailable
from casework.evidence.queries.exhibits import known_blobs
from casework.evidence.scanning.clamd import ScannerUnavailable
from casework.handlers import HANDLERS, Tools
from casework.packets.box import RenderFailed
from views.clock import now
from views.programme_key import programme_key
from views.transaction import own_transaction

ORPHAN_AGE = timedelta(days=1)
_UNEXPECTED = "The work stopped on an unexpected fault. The log of the worker has it."
_KEPT_DYING = "The worker stopped each time it did this. Look at its log before trying again."
_UNKNOWN = "This version of the application does not know such a job."
# Faults that may pass, and what is told of them.
WORTH_ANOTHER_TRY: dict[type[Exception], str] = {
    RenderFailed: "The pages could not be set: {}.",
    ChildDied: "{}.",
    BlobUnavailable: "The exhibits store does not answer: {}.",
    ScannerUnavailable: "The malware scanner does not answer: {}.",
}


@dataclass(frozen=True, slots=True)
class _Claimed:
    job_id: uuid.UUID
    kind: str
    payload: dict[str, Any]
    attempts: int


def perform(job_id: uuid.UUID) -> bool:
    """Do one job; False when another worker has it, or it is done, or it failed."""
    claimed = _claim(job_id)
    if claimed is None:
        return False
    try:
        reason, final = _attempt(claimed)
    except queue.Cancelled:
        _note_stopped(claimed)
        return False
    if reason:
        _fail(claimed, reason, final=final)
    else:
        with own_transaction() as session:
            queue.finish(session, job_id, at=now())
    return not reason


def _attempt(claimed: _Claimed) -> tuple[str, bool]:
    """Why the job failed, "" if it did not; and whether trying again is pointless."""
    handler = HANDLERS.get(claimed.kind)
    if handler is None:
        return _UNKNOWN, True
    if claimed.attempts > queue.ATTEMPTS:
        return _KEPT_DYING, True
    try:
        handler.run(_tools(claimed.job_id), claimed.payload)
    except queue.Cancelled:
        raise
    except tuple(WORTH_ANOTHER_TRY) as fault:
        words = next(
            WORTH_ANOTHER_TRY[kind] for kind in WORTH_ANOTHER_TRY if isinstance(fault, kind)
        )
        return words.format(fault), False
    except CaseworkError as fault:
        return str(fault), True
    except Exception:
        current_app.logger.exception("job %s (%s)", claimed.job_id, claimed.kind)
        return _UNEXPECTED, False
    return "", False


def _claim(job_id: uuid.UUID) -> _Claimed | None:
    with own_transaction() as session:
        job = queue.claim(session, job_id, at=now())
        return _Claimed(job.id, job.kind, dict(job.payload), job.attempts) if job else None


def _tools(job_id: uuid.UUID) -> Tools:
    def progress(words: str) -> None:
        with own_transaction() as session:
            queue.report(session, job_id, words, at=now())
            asked = queue.asked_to_stop(session, job_id)
        if asked:
            raise queue.Cancelled

    settings = current_app.extensions["settings"]
    cache = settings.data_dir / "cache"
    cache.mkdir(mode=0o700, exist_ok=True)
    return Tools(
        transaction=own_transaction,
        blobs=current_app.extensions["blobs"],
        progress=progress,
        cache=cache,
        now=now,
        engine=settings.evidence_engine,
        memory=settings.evidence_memory,
        programme_key=partial(programme_key, settings.data_dir),
        scanner_url=settings.scanner_url,
    )


def _fail(claimed: _Claimed, reason: str, *, final: bool) -> None:
    with own_transaction() as session:
        job = queue.fail(session, claimed.job_id, reason, final=final, at=now())
        if job.state == "failed" and claimed.kind in HANDLERS:
            HANDLERS[claimed.kind].give_up(session, claimed.payload, reason, now())


def _note_stopped(claimed: _Claimed) -> None:
    with own_transaction() as session:
        queue.note_stopped(session, claimed.job_id, at=now())
        HANDLERS[claimed.kind].stopped(session, claimed.payload, now())


def ended(job_id: uuid.UUID) -> bool:
    """Whether the job is done, was given up or was stopped."""
    with own_transaction() as session:
        job = queue.find_job(session, job_id)
        return job is None or job.state in {"done", "failed", "cancelled"}


def waiting() -> list[uuid.UUID]:
    """Jobs nobody was woken for, and those whose worker died."""
    with own_transaction() as session:
        return queue.waiting(session, at=now())


def sweep_blobs() -> int:
    """End uploads that nobody went on with, and remove files that no row names; return how many
    files went.
    """
    with own_transaction() as session:
        give_up_abandoned(session, at=now())
        known = known_blobs(session)
    removed: int = current_app.extensions["blobs"].sweep(
        known, older_than=(now() - ORPHAN_AGE).timestamp()
    )
    return removed


def ask_for_scans() -> None:
    """Have every file scanned that is not, where a scanner is configured."""
    if current_app.extensions["settings"].scanner_url:
        with own_transaction() as session:
            scans.ask_for_unscanned(session, at=now())


def ask_for_scrub() -> None:
    """Begin the monthly round of reading all exhibits again, if it is due."""
    with own_transaction() as session:
        scrubs.ask_if_due(session, at=now())
