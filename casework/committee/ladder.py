"""The dispute ladder: who decides above, by when, and what then stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casework.statute.days import add_days
from casework.statute.pack import StatutePack
from casework.statute.uses import DISPUTE_LADDER

UPHELD, REVERSED, RETURNED, NO_DECISION = "upheld", "reversed", "returned", "no_decision"


@dataclass(frozen=True, slots=True)
class Rung:
    """One level: days to go up to it, and days for it to decide; None where none are set."""

    level: str
    raise_within: int
    decide_within: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A matter before one level; `outcome` is empty and `happened_on` None until it is settled."""

    level: str
    raised_on: date
    due_on: date | None
    outcome: str = ""
    happened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """The level that may be asked next. `until` is the last day to ask, None where no day runs
    out; `missed` says that the level below let its own day pass.
    """

    level: str
    until: date | None
    missed: bool = False

    def is_open(self, on: date) -> bool:
        return self.until is None or on <= self.until


def ladder(pack: StatutePack) -> tuple[Rung, ...]:
    """The levels from the lowest up, with the days between the readings of the pack's clock."""
    clock = pack.clock_for(DISPUTE_LADDER)
    if clock is None:
        return ()
    gaps = {late.use: late.days - early.days for early, late in pairwise(clock.readings)}
    return tuple(
        Rung(level, gaps[f"{level.lower()}_appeal"], gaps.get(f"{level.lower()}_decision"))
        for level in pack.codes("escalation_level")
        if f"{level.lower()}_appeal" in gaps
    )


def due_of(pack: StatutePack, level: str, raised_on: date) -> date | None:
    """The day by which the level decides; None where the law sets none."""
    rung = next(row for row in ladder(pack) if row.level == level)
    return None if rung.decide_within is None else add_days(raised_on, rung.decide_within)


def next_offer(
    pack: StatutePack, steps: Sequence[Step], decided_on: date | None, on: date
) -> Offer | None:
    """What may be asked after `steps`, oldest first; None while a level is at work, and where
    the matter goes back to the body itself or nothing lies above.

    `decided_on` is the day of the decision below; None where no day to go up runs.
    """
    rungs = ladder(pack)
    if not steps:
        return _offer(rungs, 0, decided_on)
    last = steps[-1]
    place = [row.level for row in rungs].index(last.level)
    if last.outcome in {UPHELD, REVERSED}:
        return _offer(rungs, place + 1, last.happened_on)
    if last.outcome == RETURNED:
        return _offer(rungs, place - 1, None)
    missed = last.due_on is not None and on > last.due_on
    if missed or last.outcome == NO_DECISION:
        return _offer(rungs, place + 1, None, missed=True)
    return None


def _offer(
    rungs: Sequence[Rung], place: int, since: date | None, *, missed: bool = False
) -> Offer | None:
    if not 0 <= place < len(rungs):
        return None
    rung = rungs[place]
    until = None if since is None else add_days(since, rung.raise_within)
    return Offer(rung.level, until, missed)


def stands(pack: StatutePack, question: str, decision: str, steps: Sequence[Step]) -> str:
    """The decision that stands after `steps`, oldest first; empty where one was sent back and
    not decided anew. A level decides on what the levels below it left.
    """
    rule = pack.ballots[question]
    other = {rule.carries: rule.fails, rule.fails: rule.carries}
    levels = [row.level for row in ladder(pack)]
    left, now = {-1: decision}, decision
    for step in steps:
        place = levels.index(step.level)
        below = max((each for each in left if each < place), default=None)
        under = "" if below is None else left[below]
        if step.outcome in {UPHELD, REVERSED}:
            now = left[place] = under if step.outcome == UPHELD else other.get(under, "")
        elif step.outcome == RETURNED:
            now = ""
            left = {each: words for each, words in left.items() if each < place and each != below}
    return now
