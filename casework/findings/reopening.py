"""What a changed answer reopens: the conclusions that rest on it, and no other. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casework.findings.rules import Reading
from casework.statute.pack import Conclusion, StatutePack


@dataclass(frozen=True, slots=True)
class Stand:
    """Which revision of an answer stands, and whether a second person stands behind it."""

    revision: int
    counts: bool


def rests_on(pack: StatutePack, name: str) -> frozenset[str]:
    """Everything that `name` rests on, itself included: conclusions, conditions and elements,
    through derived and borrowed answers too.
    """
    return frozenset(_walk(pack, name, set()))


def affected(pack: StatutePack, elements: Collection[str]) -> tuple[Conclusion, ...]:
    """The reported conclusions that rest on any of the elements, in the order of the pack."""
    wanted = frozenset(elements)
    return tuple(row for row in pack.reported if rests_on(pack, row.id) & wanted)


def changed(before: Mapping[str, Stand], now: Mapping[str, Stand]) -> frozenset[str]:
    """Elements answered anew, or that won or lost a reader's agreement, since `before`."""
    return frozenset(name for name in {*before, *now} if before.get(name) != now.get(name))


def reopened(
    pack: StatutePack, before: Mapping[str, Stand], now: Mapping[str, Stand]
) -> dict[str, tuple[str, ...]]:
    """Conclusion to the changed elements it rests on; conclusions with none are left out."""
    return _resting(pack, changed(before, now))


def unsettled(pack: StatutePack, now: Mapping[str, Stand]) -> dict[str, tuple[str, ...]]:
    """Conclusion to the answers it rests on that nobody else stands behind yet."""
    return _resting(pack, frozenset(name for name, stand in now.items() if not stand.counts))


def stands_signed(record: Mapping[str, Any]) -> dict[str, Stand]:
    """How each answer stood in the frozen record of a decision."""
    return {
        row["element"]: Stand(row["revision"], Reading(row["standing"]).counts)
        for row in record.get("findings", ())
    }


def _resting(pack: StatutePack, elements: frozenset[str]) -> dict[str, tuple[str, ...]]:
    return {
        row.id: tuple(sorted(rests_on(pack, row.id) & elements)) for row in affected(pack, elements)
    }


def _walk(pack: StatutePack, name: str, seen: set[str]) -> Iterator[str]:
    if name in seen:
        return
    seen.add(name)
    yield name
    for each in _below(pack, name):
        yield from _walk(pack, each, seen)


def _below(pack: StatutePack, name: str) -> tuple[str, ...]:
    if name in pack.conclusions:
        return pack.conclusions[name].rests_on
    if name in pack.elements:
        row = pack.elements[name]
        return tuple(filter(None, (row.derived_from, row.falls_back_to)))
    return ()
