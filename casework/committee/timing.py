"""Until when a committee votes, and what comes first where two deadlines meet. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from casework.statute.clocks import clocks, rule_for, warnings
from casework.statute.pack import StatutePack
from casework.statute.uses import COMMITTEE_VOTE


class Consent(StrEnum):
    """Where a request to vote later stands."""

    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Delay:
    """A request to vote until a later day; `answers` maps codes of agencies to yes or no."""

    until: date
    answers: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class StatuteDay:
    """The day that the text sets for the decision. `due` is None while the text is no law;
    `met` is None while it can still be met.
    """

    citation: str
    due: date | None
    met: bool | None


def consent(delay: Delay, members: Collection[str]) -> Consent:
    """A delay holds only when every voting member has agreed; one refusal ends it."""
    if not all(delay.answers.values()):
        return Consent.REFUSED
    return Consent.AGREED if set(members) <= delay.answers.keys() else Consent.ASKED


def last_day(due_on: date, delays: Iterable[Delay], members: Collection[str]) -> date:
    """The last day to vote: that of the clock, or of the latest delay that all agreed to."""
    agreed = [row.until for row in delays if consent(row, members) is Consent.AGREED]
    return max([due_on, *agreed])


def may_close(members: Collection[str], voted: Collection[str], last: date, on: date) -> bool:
    """Everybody has voted, or the last day to vote has passed."""
    return set(members) <= set(voted) or on > last


def overruled(
    pack: StatutePack,
    enacted: date | None,
    events: Mapping[str, date],
    *,
    circulated_on: date,
    last: date,
) -> list[str]:
    """Sentences on where the vote may end after the day that the text itself sets."""
    vote = rule_for(pack, COMMITTEE_VOTE)
    dues = clocks(pack, enacted, {**events, vote.main.starts: circulated_on})
    two = [
        replace(row, due=last) if row.id == vote.id else row
        for row in dues
        if row.default and row.id in {vote.id, vote.yields_to}
    ]
    return warnings(pack, two)


def statute_day(
    pack: StatutePack, enacted: date | None, *, decided_on: date | None, on: date
) -> StatuteDay | None:
    """Whether the decision met the day of the text that prevails over the committee's own.

    `decided_on` is the day of a decision for or against, None while there is none: putting a
    vote off, or closing it without a quorum, decides nothing.
    """
    prevailing = pack.clocks.get(rule_for(pack, COMMITTEE_VOTE).yields_to)
    if prevailing is None:
        return None
    due = next((row.due for row in clocks(pack, enacted, {}) if row.id == prevailing.id), None)
    if due is None:
        return StatuteDay(prevailing.citation, None, None)
    met = decided_on <= due if decided_on else (False if on > due else None)
    return StatuteDay(prevailing.citation, due, met)
