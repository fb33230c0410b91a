"""What is asked for when a report is prepared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from casework.reports.queries.passages import Place
from casework.statute.casework_rows import Report
from casework.statute.pack import StatutePack
from models import Case


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """`cases` are those that the preparer may see; `decision` is a key of `decisions_of`, or
    empty. `on` is the Washington day.
    """

    report: Report
    pack: StatutePack
    training: bool
    case: Case | None
    cases: sa.Select[Case]
    number: int
    by: str
    decision: str
    default_enacted: date | None
    at: datetime
    on: date

    @property
    def place(self) -> Place:
        return Place(
            text_version=self.pack.text_version,
            training=self.training,
            kind=self.report.id,
            case_id=self.case.id if self.case else None,
        )
