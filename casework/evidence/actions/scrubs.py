"""Read every stored exhibit again, round by round, so that rot is found while copies exist (DI-5).

A round goes through the exhibits in the order of their keys, some in each transaction, and goes on
from where it was after a crash. It reads, and destroys nothing: what is damaged stays as it lies.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from casework import audit, queue
from casework.evidence.actions.exhibits import enter
from casework.evidence.queries import custody as queries
from casework.evidence.store import BlobDamaged, BlobStore
from models import Exhibit, Job, Officer, ScrubRound

SCRUB = "evidence.scrub"
EVERY = timedelta(days=30)
AGAIN_AFTER = timedelta(hours=6)  # a round whose job was given up
BATCH = 20  # exhibits entered in one transaction


class Reading(Protocol):
    """What a round needs of those who run it: a worker, or a command."""

    @property
    def transaction(self) -> Callable[[], AbstractContextManager[Session]]: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def progress(self) -> Callable[[str], None]: ...
    @property
    def now(self) -> Callable[[], datetime]: ...


def start(session: Session, *, by: Officer | None, at: datetime) -> ScrubRound:
    """A new round, or the one that is not finished; `by` None is the schedule."""
    if found := queries.unfinished_round(session):
        return found
    made = ScrubRound(started_at=at, checked=0, damaged=0, asked_by_id=by.id if by else None)
    session.add(made)
    session.flush()
    audit.record(session, by, "evidence.scrub_start", f"scrub:{made.id}", at=at)
    return made


def ask(session: Session, *, by: Officer | None, at: datetime) -> Job:
    """Have a worker go through a round."""
    made = start(session, by=by, at=at)
    return queue.enqueue(session, SCRUB, {"round": str(made.id)}, by=by, at=at)


def ask_if_due(session: Session, *, at: datetime) -> Job | None:
    """By schedule: when something is stored that no round began to read for a month, or when the
    job of an unfinished round was given up.
    """
    if queries.unfinished_round(session):
        job = queries.newest_job(session, SCRUB)
        idle = job is None or (job.finished_at is not None and job.finished_at < at - AGAIN_AFTER)
        return ask(session, by=None, at=at) if idle else None
    since = queries.unread_since(session)
    return ask(session, by=None, at=at) if since and since <= at - EVERY else None


def run(means: Reading, round_id: uuid.UUID) -> None:
    """Go through a round to its end. Where the place of the files cannot be reached it stops with
    BlobUnavailable, and nothing is called damaged that could not be read.
    """
    while True:
        with means.transaction() as session:
            found = session.get_one(ScrubRound, round_id)
            if found.finished_at is not None:
                return
            reached = found.reached
            batch = queries.next_to_read(session, reached, most=BATCH)
            told = f"{found.checked} exhibits are read, {found.damaged} of them damaged"
        means.progress(told)
        hashes = dict(_read(means.blobs, batch))
        with means.transaction() as session:
            _enter(session, round_id, reached, batch, hashes, at=means.now())


def _read(store: BlobStore, batch: list[queries.Reading]) -> Iterator[tuple[uuid.UUID, str]]:
    """The hash of each file as it is now, empty where it is damaged or missing. No transaction is
    open meanwhile, since a large file takes seconds.
    """
    for one in batch:
        try:
            yield one.exhibit_id, store.sha256(one.blob_key, f"case:{one.case_id}")
        except BlobDamaged:
            yield one.exhibit_id, ""


def _enter(
    session: Session,
    round_id: uuid.UUID,
    reached: uuid.UUID | None,
    batch: list[queries.Reading],
    hashes: dict[uuid.UUID, str],
    *,
    at: datetime,
) -> None:
    found = session.get_one(ScrubRound, round_id, with_for_update=True, populate_existing=True)
    if found.reached != reached or found.finished_at is not None:
        return  # somebody else reads the same round, and was faster
    for one in batch:
        exhibit = session.get_one(Exhibit, one.exhibit_id)
        if exhibit.disposed_at is not None:  # destroyed under its schedule while it was read
            continue
        holds = hashes[one.exhibit_id] == one.sha256
        note = queries.AGREES if holds else queries.DIFFERS
        was = hashes[one.exhibit_id] or None
        enter(session, exhibit, "rehashed", note, by=None, at=at, sha256=was)
        found.checked += 1
        found.damaged += not holds
    if batch:
        found.reached = batch[-1].exhibit_id
        return
    found.finished_at = at
    audit.record(
        session,
        None,
        "evidence.scrub_finish",
        f"scrub:{found.id}",
        at=at,
        checked=found.checked,
        damaged=found.damaged,
    )
