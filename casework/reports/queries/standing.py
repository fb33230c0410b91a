"""The gates of a prepared edition as they stand today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.packets.lettering import WASHINGTON, day
from casework.reports.document import Document, Gate
from casework.reports.gates import Readiness, now
from casework.reports.queries.editions import contents_in
from casework.reports.queries.passages import missing
from casework.statute.pack import StatutePack
from models import Report, ReportCheck, ReportPassage


def gates_now(session: Session, row: Report, pack: StatutePack, *, on: date) -> tuple[Gate, ...]:
    """What was settled with the contents, and what is asked again at each look."""
    report, document = pack.reports[row.kind], contents_in(row)
    known = Readiness(
        permissions=missing(session, _texts(session, row, document), report.product, on=on)
        if report.product
        else [],
        checks={check.gate: _words(check) for check in row.checks},
    )
    return now(report, document.gates, known)


def _texts(session: Session, row: Report, document: Document) -> Sequence[ReportPassage]:
    """The very revisions that the edition prints, with every source they rest on."""
    printed = [
        sa.and_(
            ReportPassage.section == section.id,
            ReportPassage.revision == section.written.revision,
        )
        for section in document.sections
        if section.written
    ]
    return session.scalars(
        sa.select(ReportPassage)
        .where(
            ReportPassage.text_version == row.text_version,
            ReportPassage.training.is_(row.training),
            ReportPassage.kind == row.kind,
            ReportPassage.case_id == row.case_id,
            sa.or_(sa.false(), *printed),
        )
        .options(joinedload(ReportPassage.by))
    ).all()


def _words(check: ReportCheck) -> str:
    on = day(check.at.astimezone(WASHINGTON).date())
    return f"{check.by.name}, {on}: {check.note}"
