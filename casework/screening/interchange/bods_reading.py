"""Beneficial Ownership Data Standard 0.4: statements read into the record. Pure.

Only direct interests are taken over: an indirect one is the sum of direct ones, and would count
twice. Of several statements of one record the last one counts, and a closed record is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from casework.screening.facts import (
    AddressFact,
    CountryFact,
    CountryTie,
    EntityKind,
    IdentifierFact,
    NameFact,
    NameKind,
    RelationFact,
    RelationKind,
)
from casework.screening.identifiers import IdentifierKind
from casework.screening.interchange.bods import INFLUENCE, ISSUED, PERSON_NAMES, SCHEMES
from casework.screening.interchange.records import Document, Link, Party, Reading, clean
from casework.screening.interchange.schema import faults
from casework.screening.shares import MOST as ALL

_NAMED = {"type": "string", "minLength": 1}
_LIST = {"type": "array", "items": {"type": "object"}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["recordId", "recordType", "recordDetails"],
    "properties": {
        "recordId": _NAMED,
        "recordType": {"enum": ["person", "entity", "relationship"]},
        "recordStatus": {"enum": ["new", "updated", "closed"]},
        "recordDetails": {
            "type": "object",
            "properties": {
                "name": {"type": "string"},
                "names": _LIST,
                "alternateNames": {"type": "array", "items": {"type": "string"}},
                "identifiers": _LIST,
                "addresses": _LIST,
                "nationalities": _LIST,
                "jurisdiction": {"type": "object"},
                "entityType": {"type": "object"},
                "interests": _LIST,
            },
        },
    },
}
_STEP = Decimal("0.000001")  # the finest share on record: what lies beyond an exclusive bound
_KINDS = {scheme: kind for kind, scheme in SCHEMES.items()}
_ISSUED = {word: kind for kind, word in ISSUED.items()}
_NAMES = {word: kind for kind, word in PERSON_NAMES.items()}
_MANAGERS = {"seniorManagingOfficial", "boardMember", "boardChair"}


def read(text: str) -> Document:
    """Parties and links of a file; DocumentRefused with each statement that is wrong and why."""
    reading = Reading()
    newest: dict[str, tuple[str, dict[str, Any]]] = {}
    for where, row in _rows(text, reading):
        newest[row["recordId"]] = (where, row)
    for where, row in newest.values():
        if row.get("recordStatus") == "closed":
            reading.leave_out("A closed record")
        elif row["recordType"] == "relationship":
            _relationship(where, row["recordDetails"], reading)
        else:
            reading.party(where, _party(row, reading))
    return reading.finish()


def _rows(text: str, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        rows = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError, InvalidOperation):
        reading.fault("the file", "is not JSON")
        return
    if not isinstance(rows, list):
        reading.fault("the file", "expected a list of statements")
        return
    for number, row in enumerate(rows, 1):
        wrong = list(faults(row, SCHEMA))
        for fault in wrong[:3]:
            reading.fault(f"row {number}", fault)
        if not wrong:
            yield f"row {number}", row


def _party(row: Mapping[str, Any], reading: Reading) -> Party:
    told = row["recordDetails"]
    person = row["recordType"] == "person"
    body = clean(told.get("entityType", {}).get("type")) in {"state", "stateBody"}
    kind = EntityKind.STATE_BODY if body else EntityKind.ORGANIZATION
    return Party(
        row["recordId"],
        EntityKind.PERSON if person else kind,
        tuple(_person_names(told) if person else _entity_names(told)),
        tuple(_identifiers(told.get("identifiers", ()), reading)),
        tuple(_addresses(told.get("addresses", ()), reading)),
        tuple(_countries(told, person=person)),
    )


def _person_names(told: Mapping[str, Any]) -> Iterator[NameFact]:
    for name in told.get("names", ()):
        if text := clean(name.get("fullName")):
            yield NameFact(text, _NAMES.get(clean(name.get("type")), NameKind.ALIAS))


def _entity_names(told: Mapping[str, Any]) -> Iterator[NameFact]:
    if text := clean(told.get("name")):
        yield NameFact(text)
    for text in map(clean, told.get("alternateNames", ())):
        if text:
            yield NameFact(text, NameKind.ALIAS)


def _identifiers(rows: Iterable[Mapping[str, Any]], reading: Reading) -> Iterator[IdentifierFact]:
    for row in rows:
        value, scheme = clean(row.get("id")), clean(row.get("scheme"))
        country, _, word = scheme.partition("-")
        named = clean(row.get("schemeName"))
        if not value:
            reading.leave_out("An identifier without a value")
        elif scheme in _KINDS:
            yield IdentifierFact(_KINDS[scheme], value)
        elif word in _ISSUED:
            yield IdentifierFact(_ISSUED[word], value, country)
        elif named in set(IdentifierKind):
            yield IdentifierFact(named, value)
        else:
            reading.leave_out(f"That an identifier is of the scheme {(scheme or named)[:40]!r}")
            yield IdentifierFact(IdentifierKind.OTHER, value)


def _addresses(rows: Iterable[Mapping[str, Any]], reading: Reading) -> Iterator[AddressFact]:
    for row in rows:
        text, code = clean(row.get("address")), _code(row.get("country"))
        if text and code:
            yield AddressFact(text, code)
        else:
            reading.leave_out("An address without a text or a country")


def _countries(told: Mapping[str, Any], *, person: bool) -> Iterator[CountryFact]:
    rows = told.get("nationalities", ()) if person else [told.get("jurisdiction")]
    tie = CountryTie.NATIONAL if person else CountryTie.INCORPORATED
    # A jurisdiction may be a part of a country, as US-DE.
    yield from (CountryFact(code[:2], tie) for code in map(_code, rows) if code)


def _code(country: object) -> str:
    return clean(country.get("code")).upper() if isinstance(country, dict) else ""


def _relationship(where: str, told: Mapping[str, Any], reading: Reading) -> None:
    owned, owner = told.get("subject"), told.get("interestedParty")
    if not isinstance(owned, str) or not isinstance(owner, str):
        reading.leave_out("A relationship of which one end is not named")
        return
    if not told.get("interests"):
        reading.leave_out("A relationship without an interest")
    for interest in told.get("interests", ()):
        kind = _kind(interest)
        if clean(interest.get("directOrIndirect")) == "indirect" or kind is None:
            word = clean(interest.get("type"))[:40] or "no type"
            reading.leave_out(f"An interest that is indirect or has no place here: {word}")
            continue
        reading.link(where, Link(owner, owned, _fact(where, kind, interest, reading)))


def _kind(interest: Mapping[str, Any]) -> RelationKind | None:
    word = clean(interest.get("type"))
    if word == INFLUENCE:
        named = clean(interest.get("details")).partition(":")[0]
        known = named in set(RelationKind) and named != RelationKind.OWNS
        return RelationKind(named) if known else RelationKind.CONTROLS
    if word == "shareholding":
        return RelationKind.OWNS
    return RelationKind.OFFICER_OF if word in _MANAGERS else None


def _fact(
    where: str, kind: RelationKind, interest: Mapping[str, Any], reading: Reading
) -> RelationFact:
    note = clean(interest.get("details"))
    if clean(interest.get("type")) == INFLUENCE and note.partition(":")[0] == kind:
        note = note.partition(":")[2].strip()
    share = interest.get("share")
    low, high = _share(where, share, reading) if kind == RelationKind.OWNS else (None, None)
    return RelationFact(
        kind,
        low,
        high,
        reading.day(where, clean(interest.get("startDate")), "startDate"),
        reading.day(where, clean(interest.get("endDate")), "endDate"),
        note,
    )


def _share(where: str, share: object, reading: Reading) -> tuple[Decimal | None, Decimal | None]:
    given = share if isinstance(share, dict) else {}
    for name, value in given.items():
        if not isinstance(value, Decimal) or not 0 <= value <= ALL or round(value, 6) != value:
            what = f"share.{str(name)[:40]} {str(value)[:40]!r}"
            reading.fault(where, f"{what} is no number from 0 to 100 with at most six places")
            return None, None
    if "exact" in given:
        return given["exact"], given["exact"]
    low, high = given.get("minimum"), given.get("maximum")
    if "exclusiveMinimum" in given:
        low = given["exclusiveMinimum"] + _STEP
    if "exclusiveMaximum" in given:
        high = given["exclusiveMaximum"] - _STEP
    return low, high
