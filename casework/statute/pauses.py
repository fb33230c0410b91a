"""Deadlines whose count was stopped for a while, where the pack lets an event stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from casework.statute.days import add_days, add_months
from casework.statute.holidays import is_business_day
from casework.statute.time_rows import Clock, Reading


@dataclass(frozen=True, slots=True)
class Pause:
    """The days from `first` to the day before `resumes` are not counted; days are local to
    Washington. `resumes` is None while the pause lasts. `event` is an event of the pack.
    """

    event: str
    first: date
    resumes: date | None = None


def due_with_pauses(
    clock: Clock, start: date, pauses: Iterable[Pause], *, reading: Reading | None = None
) -> date | None:
    """The last day of a deadline that runs from `start`, by `reading` or the clock's main one.

    Only the events in `clock.pauses` stop the count; any other pause is passed over. None while
    a pause lasts that began before the deadline. ValueError for a window, which is never due.
    """
    rule = reading or clock.main
    if rule.span:
        raise ValueError(f"{clock.id} is a window and has no last day to act")
    stops = [pause for pause in pauses if pause.event in clock.pauses]
    worked = _walk(start, rule.business_days, stops, is_business_day)
    if worked is None:
        return None
    plain = add_months(add_days(worked, rule.days), rule.months)
    return _walk(worked, (plain - worked).days, stops, lambda day: True)


def _walk(day: date, count: int, stops: list[Pause], counts: Callable[[date], bool]) -> date | None:
    """The day on which the `count`-th counted day after `day` falls; None in an open pause."""
    while count:
        day = add_days(day, 1)
        holding = [pause for pause in stops if _holds(pause, day)]
        if any(pause.resumes is None for pause in holding):
            return None
        count -= not holding and counts(day)
    return day


def _holds(pause: Pause, day: date) -> bool:
    return pause.first <= day and (pause.resumes is None or day < pause.resumes)
