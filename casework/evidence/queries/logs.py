"""Usage logs of a case. A log is kept from whomever one of its files is kept from."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.evidence.log_facts import READABLE
from casework.evidence.queries.exhibits import open_to
from casework.handling.need import Reader
from casework.handling.queries.readers import reader_in, unseen
from models import AnalysisRun, Case, Exhibit, Job, Marking, UsageLog, UsageLogFile

TAKE_IN = "take_in_usage_log"


def logs_open_to(reader: Reader | None) -> sa.ColumnElement[bool]:
    """Whether every file of the log may be read by the reader; None reads everything."""
    if reader is None:
        return sa.true()
    return ~sa.exists().where(
        UsageLogFile.log_id == UsageLog.id,
        Marking.exhibit_id == UsageLogFile.exhibit_id,
        unseen(reader),
    )


def _wanted(session: Session, case: Case) -> sa.Select[UsageLog]:
    return (
        sa.select(UsageLog)
        .where(UsageLog.case_id == case.id, logs_open_to(reader_in(session)))
        .options(
            joinedload(UsageLog.created_by),
            selectinload(UsageLog.files).joinedload(UsageLogFile.exhibit),
            selectinload(UsageLog.runs).joinedload(AnalysisRun.asked_by),
        )
    )


def logs_of(session: Session, case: Case) -> list[UsageLog]:
    """The logs of a case, the newest first, less those that are kept from whom the session reads
    for.
    """
    return list(session.scalars(_wanted(session, case).order_by(UsageLog.number.desc())).unique())


def withheld_numbers(session: Session, case: Case) -> list[int]:
    """Numbers of the logs that are kept from whom the session reads for."""
    kept = sa.select(UsageLog.number).where(
        UsageLog.case_id == case.id, ~logs_open_to(reader_in(session))
    )
    return list(session.scalars(kept.order_by(UsageLog.number)))


def find_log(session: Session, case: Case, number: int) -> UsageLog | None:
    """The log, or None where there is none or it is kept from whom the session reads for."""
    found = session.scalars(_wanted(session, case).where(UsageLog.number == number))
    return found.unique().one_or_none()


def get_log(session: Session, log_id: UUID) -> UsageLog:
    """The log of a job, whoever reads."""
    return session.get_one(UsageLog, log_id, populate_existing=True)


def case_of(session: Session, log: UsageLog) -> Case:
    return session.get_one(Case, log.case_id)


def next_number(session: Session, case: Case) -> int:
    last = session.scalar(
        sa.select(sa.func.max(UsageLog.number)).where(UsageLog.case_id == case.id)
    )
    return (last or 0) + 1


def readable_exhibits(session: Session, case: Case) -> list[Exhibit]:
    """Exhibits of a kind that can be a log, whose file is kept here and that may be seen."""
    return list(
        session.scalars(
            sa.select(Exhibit)
            .where(
                Exhibit.case_id == case.id,
                Exhibit.media_type.in_(READABLE),
                Exhibit.blob_key.is_not(None),
                Exhibit.disposed_at.is_(None),
                open_to(reader_in(session)),
            )
            .order_by(Exhibit.number)
        )
    )


def job_of(session: Session, job_id: UUID | None) -> Job | None:
    return session.get(Job, job_id) if job_id else None
