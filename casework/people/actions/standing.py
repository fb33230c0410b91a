"""What dissemination controls ask about a person: affiliation and nationality."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.errors import Forbidden, InvalidValue
from models import Officer

_EMPLOYEE, _OUTSIDE = "federal_employee", "outside"


def affiliation_for(roles: Collection[str], given: str) -> str:
    """The affiliation as given, or as it follows from the roles when nothing is given.
    InvalidValue for a reporter who would count as one of the government's own.
    """
    reports = Role.REPORTER in roles
    if reports and given not in {"", _OUTSIDE}:
        raise InvalidValue("A reporter is outside the government.", "affiliation")
    return given or (_OUTSIDE if reports else _EMPLOYEE)


def set_standing(
    session: Session,
    officer: Officer,
    *,
    affiliation: str,
    nationality: str,
    by: Officer,
    at: datetime,
) -> None:
    """Change what controls ask about a person; open sessions feel it at once. Forbidden for the
    own account, InvalidValue for a reporter who would not be outside.
    """
    if officer.person_id == by.person_id:
        raise Forbidden("You cannot change your own account.")
    officer.affiliation = affiliation_for(officer.roles, affiliation)
    officer.nationality = nationality
    session.flush()
    audit.record(
        session,
        by,
        "officer.standing",
        f"officer:{officer.id}",
        at=at,
        affiliation=officer.affiliation,
        nationality=nationality,
    )
