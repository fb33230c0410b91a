"""What usage logs keep in the store besides the exhibits that they are made of."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Case, Exhibit, UsageLog, UsageLogFile


def needed_blobs(session: Session) -> set[str]:
    """Keys that a log still needs. Once a file of a log is destroyed under a records schedule,
    nothing needs what was taken from it.
    """
    gone = sa.exists().where(
        UsageLogFile.log_id == UsageLog.id,
        Exhibit.id == UsageLogFile.exhibit_id,
        Exhibit.disposed_at.is_not(None),
    )
    return _keys(session, ~gone)


def blobs_of_logs(session: Session, case: Case) -> set[str]:
    """Keys of everything that the logs of a case ever kept."""
    return _keys(session, UsageLog.case_id == case.id)


def _keys(session: Session, wanted: sa.ColumnElement[bool]) -> set[str]:
    rows = session.execute(sa.select(UsageLog.canonical, UsageLog.rejected_key).where(wanted))
    found: set[str] = set()
    for canonical, rejected_key in rows:
        found |= {part["key"] for part in canonical}
        found |= {rejected_key} if rejected_key else set()
    return found
