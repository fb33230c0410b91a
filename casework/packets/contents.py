"""What a packet says, as one frozen value. Pure.

`PacketContents` is all that the template sees and all that packet.json holds; redaction is
done on it before it is drawn. Its parts are in `facts` and `judgement` beside this file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.packets import plain
from casework.packets.analyses import Analysis
from casework.packets.facts import (
    Entity,
    Exhibit,
    Figure,
    Incident,
    RecordItem,
    Relation,
    Response,
)
from casework.packets.judgement import (
    Conclusion,
    Contrary,
    Determination,
    Finding,
    Measure,
    NotTaken,
    Position,
    Reading,
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who the packet is for, as `recipients.toml` describes it.

    `sections` are the codes of the sections, in the order in which they are printed.
    """

    code: str
    name: str
    address: tuple[str, ...]
    authority: tuple[str, ...]
    purpose: str
    handling: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawText:
    """The text of the law the case was opened under; `status` in words ("introduced, not law")."""

    version: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Supersedes:
    """The issued packet that this one replaces; `sha256` of its PDF, 64 hex digits."""

    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Cover:
    """`reference` reads MEA-2026-00042; `banner` is the handling marking of every page.

    `prepared` is aware UTC. `planning` is "" or the sentence that says the clocks are
    hypothetical. `unsigned` prints UNSIGNED at the foot of every page.
    """

    reference: str
    title: str
    recipient: Recipient
    banner: str
    prepared: datetime
    prepared_by: str
    version: int
    law: LawText
    planning: str = ""
    training: bool = False
    unsigned: bool = True
    supersedes: Supersedes | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """Plain paragraphs, then the few facts a reader needs first; figures as said."""

    paragraphs: tuple[str, ...] = ()
    key_facts: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The audit log as it stood when the packet was prepared.

    `size` is the number of entries, `last_hash` 64 hex digits, `statement` what it proves and
    what it does not.
    """

    size: int
    last_hash: str
    statement: str


@dataclass(frozen=True, slots=True)
class PacketContents:
    cover: Cover
    audit: AuditHead
    summary: Summary = Summary()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    incidents: tuple[Incident, ...] = ()
    findings: tuple[Finding, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    contrary: tuple[Contrary, ...] = ()
    responses: tuple[Response, ...] = ()
    positions: tuple[Position, ...] = ()
    determinations: tuple[Determination, ...] = ()
    measures: tuple[Measure, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    record: tuple[RecordItem, ...] = ()
    readings: tuple[Reading, ...] = ()
    limits: tuple[str, ...] = ()
    analyses: tuple[Analysis, ...] = ()


def to_plain(contents: PacketContents) -> dict[str, Any]:
    """JSON-able form, the content of packet.json; `from_plain` gives back an equal value.

    Without an analysis the form does not speak of any: packets that were frozen before there were
    analyses keep their form and their hash.
    """
    form: dict[str, Any] = plain.dump(contents)
    if not contents.analyses:
        del form[_LATER]
    return form


def from_plain(data: object) -> PacketContents:
    """Inverse of `to_plain`; raises InvalidValue naming a missing, unknown or wrong field."""
    whole = {_LATER: [], **data} if isinstance(data, dict) else data
    return plain.load(PacketContents, whole)


_LATER = "analyses"
