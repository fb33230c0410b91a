"""The past year and the last day of an entry, on each reading of the text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.listing.rules import Candidate, drops_on, in_past_year
from casework.statute.clocks import attackers_list_window, rule_for
from casework.statute.pack import StatutePack
from casework.statute.uses import LIST_CEILING, LIST_WINDOW


@dataclass(frozen=True, slots=True)
class Window:
    """The past year on one reading, and whether the last attack lies in it. `relied` marks the
    reading on which the entry rests.
    """

    words: str
    opens: date
    closes: date
    holds: bool
    relied: bool


@dataclass(frozen=True, slots=True)
class LastDay:
    """From which day an entry is no longer shown, on one reading."""

    words: str
    drop: date
    relied: bool


def windows(
    candidate: Candidate, pack: StatutePack, *, published: date, strict: bool
) -> list[Window]:
    """The past year on every reading of the text whose anchor is known; `strict` says on which
    the entry rests.
    """
    anchors = {True: (candidate.determined_on, None), False: (published, published)}
    found = []
    for reading in rule_for(pack, LIST_WINDOW).readings:
        anchor, chosen = anchors[reading.default]
        if anchor is not None:
            held = in_past_year(candidate, pack, published=chosen)
            relied = reading.default != strict
            found.append(Window(reading.words, *attackers_list_window(pack, anchor), held, relied))
    return found


def last_days(
    pack: StatutePack, *, first: date, shown: date, last_attack: date | None, strict: bool
) -> list[LastDay]:
    """The last day on both readings; `strict` says on which the entry rests."""
    rule, window = rule_for(pack, LIST_CEILING), rule_for(pack, LIST_WINDOW)
    ceiling = drops_on(pack, first_publication=first, entry_shown=shown)
    found = [LastDay(rule.main.words, ceiling, relied=not strict)]
    if last_attack is not None:
        early = drops_on(
            pack, first_publication=first, entry_shown=shown, strict_last_attack=last_attack
        )
        words = next((row.words for row in window.readings if not row.default), rule.main.words)
        found.append(LastDay(words, early, relied=strict))
    return found
