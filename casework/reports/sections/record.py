"""The index of a frozen record, its privilege log, its hash. Pure.

The index is read off the frozen record itself, so that it lists what lay before the decider and
nothing that came later. Numbers run through the whole record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casework.decisions.record import digest
from casework.packets.lettering import day
from casework.reports.document import Body, Table
from casework.reports.sections.parts import recorded
from casework.reports.source import Decision, Source

# Of each part of a record: what one entry is called, and the fields that tell it from others.
_NAMED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "incidents": ("Report", ("reference",)),
    "exhibits": ("Exhibit", ("number", "title")),
    "findings": ("Answer to an element", ("element", "revision")),
    "purpose_statements": ("Statement on purpose", ("by",)),
    "agencies_asked": ("Request for a position", ("agency",)),
    "positions": ("Position of an agency", ("agency", "position")),
    "responses": ("Opportunity to answer", ("step",)),
    "stage_records": ("Record of a step", ("kind", "outcome")),
    "recommendations": ("Recommendation", ("measure", "state")),
    "subjects": ("Subject", ("name",)),
}
_DAYS = ("at", "received_at", "happened_on", "decided_on", "dated_on", "alleged_on", "due_on")
_HASHES = ("sha256", "content_sha256", "record_sha256")


def index(source: Source) -> Body:
    decision = source.decision
    if decision is None:
        return Body(("No decision was chosen.",))
    withheld = {row.number for case in source.cases for row in case.holdings if row.privilege}
    rows = tuple(
        (f"{number}", *row) for number, row in enumerate(_items(decision.record, withheld), start=1)
    )
    told = (
        (
            f"{decision.words}: {decision.about}. Decided by {decision.by} on "
            f"{day(decision.decided_on)}."
        ),
        (
            "This index lists everything that lay before the decider, directly or indirectly, as "
            "it was frozen at the decision. What came later is not part of it."
        ),
    )
    columns = ("No.", "Kind", "Document", "Day", "SHA-256 or basis for withholding")
    return recorded(told, (Table("The record", columns, rows),) if rows else ())


def _items(record: Mapping[str, Any], withheld: set[int]) -> Iterator[tuple[str, str, str, str]]:
    for part, entries in record.items():
        if not isinstance(entries, list):
            continue
        kind, fields = _NAMED.get(part, (part.replace("_", " ").capitalize(), ()))
        for entry in entries:
            if isinstance(entry, Mapping):
                hidden = part == "exhibits" and entry.get("number") in withheld
                yield (
                    kind,
                    _title(entry, fields, hidden=hidden),
                    _day(entry),
                    _hash(entry, hidden=hidden),
                )


def _title(entry: Mapping[str, Any], fields: tuple[str, ...], *, hidden: bool) -> str:
    chosen = fields[:1] if hidden else fields
    words = [
        f"revision {entry[name]}" if name == "revision" else str(entry[name])
        for name in chosen
        if entry.get(name) not in {None, ""}
    ]
    if not words:
        words = [str(value) for value in entry.values() if isinstance(value, str)][:1]
    return ", ".join(words).replace("_", " ")


def _day(entry: Mapping[str, Any]) -> str:
    found = next((entry[name] for name in _DAYS if entry.get(name)), "")
    return day(date.fromisoformat(str(found)[:10])) if found else "Not dated"


def _hash(entry: Mapping[str, Any], *, hidden: bool) -> str:
    if hidden:
        return "Withheld: see the privilege log"
    found = next((str(entry[name]) for name in _HASHES if entry.get(name)), "")
    if found:
        return found
    place = [
        str(entry[name]) for name in ("custodian", "system", "registry_number") if entry.get(name)
    ]
    return f"Pointer only: {', '.join(place)}" if place else "Part of the record itself"


def privilege(source: Source) -> Body:
    """Number, day, author and basis; never what it says, not even its title."""
    rows = tuple(
        (
            f"{row.number}",
            day(row.dated_on) if row.dated_on else "Not dated",
            row.origin,
            row.privilege,
        )
        for case in source.cases
        for row in case.holdings
        if row.privilege
    )
    columns = ("Exhibit", "Day", "Author or source", "Basis")
    return Body(tables=(Table("Items withheld as privileged", columns, rows),) if rows else ())


def is_intact(decision: Decision) -> bool:
    """Whether the record still has the hash under which it was frozen."""
    return digest(decision.record) == decision.sha256


def record_hash(source: Source) -> Body:
    decision = source.decision
    if decision is None:
        return Body(("No decision was chosen.",))
    now = digest(decision.record)
    rows = (
        ("SHA-256 stored with the decision", decision.sha256),
        ("SHA-256 of the record when this index was prepared", now),
        ("They agree", "Yes" if now == decision.sha256 else "NO"),
    )
    told = (
        (
            "The record is one JSON document in canonical form (RFC 8785). Whoever has the record "
            "writes it in that form, hashes the bytes with SHA-256 and compares the result with "
            "the value above, which was stored when the decision was signed."
        ),
        (
            "The audit log holds the same value in the entry of that decision; the log can be "
            "checked without this system by the bundle that it exports."
        ),
    )
    return Body(told, (Table("Hash of the record", ("What", "Value"), rows),))
