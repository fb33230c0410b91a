"""Whole numbers in addresses: what a column can hold, and nothing greater."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

MOST = 2**31 - 1
MOST_ENTRIES = 2**63 - 1


def entry_number(text: str) -> int:
    """The number of an entry of the log in a query; ValueError when no entry can have it."""
    number = int(text)
    if not 0 <= number <= MOST_ENTRIES:
        raise ValueError(text)
    return number


class RowNumber(IntegerConverter):
    """`<int:…>`: a greater number is no address of ours, so it is not found (404)."""

    def __init__(self, map: Map, *arguments: Any, **options: Any) -> None:  # noqa: A002 (its name)
        super().__init__(map, *arguments, **{"max": MOST, **options})
