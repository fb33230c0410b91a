"""FollowTheMoney entities, one JSON object a line. Pure.

Edges (ownership, directorship, sanction and the like) are entities of their own and may stand
before the parties that they join: they are gathered first and kept under `relations` of every
party they name.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.screening.identifiers import IdentifierKind
from casework.screening.watchlists import entry as shape
from casework.screening.watchlists.entry import (
    Address,
    Dated,
    Entry,
    Identifier,
    Name,
    Reject,
    distinct,
    distinct_names,
)
from casework.screening.watchlists.places import country_code
from casework.screening.watchlists.reading import ListFile, require_kind, unstorable

# Schemata of edges, and the properties that hold the parties.
EDGES = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "UnknownLink": ("subject", "object"),
    "Sanction": ("entity",),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Employment": ("employer", "employee"),
    "Membership": ("member", "organization"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "Debt": ("debtor", "creditor"),
    "Occupancy": ("holder",),
    "Identification": ("holder",),
    "Passport": ("holder",),
}
_KINDS = {
    "Person": shape.PERSON,
    "Company": shape.ORGANIZATION,
    "Organization": shape.ORGANIZATION,
    "PublicBody": shape.ORGANIZATION,
    "Vessel": shape.VESSEL,
    "Airplane": shape.AIRCRAFT,
}
_NAMES = {
    "name": shape.PRIMARY,
    "alias": shape.STRONG,
    "abbreviation": shape.WEAK,
    "weakAlias": shape.WEAK,
    "previousName": shape.FORMER,
}
_COUNTRIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag")
_NUMBERS = {
    "leiCode": IdentifierKind.LEI,
    "uscCode": IdentifierKind.USCC,
    "ogrnCode": IdentifierKind.OGRN,
    "innCode": IdentifierKind.INN,
    "registrationNumber": IdentifierKind.REGISTRATION,
    "taxNumber": IdentifierKind.TAX,
    "vatCode": IdentifierKind.TAX,
    "passportNumber": IdentifierKind.PASSPORT,
    "idNumber": IdentifierKind.NATIONAL_ID,
    "website": IdentifierKind.DOMAIN,
    "email": IdentifierKind.EMAIL,
    "swiftBic": IdentifierKind.OTHER,
    "imoNumber": IdentifierKind.OTHER,
    "mmsi": IdentifierKind.OTHER,
    "dunsCode": IdentifierKind.OTHER,
}
_DATES = {
    "birthDate": "birth",
    "deathDate": "death",
    "incorporationDate": "founded",
    "dissolutionDate": "dissolved",
}
_READ = frozenset(
    {*_NAMES, *_COUNTRIES, *_NUMBERS, *_DATES, "address", "programId", "program", "notes"}
)
_Properties = Mapping[str, list[str]]
_Edges = Mapping[str, list[dict[str, str]]]


def parse(files: Sequence[ListFile], source: str) -> Iterator[Entry | Reject]:
    """Entries and lines set aside; an edge whose parties are in no file is set aside."""
    for file in files:
        require_kind(file, "json")
    edges: dict[str, list[dict[str, str]]] = defaultdict(list)
    parties: set[str] = set()
    for file in files:
        _gather(file, edges, parties)
    for file in files:
        for number, line in enumerate(file.lines(), 1):
            if line.strip():
                made = _line(file, number, line, edges, parties)
                if made is not None:
                    yield made


def _gather(file: ListFile, edges: dict[str, list[dict[str, str]]], parties: set[str]) -> None:
    for line in file.lines():
        told = _object(line)
        if isinstance(told, str):
            continue
        ends = EDGES.get(told["schema"])
        if ends is None:
            parties.add(told["id"])
            continue
        relation = _relation(told)
        for end in ends:
            for party in told["properties"].get(end, ()):
                edges[party].append(relation | {"as": end})


def _line(
    file: ListFile, number: int, line: str, edges: _Edges, parties: set[str]
) -> Entry | Reject | None:
    """An entry or a reject; None for an edge that its parties carry."""
    told = _object(line)
    if isinstance(told, str):
        return Reject.of(file.name, number, told, line)
    ends = EDGES.get(told["schema"])
    if ends is None:
        made = _entry(number, told, edges)
        return made or Reject.of(file.name, number, "has no name", line)
    named = [party for end in ends for party in told["properties"].get(end, ())]
    if parties.isdisjoint(named):
        return Reject.of(file.name, number, "joins no party that the files hold", line)
    return None


def _object(line: str) -> dict[str, Any] | str:
    """The entity of a line, or what is wrong with it."""
    fault = unstorable(line)
    if fault:
        return fault
    try:
        told = json.loads(line)
    except ValueError as error:
        return f"not JSON: {error}"
    except RecursionError:
        return "not JSON that can be read: nested too deeply"
    return _shape_fault(told) or told


def _shape_fault(told: Any) -> str:
    if not isinstance(told, dict) or not all(
        isinstance(told.get(name), str) and told[name] for name in ("id", "schema")
    ):
        return "no FollowTheMoney entity: id or schema is missing"
    properties = told.get("properties")
    if not isinstance(properties, dict) or not all(map(_is_values, properties.values())):
        return "properties are not lists of strings"
    if "\\u0000" in json.dumps(told):
        return "holds a NUL character"
    return ""


def _is_values(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _relation(told: Mapping[str, Any]) -> dict[str, str]:
    """An edge as it is kept: every property as text, several values joined."""
    values = {name: "; ".join(given) for name, given in told["properties"].items() if given}
    return {"id": told["id"], "schema": told["schema"], **values}


def _entry(number: int, told: Mapping[str, Any], edges: _Edges) -> Entry | None:
    given: _Properties = told["properties"]
    names = list(_names(told, given))
    if not names:
        return None
    relations = sorted(edges.get(told["id"], ()), key=lambda edge: (edge["id"], edge["as"]))
    return Entry(
        entry_id=told["id"],
        kind=_KINDS.get(told["schema"], shape.OTHER),
        names=distinct_names(names),
        row=number,
        countries=distinct(
            country_code(code) for name in _COUNTRIES for code in given.get(name, ())
        ),
        addresses=tuple(Address(text) for text in given.get("address", ())),
        identifiers=tuple(
            Identifier(kind, value, label=name)
            for name, kind in _NUMBERS.items()
            for value in given.get(name, ())
        ),
        programs=distinct([*given.get("programId", ()), *given.get("program", ()),
                           *(edge["program"] for edge in relations if edge.get("program"))]),
        dates=tuple(
            Dated(kind, text) for name, kind in _DATES.items() for text in given.get(name, ())
        ),
        remarks="\n".join(given.get("notes", ())),
        relations=tuple(relations),
        other=_rest(told, given),
    )  # fmt: skip


def _names(told: Mapping[str, Any], given: _Properties) -> Iterator[Name]:
    first = True
    for prop, quality in _NAMES.items():
        for text in given.get(prop, ()):
            if text.strip():
                primary = first or quality != shape.PRIMARY
                yield Name(text, quality if primary else shape.STRONG)
                first = False
    caption = told.get("caption")
    if first and isinstance(caption, str) and caption.strip():
        yield Name(caption, shape.PRIMARY)


def _rest(told: Mapping[str, Any], given: _Properties) -> dict[str, Any]:
    kept: dict[str, Any] = {name: values for name, values in given.items() if name not in _READ}
    named = {name: given[name] for name in _COUNTRIES if given.get(name)}
    plain = {
        name: told[name]
        for name in ("datasets", "first_seen", "last_seen", "last_change", "referents")
        if told.get(name)
    }
    return {"schema": told["schema"], **plain, **named, **kept}
