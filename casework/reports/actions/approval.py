"""Check, approve and transmit an edition: bound to the contents that were shown."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.errors import (
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.reports import gates
from casework.reports.actions.editions import blocked, note
from casework.reports.queries import editions as queries
from casework.reports.queries.standing import gates_now
from casework.statute.casework_rows import Report as ReportRow
from casework.statute.pack import StatutePack
from models import Officer, Report, ReportCheck, Transmittal

SENT, RECEIVED = "sent", "received"


def record_check(
    session: Session,
    row: Report,
    report: ReportRow,
    gate: str,
    *,
    words: str,
    contents_sha256: str,
    by: Officer,
    at: datetime,
) -> ReportCheck:
    """A check of these very contents by a person who did not prepare them.

    StaleVersion for other contents, SeparationOfDuties for the preparer, TransitionBlocked when
    the edition is approved or the check is made, InvalidValue for a gate no person opens.
    """
    queries.hold(session, row)
    _refuse_other_contents(row, contents_sha256)
    if gate not in {each.id for each in report.gates if each.by_person}:
        raise InvalidValue("No person opens this gate.", "gate")
    if row.prepared_by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever prepared a report does not check it.")
    if row.state == "approved":
        raise blocked("This report has been approved already.")
    if gate in {each.gate for each in row.checks}:
        raise blocked("This check is on record already.")
    if not words.strip():
        raise InvalidValue("Say what was checked, and by whom.", "words")
    check = ReportCheck(
        report_id=row.id,
        preparer_person_id=row.prepared_by_person_id,
        contents_sha256=contents_sha256,
        gate=gate,
        note=words,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
    )
    session.add(check)
    note(session, "report.check", row, by=by, at=at, gate=gate)
    return check


def _refuse_other_contents(row: Report, shown: str) -> None:
    if row.contents_sha256 != shown:
        raise StaleVersion("The contents are not those that were shown. Read them again.")


def approve_report(
    session: Session,
    row: Report,
    pack: StatutePack,
    *,
    contents_sha256: str,
    by: Officer,
    at: datetime,
    on: date,
) -> None:
    """Release the edition; nothing about it changes from then on. `on` is the Washington day.

    StaleVersion for other contents than shown, SeparationOfDuties for the preparer,
    TransitionBlocked with every gate that is closed.
    """
    queries.hold(session, row)
    _refuse_other_contents(row, contents_sha256)
    if row.prepared_by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever prepared a report does not approve it.")
    if row.state == "approved":
        raise blocked("This report has been approved already.")
    if row.state != "ready":
        raise blocked("The pages are not there yet. Wait until the report is ready.")
    if closed := gates.blockers(gates_now(session, row, pack, on=on)):
        raise TransitionBlocked(closed)
    row.state, row.approved_at = "approved", at
    row.approved_by, row.approved_by_person_id = by, by.person_id
    note(session, "report.approve", row, by=by, at=at, sha256=row.sha256 or "")


def note_transmittal(
    session: Session,
    row: Report,
    pack: StatutePack,
    *,
    step: str,
    receiver: str,
    happened_on: date,
    words: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Transmittal:
    """That the edition was sent to a receiver, or that the receiver acknowledged it.

    TransitionBlocked before the approval and for a receipt of what was never sent; InvalidValue
    for a day ahead, before the approval or before the sending, and for an unknown receiver.
    """
    queries.hold(session, row)
    if row.state != "approved" or row.approved_at is None:
        raise blocked("Only an approved report is sent.")
    report = pack.reports[row.kind]
    if not report.sent_to or receiver not in pack.codes(report.sent_to):
        raise InvalidValue("Choose one of the receivers.", "receiver")
    if step not in {SENT, RECEIVED}:
        raise InvalidValue("Say whether it was sent or received.", "step")
    _refuse_day(row, step, receiver, happened_on, on)
    made = Transmittal(
        report=row,
        kind=step,
        receiver=receiver,
        happened_on=happened_on,
        note=words,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
    )
    session.add(made)
    told = {term.code: term.label for term in pack.vocabularies[report.sent_to].terms}
    note(session, "report.transmit", row, by=by, at=at, step=step, receiver=told[receiver])
    return made


def _refuse_day(row: Report, step: str, receiver: str, happened_on: date, on: date) -> None:
    if happened_on > on:
        raise InvalidValue("This day is still ahead.", "happened_on")
    if happened_on < queries.approved_on(row):
        raise InvalidValue("The report was not yet approved on this day.", "happened_on")
    mine = [each for each in row.transmittals if each.receiver == receiver]
    if step in {each.kind for each in mine}:
        raise blocked("This is on record already for this receiver.")
    if step == RECEIVED:
        days = [each.happened_on for each in mine if each.kind == SENT]
        if not days:
            raise blocked("Record first that it was sent to this receiver.")
        if happened_on < days[0]:
            raise InvalidValue("It cannot have been received before it was sent.", "happened_on")
