"""An edition from its preparation to its pages: contents frozen once, bytes drawn once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit, queue
from casework.errors import Blocker, InvalidValue, NotFound, TransitionBlocked
from casework.evidence.store import BlobDamaged, BlobStore
from casework.findings.actions import hold
from casework.packets import plain
from casework.packets.box import Rendered
from casework.reports.document import Document, digest
from casework.reports.queries import editions as queries
from casework.reports.queries.asked import Asked
from casework.reports.queries.building import build
from casework.statute.casework_rows import Report as ReportRow
from casework.statute.pack import StatutePack
from models import Case, Job, Officer, Report, ReportCase

PRACTICE = "Case practice"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """Which report is wanted, of which docket or case; `cases` are those its preparer may see.

    `decision` is a key of the decisions of the case, or empty.
    """

    report: ReportRow
    pack: StatutePack
    training: bool
    cases: sa.Select[Case]
    case: Case | None = None
    decision: str = ""
    default_enacted: date | None = None


def prepare_report(
    session: Session, order: Order, *, by: Officer, at: datetime, on: date
) -> Report:
    """An edition with its contents frozen, and the job that draws it.

    InvalidValue where a decision must be chosen; NotFound for a report made elsewhere.
    """
    _refuse_elsewhere(order)
    if order.case is not None:
        hold(session, order.case, by)
    built = build(session, _asked(session, order, by, at, on))
    row = Report(
        text_version=order.pack.text_version,
        training=order.training,
        kind=order.report.id,
        number=built.document.cover.edition,
        case=order.case,
        state="queued",
        contents=plain.dump(built.document),
        contents_sha256=digest(built.document),
        prepared_by=by,
        prepared_by_person_id=by.person_id,
        prepared_at=at,
    )
    session.add(row)
    session.flush()
    session.add_all(
        ReportCase(report_id=row.id, case_id=case.id, determined=determined)
        for case, determined in built.cases.items()
    )
    session.flush()
    _job(session, row, by=by, at=at)
    note(session, "report.prepare", row, by=by, at=at, cases=len(built.cases))
    return row


def _refuse_elsewhere(order: Order) -> None:
    scope = "docket" if order.case is None else "case"
    if order.report.scope != scope:
        raise NotFound("This report is not made here.")


def _asked(session: Session, order: Order, by: Officer, at: datetime, on: date) -> Asked:
    return Asked(
        report=order.report,
        pack=order.pack,
        training=order.training,
        case=order.case,
        cases=order.cases,
        number=queries.next_number(session, order.report.id, training=order.training),
        by=f"{by.name}, {by.organization.name}",
        decision=order.decision,
        default_enacted=order.default_enacted,
        at=at,
        on=on,
    )


def _job(session: Session, row: Report, *, by: Officer, at: datetime) -> Job:
    return queue.enqueue(session, queries.RENDER, {"report": str(row.id)}, by=by, at=at)


def note(
    session: Session,
    action: str,
    row: Report,
    *,
    by: Officer | None,
    at: datetime,
    **details: str | int,
) -> None:
    """One entry about an edition; of a case where it is about one."""
    session.flush()
    audit.record(
        session,
        by,
        action,
        f"report:{row.kind}/{row.number}",
        at=at,
        case=row.case,
        title=row.contents["cover"]["title"],
        contents_sha256=row.contents_sha256,
        **details,
    )


def begin_rendering(session: Session, report_id: UUID) -> Document | None:
    """The contents to draw, or None when the bytes are there already.

    NotFound for no such edition, InvalidValue when the frozen contents have changed.
    """
    row = _get(session, report_id)
    if row.sha256:
        return None
    document = queries.contents_in(row)
    if digest(document) != row.contents_sha256:
        raise InvalidValue("The stored contents differ from the hash under which they were frozen.")
    row.state, row.failure = "rendering", ""
    return document


def context_of(row: Report) -> str:
    """What binds the stored pages to their edition."""
    return f"report:{row.id}"


def keep_rendered(
    session: Session, store: BlobStore, report_id: UUID, rendered: Rendered, *, at: datetime
) -> None:
    """Store the bytes, then name them in the row; bytes that are there already stay."""
    row = _get(session, report_id)
    if row.sha256:
        return
    size = len(rendered.pdf)
    stored = store.put(BytesIO(rendered.pdf), context_of(row), cap=size)
    row.state, row.pages, row.size = "ready", rendered.pages, size
    row.sha256, row.blob_key = stored.sha256, stored.key
    note(session, "report.render", row, by=None, at=at, sha256=stored.sha256)


def give_up_rendering(session: Session, report_id: UUID, reason: str, *, at: datetime) -> None:
    row = _get(session, report_id)
    if row.sha256:
        return
    row.state, row.failure = "failed", reason
    note(session, "report.fail", row, by=None, at=at, reason=reason)


def retry_report(session: Session, row: Report, *, by: Officer, at: datetime) -> Job:
    """A new job for an edition that could not be drawn; TransitionBlocked for any other."""
    if row.state != "failed":
        raise blocked("Only a report that could not be drawn is tried again.")
    row.state, row.failure = "queued", ""
    note(session, "report.retry", row, by=by, at=at)
    return _job(session, row, by=by, at=at)


def hand_out(
    session: Session, store: BlobStore, row: Report, *, by: Officer, at: datetime
) -> Iterator[bytes]:
    """The stored bytes, read once in full against their hash first; raises BlobDamaged."""
    key, context = row.blob_key or "", context_of(row)
    if store.sha256(key, context) != row.sha256:
        raise BlobDamaged(key)
    note(session, "report.download", row, by=by, at=at, state=row.state)
    return store.read(key, context)


def blocked(message: str) -> TransitionBlocked:
    return TransitionBlocked([Blocker(message, PRACTICE)])


def _get(session: Session, report_id: UUID) -> Report:
    row = session.get(Report, report_id)
    if row is None:
        raise NotFound("There is no such report.")
    return row
