"""What distinguishes two wordings of an entry, field by field. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = {
    "kind": "Kind",
    "names": "Names",
    "countries": "Countries",
    "addresses": "Addresses",
    "identifiers": "Identifiers",
    "programs": "Programs",
    "dates": "Dates",
    "remarks": "Remarks",
    "relations": "Relations",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a field lost and what it gained, as lines to read."""

    field: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Fields whose values differ. Both sides are contents with `kind` and `countries` added."""
    return [row for row in _compared(before, after) if row.gone or row.come]


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    old, new = before.get("other", {}), after.get("other", {})
    named = [(title, before.get(name), after.get(name)) for name, title in FIELDS.items()]
    named += [(_title(name), old.get(name), new.get(name)) for name in sorted({*old, *new})]
    return [_change(title, lines(was), lines(now)) for title, was, now in named]


def _change(title: str, was: Sequence[str], now: Sequence[str]) -> Change:
    gone = tuple(line for line in was if line not in now)
    come = tuple(line for line in now if line not in was)
    if not gone and not come and list(was) != list(now):  # the same lines in another order
        return Change(title, tuple(was), tuple(now))
    return Change(title, gone, come)


def lines(value: Any) -> list[str]:
    """A value of an entry's content as lines to read."""
    if not value:
        return []
    if isinstance(value, list):
        return [_line(each) for each in value]
    return [_line(value)]


def _line(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_line(each)}" for name, each in sorted(value.items()))
    return json.dumps(value, ensure_ascii=False)


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
