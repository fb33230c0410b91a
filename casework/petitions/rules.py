"""What a petition must say, until when it is answered, and what an answer needs first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.errors import Blocker, InvalidValue
from casework.statute.clocks import due_day
from casework.statute.pack import StatutePack
from casework.statute.petition_rows import PetitionRule

FORMAT = "extraction-docket/petition-decision/1"
GRANT, DENY, MODIFY = "grant", "deny", "modify"
# What a petitioner usually brings; each is a heading to answer to, and none decides anything.
PROOFS = (
    ("identity", "The wrong party was named", "Identifiers, registration, other names"),
    ("ended", "The conduct has ended", "Since when, and how that can be checked"),
    ("cooperation", "There is cooperation", "Data handed over, checks allowed"),
    ("compliance", "A compliance program is in place", "Controls, audits, who answers for them"),
    ("ownership", "Ownership or control has changed", "Who holds what, since when"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A petition as it came in. `received_on` is a local day in Washington."""

    measure: str
    asks: str
    petitioner: str
    text: str
    received_on: date


def check_request(pack: StatutePack, given: Request, on: date) -> PetitionRule:
    """The rule that the petition falls under; InvalidValue names what is missing."""
    rule = pack.petitions.get(given.measure)
    if rule is None:
        raise InvalidValue("This text knows no petition against that measure.", "target")
    if given.asks not in pack.codes("petition_ask"):
        raise InvalidValue("Choose what the petition asks.", "asks")
    for field, words in (("petitioner", given.petitioner), ("text", given.text)):
        if not words.strip():
            raise InvalidValue("Enter this; a petition without it cannot be answered.", field)
    if given.received_on > on:
        raise InvalidValue("A petition cannot have come in after today.", "received_on")
    return rule


def due_on(pack: StatutePack, rule: PetitionRule, received_on: date) -> date | None:
    """The last day to answer, counted from receipt; None where neither law nor policy sets one."""
    return due_day(pack, rule.clock, received_on) if rule.clock else None


def ballot_for(rule: PetitionRule, outcome: str) -> str:
    """Id of the ballot rule that must have carried before this answer; empty for none."""
    return {GRANT: rule.grant_ballot, MODIFY: rule.modify_ballot}.get(outcome, "")


def answer_blockers(
    pack: StatutePack, rule: PetitionRule, outcome: str, standing: frozenset[str]
) -> list[Blocker]:
    """What stands against the answer. `standing` are the decisions, as codes, that stand on
    motions about this petition after every appeal.
    """
    needed = ballot_for(rule, outcome)
    if not needed or pack.ballots[needed].carries in standing:
        return []
    title = pack.ballots[needed].title
    message = f"The committee has not agreed by unanimous vote. Put this question to it: {title}."
    return [Blocker(message, rule.citation, rule.authority)]


def words_of(request: Request, *, entity: str, exhibit: int | None) -> dict[str, Any]:
    """The petition as plain JSON values, for the record of the answer."""
    return {
        "measure": request.measure,
        "asks": request.asks,
        "petitioner": request.petitioner,
        "text": request.text,
        "received_on": request.received_on.isoformat(),
        "subject": entity,
        "exhibit": exhibit,
    }
