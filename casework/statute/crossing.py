"""What a person decides when a case is carried over from one text to another. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from casework.errors import InvalidValue
from casework.statute.carrying import ASK, KEEP, LAPSE
from casework.statute.comparison import ADDED, REMOVED, Difference, elements
from casework.statute.pack import StatutePack

STAGE = "stage"
CHOICES = {
    KEEP: "Keep the answer as it is",
    ASK: "Ask again",
    LAPSE: "The answer lapses with the old text",
}
ASKED_ANEW = "It is asked from now on"


@dataclass(frozen=True, slots=True)
class Question:
    """One difference on which a person decides; `key` names it in a form and in the record.

    `choices` are codes and words. `answers` counts the answers of the case that it touches.
    """

    key: str
    difference: Difference
    choices: tuple[tuple[str, str], ...]
    answers: int


@dataclass(frozen=True, slots=True)
class Choice:
    choice: str
    reason: str


def questions(old: StatutePack, new: StatutePack, answered: Mapping[str, int]) -> list[Question]:
    """Every difference between the texts that touches a case: each answered element that
    changed or vanished, and each new one. `answered` counts the answers that count, by element.
    """
    return [
        question
        for difference in elements(old, new)
        for question in _question(difference, new, answered)
    ]


def _question(
    difference: Difference, new: StatutePack, answered: Mapping[str, int]
) -> list[Question]:
    count = answered.get(difference.before, 0)
    if ADDED in difference.states:
        given = not new.elements[difference.after].derived_from
        choices = ((ASK, ASKED_ANEW),)
        return [Question(f"+{difference.after}", difference, choices, 0)] if given else []
    if difference.is_same or not count:
        return []
    kept = REMOVED not in difference.states and _may_be_kept(difference, new)
    codes = (KEEP, ASK) if kept else (LAPSE,)
    words = tuple((code, CHOICES[code]) for code in codes)
    return [Question(difference.before, difference, words, count)]


def _may_be_kept(difference: Difference, new: StatutePack) -> bool:
    """An answer about the whole case is none about a subject, nor one that is now derived."""
    changed = {each.field for each in difference.changes}
    return "scope" not in changed and not new.elements[difference.after].derived_from


def needs_stage(case_stage: str, new: StatutePack) -> bool:
    """Whether a person must say where in the new text the case stands."""
    return case_stage not in new.stages


def check_choices(asked: Collection[Question], chosen: Mapping[str, Choice]) -> None:
    """InvalidValue, with the key of the question as field, for the first that is not decided,
    decided in a way that is not open, or decided without a reason; or for one never asked.
    """
    for question in asked:
        given = chosen.get(question.key)
        if given is None or given.choice not in dict(question.choices):
            raise InvalidValue(
                f"Decide on {question.difference.name}: nothing carries over by itself.",
                question.key,
            )
        if not given.reason.strip():
            raise InvalidValue(f"Give the reason for {question.difference.name}.", question.key)
    keys = {question.key for question in asked}
    for key in chosen:
        if key not in keys:
            raise InvalidValue("This difference does not touch the case.", key)
