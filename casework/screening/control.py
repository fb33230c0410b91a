"""Who stands above an entity: parents to the top, and those who direct or control it. Pure.

It offers facts. Whether one is enough under the bill is for the person who answers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casework.screening.facts import RelationKind

_HALF = Decimal(50)
_CONTROL = frozenset(
    {
        RelationKind.CONTROLS,
        RelationKind.DIRECTS,
        RelationKind.PARENT_OF,
        RelationKind.STATE_BODY_OF,
    }
)
_WEAK = frozenset({RelationKind.OWNS, RelationKind.OFFICER_OF})


@dataclass(frozen=True, slots=True)
class Bond:
    """A relation from the upper to the lower party. `least` in percent, None if unknown; dates
    are local to Washington, both included; `key` names the relation.
    """

    key: str
    kind: str
    upper: str
    lower: str
    least: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def in_force(self, on: date) -> bool:
        begun = self.starts_on is None or self.starts_on <= on
        return begun and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Above:
    """A party above another, and the relations that lead down from it, the topmost first."""

    party: str
    path: tuple[str, ...]


def is_parent(bond: Bond) -> bool:
    """Whether a source says parent, or the least share is more than half."""
    if bond.kind == RelationKind.OWNS:
        return bond.least is not None and bond.least > _HALF
    return bond.kind == RelationKind.PARENT_OF


def is_control(bond: Bond) -> bool:
    return bond.kind in _CONTROL or is_parent(bond)


def ultimate_parents(start: str, bonds: Iterable[Bond], on: date) -> tuple[Above, ...]:
    """The parents above which there is no further one; none where parents own one another."""
    standing = [bond for bond in bonds if is_parent(bond) and bond.in_force(on)]
    have_parent = {bond.lower for bond in standing}
    return tuple(row for row in _climb(start, standing) if row.party not in have_parent)


def controllers(start: str, bonds: Iterable[Bond], on: date) -> tuple[Above, ...]:
    """Those who direct or control the entity, themselves or through others, the nearest first."""
    return tuple(_climb(start, _standing(bonds, on, is_control)))


def weaker_ties(start: str, bonds: Iterable[Bond], on: date) -> tuple[Above, ...]:
    """Direct owners of half or less and officers: no control by themselves."""
    standing = _standing(bonds, on, lambda bond: bond.kind in _WEAK and not is_parent(bond))
    return tuple(Above(bond.upper, (bond.key,)) for bond in standing if bond.lower == start)


def _standing(bonds: Iterable[Bond], on: date, keeps: Callable[[Bond], bool]) -> list[Bond]:
    return [bond for bond in bonds if keeps(bond) and bond.in_force(on)]


def _climb(start: str, bonds: Sequence[Bond]) -> list[Above]:
    up: dict[str, list[Bond]] = {}
    for bond in bonds:
        up.setdefault(bond.lower, []).append(bond)
    paths: dict[str, tuple[str, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for bond in up.get(here, ()):
            if bond.upper not in paths:
                paths[bond.upper] = (bond.key, *paths[here])
                waiting.append(bond.upper)
    return _found(paths, start)


def _found(paths: Mapping[str, tuple[str, ...]], start: str) -> list[Above]:
    return [Above(party, path) for party, path in paths.items() if party != start]
