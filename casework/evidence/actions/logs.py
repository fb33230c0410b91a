"""A usage log from the exhibits it is made of to the order to take it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casework import audit, queue
from casework.errors import Blocker, InvalidValue, StaleVersion, TransitionBlocked
from casework.evidence.actions.exhibits import context_of
from casework.evidence.log_facts import OPEN_STATES, LogFacts, Reading
from casework.evidence.queries import logs as queries
from casework.evidence.store import BlobDamaged, BlobStore
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from models import Case, Exhibit, Job, Officer, UsageLog, UsageLogFile

PRACTICE = "Case practice"


def open_log(
    session: Session,
    case: Case,
    numbers: Sequence[int],
    facts: LogFacts,
    reading: Reading,
    *,
    by: Officer,
    at: datetime,
) -> UsageLog:
    """A log made of the exhibits with these numbers, to be mapped. InvalidValue naming the field
    for exhibits that cannot be one; TransitionBlocked in a closed case.
    """
    refuse_closed(load_pack(case.text_version), case.stage)
    exhibits = _chosen(session, case, numbers)
    if facts.window_from and facts.window_to and facts.window_from >= facts.window_to:
        raise InvalidValue("The window ends before it begins.", "window_to")
    log = UsageLog(
        case_id=case.id,
        number=queries.next_number(session, case),
        title=facts.title,
        owner=facts.owner,
        sampling=facts.sampling,
        window_from=facts.window_from,
        window_to=facts.window_to,
        mapping=reading.as_dict(),
        state="mapping",
        created_by=by,
        created_at=at,
    )
    log.files = [
        UsageLogFile(exhibit_id=exhibit.id, position=position)
        for position, exhibit in enumerate(exhibits)
    ]
    session.add(log)
    session.flush()
    used = [exhibit.number for exhibit in exhibits]
    note(session, case, log, "usage_log.open", by=by, at=at, exhibits=used, owner=facts.owner)
    return log


def _chosen(session: Session, case: Case, numbers: Sequence[int]) -> list[Exhibit]:
    readable = {row.number: row for row in queries.readable_exhibits(session, case)}
    if not numbers:
        raise InvalidValue("Choose at least one exhibit.", "exhibits")
    unknown = [number for number in numbers if number not in readable]
    if unknown:
        raise InvalidValue(
            f"Exhibit {unknown[0]} is no CSV, JSON lines or Parquet file that is kept here.",
            "exhibits",
        )
    infected = [number for number in numbers if readable[number].malware == "infected"]
    if infected:
        raise InvalidValue(
            f"A scanner found malware in exhibit {infected[0]}: it is not read.", "exhibits"
        )
    return [readable[number] for number in numbers]


def map_log(
    session: Session,
    case: Case,
    log: UsageLog,
    reading: Reading,
    *,
    expected: int,
    by: Officer,
    at: datetime,
) -> None:
    """Keep how the columns are read. StaleVersion when another officer mapped the log since
    version `expected`; TransitionBlocked once it is taken in or on its way.
    """
    _refuse_taken(log)
    if log.version != expected:
        raise StaleVersion("Somebody else mapped this log in the meantime.")
    log.mapping = reading.as_dict()
    session.flush()
    note(session, case, log, "usage_log.map", by=by, at=at, columns=dict(reading.columns))


def _refuse_taken(log: UsageLog) -> None:
    if log.state not in OPEN_STATES:
        raise blocked(
            "This log is taken in, or about to be. Open a second log to read the files otherwise."
        )


def ask_intake(session: Session, case: Case, log: UsageLog, *, by: Officer, at: datetime) -> Job:
    """The job that takes the log in, for the first time or after it failed or was stopped."""
    refuse_closed(load_pack(case.text_version), case.stage)
    _refuse_taken(log)
    job = queue.enqueue(session, queries.TAKE_IN, {"log": str(log.id)}, by=by, at=at)
    log.state, log.failure, log.job_id = "queued", "", job.id
    note(session, case, log, "usage_log.ask", by=by, at=at)
    return job


def stop_intake(session: Session, case: Case, log: UsageLog, *, by: Officer, at: datetime) -> None:
    """Ask for the job to stop; one that nobody has begun is stopped at once."""
    if log.state not in {"queued", "taking_in"} or log.job_id is None:
        raise blocked("This log is not being taken in, so there is nothing to stop.")
    if queue.cancel(session, log.job_id, at=at):
        log.state = "cancelled"
    note(session, case, log, "usage_log.stop", by=by, at=at)


def hand_out_rejected(
    session: Session, store: BlobStore, case: Case, log: UsageLog, *, by: Officer, at: datetime
) -> Iterator[bytes]:
    """The rows that were set aside, as CSV, after one full reading; raises BlobDamaged."""
    key, context = log.rejected_key or "", context_of(case)
    if store.sha256(key, context) != log.rejected_sha256:
        raise BlobDamaged(key)
    note(session, case, log, "usage_log.download_rejected", by=by, at=at)
    return store.read(key, context)


def blocked(message: str) -> TransitionBlocked:
    return TransitionBlocked([Blocker(message, PRACTICE)])


def note(
    session: Session,
    case: Case,
    log: UsageLog,
    action: str,
    *,
    by: Officer | None,
    at: datetime,
    **details: Any,
) -> None:
    subject = f"usage_log:{case.reference}/{log.number}"
    audit.record(session, by, action, subject, at=at, case=case, **details)
