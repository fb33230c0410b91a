"""Rows on record, without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from casework.workflow.record import Act, Answer, Counts, Record, Subject
from tests.cases import ready
from tests.factories import AT

ORCHID = Subject(UUID(int=1), "Orchid", examined=True)
WILLOW = Subject(UUID(int=2), "Willow", examined=True)
OWNER = Subject(UUID(int=3), "Lantern", examined=False)
NOTHING = Counts(
    subjects=0,
    incidents=0,
    exhibits=0,
    unmarked=0,
    answers=0,
    recommendations=0,
    packets=0,
    packets_issued=0,
    requests=0,
    open_tasks=0,
)


def act(source: str, key: str = "", value: str = "", **fields: Any) -> Act:
    entity_id, day = fields.get("entity_id"), fields.get("day")
    return Act(source, AT, "Ines Example", entity_id, key, value, day, "")


def record(*acts: Act, subjects: tuple[Subject, ...] = (ORCHID,), **changes: Any) -> Record:
    blank = Record(
        stage="S4",
        lead_assigned=True,
        counts=NOTHING,
        subjects=subjects,
        acts=acts,
        answers=(),
        enacted=None,
        events={},
    )
    return replace(blank, **changes)


def answers(
    subject: Subject, *, agreed: int = 1, dissented: int = 0, citations: int = 1, **changed: str
) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            subject.entity_id if ready.PACK.elements[name].scope == "subject" else None,
            name,
            changed.get(name, answer),
            citations,
            agreed,
            dissented,
        )
        for name, answer in ready.ATTACK.items()
    )


def window(subject: Subject, *steps: str) -> list[Act]:
    return [act("window", step, entity_id=subject.entity_id) for step in steps]
