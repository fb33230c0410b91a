"""Which answers of a case count after it was carried over from one text to another. Pure.

A carry-over keeps, for each element whose answers it dealt with, a decision:
`{"choice": "keep" | "ask" | "lapse", "to": id in the new text or "", "reason": words,
"upto": {subject id or "": {element: revision}}}`. `upto` names every answer it was about, so that
whatever is written later is told apart without looking at the clock. Answers to elements that
it does not name count on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

KEEP, ASK, LAPSE = "keep", "ask", "lapse"

Decisions = Mapping[str, Any]


class AnswerLike(Protocol):
    @property
    def entity_id(self) -> UUID | None: ...
    @property
    def element(self) -> str: ...
    @property
    def revision(self) -> int: ...


Row = TypeVar("Row", bound=AnswerLike)


def subject_key(entity_id: UUID | None) -> str:
    return str(entity_id) if entity_id else ""


def counts_under(row: AnswerLike, moves: Sequence[Decisions]) -> tuple[str, int] | None:
    """The element under which an answer counts now, and through how many carry-overs it came
    there; None where one of them lets it count no more. `moves` are in order of time.
    """
    element, kept = row.element, 0
    for decisions in moves:
        decided = decisions.get(element)
        if decided is None or not _is_about(decided, row):
            continue
        if decided["choice"] != KEEP:
            return None
        element, kept = decided["to"], kept + 1
    return element, kept


def counted(rows: Iterable[Row], moves: Sequence[Decisions]) -> dict[tuple[UUID | None, str], Row]:
    """Subject and element of the present text to the answer that counts: the newest of those
    that came through the fewest carry-overs, since each of these made older what it kept.
    """
    found: dict[tuple[UUID | None, str], tuple[int, int, Row]] = {}
    for row in rows:
        place = counts_under(row, moves)
        if place is None:
            continue
        key, rank = (row.entity_id, place[0]), (-place[1], row.revision)
        if key not in found or rank > found[key][:2]:
            found[key] = (*rank, row)
    return {key: row for key, (_, _, row) in found.items()}


def upto(
    rows: Iterable[AnswerLike], moves: Sequence[Decisions]
) -> dict[str, dict[str, dict[str, int]]]:
    """For each element of the present text every answer that counts or once counted under it, by
    subject: the newest revision of each element that it was written under.
    """
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in rows:
        place = counts_under(row, moves)
        if place is None:
            continue
        about = found.setdefault(place[0], {}).setdefault(subject_key(row.entity_id), {})
        about[row.element] = max(row.revision, about.get(row.element, 0))
    return found


def _is_about(decided: Mapping[str, Any], row: AnswerLike) -> bool:
    about = decided["upto"].get(subject_key(row.entity_id), {})
    return row.revision <= int(about.get(row.element, 0))
