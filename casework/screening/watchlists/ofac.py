"""OFAC's delimited files: a list, its aliases, addresses and overlong remarks. Pure.

The files are told apart by their number of columns, so neither name nor order matters. `-0-`
stands for nothing. Layout: OFAC, "Specification for the CSV files" (dat_spec), 2023-09-25.
"""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from casework.screening.watchlists import entry as shape
from casework.screening.watchlists.entry import (
    Address,
    Entry,
    ListRefused,
    Name,
    Reject,
    distinct,
    distinct_names,
)
from casework.screening.watchlists.ofac_remarks import Remarks, read_remarks
from casework.screening.watchlists.places import country_code
from casework.screening.watchlists.reading import ListFile, Row, require_kind, rows

CONSOLIDATED = "ofac-consolidated"
ROLES = {12: "main", 5: "aliases", 6: "addresses", 2: "comments"}  # by number of columns
_MAIN = (
    "ent_num", "name", "type", "program", "title", "call_sign", "vessel_type", "tonnage",
    "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks",
)  # fmt: skip
_SHIP = _MAIN[4:11]
_KINDS = {
    "": shape.ORGANIZATION,
    "individual": shape.PERSON,
    "vessel": shape.VESSEL,
    "aircraft": shape.AIRCRAFT,
}
_QUALITIES = {"aka": shape.STRONG, "fka": shape.FORMER, "nka": shape.STRONG}
# Programs that put a party on one of the other lists without blocking it.
_NOT_BLOCKED = frozenset(
    {"NS-PLC", "CMIC-EO13959", "UKRAINE-EO13662", "RUSSIA-EO14024", "FSE-IR", "FSE-SY", "561LIST"}
)
_ONLY_BLOCKED = frozenset({"CUBA", "IRAN", "NPWMD", "SDGT", "SDNT", "SDNTK", "SYRIA", "TCO"})


@dataclass(slots=True)
class _Companions:
    """Rows of the other files by ent_num."""

    aliases: dict[str, list[tuple[int, Name]]] = field(default_factory=lambda: defaultdict(list))
    addresses: dict[str, list[tuple[int, Address]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    comments: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, Row]]] = field(default_factory=lambda: defaultdict(list))


_Reader = Callable[[list[str], _Companions], None]


def roles(files: Sequence[ListFile]) -> dict[str, ListFile]:
    """The files by what they hold; ListRefused unless there is one main file and each once."""
    found: dict[str, ListFile] = {}
    for file in files:
        require_kind(file, "ofac")
        file.encoding = _encoding(file)
        role = _role(file)
        if role in found:
            raise ListRefused(f"{file.name}: {found[role].name} holds the {role} already.")
        found[role] = file
    if "main" not in found:
        raise ListRefused(f"{files[0].name}: the file with the parties (12 columns) is missing.")
    return found


def missing(found: Sequence[str]) -> list[str]:
    """What was not handed in with the list, in words."""
    return [role for role in ROLES.values() if role not in found]


def parse(files: Sequence[ListFile], source: str) -> Iterator[Entry | Reject]:
    """Entries and rows set aside; ListRefused for files of another list."""
    found = roles(files)
    beside = _Companions()
    for role, read in (("aliases", _alias), ("addresses", _address), ("comments", _comment)):
        if role in found:
            yield from _read_beside(found[role], read, beside)
    yield from _parties(found["main"], beside, source)


def _parties(file: ListFile, beside: _Companions, source: str) -> Iterator[Entry | Reject]:
    counts = {"parties": 0, "not blocked": 0, "blocked": 0}
    for row in rows(file):
        if isinstance(row, Reject):
            yield row
            continue
        fault = _fault(row, 12)
        if fault:
            yield Reject.of(file.name, row.number, fault, row.raw)
            continue
        made = _entry(row, beside)
        _count(made, counts)
        yield made
    _refuse_other_list(file, source, counts)
    for key, orphans in beside.rows.items():
        for name, orphan in orphans:
            yield Reject.of(name, orphan.number, f"no party has the number {key}", orphan.raw)


def _count(made: Entry, counts: dict[str, int]) -> None:
    programs = set(made.programs)
    counts["parties"] += 1
    counts["not blocked"] += bool(programs & _NOT_BLOCKED)
    counts["blocked"] += bool(programs & _ONLY_BLOCKED) and not programs & _NOT_BLOCKED


def _refuse_other_list(file: ListFile, source: str, counts: dict[str, int]) -> None:
    if source == CONSOLIDATED and counts["blocked"] * 2 > counts["parties"]:
        raise ListRefused(f"{file.name}: by its programs this is the SDN list.")
    alone = counts["not blocked"] and not counts["blocked"]
    if source != CONSOLIDATED and alone and counts["not blocked"] * 2 > counts["parties"]:
        raise ListRefused(f"{file.name}: by its programs this is the consolidated list.")


def _entry(row: Row, beside: _Companions) -> Entry:
    told = dict(zip(_MAIN, map(_value, row.fields), strict=True))
    key = told["ent_num"]
    beside.rows.pop(key, None)
    remarks = told["remarks"] + beside.comments.get(key, "")
    read: Remarks = read_remarks(remarks)
    aliases = [name for _, name in sorted(beside.aliases.get(key, ()), key=lambda row: row[0])]
    addresses = tuple(
        place for _, place in sorted(beside.addresses.get(key, ()), key=lambda row: row[0])
    )
    flag = country_code(told["vessel_flag"])
    return Entry(
        entry_id=key,
        kind=_KINDS.get(told["type"].casefold(), shape.OTHER),
        names=distinct_names([Name(told["name"], shape.PRIMARY), *aliases, *read.names]),
        row=row.number,
        countries=distinct([*(place.country for place in addresses), *read.countries, flag]),
        addresses=tuple(place for place in addresses if place.text or place.place),
        identifiers=tuple(read.identifiers),
        programs=tuple(part for part in re.split(r"\] \[|; ", told["program"].strip("[]")) if part),
        dates=tuple(read.dates),
        remarks=remarks,
        relations=tuple(read.relations),
        other={name: told[name] for name in _SHIP},
    )


def _read_beside(file: ListFile, read: _Reader, beside: _Companions) -> Iterator[Reject]:
    columns = _columns(file)
    for row in rows(file):
        if isinstance(row, Reject):
            yield row
            continue
        fault = _fault(row, columns)
        if fault:
            yield Reject.of(file.name, row.number, fault, row.raw)
            continue
        fields = [_value(each) for each in row.fields]
        beside.rows[fields[0]].append((file.name, row))
        read(fields, beside)


def _alias(fields: list[str], beside: _Companions) -> None:
    key, number, kind, text, remark = fields
    quality = shape.WEAK if "weak" in remark.casefold() else _QUALITIES.get(kind, shape.STRONG)
    beside.aliases[key].append((_whole(number), Name(text, quality)))


def _address(fields: list[str], beside: _Companions) -> None:
    key, number, street, city, country, remark = fields
    text = ", ".join(part for part in (street, city, remark) if part)
    beside.addresses[key].append((_whole(number), Address(text, country_code(country), country)))


def _comment(fields: list[str], beside: _Companions) -> None:
    key, text = fields  # the cut may fall inside a word: joined without a space
    beside.comments[key] = beside.comments.get(key, "") + text


def _value(text: str) -> str:
    """A field without the sign for nothing, which ends short where a file was cut."""
    stripped = text.strip()
    return "" if stripped in {"-0-", "-0"} else stripped


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _fault(row: Row, columns: int) -> str:
    if len(row.fields) != columns:
        return f"has {len(row.fields)} columns, not {columns}"
    if not row.fields[0].strip().isdecimal():
        return "does not begin with a number"
    if columns == len(_MAIN) and not _value(row.fields[1]):
        return "has no name"
    return ""


def _columns(file: ListFile) -> int:
    first = next((row for row in rows(file) if isinstance(row, Row)), None)
    return len(first.fields) if first else 0


def _role(file: ListFile) -> str:
    columns = _columns(file)
    if columns not in ROLES:
        raise ListRefused(
            f"{file.name}: its first row has {columns} columns; OFAC's files have 12, 6, 5 or 2."
        )
    return ROLES[columns]


def _encoding(file: ListFile) -> str:
    """UTF-8 where the whole file is, else Latin-1, in which OFAC wrote earlier."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.stream.seek(0)
    try:
        while chunk := file.stream.read(1 << 20):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
