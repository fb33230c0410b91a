"""Have a scanner look at exhibits, and let unscanned files leave on an officer's word."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy.orm import Session

from casework import audit, queue
from casework.errors import Blocker, CaseworkError, InvalidValue, TransitionBlocked
from casework.evidence import leaving
from casework.evidence.actions.exhibits import context_of, enter, refuse_destroyed
from casework.evidence.means import Means
from casework.evidence.queries import custody as queries
from casework.evidence.scanning.clamd import CLEAN, FAILED, INFECTED, Answer, scan
from casework.evidence.store import BlobDamaged
from models import Case, Exhibit, ExhibitScan, Job, Officer

SCAN = "exhibit.scan"
AT_ONCE = 200  # exhibits that are asked for in one transaction
_STATES = {CLEAN: leaving.CLEAN, INFECTED: leaving.INFECTED, FAILED: leaving.UNSCANNED}


class ScanRefused(CaseworkError):
    """The file cannot be scanned; the message says why."""


def ask(
    session: Session, case: Case, exhibit: Exhibit, *, by: Officer | None, at: datetime
) -> Job | None:
    """Have the file scanned, again if it was scanned before; None for a pointer."""
    if exhibit.blob_key is None or exhibit.disposed_at is not None:
        return None
    exhibit.malware = leaving.PENDING
    _note(session, "exhibit.scan_ask", case, exhibit, by=by, at=at)
    return queue.enqueue(session, SCAN, {"exhibit": str(exhibit.id)}, by=by, at=at)


def ask_for_unscanned(session: Session, *, at: datetime) -> list[Job]:
    """Have every file scanned that came by whatever way and was not."""
    asked = (
        ask(session, session.get_one(Case, row.case_id), row, by=None, at=at)
        for row in queries.to_scan(session, at=at, most=AT_ONCE)
    )
    return [job for job in asked if job]


def scan_exhibit(means: Means, scanner_url: str, exhibit_id: uuid.UUID) -> None:
    """Send the file to the scanner and enter its answer. ScannerUnavailable where it does not
    answer, ScanRefused where asking again would change nothing.
    """
    with means.transaction() as session:
        found = waiting(session, exhibit_id)
    if found is None:
        return
    if not scanner_url:
        raise ScanRefused("No malware scanner is configured.")
    try:
        answer = scan(scanner_url, means.blobs.read(*found))
    except BlobDamaged as damaged:
        raise ScanRefused("The stored file is damaged or missing.") from damaged
    with means.transaction() as session:
        keep_answer(session, exhibit_id, answer, at=means.now())


def waiting(session: Session, exhibit_id: uuid.UUID) -> tuple[str, str] | None:
    """Key and context of a file that waits for the scanner, else None."""
    exhibit = session.get(Exhibit, exhibit_id)
    if exhibit is None or exhibit.malware != leaving.PENDING or exhibit.disposed_at is not None:
        return None
    case = session.get_one(Case, exhibit.case_id)
    return exhibit.blob_key or "", context_of(case)


def keep_answer(session: Session, exhibit_id: uuid.UUID, answer: Answer, *, at: datetime) -> None:
    """Enter what the scanner said: a row, the state of the exhibit, its register, the log."""
    exhibit = session.get_one(Exhibit, exhibit_id)
    if exhibit.malware != leaving.PENDING:
        return
    case = session.get_one(Case, exhibit.case_id)
    session.add(
        ExhibitScan(
            exhibit_id=exhibit.id,
            at=at,
            verdict=answer.verdict,
            engine=answer.engine,
            detail=answer.detail,
        )
    )
    exhibit.malware = _STATES[answer.verdict]
    told = ": ".join(part for part in (answer.verdict, answer.detail) if part)
    by_what = f", by {answer.engine}" if answer.engine else ""
    enter(session, exhibit, "scanned", f"{told}{by_what}", by=None, at=at)
    _note(
        session, "exhibit.scan", case, exhibit, by=None, at=at, verdict=answer.verdict,
        detail=answer.detail,
    )  # fmt: skip


def give_up(session: Session, exhibit_id: uuid.UUID, why: str, *, at: datetime) -> None:
    """The scanner could not be asked: the file is unscanned again, and says why."""
    keep_answer(session, exhibit_id, Answer(FAILED, "", why), at=at)


def release(
    session: Session, case: Case, exhibit: Exhibit, *, reason: str, by: Officer, at: datetime
) -> None:
    """Let a file leave that nothing scanned. InvalidValue without a reason, TransitionBlocked for
    one that a scanner is looking at or found malware in, Destroyed for one that is gone.
    """
    refuse_destroyed(session, exhibit)
    if not reason.strip():
        raise InvalidValue("Say why this file may leave the system unscanned.", "reason")
    if exhibit.malware != leaving.UNSCANNED or exhibit.blob_key is None:
        raise TransitionBlocked(
            [Blocker("Only a stored file that nothing scanned is released.", "IU-8")]
        )
    enter(session, exhibit, leaving.RELEASED, reason, by=by, at=at)
    _note(session, "exhibit.release", case, exhibit, by=by, at=at, reason=reason)


def _note(
    session: Session,
    act: str,
    case: Case,
    exhibit: Exhibit,
    *,
    by: Officer | None,
    at: datetime,
    **told: str,
) -> None:
    subject = f"exhibit:{case.reference}/{exhibit.number}"
    audit.record(session, by, act, subject, at=at, case=case, sha256=exhibit.sha256 or "", **told)
