"""Parties and their relations as they pass between this record and files of others. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casework.errors import CaseworkError, InvalidValue
from casework.screening.countries import COUNTRIES
from casework.screening.facts import (
    AddressFact,
    CountryFact,
    IdentifierFact,
    NameFact,
    RelationFact,
    WrittenFact,
)

MOST_FAULTS = 50  # told of one file; the rest are counted
_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Party:
    """`key` names the party within its file; the first name is the one shown."""

    key: str
    kind: str
    names: tuple[NameFact, ...]
    identifiers: tuple[IdentifierFact, ...] = ()
    addresses: tuple[AddressFact, ...] = ()
    countries: tuple[CountryFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """How the party `first` stands to `second`, both by key."""

    first: str
    second: str
    fact: RelationFact


@dataclass(frozen=True, slots=True)
class Document:
    """`left_out` says in words what the file holds and this record has no place for, or the
    other way round, each with how often.
    """

    parties: tuple[Party, ...]
    links: tuple[Link, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` as a reader of the file counts: `row 3`."""

    where: str
    reason: str

    def __str__(self) -> str:
        return printable(f"{self.where}: {self.reason}")


class DocumentRefused(CaseworkError):
    """A file with faults; nothing of it is taken over."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        more = len(faults) - MOST_FAULTS
        told = [str(fault) for fault in faults[:MOST_FAULTS]]
        self.told = [*told, f"{more} further faults"] if more > 0 else told
        super().__init__("; ".join(self.told))


class Reading:
    """What is gathered from a file row by row; `finish` gives the whole or refuses it."""

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self.faults: list[Fault] = []
        self._links: list[tuple[str, Link]] = []
        self._left_out: Counter[str] = Counter()

    def fault(self, where: str, reason: str) -> None:
        self.faults.append(Fault(where, reason))

    def leave_out(self, what: str) -> None:
        self._left_out[what] += 1

    def party(self, where: str, party: Party) -> None:
        """Take over a party, or tell what is wrong with it."""
        if party.key in self.parties:
            self.fault(where, f"the id {party.key} is used twice")
        if not party.names:
            self.fault(where, "a party without a name")
        party = self._in_known_countries(party)
        facts: tuple[WrittenFact, ...] = (
            *party.names,
            *party.identifiers,
            *party.addresses,
            *party.countries,
        )
        for fact in facts:
            try:
                fact.check()
            except InvalidValue as wrong:
                self.fault(where, str(wrong))
        self._check_texts(where, party)
        self.parties[party.key] = party

    def link(self, where: str, link: Link) -> None:
        """Take over a relation, or tell what is wrong with it."""
        if link.first == link.second:
            self.fault(where, "a party cannot own or control itself")
        try:
            link.fact.check()
        except InvalidValue as wrong:
            self.fault(where, str(wrong))
        if _unfit(link.fact.note):
            self.fault(where, "the note holds a character that cannot be seen")
        self._links.append((where, link))

    def day(self, where: str, text: str, what: str) -> date | None:
        """A full day; a month or a year alone is left out and told."""
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            if text.replace("-", "").isdigit() and len(text) in {4, 7}:
                self.leave_out(f"{what} that names a year or month only")
            else:
                self.fault(where, f"{what} {text[:40]!r} is not a day such as 2026-11-24")
            return None

    def finish(self) -> Document:
        """The document; DocumentRefused with every fault, in the order of the file."""
        for where, link in self._links:
            for end in (link.first, link.second):
                if end not in self.parties:
                    self.fault(where, f"names {end[:80]!r}, which is no party of this file")
        if not self.parties and not self.faults:
            self.fault("the file", "holds no party")
        if self.faults:
            raise DocumentRefused(self.faults)
        links = tuple(link for _, link in self._links)
        return Document(tuple(self.parties.values()), links, told(self._left_out))

    def _in_known_countries(self, party: Party) -> Party:
        rows: tuple[AddressFact | CountryFact, ...] = (*party.addresses, *party.countries)
        for row in rows:
            if row.country not in COUNTRIES:
                self.leave_out(f"What lies in {row.country[:10]!r}, no country of ISO 3166")
        return replace(
            party,
            addresses=tuple(row for row in party.addresses if row.country in COUNTRIES),
            countries=tuple(row for row in party.countries if row.country in COUNTRIES),
        )

    def _check_texts(self, where: str, party: Party) -> None:
        texts = [
            *(name.text for name in party.names),
            *(row.value for row in party.identifiers),
            *(row.text for row in party.addresses),
        ]
        if any(map(_unfit, texts)):
            self.fault(where, "a text holds a character that cannot be seen")


def told(counted: Counter[str]) -> tuple[str, ...]:
    """Each thing with how often, when more than once."""
    rows = sorted((printable(what), n) for what, n in counted.items() if n)
    return tuple(f"{what} ({n} times)" if n > 1 else what for what, n in rows)


def printable(text: str) -> str:
    """What a file holds may be told on a page or a terminal: nothing in it controls either."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def clean(text: object) -> str:
    """NFC without white space around; the empty string for what is no text."""
    return unicodedata.normalize("NFC", text).strip() if isinstance(text, str) else ""


def _unfit(text: str) -> bool:
    return any(
        sign in _HIDDEN or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t")
        for sign in text
    )
