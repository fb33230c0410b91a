"""Does a pack hold together? Each fault is told as `file: id: what is wrong`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from casework.statute import case_consistency, time_consistency
from casework.statute.elements import ANSWERS
from casework.statute.faults import terms, twice, unknown
from casework.statute.measure_faults import measure_faults
from casework.statute.pack import AUTHORITIES, Condition, StatutePack
from casework.statute.petition_rows import petition_faults
from casework.statute.report_faults import report_faults
from casework.statute.uses import FACTS_OFFERED
from casework.statute.words import NEEDED

_KINDS = ("tri", "graded", "derived")
_SCOPES = ("case", "subject")
_THRESHOLDS = ("majority", "unanimity")
_ABSTENTIONS = ("left_out", "counts_against")
_GROUNDS = ("recommendation", "petition")
_VALUES = ("met", "not_met", "insufficient")


def faults(pack: StatutePack) -> list[str]:
    """Every contradiction between the rows of a pack whose rows are each well formed."""
    checks = (
        _act,
        _authority,
        _elements,
        _logic,
        _told,
        _cycle,
        case_consistency.workflow,
        case_consistency.reach,
        case_consistency.guards,
        case_consistency.records,
        case_consistency.determinations,
        time_consistency.clocks,
        _words,
        _other,
    )
    return [fault for check in checks for fault in check(pack)]


def _act(pack: StatutePack) -> Iterator[str]:
    act = pack.act
    if (act.status == "enacted") != act.in_force or bool(act.law) != act.in_force:
        yield "act.toml: an enacted text, and no other, has the day enacted and names its law"
    if act.enacted and act.enacted < act.introduced:
        yield "act.toml: enacted before it was introduced"


def _authority(pack: StatutePack) -> Iterator[str]:
    files: dict[str, Iterable[object]] = {
        "elements.toml": pack.elements.values(),
        "logic.toml": (*pack.conditions.values(), *pack.conclusions.values()),
        "agencies.toml": pack.agencies.values(),
        "stages.toml": pack.stages.values(),
        "transitions.toml": pack.transitions,
        "guards.toml": pack.guards.values(),
        "clocks.toml": pack.clocks.values(),
        "measures.toml": (
            *pack.measures.values(),
            *(each for row in pack.measures.values() for each in (*row.checks, *row.fields)),
            *pack.ballots.values(),
            *pack.petitions.values(),
        ),
        "exceptions.toml": pack.exceptions.values(),
        "reports.toml": pack.reports.values(),
        "records.toml": pack.records.values(),
        "determinations.toml": pack.determinations.values(),
        "vocabularies.toml": pack.vocabularies.values(),
        "techniques.toml": pack.techniques.values(),
    }
    for name, rows in files.items():
        for row in rows:
            yield from _cited(f"{name}: {_text(row, 'id')}", row, pack)


def _text(row: object, key: str) -> str:
    return str(getattr(row, key))


def _cited(where: str, row: object, pack: StatutePack) -> Iterator[str]:
    citation, authority = _text(row, "citation"), _text(row, "authority")
    if authority not in AUTHORITIES:
        yield f"{where}: authority {authority!r} is none of {', '.join(AUTHORITIES)}"
    elif authority == "statute":
        yield from unknown(where, citation.split(", "), pack.provisions, "provision")


def _elements(pack: StatutePack) -> Iterator[str]:
    for row in pack.elements.values():
        where = f"elements.toml: {row.id}"
        yield from unknown(where, [row.kind], _KINDS, "kind")
        yield from unknown(where, [row.scope], _SCOPES, "scope")
        yield from unknown(where, [row.offers], FACTS_OFFERED, "offer")
        others = [each for each in (row.falls_back_to, row.factor_of) if each]
        yield from unknown(where, others, pack.elements, "element")
        if (row.kind == "derived") != bool(row.derived_from):
            yield f"{where}: a derived element, and no other, names derived_from"
        if row.derived_from:
            yield from unknown(where, [row.derived_from], pack.conclusions, "conclusion")


def _told(pack: StatutePack) -> Iterator[str]:
    for fact in pack.facts.values():
        kinds = [each for each in (fact.record, fact.set_by, fact.unset_by) if each]
        yield from unknown(f"logic.toml: {fact.id}", kinds, pack.records, "record")
    for day in pack.days.values():
        where = f"logic.toml: {day.id}"
        yield from unknown(where, [day.record] if day.record else [], pack.records, "record")
        yield from unknown(where, [day.event] if day.event else [], pack.events, "event")


def _logic(pack: StatutePack) -> Iterator[str]:
    names = [*pack.elements, *pack.conditions, *pack.conclusions]
    for name in sorted({each for each in names if names.count(each) > 1}):
        yield f"logic.toml: {name}: the id is used twice"
    for row in pack.conclusions.values():
        where = f"logic.toml: {row.id}"
        yield from unknown(where, row.rests_on, names, "id")
        if not (row.all_of or row.any_of):
            yield f"{where}: rests on nothing"
        for part in row.rests_on:
            if part in pack.elements and pack.elements[part].factor_of:
                yield f"{where}: {part} is a factor and decides nothing by itself"
    for condition in pack.conditions.values():
        yield from _condition(condition, pack)


def _condition(row: Condition, pack: StatutePack) -> Iterator[str]:
    where = f"logic.toml: {row.id}"
    days = [day for day in (row.day, row.after, row.not_before) if day]
    yield from unknown(where, days, pack.days, "day")
    yield from unknown(where, [row.when_missing], _VALUES, "value")
    if row.fact:
        yield from unknown(where, [row.fact], pack.facts, "fact")
    if row.equals and row.fact in pack.facts:
        yield from unknown(where, [row.equals], pack.facts[row.fact].values, "value")
    compared = bool(row.day) and bool(row.after) != bool(row.not_before)
    if bool(row.fact) == bool(row.day) or (row.day and not compared):
        yield f"{where}: tests either one fact or one day against one other"


def _cycle(pack: StatutePack) -> Iterator[str]:
    graph: dict[str, tuple[str, ...]] = {r.id: r.rests_on for r in pack.conclusions.values()}
    for row in pack.elements.values():
        graph[row.id] = tuple(each for each in (row.derived_from, row.falls_back_to) if each)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"logic.toml: {error.args[1][0]}: rests on itself, through {error.args[1]}"


def _words(pack: StatutePack) -> Iterator[str]:
    yield from unknown("vocabularies.toml", NEEDED, pack.vocabularies, "vocabulary")
    answers = terms(pack, "answer")
    if answers and set(answers) != set(ANSWERS):
        yield f"vocabularies.toml: answer: the answers are {', '.join(ANSWERS)}"


def _other(pack: StatutePack) -> Iterator[str]:
    for measure in pack.measures.values():
        yield from measure_faults(measure, pack)
    for ballot in pack.ballots.values():
        where = f"measures.toml: {ballot.id}"
        yield from unknown(where, [ballot.body], case_consistency.BODIES, "body")
        yield from unknown(where, [ballot.threshold], _THRESHOLDS, "threshold")
        yield from unknown(where, [ballot.abstention], _ABSTENTIONS, "treatment of abstention")
        outcomes = terms(pack, "decision_kind")
        yield from unknown(where, [ballot.carries, ballot.fails], outcomes, "decision")
        yield from unknown(where, [ballot.measure], pack.measures, "measure")
        yield from unknown(where, [ballot.rests_on], _GROUNDS, "ground of a motion")
    for rule in pack.petitions.values():
        ballots = [row.id for row in pack.ballots.values() if row.measure == rule.id]
        outcomes = terms(pack, "decision_kind")
        yield from petition_faults(
            rule, measures=pack.measures, ballots=ballots, decisions=outcomes
        )
    for row in pack.exceptions.values():
        yield from unknown(f"exceptions.toml: {row.id}", [row.measure], pack.measures, "measure")
    for report in pack.reports.values():
        yield from report_faults(report, pack)
    for words in pack.vocabularies.values():
        yield from twice(f"vocabularies.toml: {words.id}", [term.code for term in words.terms])
