"""Ask to vote later, and answer for the own agency. Answers are never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.committee.actions.ballots import refuse_member
from casework.committee.queries.motions import delay_of, find_motion, last_day_of, members_of
from casework.committee.timing import Consent, consent
from casework.errors import InvalidValue, StaleVersion
from casework.findings.actions import hold, log, signed
from models import Case, Motion, Officer, Postponement, PostponementAnswer


def ask(
    session: Session,
    case: Case,
    motion: Motion,
    *,
    until: date,
    reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Postponement:
    """Ask all members to vote until a later day; whoever asks agrees. `on` is today in
    Washington. InvalidValue for a day that is no later, or while another request waits.
    """
    motion = _open(session, case, motion, by)
    if until <= max(last_day_of(case, motion), on):
        raise InvalidValue("Choose a day after the present last day to vote.", "until")
    if not reason.strip():
        raise InvalidValue("Say why the vote should be put off.", "reason")
    members = members_of(case, motion)
    if any(consent(delay_of(row), members) is Consent.ASKED for row in motion.postponements):
        raise InvalidValue("A request waits for its answers. Answer that one first.", "until")
    row = Postponement(**signed(case, by, at), motion_id=motion.id, until=until, reason=reason)
    row.answers = [PostponementAnswer(**signed(case, by, at), agency=by.agency, agrees=True)]
    session.add(row)
    told = {"motion": str(motion.id), "agency": by.agency, "until": until.isoformat()}
    log(session, case, "postponement.ask", by, at, **told, reason=reason)
    return row


def answer(
    session: Session,
    case: Case,
    motion: Motion,
    row: Postponement,
    *,
    agrees: bool,
    by: Officer,
    at: datetime,
) -> PostponementAnswer:
    """Answer once for the own agency; StaleVersion after that, or once a member has refused."""
    motion = _open(session, case, motion, by)
    found = next(each for each in motion.postponements if each.id == row.id)
    if by.agency in {each.agency for each in found.answers}:
        raise StaleVersion("Your agency has answered this request already.")
    if consent(delay_of(found), members_of(case, motion)) is not Consent.ASKED:
        raise StaleVersion("The request is settled: a member has refused it.")
    given = PostponementAnswer(
        **signed(case, by, at), postponement_id=found.id, agency=by.agency, agrees=agrees
    )
    session.add(given)
    told = {"motion": str(motion.id), "agency": by.agency, "agrees": agrees}
    log(session, case, "postponement.answer", by, at, **told)
    return given


def _open(session: Session, case: Case, motion: Motion, by: Officer) -> Motion:
    hold(session, case, by)
    found = find_motion(session, case, motion.id) or motion
    refuse_member(case, found, by)
    if found.closing is not None:
        raise StaleVersion("The vote is closed. It cannot be put off any more.")
    return found
