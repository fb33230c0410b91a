"""What came of the opportunity to answer that a case gave to each accused. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.workflow.record import Record, of

STEPS = ("opened", "answered", "lapsed", "waived")


@dataclass(frozen=True, slots=True)
class Reply:
    """The newest end, or the open state, of one subject's opportunity to answer in one case.

    `step` is opened, answered, lapsed or waived. `exhibit` is the number that the answer has in
    the case, `closes_on` the last day to answer.
    """

    reference: str
    entity_id: UUID
    name: str
    step: str
    text: str
    at: datetime
    closes_on: date | None
    exhibit: int | None


def newest(replies: Iterable[Reply]) -> list[Reply]:
    """The last of each subject in each case, by case and name; the input is in time order."""
    last = {(reply.reference, reply.entity_id): reply for reply in replies}
    return sorted(last.values(), key=lambda reply: (reply.reference, reply.name))


def replies_in(record: Record, reference: str) -> list[Reply]:
    """The replies on record in the case of that reference."""
    names = {subject.entity_id: subject.name for subject in record.subjects}
    return newest(
        Reply(
            reference,
            act.entity_id,
            names[act.entity_id],
            act.key,
            act.text,
            act.at,
            act.day,
            int(act.value) if act.value else None,
        )
        for act in of(record, "window")
        if act.key in STEPS and act.entity_id in names
    )
