"""What agencies say, and what else is put on record for a later step to rest on."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.statute.loader import load_pack
from casework.workflow.actions.admission import admit
from casework.workflow.queries import coordination as queries
from casework.workflow.queries.coordination import NON_CONCUR, SILENT
from casework.workflow.record_kinds import fitting
from models import (
    AgencyPosition,
    Case,
    Officer,
    PositionRequest,
    StageRecord,
)

NEEDS_COMMENT = frozenset({NON_CONCUR, "concur_with_comment"})


def put_on_record(
    session: Session,
    case: Case,
    *,
    kind: str,
    outcome: str,
    happened_on: date,
    note: str,
    by: Officer,
    at: datetime,
    on: date,
) -> StageRecord:
    """Record what was done at the present stage; `on` is today in Washington.

    Forbidden when kind and stage or role do not fit; InvalidValue for an outcome that the case
    or the pack does not know, or a day that is still to come.
    """
    admit(session, case, by)
    pack = load_pack(case.text_version)
    if kind not in {each.id for each in fitting(pack, case.stage, by.roles)}:
        raise Forbidden("At this stage your roles do not record this.")
    if outcome not in dict(queries.outcomes_of(session, case, pack.records[kind])):
        raise InvalidValue("Choose an outcome of the list.", "outcome")
    if happened_on > on:
        raise InvalidValue(
            "The day lies in the future. Record it once it has happened.", "happened_on"
        )
    stage = pack.stages[case.stage]
    row = StageRecord(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        kind=kind,
        outcome=outcome,
        happened_on=happened_on,
        note=note,
        citation=stage.citation,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        by,
        "stage.record",
        f"record:{row.id}",
        at=at,
        case=case,
        kind=kind,
        outcome=outcome,
        happened_on=happened_on.isoformat(),
        note=note,
    )
    return row


def ask_agency(
    session: Session, case: Case, agency: str, *, due_on: date, by: Officer, at: datetime, on: date
) -> PositionRequest:
    """From now on the delegates of the agency see the case. `on` is today in Washington."""
    admit(session, case, by)
    if agency not in load_pack(case.text_version).agencies:
        raise InvalidValue("Choose an agency of the list.", "agency")
    if agency in {request.agency for request in queries.requests_of(session, case)}:
        raise InvalidValue("This agency was asked already.", "agency")
    if due_on < on:
        raise InvalidValue("The day to answer by has passed. Choose a later one.", "due_on")
    request = PositionRequest(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        agency=agency,
        due_on=due_on,
    )
    session.add(request)
    session.flush()
    audit.record(
        session, by, "position.ask", f"agency:{agency}", at=at, case=case, due=due_on.isoformat()
    )
    return request


def state_position(
    session: Session,
    case: Case,
    *,
    position: str,
    comment: str,
    draft_sha256: str,
    expected: int,
    by: Officer,
    at: datetime,
) -> AgencyPosition:
    """Speak for the delegate's own agency on the draft shown. A later word stands beside the
    earlier one.

    `draft_sha256` is the draft and `expected` the number of the agency's words that the delegate
    saw; StaleVersion if either has changed. Forbidden for an agency that was not asked;
    InvalidValue where a comment is missing.
    """
    admit(session, case, by)
    session.execute(sa.select(Case.id).where(Case.id == case.id).with_for_update())
    agency = by.agency or ""
    if Role.AGENCY_DELEGATE not in by.roles:
        raise Forbidden("Only a delegate states the position of an agency.")
    if agency not in {request.agency for request in queries.requests_of(session, case)}:
        raise Forbidden("Your agency was not asked in this case.")
    if position not in load_pack(case.text_version).codes("position") or position == SILENT:
        raise InvalidValue("Choose a position of the list.", "position")
    if position in NEEDS_COMMENT and not comment:
        raise InvalidValue("Say what the agency adds or why it does not agree.", "comment")
    if queries.draft_sha256(session, case) != draft_sha256:
        raise StaleVersion("The draft finding has changed since you opened the page.")
    if sum(row.agency == agency for row in queries.positions_of(session, case)) != expected:
        raise StaleVersion("A colleague has spoken for your agency since you opened the page.")
    return _put_position(session, case, agency, position, comment, by, at)


def log_silence(
    session: Session, case: Case, agency: str, *, by: Officer, at: datetime, on: date
) -> AgencyPosition:
    """Record that an agency let its day pass. InvalidValue before that day or after an answer."""
    admit(session, case, by)
    asked = {request.agency: request for request in queries.requests_of(session, case)}
    if agency not in asked:
        raise InvalidValue("This agency was not asked.", "agency")
    if queries.position_of(session, case, agency):
        raise InvalidValue("The position of this agency is on record.", "agency")
    if on <= asked[agency].due_on:
        raise InvalidValue("The agency may still answer: its day has not passed.", "agency")
    return _put_position(session, case, agency, SILENT, "", by, at)


def _put_position(
    session: Session,
    case: Case,
    agency: str,
    position: str,
    comment: str,
    by: Officer,
    at: datetime,
) -> AgencyPosition:
    row = AgencyPosition(
        case_id=case.id,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        agency=agency,
        position=position,
        comment=comment,
        draft_sha256=queries.draft_sha256(session, case),
    )
    session.add(row)
    session.flush()
    told = {"position": position, "draft_sha256": row.draft_sha256}
    audit.record(session, by, "position.state", f"agency:{agency}", at=at, case=case, **told)
    return row
