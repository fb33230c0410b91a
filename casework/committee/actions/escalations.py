"""Take a matter up the dispute ladder, and record what a level decided."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from casework.access import Role
from casework.committee.ladder import NO_DECISION, Step, due_of, stands
from casework.committee.queries.escalations import find_matter, step_of
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.findings.actions import hold, log, signed
from casework.statute.loader import load_pack
from models import Case, Escalation, EscalationOutcome, Officer


def escalate(
    session: Session,
    case: Case,
    *,
    matter: str,
    level: str,
    reason: str,
    by: Officer,
    at: datetime,
    on: date,
) -> Escalation:
    """Ask the next level. `matter` is the id of a closed motion in text form, empty for the
    coordination of the case; `level` is the one that the agency was offered.

    StaleVersion if another has asked since; InvalidValue once the last day to ask has passed.
    """
    hold(session, case, by)
    found = find_matter(session, case, matter, on)
    if found is None:
        raise InvalidValue("Choose a closed vote, or the coordination of the case.", "matter")
    if Role.AGENCY_DELEGATE not in by.roles or by.agency not in found.may_raise:
        raise Forbidden("Only a delegate of a member that is not content takes this up.")
    if found.offer is None or found.offer.level != level:
        raise StaleVersion("The matter has moved since you opened the page. Read it again.")
    if not found.offer.is_open(on):
        raise InvalidValue(f"The last day to ask was {found.offer.until}.", "reason")
    if not reason.strip():
        raise InvalidValue("Say why your agency asks the next level.", "reason")
    row = Escalation(
        **signed(case, by, at),
        motion_id=found.motion.id if found.motion else None,
        agency=by.agency,
        level=level,
        reason=reason,
        raised_on=on,
        due_on=due_of(load_pack(case.text_version), level, on),
    )
    session.add(row)
    told = {"motion": matter, "agency": by.agency, "level": level}
    log(session, case, "escalation.raise", by, at, **told, reason=reason)
    return row


def settle(
    session: Session,
    case: Case,
    escalation: Escalation,
    *,
    outcome: str,
    reasons: str,
    happened_on: date,
    by: Officer,
    at: datetime,
    on: date,
) -> EscalationOutcome:
    """Record what the level decided, and with it which decision now stands.

    StaleVersion if that is on record or the matter has moved up; SeparationOfDuties for whoever
    asked the level.
    """
    hold(session, case, by)
    key = str(escalation.motion_id) if escalation.motion_id else ""
    matter = find_matter(session, case, key, on)
    if matter is None or matter.rows[-1].id != escalation.id:
        raise StaleVersion("The matter has moved to another level. Read it again.")
    current = matter.rows[-1]
    if current.outcome is not None:
        raise StaleVersion("What this level decided is on record already.")
    if current.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever asked this level does not record what it decided.")
    _check_outcome(case, current, outcome, reasons, happened_on, on)
    row = EscalationOutcome(
        **signed(case, by, at),
        escalation_id=current.id,
        outcome=outcome,
        decision="",
        reasons=reasons,
        happened_on=happened_on,
    )
    if matter.motion and matter.motion.closing:
        settled = Step(current.level, current.raised_on, current.due_on, outcome, row.happened_on)
        steps = [*(step_of(each) for each in matter.rows[:-1]), settled]
        pack, question = load_pack(case.text_version), matter.motion.question
        row.decision = stands(pack, question, matter.motion.closing.decision, steps)
    session.add(row)
    told = {"motion": key, "level": current.level, "outcome": outcome, "decision": row.decision}
    log(session, case, "escalation.settle", by, at, **told, reason=reasons)
    return row


def _check_outcome(
    case: Case, row: Escalation, outcome: str, reasons: str, happened_on: date, on: date
) -> None:
    if outcome not in load_pack(case.text_version).codes("escalation_outcome"):
        raise InvalidValue("Choose an outcome of the list.", "outcome")
    if not reasons.strip():
        raise InvalidValue("Give the reasons of the level.", "reasons")
    if not row.raised_on <= happened_on <= on:
        raise InvalidValue(
            "Give the day it happened: not before it was asked, and not to come.", "happened_on"
        )
    if outcome == NO_DECISION and (row.due_on is None or on <= row.due_on):
        raise InvalidValue("The level may still decide: its day has not passed.", "outcome")
