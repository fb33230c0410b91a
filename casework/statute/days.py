"""Arithmetic of local calendar days: months keep the day of the month where they have it."""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class ImpossibleDate(ValueError):
    """Not a day of the calendar, or a count that leaves it."""


def read_day(text: str) -> date:
    """Read a day written `YYYY-MM-DD`; ImpossibleDate for any other form or no such day."""
    if not _ISO.fullmatch(text):
        raise ImpossibleDate(f"{text[:40]!r} is not a date written YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImpossibleDate(f"{text!r} is not a day of the calendar") from None


def add_days(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ImpossibleDate(f"{days} days from {day} leaves the calendar") from None


def add_months(day: date, months: int) -> date:
    """Keep the day of the month, or take its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise ImpossibleDate(f"{months} months from {day} leaves the calendar")
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, years: int) -> date:
    """Keep day and month; 29 February falls to 28 February in a common year."""
    return add_months(day, 12 * years)
