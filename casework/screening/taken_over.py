"""What an entity recorded from an entry of a list takes over from it. Pure.

Only what the list states as such: a country without an address may be a nationality, a place of
birth or where a program points, so it is left to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.screening.countries import COUNTRIES
from casework.screening.facts import (
    NAME_MAX,
    TEXT_MAX,
    AddressFact,
    CountryFact,
    CountryTie,
    EntityKind,
    IdentifierFact,
    NameFact,
    NameKind,
)
from casework.screening.identifiers import IdentifierKind
from casework.screening.watchlists.entry import FORMER, ORGANIZATION, PERSON, PRIMARY, STRONG, WEAK

_NAME_KINDS = {
    PRIMARY: NameKind.LEGAL,
    STRONG: NameKind.ALIAS,
    WEAK: NameKind.WEAK_ALIAS,
    FORMER: NameKind.FORMER,
}
_KINDS = {ORGANIZATION: EntityKind.ORGANIZATION, PERSON: EntityKind.PERSON}


@dataclass(frozen=True, slots=True)
class Taken:
    """`kind` is empty where the list leaves open what the party is; the first name is shown."""

    kind: str
    names: tuple[NameFact, ...]
    identifiers: tuple[IdentifierFact, ...]
    addresses: tuple[AddressFact, ...]
    countries: tuple[CountryFact, ...]


def taken_over(source: str, entry_id: str, kind: str, content: Mapping[str, Any]) -> Taken:
    """The facts of an entry, with its own key in the list among the identifiers."""
    addresses = tuple(_addresses(content.get("addresses", ())))
    located = dict.fromkeys(address.country for address in addresses)
    own = IdentifierFact(IdentifierKind.LIST_ENTRY, f"{source} {entry_id}")
    return Taken(
        kind=_KINDS.get(kind, ""),
        names=tuple(_names(content.get("names", ()))),
        identifiers=(own, *_identifiers(content.get("identifiers", ()))),
        addresses=addresses,
        countries=tuple(CountryFact(country, CountryTie.LOCATED) for country in located),
    )


def _names(rows: Iterable[Mapping[str, str]]) -> Iterable[NameFact]:
    for row in rows:
        yield NameFact(row["text"][:NAME_MAX], _NAME_KINDS.get(row.get("quality", ""), "alias"))


def _identifiers(rows: Iterable[Mapping[str, str]]) -> Iterable[IdentifierFact]:
    for row in rows:
        country = row.get("country", "")
        yield IdentifierFact(
            row["kind"] if row["kind"] in list(IdentifierKind) else IdentifierKind.OTHER,
            row["value"][:NAME_MAX],
            country if country in COUNTRIES else "",
        )


def _addresses(rows: Iterable[Mapping[str, str]]) -> Iterable[AddressFact]:
    for row in rows:
        country, text = row.get("country", ""), row.get("text", "")
        if text.strip() and country in COUNTRIES:
            yield AddressFact(text[:TEXT_MAX], country)
