"""What an edition of a report says, as one frozen value. Pure.

The value is stored with the edition, drawn by one template and enclosed as report.json, so that
pages and data never differ. Text is plain; an empty tuple says that nothing is on record.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

import rfc8785

from casework.packets import plain
from casework.packets.facts import Incident

FORMAT = "extraction-docket/report/1"


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are as wide as `columns`; the first cell heads its row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`refs` say what the sentence rests on; a public document names public ones only."""

    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote for a section; each paragraph is a row of sentences."""

    revision: int
    by: str
    on: date
    paragraphs: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What the record itself says in a section."""

    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`asks` is what a person was to write; `written` is None where nobody did."""

    id: str
    title: str
    citation: str
    asks: str
    body: Body
    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """As it stood when the edition was prepared; `open` says that nothing stood in the way."""

    id: str
    words: str
    citation: str
    authority: str
    open: bool
    found: str = ""


@dataclass(frozen=True, slots=True)
class Included:
    """One subject of one case as reported: the next update is told by comparison with it.

    `status` is `determined`, `assessed` or `alleged`; `determination` and what follows it are
    empty unless one is signed. `entity` is its id in text form.
    """

    case: str
    entity: str
    name: str
    status: str
    determination: str
    decided_on: date | None
    record_sha256: str
    stage: str
    countries: tuple[str, ...]
    measures: tuple[str, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Letter:
    to: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """`case` is a reference, or empty for a report on the docket. `planning` is empty, or says
    that the deadlines are hypothetical. `due` and `subject` are words, or empty.
    """

    kind: str
    title: str
    edition: int
    case: str
    subject: str
    audience: str
    lead: str
    citation: str
    authority: str
    banner: str
    text_version: str
    law: str
    status: str
    planning: str
    due: str
    training: bool
    prepared: datetime
    prepared_by: str
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Document:
    cover: Cover
    letters: tuple[Letter, ...]
    sections: tuple[Section, ...]
    gates: tuple[Gate, ...]
    included: tuple[Included, ...] = ()


def to_json(document: Document) -> bytes:
    """report.json: canonical JSON (RFC 8785)."""
    return rfc8785.dumps(plain.dump(document))


def from_plain(data: object) -> Document:
    """The value of a stored edition; InvalidValue naming what is missing or wrong."""
    return plain.load(Document, data)


def digest(document: Document) -> str:
    """SHA-256 of report.json in hex."""
    return hashlib.sha256(to_json(document)).hexdigest()
