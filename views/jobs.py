"""Do jobs: claim a row, run its handler, note how it ended, each in a transaction of its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app

from casework import queue
from casework.errors import CaseworkError
from casework.evidence.queries import known_blobs
from casework.handlers import HANDLERS, Tools
from casework.packets.box import RenderFailed
from views.clock import now
from views.transaction import own_transaction

ORPHAN_AGE = timedelta(days=1)
_UNEXPECTED = "The work stopped on an unexpected fault. The log of the worker has it."
_KEPT_DYING = "The worker stopped each time it did this. Look at its log before trying again."
_UNKNOWN = "This version of the application does not know such a job."


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
    reason, final = _attempt(claimed)
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
    except RenderFailed as fault:
        return f"The pages could not be set: {fault}.", False
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

    settings = current_app.extensions["settings"]
    cache = settings.data_dir / "cache"
    cache.mkdir(mode=0o700, exist_ok=True)
    return Tools(
        transaction=own_transaction,
        blobs=current_app.extensions["blobs"],
        progress=progress,
        cache=cache,
        now=now,
    )


def _fail(claimed: _Claimed, reason: str, *, final: bool) -> None:
    with own_transaction() as session:
        job = queue.fail(session, claimed.job_id, reason, final=final, at=now())
        if job.state == "failed" and claimed.kind in HANDLERS:
            HANDLERS[claimed.kind].give_up(session, claimed.payload, reason, now())


def ended(job_id: uuid.UUID) -> bool:
    """Whether the job is done, or was given up."""
    with own_transaction() as session:
        job = queue.find_job(session, job_id)
        return job is None or job.state in {"done", "failed"}


def waiting() -> list[uuid.UUID]:
    """Jobs nobody was woken for, and those whose worker died."""
    with own_transaction() as session:
        return queue.waiting(session, at=now())


def sweep_blobs() -> int:
    """Remove files that a crash left without a row; return how many went."""
    with own_transaction() as session:
        known = known_blobs(session)
    removed: int = current_app.extensions["blobs"].sweep(
        known, older_than=(now() - ORPHAN_AGE).timestamp()
    )
    return removed
