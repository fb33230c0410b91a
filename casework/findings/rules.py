"""What may be answered to an element, and where an answer stands. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.errors import InvalidValue
from casework.statute.pack import Element, StatutePack

MET, NOT_APPLICABLE = "met", "n/a"
SUPPORTS, CONTRARY = "supports", "contrary"
BEARINGS = (SUPPORTS, CONTRARY)


class Reading(StrEnum):
    """Where an answer stands with its second reader."""

    UNANSWERED = "unanswered"
    UNREAD = "unread"
    AGREED = "agreed"
    DISSENT_NOTED = "dissent_noted"
    CONTESTED = "contested"

    @property
    def counts(self) -> bool:
        """Whether another person has read the answer and stands behind it."""
        return self in {Reading.AGREED, Reading.DISSENT_NOTED}


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place in exhibit `number` of the case; `bearing` is `supports` or `contrary`."""

    number: int
    pinpoint: str
    bearing: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer as it was given, in the author's own words."""

    answer: str
    reasons: str
    innocent_explanation: str
    confidence: str
    citations: tuple[CitedPlace, ...] = ()


def reading(agreements: Sequence[bool]) -> Reading:
    """The standing of an answer under the votes of its readers, one for each."""
    if not agreements:
        return Reading.UNREAD
    if all(agreements):
        return Reading.AGREED
    return Reading.DISSENT_NOTED if any(agreements) else Reading.CONTESTED


def asked(pack: StatutePack, scope: str) -> tuple[Element, ...]:
    """The elements that a person answers for the `case` or for a `subject`."""
    return tuple(
        row for row in pack.elements.values() if row.scope == scope and not row.derived_from
    )


def factors(pack: StatutePack, element: str) -> tuple[Element, ...]:
    return tuple(row for row in pack.elements.values() if row.factor_of == element)


def weighed(pack: StatutePack) -> tuple[Element, ...]:
    """Elements that rest on factors, so that a statement on the whole is asked for them."""
    return tuple(row for row in pack.elements.values() if factors(pack, row.id))


def answers_for(pack: StatutePack, element: Element) -> tuple[str, ...]:
    """The answers that may be given. An exclusion is always put: counted as not met, "not
    applicable" would clear it without anybody having looked.
    """
    excluded = {name for row in pack.conclusions.values() for name in row.unless}
    return tuple(
        code
        for code in pack.codes("answer")
        if code != NOT_APPLICABLE or (element.scope == "subject" and element.id not in excluded)
    )


def missing(pack: StatutePack, answered: Collection[str]) -> tuple[Element, ...]:
    """Elements of both scopes that still need an answer; one that another lends needs none."""
    return tuple(
        row
        for scope in ("case", "subject")
        for row in asked(pack, scope)
        if row.id not in answered and not row.falls_back_to
    )


def check_answer(pack: StatutePack, element: Element, given: Answer) -> None:
    """InvalidValue, naming the field, for an answer that may not stand as it is."""
    if given.answer not in answers_for(pack, element):
        raise InvalidValue(f"{element.title} cannot be answered so.", "answer")
    if given.confidence not in pack.codes("confidence"):
        raise InvalidValue("Choose how sure you are.", "confidence")
    if not given.reasons.strip():
        raise InvalidValue("Give the reasons in your own words.", "reasons")
    if given.answer == MET and SUPPORTS not in {place.bearing for place in given.citations}:
        raise InvalidValue("An element is met only with an exhibit that supports it.", "citations")
    if given.answer == MET and _infers(pack, element) and not given.innocent_explanation.strip():
        raise InvalidValue(
            "Say which innocent explanation was weighed and how it fared.", "innocent_explanation"
        )
    _check_places(given.citations)


def _infers(pack: StatutePack, element: Element) -> bool:
    return bool(element.factor_of or factors(pack, element.id))


def _check_places(places: Iterable[CitedPlace]) -> None:
    for place in places:
        if place.bearing not in BEARINGS:
            raise InvalidValue("An exhibit supports an answer or is contrary to it.", "citations")
        if not place.pinpoint.strip():
            raise InvalidValue(
                f"Say where in exhibit {place.number} it stands: a page, row or paragraph.",
                "citations",
            )


def check_statement(pack: StatutePack, weighed_factors: Collection[str]) -> None:
    """InvalidValue unless exactly the factors of the pack were weighed."""
    wanted = [row.id for top in weighed(pack) for row in factors(pack, top.id)]
    if left := [name for name in wanted if name not in weighed_factors]:
        raise InvalidValue(f"Say something on each factor; missing: {', '.join(left)}.", "factors")
    if strange := sorted(set(weighed_factors) - set(wanted)):
        raise InvalidValue(f"No factor of this text: {', '.join(strange)}.", "factors")
