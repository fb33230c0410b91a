"""Beneficial Ownership Data Standard 0.4: statements written from the record. Pure.

A relation that is no ownership or control has no place in the format; what else it lacks is told
with each file.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from casework.screening.countries import COUNTRIES
from casework.screening.facts import CountryTie, EntityKind, NameKind, RelationKind
from casework.screening.identifiers import IdentifierKind
from casework.screening.interchange.bands import plain
from casework.screening.interchange.records import Document, Link, Party, told

VERSION = "0.4"
SCHEMES = {
    IdentifierKind.LEI: "XI-LEI",
    IdentifierKind.USCC: "CN-SAIC",
    IdentifierKind.OGRN: "RU-OGRN",
    IdentifierKind.INN: "RU-INN",
}
# Schemes that begin with the country of issue.
ISSUED = {
    IdentifierKind.TAX: "TAXID",
    IdentifierKind.PASSPORT: "PASSPORT",
    IdentifierKind.NATIONAL_ID: "IDCARD",
    IdentifierKind.REGISTRATION: "REGISTRATION",
}
PERSON_NAMES = {
    NameKind.LEGAL: "legal",
    NameKind.ALIAS: "alias",
    NameKind.FORMER: "former",
    NameKind.TRANSLATION: "translation",
    NameKind.TRANSLITERATION: "transliteration",
}
INFLUENCE = "otherInfluenceOrControl"
INTERESTS = {
    RelationKind.OWNS: "shareholding",
    RelationKind.OFFICER_OF: "seniorManagingOfficial",
    RelationKind.CONTROLS: INFLUENCE,
    RelationKind.DIRECTS: INFLUENCE,
    RelationKind.PARENT_OF: INFLUENCE,
    RelationKind.STATE_BODY_OF: INFLUENCE,
}


def write(document: Document, *, publisher: str, on: date) -> tuple[str, tuple[str, ...]]:
    """One JSON array, published on a local day, and in words what the format cannot carry."""
    dropped: Counter[str] = Counter()
    rows = [_party(party, dropped) for party in document.parties]
    for place, link in enumerate(document.links, 1):
        if link.fact.kind in INTERESTS:
            rows.append(_relationship(place, link))
        else:
            dropped[f"A relation of the kind {link.fact.kind}"] += 1
    statements = [_statement(row, publisher, on) for row in rows]
    return json.dumps(statements, ensure_ascii=False, indent=1) + "\n", told(dropped)


def _statement(row: dict[str, Any], publisher: str, on: date) -> dict[str, Any]:
    name = f"{row['recordId']}:{json.dumps(row, sort_keys=True)}"
    return {
        "statementId": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        "statementDate": on.isoformat(),
        "recordStatus": "new",
        "publicationDetails": {
            "publicationDate": on.isoformat(),
            "bodsVersion": VERSION,
            "publisher": {"name": publisher},
        },
        **row,
    }


def _party(party: Party, dropped: Counter[str]) -> dict[str, Any]:
    is_person = party.kind == EntityKind.PERSON
    details: dict[str, Any] = {"isComponent": False}
    details |= _person(party, dropped) if is_person else _entity(party, dropped)
    if numbers := list(_identifiers(party, dropped)):
        details["identifiers"] = numbers
    if party.addresses:
        details["addresses"] = [
            {"type": "alternative", "address": row.text, "country": _country(row.country)}
            for row in party.addresses
        ]
    dropped["The language of a name"] += sum(bool(name.language) for name in party.names)
    return {
        "declarationSubject": party.key,
        "recordId": party.key,
        "recordType": "person" if is_person else "entity",
        "recordDetails": details,
    }


def _person(party: Party, dropped: Counter[str]) -> dict[str, Any]:
    names = []
    for name in party.names:
        kind = PERSON_NAMES.get(NameKind(name.kind))
        if kind is None:
            dropped[f"That a name is a {name.kind}: written as an alias"] += 1
        names.append({"type": kind or "alias", "fullName": name.text})
    nations = [row.country for row in party.countries if row.tie == CountryTie.NATIONAL]
    _drop_ties(party, {CountryTie.NATIONAL}, dropped)
    details: dict[str, Any] = {"personType": "knownPerson", "names": names}
    return details | ({"nationalities": [_country(code) for code in nations]} if nations else {})


def _entity(party: Party, dropped: Counter[str]) -> dict[str, Any]:
    body = party.kind == EntityKind.STATE_BODY
    seats = [row.country for row in party.countries if row.tie == CountryTie.INCORPORATED]
    _drop_ties(party, {CountryTie.INCORPORATED}, dropped)
    if len(seats) > 1:
        dropped["A second country of incorporation"] += len(seats) - 1
    for name in party.names:
        if name.kind not in {NameKind.LEGAL, NameKind.ALIAS}:
            dropped[f"That a name is a {name.kind}: written as an alternate name"] += 1
    details: dict[str, Any] = {
        "entityType": {"type": "stateBody" if body else "legalEntity"},
        "name": party.names[0].text,
        "alternateNames": [name.text for name in party.names[1:]],
    }
    return details | ({"jurisdiction": _country(seats[0])} if seats else {})


def _drop_ties(party: Party, carried: set[CountryTie], dropped: Counter[str]) -> None:
    for row in party.countries:
        if row.tie not in carried:
            dropped[f"That a party is {row.tie} in a country"] += 1


def _identifiers(party: Party, dropped: Counter[str]) -> Iterator[dict[str, str]]:
    for row in party.identifiers:
        kind = IdentifierKind(row.kind)
        if kind in ISSUED and row.country:
            yield {"id": row.value, "scheme": f"{row.country}-{ISSUED[kind]}"}
            continue
        if row.country:
            dropped["The country that issued an identifier"] += 1
        named = {"scheme": SCHEMES[kind]} if kind in SCHEMES else {"schemeName": str(kind)}
        yield {"id": row.value, **named}


def _country(code: str) -> dict[str, str]:
    return {"name": COUNTRIES.get(code, code), "code": code}


def _relationship(place: int, link: Link) -> dict[str, Any]:
    fact = link.fact
    words = [] if INTERESTS[RelationKind(fact.kind)] != INFLUENCE else [str(fact.kind)]
    interest: dict[str, Any] = {
        "type": INTERESTS[RelationKind(fact.kind)],
        "directOrIndirect": "direct",
        "beneficialOwnershipOrControl": False,
    }
    if share := _share(link):
        interest["share"] = share
    if fact.starts_on:
        interest["startDate"] = fact.starts_on.isoformat()
    if fact.ends_on:
        interest["endDate"] = fact.ends_on.isoformat()
    if details := ": ".join([*words, *([fact.note] if fact.note else [])]):
        interest["details"] = details
    return {
        "declarationSubject": link.second,
        "recordId": f"link-{place}",
        "recordType": "relationship",
        "recordDetails": {
            "isComponent": False,
            "subject": link.second,
            "interestedParty": link.first,
            "interests": [interest],
        },
    }


def _share(link: Link) -> dict[str, Any]:
    """Bounds as JSON numbers, written with no more places than they have."""
    low, high = link.fact.low, link.fact.high
    if low is not None and low == high:
        return {"exact": json.loads(plain(low))}
    bounds = {"minimum": low, "maximum": high}
    return {name: json.loads(plain(value)) for name, value in bounds.items() if value is not None}
