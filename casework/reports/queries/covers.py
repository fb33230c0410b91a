"""The cover of a report: what it is, for whom, under which marking and by when."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.packets.lettering import day
from casework.packets.queries.allegations import marks_of
from casework.packets.release import Mark, banner
from casework.reports.document import Cover
from casework.reports.queries.asked import Asked
from casework.reports.source import Source
from casework.statute.casework_rows import Report
from casework.statute.clocks import Due
from casework.statute.pack import StatutePack
from models import Case, CaseIncident, Exhibit, Marking

PUBLIC = "PUBLIC DOCUMENT"
_PLANNING = (
    "No enactment date is recorded. The bill is not law; every deadline of this report is "
    "hypothetical."
)


def cover_of(
    session: Session, asked: Asked, covered: list[Case], source: Source, dues: list[Due]
) -> Cover:
    report, act = asked.report, asked.pack.act
    lead = asked.pack.agencies[report.lead].label
    decision = source.decision
    about = f"{decision.words}: {decision.about}" if decision else ""
    return Cover(
        kind=report.id,
        title=report.title,
        edition=asked.number,
        case=asked.case.reference if asked.case else "",
        subject=about or (asked.case.title if asked.case else ""),
        audience=report.audience,
        lead=lead,
        citation=report.citation,
        authority=report.authority,
        banner=PUBLIC if report.product else _banner(session, covered),
        text_version=asked.pack.text_version,
        law=f"{act.number}, {act.title}, {act.congress}th Congress",
        status=f"{act.status}, not law" if source.planning else act.status,
        planning=_PLANNING if source.planning else "",
        due=due_words(asked.report, asked.pack, dues, asked.on),
        training=asked.training,
        prepared=asked.at,
        prepared_by=lead if report.product else asked.by,
    )


def due_words(report: Report, pack: StatutePack, dues: list[Due], on: date) -> str:
    """The next day on which the report is due, on the reading relied upon, or what is awaited."""
    clock = pack.clock_for(report.clock) if report.clock else None
    mine = [due for due in dues if clock and due.id == clock.id and due.default]
    if clock is None or not mine:
        return ""
    days = sorted(due.due for due in mine if due.due)
    if not days:
        return f"Hypothetical: waits for {pack.events[mine[0].waits_for].title.lower()}"
    ahead = next((each for each in days if each >= on), days[-1])
    return f"{day(ahead)}{'' if ahead >= on else ', which is past'}"


def _banner(session: Session, covered: list[Case]) -> str:
    """The strictest marking of everything that the cases hold."""
    ids = [case.id for case in covered]
    incidents = sa.select(CaseIncident.incident_id).where(CaseIncident.case_id.in_(ids))
    exhibits = sa.select(Exhibit.id).where(Exhibit.case_id.in_(ids))
    rows = session.scalars(
        sa.select(Marking).where(
            sa.or_(Marking.incident_id.in_(incidents), Marking.exhibit_id.in_(exhibits))
        )
    )
    marks: list[Mark] = [mark for row in rows for mark in marks_of([row]).values()]
    return banner(marks)
