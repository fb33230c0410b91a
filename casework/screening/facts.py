"""What may be recorded about an entity, and what makes such a fact well-formed. Pure.

Whether an entity is foreign is no fact of this kind: it is an answer to an element of the law.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from casework.errors import InvalidValue
from casework.screening.countries import COUNTRIES
from casework.screening.identifiers import IdentifierKind
from casework.screening.shares import MOST

NAME_MAX, TEXT_MAX, NOTE_MAX = 500, 1000, 5000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


class EntityKind(StrEnum):
    ORGANIZATION = "organization"
    PERSON = "person"
    STATE_BODY = "state_body"


class NameKind(StrEnum):
    LEGAL = "legal"
    ALIAS = "alias"
    WEAK_ALIAS = "weak_alias"
    FORMER = "former"
    TRANSLITERATION = "transliteration"
    TRANSLATION = "translation"
    ABBREVIATION = "abbreviation"


class CountryTie(StrEnum):
    LOCATED = "located"
    HEADQUARTERED = "headquartered"
    INCORPORATED = "incorporated"
    NATIONAL = "national"


class RelationKind(StrEnum):
    OWNS = "owns"
    CONTROLS = "controls"
    DIRECTS = "directs"
    PARENT_OF = "parent_of"
    OFFICER_OF = "officer_of"
    SUPPLIES_ACCOUNTS_TO = "supplies_accounts_to"
    STATE_BODY_OF = "state_body_of"


KIND_TITLES: dict[str, str] = {
    EntityKind.ORGANIZATION: "Organization",
    EntityKind.PERSON: "Person",
    EntityKind.STATE_BODY: "State body",
}
NAME_TITLES: dict[str, str] = {
    NameKind.LEGAL: "Legal name",
    NameKind.ALIAS: "Alias",
    NameKind.WEAK_ALIAS: "Weak alias",
    NameKind.FORMER: "Former name",
    NameKind.TRANSLITERATION: "Transliteration",
    NameKind.TRANSLATION: "Translation",
    NameKind.ABBREVIATION: "Abbreviation",
}
TIE_TITLES: dict[str, str] = {
    CountryTie.LOCATED: "Located in",
    CountryTie.HEADQUARTERED: "Headquartered in",
    CountryTie.INCORPORATED: "Incorporated in",
    CountryTie.NATIONAL: "National of",
}
# Reads between the two names, from first to second.
RELATION_VERBS: dict[str, str] = {
    RelationKind.OWNS: "owns",
    RelationKind.CONTROLS: "controls",
    RelationKind.DIRECTS: "directs",
    RelationKind.PARENT_OF: "is parent of",
    RelationKind.OFFICER_OF: "is an officer of",
    RelationKind.SUPPLIES_ACCOUNTS_TO: "supplies accounts to",
    RelationKind.STATE_BODY_OF: "is the state body over",
}


@dataclass(frozen=True, slots=True)
class SourceFact:
    """Where something was read. `basis` is a code of the pack; `url` is shown, never fetched."""

    title: str
    basis: str
    publisher: str = ""
    url: str = ""
    published_on: date | None = None
    accessed_on: date | None = None
    note: str = ""

    def check(self) -> None:
        """Raise InvalidValue unless the source has a title, a basis and a plain web address."""
        _require(self.title, "Say what the source is.", "title")
        _require(self.basis, "Choose what kind of basis the source is.", "basis")
        if self.url and not self.url.startswith(("https://", "http://")):
            raise InvalidValue("A web address begins with https:// or http://.", "url")

    def columns(self) -> dict[str, str | date | None]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class NameFact:
    """A name as it is written; `language` is a BCP 47 tag ("zh-Hans") or empty."""

    text: str
    kind: str = NameKind.LEGAL
    language: str = ""

    def check(self) -> None:
        """Raise InvalidValue for an empty or over-long name, an unknown kind or a malformed tag."""
        _require(self.text, "Enter the name.", "text")
        _fits(self.text, NAME_MAX, "text")
        _among(self.kind, NameKind, "kind")
        if self.language and not _LANGUAGE.fullmatch(self.language):
            raise InvalidValue("Write the language as a tag: zh, zh-Hans, ru, fa-IR.", "language")


@dataclass(frozen=True, slots=True)
class IdentifierFact:
    """A number or address that tells an entity from others; `country` of the issuer or empty."""

    kind: str
    value: str
    country: str = ""

    def check(self) -> None:
        """Raise InvalidValue for an empty kind or value, or one that is over-long."""
        _among(self.kind, IdentifierKind, "kind")
        _require(self.value, "Enter the identifier.", "value")
        _fits(self.value, NAME_MAX, "value")
        if self.country:
            _country(self.country)


@dataclass(frozen=True, slots=True)
class AddressFact:
    text: str
    country: str

    def check(self) -> None:
        """Raise InvalidValue for an empty or over-long address, or one without a country."""
        _require(self.text, "Enter the address.", "text")
        _fits(self.text, TEXT_MAX, "text")
        _country(self.country)


@dataclass(frozen=True, slots=True)
class CountryFact:
    country: str
    tie: str

    def check(self) -> None:
        """Raise InvalidValue unless a country is named and the tie is known."""
        _country(self.country)
        _among(self.tie, CountryTie, "tie")


@dataclass(frozen=True, slots=True)
class RelationFact:
    """How one entity stands to another. `low` and `high` bound a share in percent.

    Equal bounds are one exact share; one bound alone means "at least" or "at most"; none means
    that the share is not known. Dates are local dates, both included.
    """

    kind: str
    low: Decimal | None = None
    high: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""

    def check(self) -> None:
        """Raise InvalidValue for shares outside 0 to 100, reversed bounds or reversed dates."""
        _among(self.kind, RelationKind, "kind")
        _fits(self.note, NOTE_MAX, "note")
        self._check_shares()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise InvalidValue("The end lies before the start.", "ends_on")

    def _check_shares(self) -> None:
        bounds = [("low", self.low), ("high", self.high)]
        for field, share in bounds:
            if share is None:
                continue
            if self.kind != RelationKind.OWNS:
                raise InvalidValue("Only ownership has a share in percent.", field)
            if not 0 <= share <= MOST:
                raise InvalidValue("A share lies between 0 and 100 percent.", field)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidValue("The lower bound is above the upper bound.", "high")


WrittenFact = NameFact | IdentifierFact | AddressFact | CountryFact  # made of texts alone
Fact = WrittenFact | RelationFact


def check_kind(kind: str) -> None:
    """Raise InvalidValue unless `kind` is a code of EntityKind."""
    _among(kind, EntityKind, "kind")


def _require(value: str, message: str, field: str) -> None:
    if not value.strip():
        raise InvalidValue(message, field)


def _fits(value: str, most: int, field: str) -> None:
    if len(value) > most:
        raise InvalidValue(f"Shorten this to {most} characters; it has {len(value)}.", field)


def _among(value: str, codes: type[StrEnum], field: str) -> None:
    if value not in list(codes):
        raise InvalidValue(f"{value} is not one of the answers.", field)


def _country(code: str) -> None:
    if code not in COUNTRIES:
        raise InvalidValue(f"{code or 'Nothing'} is not a country of ISO 3166.", "country")
