"""Order that everything of a case be kept, and release such an order."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion
from casework.findings.actions import hold, log, signed
from models import Case, LegalHold, LegalHoldRelease, Officer


def place_hold(
    session: Session, case: Case, *, authority: str, reason: str, by: Officer, at: datetime
) -> LegalHold:
    """Keep everything of the case, open or closed, until another person releases the hold."""
    hold(session, case, by, even_closed=True)
    for field, words in (("authority", authority), ("reason", reason)):
        if not words.strip():
            raise InvalidValue("A legal hold says who ordered it and why.", field)
    row = LegalHold(**signed(case, by, at), authority=authority, reason=reason)
    session.add(row)
    log(session, case, "legal_hold.place", by, at, authority=authority, reason=reason)
    return row


def release_hold(
    session: Session, case: Case, row: LegalHold, *, reason: str, by: Officer, at: datetime
) -> LegalHoldRelease:
    """SeparationOfDuties for the person who placed it; StaleVersion if it is released."""
    hold(session, case, by, even_closed=True)
    released = sa.select(LegalHoldRelease.id).where(LegalHoldRelease.hold_id == row.id)
    if session.scalar(released):
        raise StaleVersion("This hold was released in the meantime.")
    if row.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever placed a legal hold does not release it.")
    if not reason.strip():
        raise InvalidValue("Say why the hold is no longer needed.", "reason")
    release = LegalHoldRelease(**signed(case, by, at), hold_id=row.id, reason=reason)
    session.add(release)
    log(session, case, "legal_hold.release", by, at, authority=row.authority, reason=reason)
    return release
