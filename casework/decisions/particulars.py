"""What is written out about a measure: read from what was typed, as the pack asks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.errors import InvalidValue
from casework.screening.countries import COUNTRIES
from casework.screening.shares import percent
from casework.statute import measure_rows as rows
from casework.statute.days import ImpossibleDate, read_day
from casework.statute.measure_rows import Measure, MeasureField
from casework.statute.pack import StatutePack

Value = str | list[str]
MOST_LINES = 200
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Told:
    """A particular for a reader: text in lines; a `day` instead where it is one."""

    label: str
    lines: tuple[str, ...]
    day: date | None
    citation: str
    authority: str


def check_particulars(
    pack: StatutePack, measure: str, given: Mapping[str, str], *, taken: bool
) -> dict[str, Any]:
    """The values by id, in a form of their own whatever the typing; what was left empty is
    absent. InvalidValue naming the field. A measure that is not taken requires none.
    """
    known = {row.id: row for row in pack.measures[measure].fields}
    if strange := sorted(given.keys() - known.keys()):
        raise InvalidValue(f"{strange[0]} is not asked for this measure.", strange[0])
    found: dict[str, Any] = {}
    for row in known.values():
        value = read_value(row, given.get(row.id, ""))
        if value:
            found[row.id] = value
        elif row.required and taken:
            raise InvalidValue(f"Fill in: {row.label}.", row.id)
    return found


def read_value(row: MeasureField, text: str) -> Value:
    """The value that the text stands for, empty for none; InvalidValue says how to write it."""
    plain = text.strip()
    if not plain:
        return ""
    try:
        return _READERS[row.kind](row, plain)
    except ValueError as error:
        raise InvalidValue(str(error), row.id) from None


def _lines(row: MeasureField, text: str) -> list[str]:
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if len(found) > MOST_LINES:
        raise ValueError(f"Use at most {MOST_LINES} lines; this has {len(found)}.")
    return found


def _day(row: MeasureField, text: str) -> str:
    try:
        found = read_day(text)
    except ImpossibleDate:
        raise ValueError("Enter a day that exists, such as 2026-11-24.") from None
    if not EARLIEST <= found <= LATEST:
        raise ValueError("Check the year: enter a day from 1900 to 2999.")
    return found.isoformat()


def _choice(row: MeasureField, text: str) -> str:
    if text not in {option.code for option in row.options}:
        raise ValueError("Choose one of the list.")
    return text


def _countries(row: MeasureField, text: str) -> list[str]:
    codes = list(dict.fromkeys(text.upper().replace(",", " ").split()))
    if strange := [code for code in codes if code not in COUNTRIES]:
        raise ValueError(f"{strange[0][:20]} is no two-letter code of a country.")
    return codes


def _text(row: MeasureField, text: str) -> str:
    return text


def _percent(row: MeasureField, text: str) -> str:
    return f"{percent(text):f}"


_READERS: dict[str, Callable[[MeasureField, str], Value]] = {
    rows.TEXT: _text,
    rows.LINES: _lines,
    rows.DAY: _day,
    rows.CHOICE: _choice,
    rows.COUNTRIES: _countries,
    rows.PERCENT: _percent,
}


def typed(value: Value) -> str:
    """How a value stands in the form field that it was read from."""
    return "\n".join(value) if isinstance(value, list) else value


def told(measure: Measure, particulars: Mapping[str, Value]) -> list[Told]:
    """What is on record, for a page; codes as words. Fields that the pack has no more stay."""
    known = {row.id: row for row in measure.fields}
    return [_told(known.get(name), name, value) for name, value in particulars.items()]


def _told(row: MeasureField | None, name: str, value: Value) -> Told:
    lines = tuple([value] if isinstance(value, str) else value)
    if row is None:
        return Told(name, lines, None, "", "policy")
    day = date.fromisoformat(lines[0]) if row.kind == rows.DAY else None
    return Told(row.label, tuple(_words(row, lines)), day, row.citation, row.authority)


def _words(row: MeasureField, lines: Iterable[str]) -> Iterable[str]:
    options = {option.code: option.label for option in row.options}
    for line in lines:
        if row.kind == rows.COUNTRIES:
            yield f"{COUNTRIES.get(line, line)} ({line})"
        else:
            yield options.get(line, line)


def next_review(measure: Measure, particulars: Mapping[str, Value]) -> date | None:
    """The day that the measure sets for the next review of the case, if it sets one."""
    for row in measure.fields:
        value = particulars.get(row.id)
        if row.sets == rows.NEXT_REVIEW and isinstance(value, str):
            return date.fromisoformat(value)
    return None
