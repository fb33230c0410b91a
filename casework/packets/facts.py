"""The facts in a packet: entities, ties, claims, exhibits. Pure.

Conventions for whoever fills them: text is plain text, never markup; a line break inside a
text starts a new line on the page. Dates are Washington calendar dates, instants are aware
UTC. Tuples keep their order on paper. An empty tuple is a statement ("there is nothing") and
is printed as one. `source` says where a fact was taken from, in words a reader can follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casework.packets.words import ClaimStatus, EntityKind, ResponseKind


@dataclass(frozen=True, slots=True)
class Name:
    """One name; `kind` in words ("legal name"), `language` BCP 47, `script` ISO 15924 or ""."""

    text: str
    kind: str
    source: str
    language: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced fact of an entity; `label` names it ("registered address").

    `country` is a country's English name or "".
    """

    label: str
    value: str
    source: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A subject or a party around it; `reference` is unique in the packet ("E-1").

    The first name is the one used in running text. `role` is neutral ("alleged querier").
    """

    reference: str
    kind: EntityKind
    names: tuple[Name, ...]
    role: str
    subject: bool = True
    identifiers: tuple[Fact, ...] = ()
    addresses: tuple[Fact, ...] = ()
    countries: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie from `owner` to `owned`, both references of entities.

    `kind` is "owns" or another tie in words ("controls"). `low` and `high` are percent: equal
    for an exact share, apart for a range, both None where the share is unknown.
    """

    owner: str
    owned: str
    source: str
    kind: str = "owns"
    low: Decimal | None = None
    high: Decimal | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A place in an exhibit: `at` is its own page or line ("page 3"), `passage` what it shows."""

    exhibit: int
    at: str
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number kept as it was said: `as_said` "over 16,000,000", never rounded or parsed."""

    label: str
    as_said: str


@dataclass(frozen=True, slots=True)
class Response:
    """What the accused said; with NONE_FOUND, `text` says where was looked."""

    by: str
    kind: ResponseKind
    text: str
    source: str
    said_on: date | None = None
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Who alleges what, on what basis, and what the accused answers."""

    by: str
    text: str
    basis: str
    status: ClaimStatus
    verified: bool
    source: str
    response: Response
    said_on: date | None = None
    figures: tuple[Figure, ...] = ()
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """`first` and `last` bound the conduct as reported; equal for one day, None if unknown.

    `dated_by` says who gave the dates and how sure they are.
    """

    reference: str
    title: str
    first: date | None
    last: date | None
    dated_by: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """`number` is unique, `size` in bytes, `sha256` 64 lower-case hex digits of the original."""

    number: int
    title: str
    source: str
    received: datetime
    media_type: str
    size: int
    sha256: str
    marking: str
    custody: str


@dataclass(frozen=True, slots=True)
class RecordItem:
    """One numbered item of the record; `withheld` is the basis if it is not handed over."""

    number: int
    title: str
    kind: str
    made_on: date
    sha256: str = ""
    withheld: str = ""
