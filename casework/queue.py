"""Slow work as rows: written by whoever asks, claimed by one worker, finished or failed.

The row is the truth. Huey only wakes a worker; a sweep finds rows that nobody was woken for and
rows whose worker died.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Job, Officer

ATTEMPTS = 3
LEASE = timedelta(minutes=5)  # a job running longer without a word is taken for dead


class Cancelled(Exception):
    """Somebody asked for a running job to stop, and it stops."""


def enqueue(
    session: Session, kind: str, payload: dict[str, Any], *, by: Officer | None, at: datetime
) -> Job:
    job = Job(
        kind=kind,
        payload=payload,
        state="queued",
        created_by_id=by.id if by else None,
        created_at=at,
    )
    session.add(job)
    session.flush()
    return job


def claim(session: Session, job_id: uuid.UUID, *, at: datetime) -> Job | None:
    """Take the job for this worker, or None when another has it or it is finished."""
    free = sa.or_(
        Job.state == "queued", sa.and_(Job.state == "running", Job.claimed_at < at - LEASE)
    )
    taken = session.execute(
        sa.update(Job)
        .where(Job.id == job_id, free)
        .values(state="running", claimed_at=at, attempts=Job.attempts + 1, failure="")
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.get(Job, job_id, populate_existing=True)


def waiting(session: Session, *, at: datetime) -> list[uuid.UUID]:
    """Jobs that somebody should take: never claimed, or claimed by a worker that died."""
    return list(
        session.scalars(
            sa.select(Job.id)
            .where(
                sa.or_(
                    Job.state == "queued",
                    sa.and_(Job.state == "running", Job.claimed_at < at - LEASE),
                )
            )
            .order_by(Job.created_at)
        )
    )


def finish(session: Session, job_id: uuid.UUID, *, at: datetime) -> None:
    job = session.get_one(Job, job_id)
    job.state, job.finished_at, job.progress = "done", at, ""


def fail(session: Session, job_id: uuid.UUID, failure: str, *, final: bool, at: datetime) -> Job:
    """Put the job back for another try, or give it up and keep why."""
    job = session.get_one(Job, job_id)
    job.failure = failure
    if final or job.attempts >= ATTEMPTS:
        job.state, job.finished_at = "failed", at
    else:
        job.state, job.claimed_at = "queued", None
    return job


def find_job(session: Session, job_id: uuid.UUID) -> Job | None:
    return session.get(Job, job_id)


def report(session: Session, job_id: uuid.UUID, words: str, *, at: datetime) -> None:
    """Say how far a running job is; that also tells the sweep that its worker lives."""
    session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state == "running")
        .values(progress=words, claimed_at=at)
        .execution_options(synchronize_session=False)
    )


def cancel(session: Session, job_id: uuid.UUID, *, at: datetime) -> bool:
    """Ask for a job to stop. True when nobody had begun it and it is stopped already; a running
    one stops at its next word of progress, an ended one stays as it is.
    """
    waited = session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="cancelled", cancel_asked_at=at, finished_at=at)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        sa.update(Job)
        .where(Job.id == job_id, Job.state == "running", Job.cancel_asked_at.is_(None))
        .values(cancel_asked_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(waited.rowcount)  # type: ignore[attr-defined]


def asked_to_stop(session: Session, job_id: uuid.UUID) -> bool:
    asked = sa.select(Job.cancel_asked_at).where(Job.id == job_id)
    return session.scalar(asked) is not None


def note_stopped(session: Session, job_id: uuid.UUID, *, at: datetime) -> None:
    """A running job has stopped because it was asked to."""
    job = session.get_one(Job, job_id)
    job.state, job.finished_at, job.progress = "cancelled", at, ""
