"""What has a last day, as plain rows, and what each kind of it is called. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.statute.uses import (
    COMMITTEE_VOTE,
    COORDINATION,
    DISPUTE_LADDER,
    LIST_CEILING,
    PETITION_POLICY,
    RESPONSE_WINDOW,
    SUBMITTER_OBJECTION,
)


class State(StrEnum):
    """Where a last day stands. `ended` is a period that ran out, which nobody had to prevent."""

    UNDATED = "undated"
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"
    BREACHED = "breached"
    ENDED = "ended"
    PERIOD = "period"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of last day. `word` alone is safe to leave the office; `use` asks the pack for its
    clock, and `authority` and `citation` stand where the pack has none. `ends` marks a period that
    simply runs out. `page` is the endpoint where one acts on it.
    """

    word: str
    page: str
    use: str = ""
    citation: str = "Case practice"
    authority: str = "policy"
    ends: bool = False


STATUTE = "statute"
KINDS: Mapping[str, Kind] = {
    STATUTE: Kind(word="Deadline of the text", page="case_clocks.index"),
    "vote": Kind(word="Committee vote", page="votes.index", use=COMMITTEE_VOTE),
    "dispute": Kind(word="Step of a dispute", page="escalations.index", use=DISPUTE_LADDER),
    "position": Kind(word="Position of an agency", page="cases.positions", use=COORDINATION),
    "window": Kind(word="Answer of the accused", page="cases.subjects", use=RESPONSE_WINDOW),
    "notice": Kind(word="Objection of a submitter", page="notices.index", use=SUBMITTER_OBJECTION),
    "petition": Kind(word="Answer to a petition", page="petitions.index", use=PETITION_POLICY),
    "permission": Kind(
        word="End of a permission",
        page="permissions.index",
        citation="Words of the permission",
        ends=True,
    ),
    "listing": Kind(
        word="End of a public entry", page="listing.index", use=LIST_CEILING, ends=True
    ),
    "hold": Kind(word="Review of a hold", page="measure_holds.index"),
    "review": Kind(word="Review of the case", page="cases.show"),
    "task": Kind(word="Task", page="cases.show"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One thing with a last day, as it lies in the tables; days are local to Washington.

    `key` tells it from any other for good. `about` is what it concerns, in words for inside:
    an agency's code, a name, a title. `measure` is the id of the measure it belongs to, if any.
    `due` is None where none is set; `done_on` is when it was done. `own` marks what is the
    reading officer's to do. `reading` says how the day was counted where that is open to doubt.
    """

    kind: str
    key: str
    reference: str
    text_version: str
    about: str
    due: date | None
    done_on: date | None = None
    measure: str = ""
    own: bool = False
    paused: bool = False
    reading: str = ""
    enacted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A last day as it is shown. `due` is the legal day, weekend or not, `act_by` the last
    business day on or before it; a period has `opens` and `closes` instead.

    `hypothetical` marks what rests on a bill that is not law. `case` is empty for a deadline of
    the text itself. `waits_for` names the event from which a day would be counted.
    """

    kind: str
    key: str
    title: str
    case: str
    due: date | None
    act_by: date | None
    citation: str
    authority: str
    reading: str
    hypothetical: bool
    state: State
    met_on: date | None = None
    own: bool = False
    use: str = ""
    default: bool = True
    opens: date | None = None
    closes: date | None = None
    waits_for: str = ""
    text_version: str = ""

    @property
    def word(self) -> str:
        return KINDS[self.kind].word
