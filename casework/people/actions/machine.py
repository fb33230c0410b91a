"""The account under which the command line acts: nobody's name is borrowed for it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from models import Officer, Organization, Person

EMAIL = "command-line@system.invalid"  # RFC 2606 keeps .invalid free: no mail ever goes there
PERSON = "Command line of this system"
ORGANIZATION = "Extraction Docket (system)"


def command_line_officer(session: Session, *, at: datetime) -> Officer:
    """Officer without role or password, closed for sign-in; made on first use."""
    found = session.scalars(sa.select(Officer).where(Officer.email == EMAIL)).one_or_none()
    if found is not None:
        return found
    officer = Officer(
        email=EMAIL,
        person=Person(name=PERSON),
        organization=Organization(name=ORGANIZATION, agency=None),
        password_hash=None,
        active=False,
        created_at=at,
    )
    officer.grants = []
    session.add(officer)
    session.flush()
    audit.record(session, officer, "officer.register", f"officer:{officer.id}", at=at)
    return officer
