"""How two texts differ: their elements, stages, clocks and measures, one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casework.statute.casework_rows import Stage
from casework.statute.measure_rows import Measure
from casework.statute.pack import Element, StatutePack
from casework.statute.time_rows import Clock

ELEMENT, STAGE, CLOCK, MEASURE = "element", "stage", "clock", "measure"
SAME, ADDED, REMOVED, RENAMED, CHANGED = "same", "added", "removed", "renamed", "changed"

Told = Callable[[Any, StatutePack], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that reads differently; a field that a side lacks is empty."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one row. `before` and `after` are its ids, empty where a text lacks it.

    `states` is `same`, `added` or `removed`, or else `renamed` and one `changed FIELD` for each
    field that reads differently.
    """

    part: str
    before: str
    after: str
    title: str
    states: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    @property
    def name(self) -> str:
        """The id, or both where they differ."""
        if self.before and self.after and self.before != self.after:
            return f"{self.before}, now {self.after}"
        return self.after or self.before

    @property
    def is_same(self) -> bool:
        return self.states == (SAME,)


def compare(old: StatutePack, new: StatutePack) -> list[Difference]:
    """Every row of both texts once: those of the new text in its order, then what it dropped."""
    return [
        *elements(old, new),
        *_rows(STAGE, old.stages, new.stages, _stage, (old, new)),
        *_rows(CLOCK, old.clocks, new.clocks, _clock, (old, new)),
        *_rows(MEASURE, old.measures, new.measures, _measure, (old, new)),
    ]


def elements(old: StatutePack, new: StatutePack) -> list[Difference]:
    """The elements of both texts once. An element that says what it `was` is that one renamed."""
    return list(_rows(ELEMENT, old.elements, new.elements, _element, (old, new)))


def _rows(
    part: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    told: Told,
    texts: tuple[StatutePack, StatutePack],
) -> Iterator[Difference]:
    former = {row.id: getattr(row, "was", "") or row.id for row in new.values()}
    taken = {getattr(row, "was", "") for row in new.values()}
    for row in new.values():
        # An id that another row took over by `was` is a new thing under an old name.
        name = former[row.id]
        before = None if name == row.id and name in taken else old.get(name)
        if before is None:
            yield Difference(part, "", row.id, row.title, (ADDED,))
        else:
            yield _pair(part, before, row, told, texts)
    met = {name for key, name in former.items() if not (name == key and name in taken)}
    for name, row in old.items():
        if name not in met:
            yield Difference(part, name, "", row.title, (REMOVED,))


def _pair(
    part: str, before: Any, after: Any, told: Told, texts: tuple[StatutePack, StatutePack]
) -> Difference:
    here, there = told(before, texts[0]), told(after, texts[1])
    changes = tuple(
        Change(field, here.get(field, ""), there.get(field, ""))
        for field in dict.fromkeys([*here, *there])
        if here.get(field, "") != there.get(field, "")
    )
    renamed = (RENAMED,) if before.id != after.id else ()
    states = (*renamed, *(f"{CHANGED} {each.field}" for each in changes)) or (SAME,)
    return Difference(part, before.id, after.id, after.title, states, changes)


def _element(row: Element, pack: StatutePack) -> Mapping[str, str]:
    return {
        "title": row.title,
        "question": row.question,
        "citation": row.citation,
        "authority": row.authority,
        "kind": row.kind,
        "scope": row.scope,
        "derived from": row.derived_from,
    }


def _stage(row: Stage, pack: StatutePack) -> Mapping[str, str]:
    return {
        "title": row.title,
        "purpose": row.purpose,
        "lead": row.lead,
        "decisions": ", ".join(row.decisions),
        "exit": row.exit,
        "deadline": row.deadline,
        "citation": row.citation,
        "authority": row.authority,
        "leads to": ", ".join(dict.fromkeys(road.target for road in pack.roads(row.id))),
    }


def _clock(row: Clock, pack: StatutePack) -> Mapping[str, str]:
    return {
        "title": row.title,
        "readings": " ".join(each.words for each in row.readings),
        "citation": row.citation,
        "authority": row.authority,
        "pauses": ", ".join(row.pauses),
    }


def _measure(row: Measure, pack: StatutePack) -> Mapping[str, str]:
    return {
        "title": row.title,
        "decider": row.decider,
        "targets": row.targets,
        "checks": " ".join(each.label for each in row.checks),
        "citation": row.citation,
        "authority": row.authority,
    }
