"""Turn TOML tables into frozen rows, and say of every row that does not fit why not."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Row = TypeVar("Row")
Table = dict[str, object]

_WORDS = {str: "text", bool: "true or false", int: "a whole number", date: "a date"}


@cache
def _shape(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Key to (type, required) for a row type."""
    hints = get_type_hints(kind)
    return {row.name: (hints[row.name], row.default is MISSING) for row in fields(kind)}


def read_row(kind: type[Row], table: object, where: str, problems: list[str]) -> Row | None:
    """Return a row of `kind`, or None after adding to `problems` what is wrong with `table`."""
    if not isinstance(table, dict):
        problems.append(f"{where}: expected a table")
        return None
    shape = _shape(cast(Any, kind))
    found = len(problems)
    problems += [f"{where}: unknown key {key!r}" for key in table if key not in shape]
    values: Table = {}
    for key, (hint, required) in shape.items():
        if key in table:
            values[key] = _value(hint, table[key], f"{where}: {key}", problems)
        elif required:
            problems.append(f"{where}: {key} is missing")
    return kind(**values) if len(problems) == found else None


def read_rows(kind: type[Row], tables: object, where: str, problems: list[str]) -> tuple[Row, ...]:
    """Every good row of a TOML array of tables; the bad ones are told in `problems`."""
    if not isinstance(tables, list):
        problems.append(f"{where}: expected a list of rows")
        return ()
    rows = (
        read_row(kind, table, f"{where}: {_name(table, number)}", problems)
        for number, table in enumerate(tables, start=1)
    )
    return tuple(row for row in rows if row is not None)


def _name(table: object, number: int) -> str:
    found = table.get("id") if isinstance(table, dict) else None
    return found if isinstance(found, str) and found else f"row {number}"


def _value(hint: Any, value: object, where: str, problems: list[str]) -> object:
    if get_origin(hint) is UnionType:  # a key that may be left out
        [hint] = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is tuple:
        return _many(get_args(hint)[0], value, where, problems)
    # An exact test: TOML booleans are ints to Python, and a time stamp is a date.
    if type(value) is not hint:
        problems.append(f"{where}: expected {_WORDS[hint]}, found {value!r}")
    elif hint is str and not cast(str, value).strip():
        problems.append(f"{where}: is empty")
    return value


def _many(hint: Any, value: object, where: str, problems: list[str]) -> tuple[object, ...]:
    if is_dataclass(hint):
        return read_rows(cast(type[object], hint), value, where, problems)
    if not isinstance(value, list):
        problems.append(f"{where}: expected a list, found {value!r}")
        return ()
    return tuple(_value(hint, each, where, problems) for each in value)
