"""Notice to who submitted information before it is released (E.O. 12600). Pure.

The order asks for a reasonable time to object, written reasons where an objection is overruled,
and notice of that a reasonable time before release. The numbers of days are policy.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.errors import InvalidValue
from casework.statute.holidays import add_business_days

OBJECTION: Final = "submitter_objection"  # the word by which the pack times the objection
CITATION: Final = "E.O. 12600"
AFTER_RULING: Final = 10  # business days from a ruling against an objection to the release

ANSWERS: Final = {
    "objects": "Objects to the release",
    "consents": "Consents in writing",
    "silent": "Silent when the time was over",
}


class Standing(enum.StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    TO_RULE = "to_rule"
    CONSENTED = "consented"
    WITHHELD = "withheld"
    TO_BE_RELEASED = "to_be_released"
    RELEASED = "released"


STANDINGS: Final = {
    Standing.WAITING: "Waiting for the submitter",
    Standing.OVERDUE: "Time is over: record the silence",
    Standing.TO_RULE: "Waits for a ruling",
    Standing.CONSENTED: "Released with consent",
    Standing.WITHHELD: "Not released",
    Standing.TO_BE_RELEASED: "To be released",
    Standing.RELEASED: "May be released",
}


@dataclass(frozen=True, slots=True)
class Course:
    """What is on record of one notice. `answer` is a key of ANSWERS or empty; `released` is None
    until somebody rules; `release_on` the first day of a release against an objection.
    """

    due_on: date
    answer: str = ""
    released: bool | None = None
    release_on: date | None = None

    def standing(self, on: date) -> Standing:
        if self.released is not None:
            if not self.released or self.release_on is None:
                return Standing.WITHHELD
            return Standing.RELEASED if self.release_on <= on else Standing.TO_BE_RELEASED
        if self.answer == "consents":
            return Standing.CONSENTED
        if self.answer:
            return Standing.TO_RULE
        return Standing.WAITING if on <= self.due_on else Standing.OVERDUE

    def clears(self, on: date) -> bool:
        """Whether the items of the notice may be released on that day."""
        return self.standing(on) in {Standing.CONSENTED, Standing.RELEASED}


def check_sending(sent_on: date, on: date, items: Iterable[str]) -> None:
    """InvalidValue for a day to come, or for a notice about nothing."""
    if sent_on > on:
        raise InvalidValue("This day lies in the future. Enter the day of the notice.", "sent_on")
    if not list(items):
        raise InvalidValue("Choose what would be released.", "items")


def check_answer(course: Course, kind: str, received_on: date, *, sent_on: date, on: date) -> None:
    """InvalidValue for an answer that cannot have come on that day, or a silence too early."""
    if kind not in ANSWERS:
        raise InvalidValue("Choose what the submitter answered.", "kind")
    if course.answer:
        raise InvalidValue("An answer is on record already.", "kind")
    if not sent_on <= received_on <= on:
        raise InvalidValue("Enter a day from the notice to today.", "received_on")
    if kind == "silent" and received_on <= course.due_on:
        raise InvalidValue(
            f"The submitter has until the end of {_day(course.due_on)}. Silence can be recorded "
            "from the day after.",
            "received_on",
        )


def earliest_release(course: Course, ruled_on: date) -> date:
    """First day on which a ruling of that day lets the items out."""
    return add_business_days(ruled_on, AFTER_RULING) if course.answer == "objects" else ruled_on


def check_ruling(
    course: Course, *, released: bool, reasons: str, release_on: date | None, ruled_on: date
) -> None:
    """InvalidValue where a ruling lacks reasons, an answer before it, or a reasonable time."""
    if not course.answer:
        raise InvalidValue("Record first what the submitter answered, or the silence.", "verdict")
    if course.released is not None:
        raise InvalidValue("A ruling is on record already.", "verdict")
    if course.answer == "consents":
        raise InvalidValue("The submitter consents; there is nothing to rule on.", "verdict")
    if not reasons.strip():
        raise InvalidValue("Give the reasons; they go to the submitter in writing.", "reasons")
    if released and release_on is None:
        raise InvalidValue("Enter the day from which it is released.", "release_on")
    if not released and release_on is not None:
        raise InvalidValue("Nothing is released: leave the day empty.", "release_on")
    first = earliest_release(course, ruled_on)
    if release_on is not None and release_on < first:
        raise InvalidValue(
            f"Enter {_day(first)} or later: the submitter gets a reasonable time after notice of "
            f"the ruling, by policy {AFTER_RULING} business days.",
            "release_on",
        )


def _day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"
