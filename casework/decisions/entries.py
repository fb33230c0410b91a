"""What a new version of an Entity List entry may be. Pure.

An entry is for one country. The first version adds it; each later one is a change of its own,
with its own citation in the Federal Register.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from casework.errors import InvalidValue
from casework.screening.countries import COUNTRIES

ADDED, MODIFIED, REMOVED, CORRECTED = "added", "modified", "removed", "corrected"
# What a carried motion on each kind of question allows; a correction changes no decision.
CHANGES = {"add": ADDED, "modify": MODIFIED, "remove": REMOVED}
WORDS = {
    ADDED: "Added",
    MODIFIED: "Changed",
    REMOVED: "Removed",
    CORRECTED: "Record corrected",
}
_REGISTER = re.compile(r"[1-9][0-9]{0,2} FR [1-9][0-9]{0,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that somebody wants to record. `carried` is what the committee's motion allows;
    `closed_on` the day it was carried.
    """

    country: str
    change: str
    federal_register: str
    effective_on: date
    carried: str
    closed_on: date


def check_change(change: Change, latest: str) -> None:
    """InvalidValue naming the field. `latest` is the change of the newest version on record for
    the subject and country, empty for none.
    """
    if change.country not in COUNTRIES:
        raise InvalidValue("Choose a country: there is one entry for each.", "country")
    if change.change not in {change.carried, CORRECTED}:
        raise InvalidValue("The committee's motion does not carry this change.", "change")
    stands = latest not in {"", REMOVED}
    if change.change == ADDED and stands:
        raise InvalidValue("There is an entry for this country already.", "country")
    if change.change != ADDED and not latest:
        raise InvalidValue("There is no entry for this country yet.", "country")
    if change.change in {MODIFIED, REMOVED} and not stands:
        raise InvalidValue("The entry for this country has been removed.", "country")
    if not _REGISTER.fullmatch(change.federal_register):
        raise InvalidValue("Write the citation as 91 FR 12345.", "federal_register")
    if change.effective_on < change.closed_on:
        words = "An entry takes effect on or after the day the committee decided."
        raise InvalidValue(words, "effective_on")
