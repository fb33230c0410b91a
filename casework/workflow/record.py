"""What is on record about a case, as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.handling.marks import Mark

CLOSED = frozenset({"answered", "lapsed", "waived"})


@dataclass(frozen=True, slots=True)
class Act:
    """One act in a case, of whatever table; fields that a `source` lacks are empty.

    record: key kind, value outcome, day it happened. window: key step, value the number of the
    exhibit that holds an answer, day it closes. request: key agency, day due. position: key
    agency, value position. determination: key kind, value stage, day decided. recommendation:
    key measure, value state. purpose, comment: text.
    confidence: key the owner who claims it for some item of a linked report.
    """

    source: str
    at: datetime
    by: str
    entity_id: UUID | None
    key: str
    value: str
    day: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A current finding: `agreed` and `dissented` count the second readers' answers to it."""

    entity_id: UUID | None
    element: str
    answer: str
    citations: int
    agreed: int
    dissented: int


@dataclass(frozen=True, slots=True)
class Subject:
    entity_id: UUID
    name: str
    examined: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many rows a case has of each kind; `unmarked` counts exhibits and reports.

    `marks` are those of its exhibits and of the parts of its reports; `confidential` are the
    references of the reports in which something is confidential; `legal_holds` are those that
    nobody has released.
    """

    subjects: int
    incidents: int
    exhibits: int
    unmarked: int
    answers: int
    recommendations: int
    packets: int
    packets_issued: int
    requests: int
    open_tasks: int
    carry_overs: int = 0
    legal_holds: int = 0
    marks: tuple[Mark, ...] = ()
    confidential: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Everything that `read` needs, as it lies in the tables."""

    stage: str
    lead_assigned: bool
    counts: Counts
    subjects: Sequence[Subject]
    acts: Sequence[Act]
    answers: Sequence[Answer]
    enacted: date | None
    events: Mapping[str, date]


def of(record: Record, source: str, key: str = "") -> list[Act]:
    """The acts of one source, oldest first; with `key`, only those under it."""
    return [act for act in record.acts if act.source == source and key in {"", act.key}]


def window_of(acts: Iterable[Act], entity_id: UUID) -> str:
    """`open`, `answered`, `lapsed`, `waived` or empty: the newest step for one subject."""
    state = ""
    for act in acts:
        if act.source == "window" and act.entity_id == entity_id:
            state = "open" if act.key == "opened" else act.key if act.key in CLOSED else state
    return state


def has_cleared_summary(acts: Iterable[Act], entity_id: UUID) -> bool:
    return any(
        act.source == "window" and act.key == "summary_cleared" and act.entity_id == entity_id
        for act in acts
    )


def cleared_summary(acts: Iterable[Act], entity_id: UUID) -> str:
    """The words of the summary that was cleared last for one subject, empty for none."""
    words = [
        act.text
        for act in acts
        if act.source == "window" and act.key == "summary_cleared" and act.entity_id == entity_id
    ]
    return words[-1] if words else ""


def window_closes_on(acts: Iterable[Act], entity_id: UUID) -> date | None:
    """The last day to answer of the window opened last, or None."""
    days = [
        act.day
        for act in acts
        if act.source == "window" and act.key == "opened" and act.entity_id == entity_id
    ]
    return days[-1] if days else None
