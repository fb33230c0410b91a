"""What officers made of the facts: findings, conclusions, positions, measures. Pure.

The conventions of `casework.packets.facts` hold here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.packets.facts import Pin
from casework.packets.words import Answer, Authority, Confidence, PositionKind


@dataclass(frozen=True, slots=True)
class Dissent:
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One element answered by a person; `about` is an entity's reference, or "" for the case.

    `second_reader` is "" until somebody else has read the finding.
    """

    element: str
    title: str
    question: str
    citation: str
    authority: Authority
    answer: Answer
    confidence: Confidence
    author: str
    written_on: date
    about: str = ""
    second_reader: str = ""
    read_on: date | None = None
    reasons: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    contrary: tuple[str, ...] = ()
    reply: tuple[str, ...] = ()
    dissents: tuple[Dissent, ...] = ()


@dataclass(frozen=True, slots=True)
class Because:
    element: str
    citation: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the rules compute from the answers; `because` lists only what bears on it."""

    title: str
    citation: str
    authority: Authority
    value: Answer
    about: str = ""
    because: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrary:
    """Evidence that points the other way; `weighed` says how it was weighed and by whom."""

    text: str
    weighed: str
    elements: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    agency: str
    position: PositionKind
    reasons: str
    delegate: str = ""
    stated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Determination:
    """What was decided and signed; `kind` in words, `record_sha256` of the frozen record."""

    kind: str
    about: str
    by: str
    decided_on: date
    reasons: tuple[str, ...]
    record_sha256: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exception that was considered before a measure; `applies` in words."""

    title: str
    citation: str
    applies: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A recommended measure. `targets` are entity references; nothing in it is automatic."""

    title: str
    citation: str
    authority: Authority
    decided_by: str
    reasons: tuple[str, ...]
    targets: tuple[str, ...] = ()
    exceptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    title: str
    citation: str
    reasons: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Which of two possible readings of the law was used, and what the other would change."""

    citation: str
    used: str
    other: str = ""
