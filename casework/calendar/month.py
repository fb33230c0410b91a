"""A month as whole weeks from Sunday to Saturday. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.calendar.facts import Entry
from casework.statute.days import ImpossibleDate, add_months, read_day

_EARLIEST, _LATEST = 1901, 2998


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the grid; `inside` is false for days of the months around."""

    day: date
    inside: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is the first day of the month; `opens` and `closes` are those of the grid."""

    first: date

    @property
    def opens(self) -> date:
        return self._days()[0][0]

    @property
    def closes(self) -> date:
        return self._days()[-1][-1]

    @property
    def before(self) -> str:
        return f"{add_months(self.first, -1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{add_months(self.first, 1):%Y-%m}"

    def weeks(self, entries: Iterable[Entry]) -> list[list[Cell]]:
        """The rows of the grid, with the entries due on each day in the order given."""
        due: dict[date, list[Entry]] = {}
        for entry in entries:
            if entry.due:
                due.setdefault(entry.due, []).append(entry)
        return [
            [Cell(day, day.month == self.first.month, tuple(due.get(day, ()))) for day in week]
            for week in self._days()
        ]

    def _days(self) -> list[list[date]]:
        weeks = calendar.Calendar(calendar.SUNDAY)
        return weeks.monthdatescalendar(self.first.year, self.first.month)


def month_of(text: str, on: date) -> Month:
    """The month written `YYYY-MM`; the month of `on` for anything else."""
    try:
        first = read_day(f"{text}-01")
    except ImpossibleDate:
        return Month(on.replace(day=1))
    # The grid and its neighbours must lie in the calendar of `date`.
    return Month(first if _EARLIEST <= first.year <= _LATEST else on.replace(day=1))
