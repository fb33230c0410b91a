"""A network made small enough to be read: few indicators, and accounts in groups. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from casework.evidence.drawing.series import Edge, Node

ACCOUNTS = "accounts"
_COVERED = 0.6
_FEWEST = 4
_OF_EACH_KIND = 2


@dataclass(frozen=True, slots=True)
class Indicator:
    id: str
    kind: str
    label: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Group:
    """So many accounts that hold the very same of the indicators drawn."""

    id: str
    accounts: int
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`left_out` says in words what is not drawn."""

    indicators: tuple[Indicator, ...]
    groups: tuple[Group, ...]
    left_out: tuple[str, ...]


def folded(nodes: Iterable[Node], edges: Iterable[Edge], *, indicators: int, groups: int) -> Drawn:
    """The indicators that hold most accounts and the largest groups of accounts that remain
    different when only those indicators are looked at.

    Where the groups would hold less than `_COVERED` of the accounts, fewer indicators are taken,
    so that more accounts are alike. The order of the input does not matter.
    """
    told = list(nodes)
    signs = ranked(told)
    sizes = {node.id: node.accounts for node in told if node.kind == ACCOUNTS}
    tied = [(edge.group, edge.indicator) for edge in edges]
    count = min(indicators, len(signs))
    found = _drawn(signs, sizes, tied, count, groups)
    while count > _FEWEST and _held(found) < _COVERED * sum(sizes.values()):
        count -= 1
        found = _drawn(signs, sizes, tied, count, groups)
    return found


def ranked(nodes: Iterable[Node]) -> list[Node]:
    """Indicators, those of most accounts first, but two of each kind before any third."""
    order = sorted(nodes, key=lambda node: (-node.accounts, node.kind, node.label, node.id))
    signs = [node for node in order if node.kind != ACCOUNTS]
    seen: Counter[str] = Counter()
    first, later = list[Node](), list[Node]()
    for node in signs:
        seen[node.kind] += 1
        (first if seen[node.kind] <= _OF_EACH_KIND else later).append(node)
    return first + later


def _held(drawn: Drawn) -> int:
    return sum(group.accounts for group in drawn.groups)


def _drawn(
    signs: Sequence[Node],
    sizes: Mapping[str, int],
    tied: Sequence[tuple[str, str]],
    count: int,
    groups: int,
) -> Drawn:
    shown = {node.id for node in signs[:count]}
    holds: defaultdict[str, set[str]] = defaultdict(set)
    for group, indicator in tied:
        if indicator in shown:
            holds[group].add(indicator)
    merged: defaultdict[frozenset[str], int] = defaultdict(int)
    for group, size in sizes.items():
        merged[frozenset(holds[group])] += size
    bare = merged.pop(frozenset(), 0)
    largest = sorted(merged.items(), key=lambda item: (-item[1], sorted(item[0])))
    rest = sum(size for _, size in largest[groups:])
    return Drawn(
        tuple(Indicator(node.id, node.kind, node.label, node.accounts) for node in signs[:count]),
        tuple(Group(f"g{at}", size, held) for at, (held, size) in enumerate(largest[:groups])),
        _left_out(len(signs) - count, rest, bare),
    )


def _left_out(indicators: int, smaller: int, bare: int) -> tuple[str, ...]:
    words = (
        ("further indicators", indicators),
        ("accounts in smaller groups", smaller),
        ("accounts that hold none of the indicators drawn", bare),
    )
    return tuple(f"{count:,} {said}" for said, count in words if count > 0)
