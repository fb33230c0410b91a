"""Invented officers for every role, with passwords made on this machine."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.access import Role
from casework.people.actions import accounts as actions
from models import Officer
from views.transaction import Session

DOMAIN = "demo.example"
OWNER = "Northfield Models, Inc."


@dataclass(frozen=True, slots=True)
class Cast:
    """An officer of the demo: key, name, agency code (empty for the owner's reporter), roles."""

    key: str
    name: str
    agency: str
    roles: tuple[Role, ...]


CAST = (
    Cast("reporter", "Robin Hale", "", (Role.REPORTER,)),
    Cast("officer", "Casey Morgan", "COMMERCE_BIS", (Role.CASE_OFFICER,)),
    Cast("analyst", "Ana Ortiz", "COMMERCE_BIS", (Role.ANALYST,)),
    Cast("reviewer", "Ravi Shah", "COMMERCE_BIS", (Role.REVIEWER,)),
    Cast("second-reviewer", "Lena Fox", "STATE", (Role.REVIEWER,)),
    Cast("signing", "Sam Whitfield", "STATE", (Role.SIGNING_OFFICIAL,)),
    Cast("chair", "Carol Winter", "COMMERCE_BIS", (Role.SIGNING_OFFICIAL,)),
    Cast("records", "Rita Boone", "COMMERCE_BIS", (Role.RECORDS_OFFICER,)),
    Cast("delegate-state", "Dana Reyes", "STATE", (Role.AGENCY_DELEGATE,)),
    Cast("delegate-commerce", "Chris Avery", "COMMERCE_BIS", (Role.AGENCY_DELEGATE,)),
    Cast("delegate-defense", "Drew Novak", "DEFENSE", (Role.AGENCY_DELEGATE,)),
    Cast("delegate-energy", "Erin Castle", "ENERGY", (Role.AGENCY_DELEGATE,)),
    Cast("auditor", "Audrey Lane", "COMMERCE_BIS", (Role.AUDITOR,)),
    Cast("administrator", "Alex Stone", "COMMERCE_BIS", (Role.ADMINISTRATOR,)),
)
ORGANIZATIONS = {
    "": OWNER,
    "COMMERCE_BIS": "Bureau of Industry and Security",
    "STATE": "Department of State",
    "DEFENSE": "Department of Defense",
    "ENERGY": "Department of Energy",
}


def add_cast(session: Session, accounts_file: Path, *, at: datetime) -> dict[str, Officer]:
    """Add the officers and write their sign-ins to a file that only its owner can read."""
    officers, lines = {}, []
    for member in CAST:
        place = actions.add_organization(
            session, ORGANIZATIONS[member.agency], member.agency or None
        )
        officer = actions.add_officer(
            session,
            name=member.name,
            email=f"{member.key}@{DOMAIN}",
            organization=place,
            roles=member.roles,
            by=None,
            at=at,
        )
        password = secrets.token_urlsafe(18)
        actions.set_password(session, officer, password, at=at)
        officers[member.key] = officer
        roles = ", ".join(role.replace("_", " ") for role in member.roles)
        lines.append(f"{officer.email:34} {password}   {member.name}, {roles}")
    _write(accounts_file, lines)
    return officers


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write("Sign-ins of the demo, made on this machine.\n\n")
        file.write("\n".join(lines) + "\n")
