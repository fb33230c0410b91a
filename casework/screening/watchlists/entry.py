"""What every list comes down to: entries, and rows that could not be read. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casework.errors import CaseworkError

RAW_MOST = 2000  # characters kept of a row that was set aside

PRIMARY, STRONG, WEAK, FORMER = "primary", "strong", "weak", "former"
ORGANIZATION, PERSON, VESSEL, AIRCRAFT = "organization", "person", "vessel", "aircraft"
OTHER = "other"  # also where a list does not say: such an entry may be a person or a company


class ListRefused(CaseworkError):
    """A file is not the list it was given for, or too much of it cannot be read. Nothing of it
    was kept; the message begins with the file.
    """


@dataclass(frozen=True, slots=True)
class Name:
    text: str
    quality: str = STRONG


@dataclass(frozen=True, slots=True)
class Identifier:
    """`kind` is one of IdentifierKind, `label` what the list calls it, `country` ISO or empty."""

    kind: str
    value: str
    country: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """`country` is an ISO 3166 code, or empty where `place`, as the list has it, maps to none."""

    text: str
    country: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as its list writes it: it may be a year, a span or "circa"."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One party of a list. `names` begins with the primary one; `other` holds, by the list's own
    field names, whatever has no place of its own here, so that nothing is lost.
    """

    entry_id: str
    kind: str
    names: tuple[Name, ...]
    row: int
    countries: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programs: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()
    remarks: str = ""
    relations: tuple[dict[str, str], ...] = ()
    other: dict[str, Any] = field(default_factory=dict)

    @property
    def caption(self) -> str:
        return self.names[0].text

    def content(self) -> dict[str, Any]:
        """Everything read, as JSON; parts that are empty are left out."""
        parts: dict[str, Any] = {
            "names": [_filled(text=row.text, quality=row.quality) for row in self.names],
            "addresses": [
                _filled(text=row.text, country=row.country, place=row.place)
                for row in self.addresses
            ],
            "identifiers": [
                _filled(kind=row.kind, value=row.value, country=row.country, label=row.label)
                for row in self.identifiers
            ],
            "programs": list(self.programs),
            "dates": [_filled(kind=row.kind, text=row.text) for row in self.dates],
            "remarks": self.remarks,
            "relations": list(self.relations),
            "other": {name: value for name, value in self.other.items() if value},
        }
        return _filled(**parts)


@dataclass(frozen=True, slots=True)
class Reject:
    """A row set aside: its file, its line or record from 1, why, and the row as read."""

    file: str
    row: int
    reason: str
    raw: str = ""

    @classmethod
    def of(cls, file: str, row: int, reason: str, raw: str) -> Reject:
        return cls(file, row, reason, storable(raw[:RAW_MOST]))


def digest(entry: Entry, content: dict[str, Any]) -> str:
    """SHA-256 in hex of what makes one wording of an entry differ from another."""
    told = [entry.kind, list(entry.countries), content]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def storable(text: str) -> str:
    """`text` as every database can hold it: bytes that are no text and NUL become U+FFFD."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def distinct_names(names: Iterable[Name]) -> tuple[Name, ...]:
    """Each text once, under the first quality it is given with; empty ones left out."""
    found: dict[str, Name] = {}
    for name in names:
        text = " ".join(name.text.split())
        if text:
            found.setdefault(text, Name(text, name.quality))
    return tuple(found.values())


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each value that is not empty once, sorted."""
    return tuple(sorted({value for value in values if value}))


def _filled(**parts: Any) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value}
