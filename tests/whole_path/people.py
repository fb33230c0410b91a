"""Who works on the cases of the walks: fifteen accounts of twelve persons."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.access import Role
from models import Person
from tests.factories import make_officer


@dataclass(frozen=True, slots=True)
class Account:
    """`person` names the natural person, so that two accounts may be of one."""

    person: str
    agency: str
    roles: tuple[Role, ...]


ACCOUNTS = {
    "lead": Account("Ada", "COMMERCE_BIS", (Role.CASE_OFFICER, Role.ANALYST)),
    "analyst": Account("Ben", "COMMERCE_BIS", (Role.ANALYST, Role.CASE_OFFICER)),
    "reader": Account("Cleo", "COMMERCE_BIS", (Role.REVIEWER,)),
    # The lead once more, under an account that may read, decide and sign.
    "lead_again": Account("Ada", "STATE", (Role.REVIEWER, Role.SIGNING_OFFICIAL)),
    "records": Account("Dora", "STATE", (Role.RECORDS_OFFICER,)),
    "records_again": Account("Dora", "STATE", (Role.SIGNING_OFFICIAL,)),
    "signer": Account("Emil", "STATE", (Role.SIGNING_OFFICIAL,)),
    "publisher": Account("Fay", "STATE", (Role.SIGNING_OFFICIAL,)),
    "chair": Account("Gus", "COMMERCE_BIS", (Role.SIGNING_OFFICIAL,)),
    "arbiter": Account("Hana", "STATE", (Role.REVIEWER, Role.SIGNING_OFFICIAL)),
    "commerce": Account("Ivo", "COMMERCE_BIS", (Role.AGENCY_DELEGATE,)),
    "state": Account("Jun", "STATE", (Role.AGENCY_DELEGATE,)),
    "defense": Account("Kai", "DEFENSE", (Role.AGENCY_DELEGATE,)),
    "energy": Account("Lea", "ENERGY", (Role.AGENCY_DELEGATE,)),
    # A delegate of an agency that observes, under a second account of one that votes.
    "treasury": Account("Lea", "TREASURY_OFAC", (Role.AGENCY_DELEGATE,)),
}
NAMES = tuple(ACCOUNTS)
DELEGATES = {"COMMERCE_BIS": "commerce", "STATE": "state", "DEFENSE": "defense", "ENERGY": "energy"}
MEMBERS = frozenset(DELEGATES)


def person_of(name: str) -> str:
    return ACCOUNTS[name].person


def hire(db: Session) -> dict[str, UUID]:
    """The accounts by their names, as ids."""
    persons: dict[str, Person] = {}
    ids = {}
    for name, account in ACCOUNTS.items():
        person = persons.setdefault(account.person, Person(name=f"{account.person} Example"))
        officer = make_officer(db, *account.roles, agency=account.agency, person=person)
        ids[name] = officer.id
    return ids
