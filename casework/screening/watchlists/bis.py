"""The Entity List of the Bureau of Industry and Security, in the columns of the CSL. Pure.

Its addresses end with the country under which the entry stands. Alias cells can hold headings
("the following two aliases:") and former names in brackets. The list does not say which entries
are persons, and some rows are addresses with the name "Address 01".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from casework.screening.watchlists import entry as shape
from casework.screening.watchlists.csl import entry_key, origin, records, rest_of, split
from casework.screening.watchlists.entry import (
    Address,
    Entry,
    Name,
    Reject,
    distinct,
    distinct_names,
)
from casework.screening.watchlists.places import country_code
from casework.screening.watchlists.reading import ListFile, require_kind

ORIGIN = "EL"
_HEADING = re.compile(r",? *(?P<word>[afn]\.k\.a\.),? the following \w+ alias(es)?:? *$")
_FORMER = re.compile(r"\s*\(f\.k\.a\.,? (?P<name>[^()]+)\)")
_PARTED = re.compile(r"; and (?=\S)")
_CITATION = re.compile(r"\d+ F\.?R\.? \d+[^.\n]*")


def parse(files: Sequence[ListFile], source: str) -> Iterator[Entry | Reject]:
    """Entries and rows set aside; rows of other lists are set aside too."""
    for file in files:
        require_kind(file, "csl")
        for told in records(file):
            if isinstance(told, Reject):
                yield told
                continue
            number, fields = told
            if origin(fields["source"]) == ORIGIN:
                yield _entry(number, fields)
            else:
                fault = f"belongs to another list: {fields['source']}"
                yield Reject.of(file.name, number, fault, str(fields))


def _entry(number: int, told: Mapping[str, str]) -> Entry:
    where, place = _country(told["addresses"])
    code = country_code(place)
    return Entry(
        entry_id=entry_key(told),
        kind=shape.OTHER,
        names=distinct_names(_names(told)),
        row=number,
        countries=distinct([code]),
        addresses=tuple(
            Address(part.strip(), code, place) for part in _PARTED.split(where) if part.strip()
        ),
        programs=(ORIGIN,),
        remarks=told.get("remarks", ""),
        other=rest_of(
            told,
            country=place,
            citations=_CITATION.findall(told.get("federal_register_notice", "")),
        ),
    )


def _country(addresses: str) -> tuple[str, str]:
    """Addresses, and the country after the last semicolon; files of the CSL end in a code."""
    where, mark, place = addresses.rpartition("; ")
    if country_code(place):
        return where, place
    tail = addresses.rpartition(",")[2].strip()
    return addresses, tail if country_code(tail) else place if mark else ""


def _names(told: Mapping[str, str]) -> Iterator[Name]:
    yield Name(told["name"], shape.PRIMARY)
    for part in split(told["alt_names"]):
        text = _HEADING.sub("", part.removeprefix("and "))
        former = _FORMER.search(text)
        if former:
            yield Name(former["name"], shape.FORMER)
        yield Name(_FORMER.sub("", text))
