"""Whether a clock is likely to be met, and what that rests on. Pure.

A forecast is a word and a sentence, never a percentage: it adds up how long the stages ahead take
and compares that with the days that are left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from casework.calendar.facts import KINDS, STATUTE, Entry, State
from casework.statute.clocks import ends
from casework.statute.pack import StatutePack

# Fewer finished stays say too little about how long a stage takes.
ENOUGH = 5
# Less room than this is no room: one late answer uses it up.
ROOM = timedelta(days=14)
# What one person has to do is at risk once less than a week is left.
SOON = timedelta(days=7)
FAR = timedelta(days=366)


class Outlook(StrEnum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    WILL_BE_MISSED = "will_be_missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Forecast:
    outlook: Outlook
    because: str


@dataclass(frozen=True, slots=True)
class Progress:
    """The stage of a case, since which day, how many agencies have not answered, and the stages
    that the case has left behind.
    """

    stage: str
    since: date
    silent: int = 0
    left: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Period:
    """How many days a stage takes, None where nothing says so, and what tells it."""

    title: str
    days: int | None
    source: str


def forecast(
    entry: Entry,
    pack: StatutePack,
    progress: Progress,
    stays: Mapping[str, Sequence[int]],
    on: date,
) -> Forecast | None:
    """The outlook of a running clock of one case; None where there is nothing to tell, as for a
    period that simply runs out, or a deadline that lies more than a year ahead.

    `stays` maps a stage to how many days each finished stay in it took.
    """
    if entry.state is not State.RUNNING or entry.due is None or entry.due - on > FAR:
        return None
    if entry.kind != STATUTE:
        return None if KINDS[entry.kind].ends else _of_one_act(entry.due - on)
    goal = goal_of(pack, entry.citation)
    road = () if goal in {"", *progress.left} else road_to(pack, progress.stage, goal)
    if not road:
        return None
    periods = [period_of(pack, stage, stays, on) for stage in road]
    ahead = _days_ahead(periods, on - progress.since)
    left = entry.due - on
    return Forecast(
        _outlook(periods, ahead, left, silent=progress.silent),
        _sentence(periods, ahead, left, progress.silent),
    )


def _of_one_act(left: timedelta) -> Forecast:
    """The outlook of what one person or agency has to do: only the days left speak."""
    outlook = Outlook.AT_RISK if left < SOON else Outlook.ON_TRACK
    return Forecast(outlook, f"Left: {_weeks(left)}, and nothing is on record yet.")


def goal_of(pack: StatutePack, citation: str) -> str:
    """The last stage, in the order of the pack, that carries out the provision; empty for none."""
    found = ""
    for stage in pack.stages.values():
        cited = stage.citation.split(", ")
        if any(citation == each or citation.startswith(f"{each}(") for each in cited):
            found = stage.id
    return found


def road_to(pack: StatutePack, origin: str, goal: str) -> tuple[str, ...]:
    """The stages of the shortest ordinary road, both ends included; a road for which a reason is
    asked, as for a waiver, counts only where no other leads there. Empty where none does.
    """
    return _shortest(pack, origin, goal, ordinary=True) or _shortest(
        pack, origin, goal, ordinary=False
    )


def _shortest(pack: StatutePack, origin: str, goal: str, *, ordinary: bool) -> tuple[str, ...]:
    waiting: deque[tuple[str, ...]] = deque([(origin,)])
    seen = {origin}
    while waiting:
        road = waiting.popleft()
        if road[-1] == goal:
            return road
        for step in pack.roads(road[-1]):
            passable = not step.unfinished and not (ordinary and step.needs_reason)
            if passable and step.target not in seen:
                seen.add(step.target)
                waiting.append((*road, step.target))
    return ()


def period_of(
    pack: StatutePack, stage: str, stays: Mapping[str, Sequence[int]], on: date
) -> Period:
    """How long the stage takes: as in this docket, else as the policy of the pack allows."""
    row, known = pack.stages[stage], stays.get(stage, ())
    if len(known) >= ENOUGH:
        return Period(row.title, round(median(known)), f"median of {len(known)} finished stays")
    clock = pack.clock_for(row.clock) if row.clock else None
    if clock is None:
        return Period(row.title, None, "")
    longest = max(ends(reading, on) for reading in clock.readings)
    return Period(row.title, (longest - on).days, "policy")


def _days_ahead(periods: Sequence[Period], spent: timedelta) -> timedelta:
    """What is known to lie ahead; the days spent in the present stage are taken off it."""
    here = max(0, (periods[0].days or 0) - spent.days)
    return timedelta(days=here + sum(period.days or 0 for period in periods[1:]))


def _outlook(
    periods: Iterable[Period], ahead: timedelta, left: timedelta, *, silent: int
) -> Outlook:
    if ahead > left:
        return Outlook.WILL_BE_MISSED
    if left - ahead < ROOM or (silent and left - ahead < 2 * ROOM):
        return Outlook.AT_RISK
    unknown = any(period.days is None for period in periods)
    return Outlook.UNKNOWN if unknown else Outlook.ON_TRACK


def _sentence(periods: Sequence[Period], ahead: timedelta, left: timedelta, silent: int) -> str:
    told = [f"{each.title} ({each.source})" for each in periods if each.days is not None]
    blank = [each.title for each in periods if each.days is None]
    parts = [f"Left: {_weeks(left)}."]
    if told:
        parts.append(f"Still ahead, {_weeks(ahead)}: {', '.join(told)}.")
    if blank:
        parts.append(f"Nothing says how long this takes: {', '.join(blank)}.")
    if silent:
        parts.append(f"Agencies asked that have said nothing: {silent}.")
    return " ".join(parts)


def _weeks(days: timedelta) -> str:
    """Days below three weeks, then about how many weeks: more would claim too much."""
    if days < timedelta(weeks=3):
        return "1 day" if days.days == 1 else f"{days.days} days"
    return f"about {round(days / timedelta(weeks=1))} weeks"
