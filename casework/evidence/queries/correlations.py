"""Tags of a case, and the cases of other owners that hold the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from casework.evidence.correlation.meetings import Held, Meeting, meetings
from casework.evidence.queries.logs import logs_open_to
from casework.handling.queries.readers import reader_in
from models import AnalysisRun, Case, CorrelationTag, UsageLog

_COLUMNS = (
    CorrelationTag.case_id,
    CorrelationTag.owner,
    CorrelationTag.kind,
    CorrelationTag.tag,
    CorrelationTag.accounts,
    CorrelationTag.first_on,
    CorrelationTag.last_on,
)


@dataclass(frozen=True, slots=True)
class Compared:
    """`tags` is how many indicators of the case were compared, `elsewhere` how many other cases,
    of those that the officer sees, hold any to compare with.
    """

    tags: int
    elsewhere: int
    met: list[tuple[Meeting, Case]]


def compared(session: Session, case: Case, cases: sa.Select[Case]) -> Compared:
    """`cases` are those that the officer may see: of any other not even its existence shows. What
    rests on a log that is kept from whom the session reads for is not compared, on either side.
    """
    other = sa.and_(
        CorrelationTag.case_id != case.id,
        CorrelationTag.case_id.in_(cases.with_only_columns(Case.id)),
        Case.training == case.training,
    )
    own = CorrelationTag.case_id == case.id
    held = sa.tuple_(CorrelationTag.epoch, CorrelationTag.kind, CorrelationTag.tag)
    mine = _in_force(session, CorrelationTag.epoch, CorrelationTag.kind, CorrelationTag.tag)
    elsewhere = session.scalar(
        _in_force(session, sa.func.count(CorrelationTag.case_id.distinct())).where(other)
    )
    ours = _read(session, own)
    found = meetings(ours, _read(session, other, held.in_(mine.where(own))))
    named = session.scalars(sa.select(Case).where(Case.id.in_({one.case_id for one in found})))
    by_id = {row.id: row for row in named}
    return Compared(len(ours), elsewhere or 0, [(one, by_id[one.case_id]) for one in found])


def _read(session: Session, *wanted: sa.ColumnElement[bool]) -> list[Held]:
    return [Held(*row) for row in session.execute(_in_force(session, *_COLUMNS).where(*wanted))]


def _in_force(session: Session, *columns: Any) -> sa.Select[Any]:
    """Tags of the newest finished analysis of each log that may be read."""
    later = aliased(AnalysisRun)
    newer = sa.exists().where(
        later.log_id == AnalysisRun.log_id, later.number > AnalysisRun.number, later.state == "done"
    )
    return (
        sa.select(*columns)
        .select_from(CorrelationTag)
        .join(AnalysisRun, AnalysisRun.id == CorrelationTag.run_id)
        .join(UsageLog, UsageLog.id == AnalysisRun.log_id)
        .join(Case, Case.id == CorrelationTag.case_id)
        .where(~newer, logs_open_to(reader_in(session)))
    )
