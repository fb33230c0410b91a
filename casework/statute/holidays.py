"""Federal holidays by rule (5 U.S.C. 6103(a)), observed days included, and business days.

Inauguration Day (6103(c)) is left out: it closes offices around Washington only.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from functools import cache

from casework.statute.days import add_days

_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
# month, weekday, which one of the month
_FLOATING = (
    (1, _MONDAY, 3),
    (2, _MONDAY, 3),
    (9, _MONDAY, 1),
    (10, _MONDAY, 2),
    (11, _THURSDAY, 4),
)


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """Return the days of `year` on which federal offices close, as the present law has it.

    A holiday on Saturday is observed on Friday, one on Sunday on Monday; the New Year of the
    next year is observed on 31 December when it falls on a Saturday.
    """
    days = {date(year, month, day) for month, day in _FIXED}
    days |= {_nth(year, *rule) for rule in _FLOATING}
    days.add(_last_monday_of_may(year))
    if year < MAXYEAR:
        days.add(date(year + 1, 1, 1))
    return frozenset(day for day in map(_observed, days) if day.year == year)


def is_business_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def act_by(due: date) -> date:
    """Return the last business day on or before a deadline; the deadline itself does not move."""
    while not is_business_day(due):
        due = add_days(due, -1)
    return due


def add_business_days(start: date, count: int) -> date:
    """Return the day on which the `count`-th business day after `start` falls."""
    day = start
    while count:
        day = add_days(day, 1)
        count -= is_business_day(day)
    return day


def _observed(day: date) -> date:
    if day.weekday() == _SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == _SUNDAY else day


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - timedelta(days=end.weekday())
