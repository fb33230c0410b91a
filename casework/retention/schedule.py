"""The records schedule: for how long files are kept after a case was closed. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from casework.statute.days import add_years
from casework.statute.rows import read_rows

FILE = Path(__file__).parent / "schedule.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item of the schedule; `years` count from the day on which the case was closed."""

    id: str
    title: str
    years: int
    citation: str
    authority: str

    @property
    def words(self) -> str:
        """How the item is named in a proposal and in the register of an exhibit."""
        return f"{self.title}, {self.years} years ({self.citation})"


@cache
def schedule(path: Path = FILE) -> tuple[Item, ...]:
    """Every item, in the order of the file. ValueError says what does not fit."""
    problems: list[str] = []
    items = read_rows(Item, tomllib.loads(path.read_text("utf-8"))["item"], path.name, problems)
    problems += [
        f"{path.name}: {row.id}: keep files for a year at least" for row in items if row.years < 1
    ]
    if problems or not items:
        raise ValueError("; ".join(problems) or f"{path.name}: there is no item")
    return items


def find_item(key: str) -> Item | None:
    return next((row for row in schedule() if row.id == key), None)


def period_ends(item: Item, closed_on: date) -> date:
    """The first day on which the files may go; days are local to Washington."""
    return add_years(closed_on, item.years)
