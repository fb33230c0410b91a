"""Put a measure off, and take the hold away again. Neither stops a clock of the Act."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.decisions.queries.holds import standing_hold
from casework.errors import InvalidValue, StaleVersion
from casework.findings.actions import hold as hold_case
from casework.findings.actions import log, signed
from casework.findings.queries import refuse_unexamined
from casework.statute.loader import load_pack
from models import Case, Entity, MeasureHold, MeasureHoldLift, Officer


def place_hold(
    session: Session,
    case: Case,
    *,
    measure: str,
    entity: Entity | None,
    authority: str,
    reason: str,
    review_on: date,
    by: Officer,
    at: datetime,
    on: date,
) -> MeasureHold:
    """Put the measure off for one subject, or for the whole case. `review_on` is the day on which
    the hold is looked at again, after `on`; both are Washington days.
    """
    hold_case(session, case, by)
    if measure not in load_pack(case.text_version).measures:
        raise InvalidValue("This text knows no such measure.", "measure")
    if entity is not None:
        refuse_unexamined(session, case, entity)
    if not authority.strip():
        raise InvalidValue("Say who orders the hold, and by what authority.", "authority")
    if not reason.strip():
        raise InvalidValue("Give the reason of the hold.", "reason")
    if review_on <= on:
        raise InvalidValue("Choose a day after today: a hold is looked at again.", "review_on")
    if standing_hold(session, case, measure, entity):
        raise StaleVersion("A hold on this measure stands already. Lift it, or leave it.")
    placed = MeasureHold(
        **signed(case, by, at),
        measure=measure,
        entity_id=entity.id if entity else None,
        authority=authority,
        reason=reason,
        review_on=review_on,
    )
    session.add(placed)
    told = {"measure": measure, "entity": str(entity.id) if entity else ""}
    log(session, case, "hold.place", by, at, review_on=review_on.isoformat(), **told)
    return placed


def lift_hold(
    session: Session, case: Case, placed: MeasureHold, *, reason: str, by: Officer, at: datetime
) -> MeasureHoldLift:
    hold_case(session, case, by)
    lifted = sa.select(MeasureHoldLift.id).where(MeasureHoldLift.hold_id == placed.id)
    if session.scalar(lifted):
        raise StaleVersion("This hold has been lifted already.")
    if not reason.strip():
        raise InvalidValue("Say why the hold is lifted.", "reason")
    lift = MeasureHoldLift(**signed(case, by, at), hold_id=placed.id, reason=reason)
    session.add(lift)
    told = {"measure": placed.measure, "entity": str(placed.entity_id or "")}
    log(session, case, "hold.lift", by, at, **told)
    return lift
