"""Whether the way of a case through a pack holds together: stages, roads, guards, records."""

from __future__ import annotations

from collections.abc import Iterator

from casework.statute.casework_rows import Guard, Stage
from casework.statute.facts import FACTS
from casework.statute.faults import terms, unknown
from casework.statute.pack import StatutePack
from casework.statute.record_rows import OF_CASE, DeterminationRule, RecordKind

BODIES = ("oc", "erc")


def workflow(pack: StatutePack) -> Iterator[str]:
    roles = terms(pack, "role")
    kinds = (*terms(pack, "decision_kind"), *terms(pack, "step_decision"))
    for row in pack.transitions:
        where = f"transitions.toml: {row.id}"
        yield from unknown(where, (*row.origins, row.target), pack.stages, "stage")
        yield from unknown(where, row.guards, pack.guards, "guard")
        yield from unknown(where, row.roles, roles, "role")
        yield from unknown(where, [row.decision], kinds, "decision")
        if row.target in row.origins:
            yield f"{where}: leads from {row.target} to itself"
    for stage in pack.stages.values():
        where = f"stages.toml: {stage.id}"
        yield from unknown(where, stage.exit_guards, pack.guards, "guard")
        yield from unknown(where, stage.roles, roles, "role")
        yield from unknown(where, [stage.lead], pack.agencies, "agency")
        yield from unknown(where, stage.decisions, kinds, "decision")
        yield from (f"{where}: {fault}" for fault in _flags(stage, pack))


def _flags(stage: Stage, pack: StatutePack) -> Iterator[str]:
    if stage.closes and not all(road.guards for road in pack.roads(stage.id)):
        yield "closes the case, yet a road leads on that nothing guards"
    if stage.determines and not set(stage.decisions) & set(pack.determinations):
        yield "determines, yet none of its decisions is a determination"
    if stage.hears and stage is not pack.hearing:
        yield f"hears the accused, and so does {pack.hearing and pack.hearing.id}"


def reach(pack: StatutePack) -> Iterator[str]:
    if not pack.stages:
        yield "stages.toml: there is no stage"
        return
    if not pack.closing:
        yield "stages.toml: no stage closes a case"
    reached, waiting = set[str](), [pack.first_stage.id]
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting += [road.target for road in pack.roads(stage)]
    yield from (
        f"stages.toml: {row}: no road leads here" for row in pack.stages if row not in reached
    )


def guards(pack: StatutePack) -> Iterator[str]:
    used = {each for row in pack.transitions for each in row.guards}
    used |= {each for row in pack.stages.values() for each in row.exit_guards}
    for row in pack.guards.values():
        where = f"guards.toml: {row.id}"
        if row.id not in used:
            yield f"{where}: no transition and no stage uses it"
        if _tests(row) != 1:
            yield f"{where}: a guard makes exactly one test"
        yield from unknown(where, [row.covers] if row.covers else [], BODIES, "body")
        asked = [each for each in (row.fact, row.answered_in) if each]
        yield from unknown(where, asked, FACTS, "fact")
        if row.fact == "conclusions":
            yield from unknown(where, [row.key], (c.id for c in pack.reported), "conclusion")
        if row.fact == "recommendations":
            yield from unknown(where, [row.key], pack.measures, "measure")


def _tests(row: Guard) -> int:
    tests = (row.at_least, row.one_of, row.none_of, row.is_set, row.is_unset)
    return sum(map(bool, (*tests, row.empty, row.covers, row.answered_in)))


def records(pack: StatutePack) -> Iterator[str]:
    for row in pack.records.values():
        yield from (f"records.toml: {row.id}: {fault}" for fault in _record(row, pack))


def _record(row: RecordKind, pack: StatutePack) -> Iterator[str]:
    named = (("stage", row.stages, pack.stages), ("role", row.roles, terms(pack, "role")))
    for what, ids, known in named:
        yield from (f"unknown {what} {each!r}" for each in ids if each not in known)
    if row.by_form != bool(row.stages and row.roles):
        yield "a kind put on record by form, and no other, names stages and roles"
    if sum(map(bool, (row.vocabulary, row.words, row.of_case))) != 1:
        yield "outcomes come from one vocabulary, from words, or from the case"
    if row.of_case and row.of_case not in OF_CASE:
        yield f"unknown outcome of the case {row.of_case!r}"
    if row.vocabulary and row.vocabulary not in pack.vocabularies:
        yield f"unknown vocabulary {row.vocabulary!r}"
    known = terms(pack, row.vocabulary)
    yield from (f"unknown code {each!r}" for each in row.codes if each not in known)


def determinations(pack: StatutePack) -> Iterator[str]:
    for row in pack.determinations.values():
        where = f"determinations.toml: {row.id}"
        yield from unknown(where, [row.id], terms(pack, "decision_kind"), "decision")
        reported = [conclusion.id for conclusion in pack.reported]
        yield from unknown(where, (*row.needs, *row.barred), reported, "conclusion")
        yield from (f"{where}: {fault}" for fault in _determination(row, pack))


def _determination(row: DeterminationRule, pack: StatutePack) -> Iterator[str]:
    for each in row.needs:
        if each in row.barred:
            yield f"{each} is needed and barred"
    if not any(row.id in pack.stages[stage].decisions for stage in pack.determining):
        yield "no stage that determines signs it"
