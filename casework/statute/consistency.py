"""Does a pack hold together? Each fault is told as `file: id: what is wrong`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from casework.statute.casework_rows import Guard
from casework.statute.pack import AUTHORITIES, Condition, StatutePack
from casework.statute.time_rows import Reading

_KINDS = ("tri", "graded", "derived")
_SCOPES = ("case", "subject")
_BODIES = ("oc", "erc")
_THRESHOLDS = ("majority", "unanimity")
_ABSTENTIONS = ("left_out", "counts_against")
_SPANS = ("", "rolling", "calendar")
_VALUES = ("met", "not_met", "insufficient")


def faults(pack: StatutePack) -> list[str]:
    """Every contradiction between the rows of a pack whose rows are each well formed."""
    checks = (_authority, _elements, _logic, _cycle, _workflow, _reach, _guards, _clocks, _other)
    return [fault for check in checks for fault in check(pack)]


def _known(where: str, ids: Iterable[str], known: Iterable[str], what: str) -> Iterator[str]:
    names = set(known)
    yield from (f"{where}: unknown {what} {each!r}" for each in ids if each not in names)


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
            *(check for row in pack.measures.values() for check in row.checks),
            *pack.ballots.values(),
        ),
        "exceptions.toml": pack.exceptions.values(),
        "reports.toml": pack.reports.values(),
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
        yield from _known(where, citation.split(", "), pack.provisions, "provision")


def _elements(pack: StatutePack) -> Iterator[str]:
    for row in pack.elements.values():
        where = f"elements.toml: {row.id}"
        yield from _known(where, [row.kind], _KINDS, "kind")
        yield from _known(where, [row.scope], _SCOPES, "scope")
        others = [each for each in (row.falls_back_to, row.factor_of) if each]
        yield from _known(where, others, pack.elements, "element")
        if (row.kind == "derived") != bool(row.derived_from):
            yield f"{where}: a derived element, and no other, names derived_from"
        if row.derived_from:
            yield from _known(where, [row.derived_from], pack.conclusions, "conclusion")


def _logic(pack: StatutePack) -> Iterator[str]:
    names = [*pack.elements, *pack.conditions, *pack.conclusions]
    for name in sorted({each for each in names if names.count(each) > 1}):
        yield f"logic.toml: {name}: the id is used twice"
    for row in pack.conclusions.values():
        where = f"logic.toml: {row.id}"
        yield from _known(where, row.rests_on, names, "id")
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
    yield from _known(where, days, pack.days, "day")
    yield from _known(where, [row.when_missing], _VALUES, "value")
    if row.fact:
        yield from _known(where, [row.fact], pack.facts, "fact")
    if row.equals and row.fact in pack.facts:
        yield from _known(where, [row.equals], pack.facts[row.fact].values, "value")
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


def _workflow(pack: StatutePack) -> Iterator[str]:
    roles = _terms(pack, "role")
    kinds = (*_terms(pack, "decision_kind"), *_terms(pack, "step_decision"))
    for row in pack.transitions:
        where = f"transitions.toml: {row.id}"
        yield from _known(where, (*row.origins, row.target), pack.stages, "stage")
        yield from _known(where, row.guards, pack.guards, "guard")
        yield from _known(where, row.roles, roles, "role")
        yield from _known(where, [row.decision], kinds, "decision")
        if row.target in row.origins:
            yield f"{where}: leads from {row.target} to itself"
    for stage in pack.stages.values():
        where = f"stages.toml: {stage.id}"
        yield from _known(where, stage.exit_guards, pack.guards, "guard")
        yield from _known(where, stage.roles, roles, "role")
        yield from _known(where, [stage.lead], pack.agencies, "agency")
        yield from _known(where, stage.decisions, kinds, "decision")


def _terms(pack: StatutePack, vocabulary: str) -> tuple[str, ...]:
    return pack.codes(vocabulary) if vocabulary in pack.vocabularies else ()


def _reach(pack: StatutePack) -> Iterator[str]:
    if not pack.stages:
        yield "stages.toml: there is no stage"
        return
    reached, waiting = set[str](), [pack.first_stage.id]
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting += [road.target for road in pack.roads(stage)]
    yield from (
        f"stages.toml: {row}: no road leads here" for row in pack.stages if row not in reached
    )


def _guards(pack: StatutePack) -> Iterator[str]:
    used = {each for row in pack.transitions for each in row.guards}
    used |= {each for row in pack.stages.values() for each in row.exit_guards}
    for row in pack.guards.values():
        where = f"guards.toml: {row.id}"
        if row.id not in used:
            yield f"{where}: no transition and no stage uses it"
        if _tests(row) != 1:
            yield f"{where}: a guard makes exactly one test"
        yield from _known(where, [row.covers] if row.covers else [], _BODIES, "body")


def _tests(row: Guard) -> int:
    tests = (row.at_least, row.one_of, row.none_of, row.is_set, row.is_unset)
    return sum(map(bool, (*tests, row.empty, row.covers, row.answered_in)))


def _clocks(pack: StatutePack) -> Iterator[str]:
    for row in pack.clocks.values():
        where = f"clocks.toml: {row.id}"
        yield from _known(where, [row.lead], pack.agencies, "agency")
        yield from _known(where, [row.yields_to] if row.yields_to else [], pack.clocks, "clock")
        yield from _known(where, [each.starts for each in row.readings], pack.events, "event")
        if not any(each.default for each in row.readings):
            yield f"{where}: has no default reading"
        yield from (f"{where}: {fault}" for each in row.readings for fault in _reading(each))


def _reading(row: Reading) -> Iterator[str]:
    counted = row.business_days or row.days or row.months
    if row.span not in _SPANS:
        yield f"unknown span {row.span!r}"
    if bool(row.span) != bool(row.years_back) or bool(row.span) == bool(counted):
        yield "a reading counts days and months, or is a span of years, not both or neither"


def _other(pack: StatutePack) -> Iterator[str]:
    for measure in pack.measures.values():
        yield from _known(f"measures.toml: {measure.id}", [measure.lead], pack.agencies, "agency")
        yield from _twice(f"measures.toml: {measure.id}", [row.id for row in measure.checks])
    for ballot in pack.ballots.values():
        where = f"measures.toml: {ballot.id}"
        yield from _known(where, [ballot.body], _BODIES, "body")
        yield from _known(where, [ballot.threshold], _THRESHOLDS, "threshold")
        yield from _known(where, [ballot.abstention], _ABSTENTIONS, "treatment of abstention")
        outcomes = _terms(pack, "decision_kind")
        yield from _known(where, [ballot.carries, ballot.fails], outcomes, "decision")
    for row in pack.exceptions.values():
        yield from _known(f"exceptions.toml: {row.id}", [row.measure], pack.measures, "measure")
    for report in pack.reports.values():
        yield from _known(f"reports.toml: {report.id}", [report.lead], pack.agencies, "agency")
    for words in pack.vocabularies.values():
        yield from _twice(f"vocabularies.toml: {words.id}", [term.code for term in words.terms])


def _twice(where: str, codes: list[str]) -> Iterator[str]:
    yield from (
        f"{where}: {c!r} is used twice" for c in sorted({c for c in codes if codes.count(c) > 1})
    )
