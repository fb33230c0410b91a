"""FollowTheMoney JSON lines, one entity a line, written from the record and read into it. Pure.

The format has no place for the language of a name, for the country that issued an identifier, nor
for a source of each single fact; what else it lacks is told with each file.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
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
from casework.screening.interchange.bands import Band, read_band, write_band
from casework.screening.interchange.records import Document, Link, Party, Reading, clean, told
from casework.screening.interchange.schema import faults

_TEXTS = {"type": "array", "items": {"type": "string"}}
_NAMED = {"type": "string", "minLength": 1}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["id", "schema", "properties"],
    "properties": {
        "id": _NAMED,
        "schema": _NAMED,
        "caption": {"type": "string"},
        "properties": {"type": "object", "additionalProperties": _TEXTS},
    },
}
_KIND_OF = {
    "Company": EntityKind.ORGANIZATION,
    "Organization": EntityKind.ORGANIZATION,
    "LegalEntity": EntityKind.ORGANIZATION,
    "Person": EntityKind.PERSON,
    "PublicBody": EntityKind.STATE_BODY,
}
_SCHEMA_OF = {
    EntityKind.ORGANIZATION: "Company",
    EntityKind.PERSON: "Person",
    EntityKind.STATE_BODY: "PublicBody",
}
_NAMES = {
    NameKind.LEGAL: "name",
    NameKind.ALIAS: "alias",
    NameKind.WEAK_ALIAS: "weakAlias",
    NameKind.FORMER: "previousName",
    NameKind.ABBREVIATION: "abbreviation",
}
_NUMBERS = {
    IdentifierKind.LEI: "leiCode",
    IdentifierKind.USCC: "uscCode",
    IdentifierKind.OGRN: "ogrnCode",
    IdentifierKind.INN: "innCode",
    IdentifierKind.REGISTRATION: "registrationNumber",
    IdentifierKind.TAX: "taxNumber",
    IdentifierKind.PASSPORT: "passportNumber",
    IdentifierKind.NATIONAL_ID: "idNumber",
    IdentifierKind.DOMAIN: "website",
    IdentifierKind.EMAIL: "email",
}
_TIES = {
    CountryTie.LOCATED: "country",
    CountryTie.HEADQUARTERED: "mainCountry",
    CountryTie.INCORPORATED: "jurisdiction",
    CountryTie.NATIONAL: "nationality",
}
_EDGES = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "UnknownLink": ("subject", "object"),
}
_PARTY_READ = {*_NAMES.values(), *_NUMBERS.values(), *_TIES.values(), "addressEntity", "address"}
_EDGE_READ = {"percentage", "role", "startDate", "endDate", "description"}
_Values = Mapping[str, list[str]]


def write(document: Document) -> tuple[str, tuple[str, ...]]:
    """The lines, and in words what the format cannot carry."""
    dropped: Counter[str] = Counter()
    rows = [row for party in document.parties for row in _party(party, dropped)]
    rows += [_edge(place, link) for place, link in enumerate(document.links, 1)]
    lines = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows]
    return "\n".join(lines) + "\n", told(dropped)


def _party(party: Party, dropped: Counter[str]) -> Iterator[dict[str, Any]]:
    given: dict[str, list[str]] = defaultdict(list)
    for name in party.names:
        if name.language:
            dropped["The language of a name"] += 1
        if name.kind not in _NAMES:
            dropped[f"That a name is a {name.kind}: written as an alias"] += 1
        given[_NAMES.get(NameKind(name.kind), "alias")].append(name.text)
    _write_numbers(party, given, dropped)
    for tie in party.countries:
        given[_TIES[CountryTie(tie.tie)]].append(tie.country.lower())
    for place, address in enumerate(party.addresses, 1):
        key = f"{party.key}-address-{place}"
        given["addressEntity"].append(key)
        values = {"full": [address.text], "country": [address.country.lower()]}
        yield {"id": key, "schema": "Address", "properties": values}
    schema = _SCHEMA_OF[EntityKind(party.kind)]
    caption = party.names[0].text
    yield {"id": party.key, "schema": schema, "caption": caption, "properties": dict(given)}


def _write_numbers(party: Party, given: dict[str, list[str]], dropped: Counter[str]) -> None:
    for number in party.identifiers:
        prop = _NUMBERS.get(IdentifierKind(number.kind))
        if prop is None:
            dropped[f"An identifier of the kind {number.kind}"] += 1
            continue
        if number.country:
            dropped["The country that issued an identifier"] += 1
        given[prop].append(number.value)


def _edge(place: int, link: Link) -> dict[str, Any]:
    fact = link.fact
    schema, role = "UnknownLink", [str(fact.kind)]
    if fact.kind == RelationKind.OWNS:
        schema, role = "Ownership", []
    elif fact.kind == RelationKind.OFFICER_OF:
        schema, role = "Directorship", []
    first, second = _EDGES[schema]
    share = write_band(fact.low, fact.high)
    values = {
        first: [link.first],
        second: [link.second],
        "role": role,
        "percentage": [share] if share else [],
        "startDate": [fact.starts_on.isoformat()] if fact.starts_on else [],
        "endDate": [fact.ends_on.isoformat()] if fact.ends_on else [],
        "description": [fact.note] if fact.note else [],
    }
    kept = {name: value for name, value in values.items() if value}
    return {"id": f"link-{place}", "schema": schema, "properties": kept}


def read(text: str) -> Document:
    """Parties and links of a file; DocumentRefused with each row that is wrong and why."""
    reading = Reading()
    rows = list(_rows(text, reading))
    addresses = {row["id"]: row["properties"] for _, row in rows if row["schema"] == "Address"}
    for where, row in rows:
        given = {name: [clean(v) for v in values] for name, values in row["properties"].items()}
        if row["schema"] in _KIND_OF:
            _read_party(where, row, given, addresses, reading)
        elif row["schema"] in _EDGES:
            _read_edge(where, row["schema"], given, reading)
        elif row["schema"] != "Address":
            reading.leave_out(f"Entities of the schema {row['schema'][:40]}")
    return reading.finish()


def _rows(text: str, reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"row {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            reading.fault(where, "is not JSON")
            continue
        wrong = list(faults(row, SCHEMA))
        for fault in wrong[:3]:
            reading.fault(where, fault)
        if not wrong:
            yield where, row


def _read_party(
    where: str, row: Mapping[str, Any], given: _Values, addresses: Mapping[str, Any],
    reading: Reading,
) -> None:  # fmt: skip
    caption = clean(row.get("caption"))
    names = [NameFact(v, k) for k, prop in _NAMES.items() for v in given.get(prop, ()) if v]
    names.sort(key=lambda name: name.text != caption)
    if not names and caption:
        names = [NameFact(caption)]
    ties = [
        CountryFact(code.upper(), tie)
        for tie, prop in _TIES.items()
        for code in given.get(prop, ())
    ]
    numbers = [IdentifierFact(k, v) for k, p in _NUMBERS.items() for v in given.get(p, ()) if v]
    placed = [addresses[key] for key in given.get("addressEntity", ()) if key in addresses]
    facts = [
        AddressFact(clean(full), clean((place.get("country") or [""])[0]).upper())
        for place in placed
        for full in place.get("full", ())
    ]
    for name in given.keys() - _PARTY_READ:
        reading.leave_out(f"The property {name[:40]} of a party")
    for _ in given.get("address", ()):
        reading.leave_out("An address without a country")
    key = row["id"]
    party = Party(key, _KIND_OF[row["schema"]], tuple(names), tuple(numbers), tuple(facts),
                  tuple(ties))  # fmt: skip
    reading.party(where, party)


def _read_edge(where: str, schema: str, given: _Values, reading: Reading) -> None:
    first, second = _EDGES[schema]
    ends = [given.get(end, []) for end in (first, second)]
    if [len(end) for end in ends] != [1, 1]:
        reading.fault(where, f"needs exactly one {first} and one {second}")
        return
    role = "".join(given.get("role", [])[:1])
    kind = {"Ownership": RelationKind.OWNS, "Directorship": RelationKind.OFFICER_OF}.get(schema)
    if kind is None:
        kind = RelationKind(role) if role in set(RelationKind) else None
    if kind is None or (schema == "UnknownLink" and kind == RelationKind.OWNS):
        reading.leave_out(f"A link with the role {role[:40]!r}")
        return
    for name in given.keys() - _EDGE_READ - {first, second}:
        reading.leave_out(f"The property {name[:40]} of a link")
    low, high = _band(where, given, reading) if kind == RelationKind.OWNS else (None, None)
    note = [*given.get("description", ()), *([role] if schema == "Directorship" and role else [])]
    starts = reading.day(where, "".join(given.get("startDate", [])[:1]), "startDate")
    ends_on = reading.day(where, "".join(given.get("endDate", [])[:1]), "endDate")
    fact = RelationFact(kind, low, high, starts, ends_on, "\n".join(note))
    reading.link(where, Link(ends[0][0], ends[1][0], fact))


def _band(where: str, given: _Values, reading: Reading) -> Band:
    try:
        return read_band("".join(given.get("percentage", [])[:1]))
    except ValueError as wrong:
        reading.fault(where, f"percentage {given['percentage'][0][:40]!r}: {wrong}")
        return None, None
