"""Headings of a packet: one list for the pages, the contents and the bookmarks. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from casework.errors import InvalidValue
from casework.packets.contents import PacketContents

TITLES = {
    "summary": "Summary",
    "subjects": "Subjects and related parties",
    "relations": "Ownership and other ties",
    "chronology": "Chronology of reported incidents",
    "findings": "Findings, element by element",
    "conclusions": "What follows from the findings",
    "analyses": "Analysis of usage logs",
    "contrary": "Contrary evidence",
    "responses": "The answer of the accused",
    "positions": "Positions of the agencies",
    "determinations": "Determinations",
    "measures": "Recommended measures",
    "not_taken": "Measures considered and not taken",
    "readings": "Readings of the law, and limits",
    "exhibits": "Index of exhibits",
    "record": "Index of the record",
    "audit": "Audit log and integrity",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` as printed ("5.2"), `anchor` unique in the document."""

    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    heading: Heading
    children: tuple[Heading, ...]


def outline(contents: PacketContents) -> tuple[Section, ...]:
    """Sections in the recipient's order; raises InvalidValue for a code without a template."""
    codes = contents.cover.recipient.sections
    if odd := [code for code in codes if code not in TITLES or codes.count(code) > 1]:
        raise InvalidValue(f"section unknown or named twice: {', '.join(odd)}", "sections")
    return tuple(_section(code, place, contents) for place, code in enumerate(codes, start=1))


_CHILDREN: dict[str, Callable[[PacketContents], list[str]]] = {
    "subjects": lambda c: [f"{e.reference} {e.names[0].text}" for e in c.entities],
    "chronology": lambda c: [f"{i.reference} {i.title}" for i in c.incidents],
    "findings": lambda c: [
        f"{f.element} {f.title}" + (f" ({f.about})" if f.about else "") for f in c.findings
    ],
    "analyses": lambda c: [f"{one.title}, {one.owner}" for one in c.analyses],
    "measures": lambda c: [measure.title for measure in c.measures],
}


def _section(code: str, place: int, contents: PacketContents) -> Section:
    titles = _CHILDREN[code](contents) if code in _CHILDREN else []
    children = tuple(
        Heading(f"{place}.{at}", _cut(title), f"{code}-{at}")
        for at, title in enumerate(titles, start=1)
    )
    return Section(code, Heading(str(place), TITLES[code], code), children)


_LONGEST = 72


def _cut(title: str) -> str:
    """Shorten a heading; the whole name stands in the table below it."""
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"


def citing(contents: PacketContents) -> dict[int, tuple[tuple[str, str], ...]]:
    """Per exhibit number, label and anchor of every finding that cites it, in order."""
    cited: dict[int, dict[tuple[str, str], None]] = {}
    for at, finding in enumerate(contents.findings, start=1):
        for pin in finding.pins:
            cited.setdefault(pin.exhibit, {})[finding.element, f"findings-{at}"] = None
    return {number: tuple(places) for number, places in cited.items()}
