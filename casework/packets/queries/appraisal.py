"""Findings with their readers, the conclusions computed from them, and what points elsewhere."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casework.decisions.queries.decisions import conclusions_of
from casework.disclosure.queries.notices import Cleared
from casework.findings.rules import CONTRARY, SUPPORTS
from casework.packets.facts import Pin
from casework.packets.judgement import Because, Conclusion, Contrary, Dissent, Finding
from casework.packets.queries.allegations import marks_of
from casework.packets.queries.holdings import washington_day
from casework.packets.release import PUBLIC, veil_for
from casework.packets.words import Answer, Authority, Confidence
from casework.statute.elements import Ground
from casework.statute.pack import StatutePack
from casework.workflow.record import Record
from models import Case, Exhibit, FindingCitation, FindingReview, Officer, ResponseWindow
from models import Finding as FindingRow

References = Mapping[uuid.UUID, str]


def findings(
    rows: Iterable[FindingRow],
    replies: Iterable[ResponseWindow],
    references: References,
    pack: StatutePack,
) -> tuple[Finding, ...]:
    """Current answers in the order in which the text asks."""
    said: dict[uuid.UUID, list[str]] = defaultdict(list)
    for reply in replies:
        if reply.step == "answered":
            said[reply.entity_id].append(reply.text)
    order = list(pack.elements)
    ranked = sorted(
        rows,
        key=lambda row: (order.index(row.element), references.get(row.entity_id, "")),  # type: ignore[arg-type]
    )
    return tuple(_finding(row, said, references, pack) for row in ranked)


def _finding(
    row: FindingRow,
    said: Mapping[uuid.UUID, list[str]],
    references: References,
    pack: StatutePack,
) -> Finding:
    element = pack.elements[row.element]
    readers = sorted(row.reviews, key=lambda review: not review.agrees)
    return Finding(
        row.element,
        element.title,
        element.question,
        element.citation,
        Authority(element.authority),
        Answer(row.answer),
        Confidence(row.confidence),
        officer_words(row.by),
        washington_day(row.at),
        about=references[row.entity_id] if row.entity_id else "",
        second_reader="; ".join(_reader(review) for review in readers),
        read_on=washington_day(readers[0].at) if readers else None,
        reasons=_reasons(row),
        pins=tuple(
            Pin(one.exhibit.number, one.pinpoint, one.exhibit.title)
            for one in _cited(row, SUPPORTS)
        ),
        contrary=tuple(
            f"Exhibit {one.exhibit.number}, {one.pinpoint}: {one.exhibit.title}"
            for one in _cited(row, CONTRARY)
        ),
        reply=tuple(said.get(row.entity_id, ())) if row.entity_id else (),
        dissents=tuple(
            Dissent(officer_words(review.by), review.dissent)
            for review in row.reviews
            if not review.agrees
        ),
    )


def officer_words(officer: Officer) -> str:
    return f"{officer.name}, {officer.organization.name}"


def _reader(review: FindingReview) -> str:
    return f"{officer_words(review.by)}, who {'agrees' if review.agrees else 'dissents'}"


def _reasons(row: FindingRow) -> tuple[str, ...]:
    told = [row.reasons] if row.reasons else []
    if row.innocent_explanation:
        told.append(f"Innocent explanation weighed: {row.innocent_explanation}")
    return tuple(told)


def _cited(row: FindingRow, bearing: str) -> list[FindingCitation]:
    return [one for one in row.citations if one.bearing == bearing]


def conclusions(
    case: Case, record: Record, references: References, pack: StatutePack
) -> tuple[Conclusion, ...]:
    """For each examined subject, from the answers that a second person stands behind."""
    return tuple(
        Conclusion(
            row.title,
            row.citation,
            Authority(row.authority),
            Answer(found.values[row.id]),
            references[subject.entity_id],
            tuple(_because(ground, pack) for ground in found.because[row.id]),
        )
        for subject in record.subjects
        if subject.examined
        for found in [conclusions_of(case, subject.entity_id, record).reviewed]
        for row in pack.reported
    )


def _because(ground: Ground, pack: StatutePack) -> Because:
    condition = pack.conditions.get(ground.element)
    name = condition.title if condition else ground.element
    return Because(name, ground.citation, Answer(ground.answer))


def contrary(
    exhibits: Sequence[Exhibit], rows: Iterable[FindingRow], *, recipient: str, cleared: Cleared
) -> tuple[Contrary, ...]:
    """Each exhibit that speaks against the allegation, and the findings that weighed it."""
    weighing: dict[uuid.UUID, list[tuple[FindingRow, str]]] = defaultdict(list)
    for row in rows:
        for one in _cited(row, CONTRARY):
            weighing[one.exhibit_id].append((row, one.pinpoint))
    return tuple(
        _contrary(exhibit, weighing[exhibit.id], recipient, cleared)
        for exhibit in exhibits
        if exhibit.bearing == CONTRARY or weighing[exhibit.id]
    )


def _contrary(
    exhibit: Exhibit, weighed: Sequence[tuple[FindingRow, str]], recipient: str, cleared: Cleared
) -> Contrary:
    veil = veil_for(recipient, marks_of(exhibit.markings), cleared.get(exhibit.id, frozenset()))
    told = ". ".join(part for part in (exhibit.title, exhibit.description) if part)
    named = (
        f"{row.element}" if recipient == PUBLIC else f"{row.element}, {row.by.name}"
        for row, _ in weighed
    )
    told_by = "; ".join(dict.fromkeys(named))
    words = f"Weighed in the answer to {told_by}." if told_by else "No answer weighs it yet."
    return Contrary(
        veil("file", told),
        words,
        tuple(dict.fromkeys(row.element for row, _ in weighed)),
        tuple(Pin(exhibit.number, place) for place in dict.fromkeys(at for _, at in weighed)),
    )
