"""When the stored files of a case may be destroyed, and exactly which. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.errors import Blocker
from casework.retention.schedule import Item, period_ends

FORMAT = "extraction-docket/disposition/1"
PRACTICE = "Records practice of this office"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What of a case bears on disposition. `closed_on` is the local day on which it was closed,
    None for an open one; `holds` counts legal holds that stand, `petitions` those unanswered,
    `files` the exhibits whose file is kept here.
    """

    closed_on: date | None
    holds: int
    petitions: int
    files: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An exhibit as it stands in a proposal: `sha256` is of the file as received."""

    number: int
    title: str
    sha256: str
    size: int


def disposal_blockers(standing: Standing, item: Item, on: date) -> list[Blocker]:
    """Everything that stands against destroying the files under `item`; empty means open."""
    found = [Blocker(words, PRACTICE) for words in _open_matters(standing)]
    if standing.closed_on is not None and on < (end := period_ends(item, standing.closed_on)):
        words = f"The files are kept until {end.day} {end:%b %Y}, {item.years} years from closing."
        found.insert(0, Blocker(words, item.citation, item.authority))
    return found


def _open_matters(standing: Standing) -> Iterator[str]:
    if standing.closed_on is None:
        yield "The case is not closed. Only the files of a closed case are disposed of."
    if standing.holds:
        yield "A legal hold stands. Nothing is disposed of until another person releases it."
    if standing.petitions:
        yield "A petition waits for its answer, which may need the files."
    if not standing.files:
        yield "No exhibit of this case has a file here."


def list_content(reference: str, item: Item, listed: Iterable[Listed]) -> dict[str, Any]:
    """What a proposal binds to, as plain JSON values."""
    return {
        "format": FORMAT,
        "case": reference,
        "item": item.id,
        "authority": item.words,
        "exhibits": [
            {"number": row.number, "title": row.title, "sha256": row.sha256, "size": row.size}
            for row in sorted(listed, key=lambda each: each.number)
        ],
    }


def listed_in(content: dict[str, Any]) -> list[Listed]:
    return [
        Listed(row["number"], row["title"], row["sha256"], row["size"])
        for row in content["exhibits"]
    ]
