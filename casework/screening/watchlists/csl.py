"""The Consolidated Screening List as CSV, with 28 columns or 29 (older files lack `_id`). Pure.

It repeats the lists of other offices. An entry that repeats one of OFAC names it under
`counterpart`: a match of both is a match of one party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.screening.countries import COUNTRIES
from casework.screening.names import folded
from casework.screening.watchlists import entry as shape
from casework.screening.watchlists.entry import (
    Address,
    Dated,
    Entry,
    Identifier,
    ListRefused,
    Name,
    Reject,
    distinct,
    distinct_names,
)
from casework.screening.watchlists.ofac_remarks import identifier_kind
from casework.screening.watchlists.places import country_code, ends_in_code
from casework.screening.watchlists.reading import ListFile, Row, require_kind, rows

NEEDED = ("source", "name", "addresses", "alt_names", "programs")
KINDS = {
    "entity": shape.ORGANIZATION,
    "individual": shape.PERSON,
    "vessel": shape.VESSEL,
    "aircraft": shape.AIRCRAFT,
}
# The code at the end of `source`, and the list of OFAC that its entries are repeated from.
_COUNTERPARTS = {
    "SDN": "ofac-sdn",
    "SSI": "ofac-consolidated",
    "PLC": "ofac-consolidated",
    "FSE": "ofac-consolidated",
    "CAP": "ofac-consolidated",
    "CMIC": "ofac-consolidated",
    "MBS": "ofac-consolidated",
}
_DATES = {
    "dates_of_birth": "birth",
    "start_date": "start",
    "end_date": "end",
}
_READ = frozenset(
    {"_id", "source", "entity_number", "type", "programs", "name", "addresses", "alt_names",
     "remarks", "citizenships", "nationalities", "ids", *_DATES}
)  # fmt: skip
_SUCCESSORS = re.compile(r";? and any successor, sub-unit, or subsidiary thereof\s*$")
_CODE = re.compile(r"\((?P<code>[A-Z]{2,5})\)")


def parse(files: Sequence[ListFile], source: str) -> Iterator[Entry | Reject]:
    """Entries and rows set aside; ListRefused when a column is missing."""
    for file in files:
        require_kind(file, "csl")
        for told in records(file):
            yield told if isinstance(told, Reject) else _entry(*told)


def records(file: ListFile) -> Iterator[tuple[int, dict[str, str]] | Reject]:
    """Rows under the header's names, with the line each begins on."""
    columns: list[str] | None = None
    for row in rows(file):
        if isinstance(row, Reject):
            yield row
        elif columns is None:
            columns = _header(file, row)
        else:
            yield _record(file, row, columns)


def _header(file: ListFile, row: Row) -> list[str]:
    columns = [name.strip().casefold() for name in row.fields]
    lacking = [name for name in NEEDED if name not in columns]
    if lacking:
        raise ListRefused(f"{file.name}: row {row.number}: no column {', '.join(lacking)}.")
    return columns


def _record(file: ListFile, row: Row, columns: list[str]) -> tuple[int, dict[str, str]] | Reject:
    if len(row.fields) != len(columns):
        fault = f"has {len(row.fields)} columns, not {len(columns)}"
        return Reject.of(file.name, row.number, fault, row.raw)
    told = dict(zip(columns, (value.strip() for value in row.fields), strict=True))
    if not told["name"] or not told["source"]:
        fault = f"has no {'source' if told['name'] else 'name'}"
        return Reject.of(file.name, row.number, fault, row.raw)
    return row.number, told


def origin(source: str) -> str:
    """The code in "Entity List (EL) - Bureau of Industry and Security", or all of it."""
    found = _CODE.search(source)
    return found["code"] if found else source


def _entry(number: int, told: Mapping[str, str]) -> Entry:
    places = [_place(part) for part in split(told["addresses"])]
    nations = [*split(told.get("nationalities", "")), *split(told.get("citizenships", ""))]
    return Entry(
        entry_id=entry_key(told),
        kind=KINDS.get(told.get("type", "").casefold(), shape.OTHER),
        names=names_of(told),
        row=number,
        countries=distinct(
            [*(place.country for place in places), *(country_code(name) for name in nations)]
        ),
        addresses=tuple(places),
        identifiers=tuple(_identifier(part) for part in split(told.get("ids", ""))),
        programs=tuple(split(told["programs"])),
        dates=dates_of(told),
        remarks=told.get("remarks", ""),
        other=rest_of(told, nationalities=" ".join(nations), **_counterpart(told)),
    )


def entry_key(told: Mapping[str, str]) -> str:
    """The number of OFAC where there is one, else `_id`, else what makes the row recognisable."""
    code = origin(told["source"])
    if told.get("entity_number") and code in _COUNTERPARTS:
        return f"{code}-{told['entity_number']}"
    return told.get("_id") or f"{code}-{folded(told['name'])}"


def names_of(told: Mapping[str, str]) -> tuple[Name, ...]:
    primary = _SUCCESSORS.sub("", told["name"])
    aliases = (Name(part.removeprefix("and ")) for part in split(told["alt_names"]))
    return distinct_names([Name(primary, shape.PRIMARY), *aliases])


def dates_of(told: Mapping[str, str]) -> tuple[Dated, ...]:
    return tuple(
        Dated(kind, part) for name, kind in _DATES.items() for part in split(told.get(name, ""))
    )


def rest_of(told: Mapping[str, str], **further: Any) -> dict[str, Any]:
    """Columns that are kept as they are, and the name as listed where words were taken off."""
    kept: dict[str, Any] = {name: value for name, value in told.items() if name not in _READ}
    if _SUCCESSORS.search(told["name"]):
        kept["name_as_listed"] = told["name"]
    return kept | {"origin": origin(told["source"]), "list": told["source"]} | further


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split("; ") if part.strip(" ;")]


def _counterpart(told: Mapping[str, str]) -> dict[str, Any]:
    listed = _COUNTERPARTS.get(origin(told["source"]))
    number = told.get("entity_number")
    return {"counterpart": {"list": listed, "entry_id": number}} if listed and number else {}


def _place(text: str) -> Address:
    code = ends_in_code(text) or country_code(text.rsplit(",", 1)[-1])
    return Address(text, code, "" if code else text.rsplit(",", 1)[-1].strip())


def _identifier(text: str) -> Identifier:
    """Read "Passport, 836238033, KP" or, in older files, "KP, 836238033, Passport"."""
    parts = [part.strip() for part in text.split(",")]
    if parts[0] in COUNTRIES and len(parts) > 2:  # noqa: PLR2004 (country, number, kind)
        parts = [*reversed(parts)]
    country = parts.pop() if len(parts) > 2 and parts[-1] in COUNTRIES else ""  # noqa: PLR2004
    label, value = parts[0], ", ".join(parts[1:])
    return Identifier(identifier_kind(label), value or label, country, label if value else "")
