"""Change incidents. Each action writes its audit entry and commits nothing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from casework import audit
from casework.errors import Blocker, InvalidValue, StaleVersion, TransitionBlocked
from casework.incidents.actions.marks import amend_marks, mark_first, note_marks
from casework.incidents.columns import answer_columns, columns, search_text
from casework.incidents.queries.incidents import report_of, source_lines
from casework.incidents.report import Answer, IncidentReport, faults, wrong_answer
from casework.incidents.triage import DECISIONS, PRACTICE, blockers
from models import (
    CaseCounter,
    Entity,
    Incident,
    IncidentParty,
    IncidentRevision,
    IncidentTerm,
    Officer,
    Source,
)

WASHINGTON = ZoneInfo("America/New_York")


def submit_incident(
    session: Session,
    report: IncidentReport,
    *,
    by: Officer,
    at: datetime,
    training: bool = False,
) -> Incident:
    """Put a report on record under the next reference of the year. InvalidValue names the first
    field that is not well-formed.
    """
    _refuse(faults(report, on=_day(at)))
    incident = Incident(
        reference=_next_reference(session, at),
        state="submitted",
        training=training,
        submitted_by_id=by.id,
        submitted_at=at,
        organization_id=by.organization_id,
    )
    _write_report(incident, report)
    mark_first(incident, report.handling)
    session.add(incident)
    session.flush()
    note_marks(session, incident, by=by, at=at)
    _record(session, by, "incident.submit", incident, at, title=report.title, training=training)
    return incident


def revise_incident(
    session: Session,
    incident: Incident,
    report: IncidentReport,
    *,
    version: int,
    reason: str,
    by: Officer,
    at: datetime,
) -> None:
    """Replace the words of a report and keep the earlier ones. A returned report is thereby sent
    again. StaleVersion if it was changed since `version`; TransitionBlocked once withdrawn.
    """
    if version != incident.version:
        raise StaleVersion(f"{incident.reference} was changed after this form was opened.")
    if incident.state == "withdrawn":
        raise TransitionBlocked([Blocker("The report is withdrawn; its words stand.", PRACTICE)])
    _refuse(faults(report, on=_day(at)))
    _keep_words(session, incident, reason, by, at)
    resent = incident.state == "returned"
    with session.no_autoflush:  # one change, one version
        incident.state = "submitted" if resent else incident.state
        _write_report(incident, report)
    session.flush()
    amend_marks(session, incident, report.handling, by=by, at=at)
    _record(session, by, "incident.revise", incident, at, reason=reason, resent=resent)


def set_response(
    session: Session, incident: Incident, answer: Answer, *, by: Officer, at: datetime
) -> None:
    """Record what the accused says, or when an answer was last looked for without finding one.
    The earlier answer is kept.
    """
    _refuse(wrong_answer(answer, on=_day(at)))
    _keep_words(session, incident, "Answer of the accused recorded.", by, at)
    with session.no_autoflush:
        _write(incident, answer_columns(answer))
        _index(incident, report_of(incident))
    session.flush()
    _record(session, by, "incident.answer", incident, at, kind=answer.kind)


def triage(
    session: Session,
    incident: Incident,
    decision: str,
    *,
    by: Officer,
    at: datetime,
    reason: str = "",
) -> None:
    """Decide, by a key of DECISIONS. TransitionBlocked with every reason why it may not be."""
    if decision not in DECISIONS:
        raise InvalidValue("Choose one of the decisions.", "decision")
    if stops := blockers(incident.state, decision, reason):
        raise TransitionBlocked(stops)
    _move(session, incident, DECISIONS[decision].target, f"incident.{decision}", reason, by, at)


def withdraw(
    session: Session, incident: Incident, *, reason: str, by: Officer, at: datetime
) -> None:
    """Withdraw a report for good. It stays on record and in the cases that rest on it."""
    if incident.state == "withdrawn":
        raise TransitionBlocked([Blocker("The report is withdrawn already.", PRACTICE)])
    _move(session, incident, "withdrawn", "incident.withdraw", reason, by, at)


def link_party(
    session: Session,
    incident: Incident,
    entity: Entity,
    role: str,
    note: str,
    *,
    by: Officer,
    at: datetime,
) -> IncidentParty:
    """Say that a report names an entity in a role. InvalidValue if it is on record already."""
    alike = (IncidentParty.entity_id == entity.id) & (IncidentParty.role == role)
    known = sa.select(IncidentParty.id).where(IncidentParty.incident_id == incident.id, alike)
    if session.scalar(known):
        raise InvalidValue(f"{entity.name} is linked in this role already.", "role")
    party = IncidentParty(incident_id=incident.id, entity_id=entity.id, role=role, note=note)
    session.add(party)
    session.flush()
    session.refresh(incident, ["parties"])
    _index(incident, report_of(incident))
    session.flush()
    _record(session, by, "incident.link", incident, at, entity=str(entity.id), role=role)
    return party


def _move(
    session: Session,
    incident: Incident,
    state: str,
    action: str,
    reason: str,
    by: Officer,
    at: datetime,
) -> None:
    before, incident.state = incident.state, state
    session.flush()
    _record(session, by, action, incident, at, before=before, reason=reason)


def _day(at: datetime) -> date:
    return at.astimezone(WASHINGTON).date()


def _refuse(wrong: dict[str, str]) -> None:
    for name, message in wrong.items():
        raise InvalidValue(message, name)


def _record(
    session: Session, by: Officer, action: str, incident: Incident, at: datetime, **details: Any
) -> None:
    audit.record(session, by, action, f"incident:{incident.reference}", at=at, **details)


def _next_reference(session: Session, at: datetime) -> str:
    series = f"INC-{_day(at).year}"
    counter = session.get(CaseCounter, series, with_for_update=True)
    if counter is None:
        counter = CaseCounter(series=series, last=0)
        session.add(counter)
    counter.last += 1
    return f"{series}-{counter.last:05}"


def _keep_words(
    session: Session, incident: Incident, reason: str, by: Officer, at: datetime
) -> None:
    session.add(
        IncidentRevision(
            incident_id=incident.id,
            version=incident.version,
            content=report_of(incident).content(),
            reason=reason,
            by_id=by.id,
            at=at,
        )
    )


def _write(row: Incident, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _write_report(incident: Incident, report: IncidentReport) -> None:
    _write(incident, columns(report))
    _write_terms(incident, report)
    _write_sources(incident, report)
    _index(incident, report)


def _write_terms(incident: Incident, report: IncidentReport) -> None:
    wanted = {(name, code) for name, codes in report.terms.items() for code in codes}
    kept = [row for row in incident.terms_of if (row.vocabulary, row.code) in wanted]
    known = {(row.vocabulary, row.code) for row in kept}
    incident.terms_of = kept + [
        IncidentTerm(vocabulary=name, code=code) for name, code in sorted(wanted - known)
    ]


def _write_sources(incident: Incident, report: IncidentReport) -> None:
    """A source that is left out is parted from the report, not deleted: facts may cite it."""
    known = dict(zip(source_lines(incident), incident.sources, strict=True))
    incident.sources = []
    for place, line in enumerate(report.sources):
        row = known.pop(line, None) or Source(**asdict(line))
        row.position = place
        incident.sources.append(row)


def _index(incident: Incident, report: IncidentReport) -> None:
    names = [party.entity.search_text for party in incident.parties]
    incident.search_text = search_text(incident.reference, report, names)
    # Rows beside the record count as a change of it: the version must move with them.
    flag_modified(incident, "search_text")
