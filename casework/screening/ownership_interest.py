"""What ownership graphs tell beside the rules: circles, economic interest, ultimate parent. Pure.

None of it decides whether an entity is caught.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

Pair = tuple[str, str]
Known = tuple[str, str, Decimal | None]
LARGEST_CIRCLE = 40  # entities; a larger circle is told, and its interest left open
_PLACES = Decimal("0.000001")
_HALF = Decimal(50)


def components(pairs: Iterable[Pair]) -> list[list[str]]:
    """Strongly connected sets, owners before what they own (Kosaraju's, without recursion)."""
    down: dict[str, list[str]] = defaultdict(list)
    up: dict[str, list[str]] = defaultdict(list)
    for owner, owned in pairs:
        down[owner].append(owned)
        up[owned].append(owner)
    taken = set[str]()
    parts = (_reached(name, up, taken) for name in reversed(_finished(down)))
    return [part for part in parts if part]


def _finished(down: Mapping[str, Sequence[str]]) -> list[str]:
    """Every name, each after all that it leads to and that was not reached before."""
    seen, order = set[str](), list[str]()
    waiting = [(name, False) for name in down]
    while waiting:
        name, done = waiting.pop()
        if done:
            order.append(name)
        elif name not in seen:
            seen.add(name)
            waiting.append((name, True))
            waiting += [(owned, False) for owned in down.get(name, ())]
    return order


def _reached(start: str, up: Mapping[str, Sequence[str]], taken: set[str]) -> list[str]:
    found, waiting = list[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in taken:
            taken.add(name)
            found.append(name)
            waiting += up.get(name, ())
    return found


def circles(pairs: Sequence[Pair]) -> frozenset[str]:
    """Entities that own themselves, directly or through others."""
    own = {owner for owner, owned in pairs if owner == owned}
    return frozenset(own.union(*(part for part in components(pairs) if len(part) > 1)))


def interests(listed: Collection[str], stakes: Sequence[Known]) -> dict[str, Decimal | None]:
    """Percent of each entity that belongs to listed owners in the end, multiplied along the chains
    and through circles, to six places. None where a share on the way is not exactly known.
    """
    into: dict[str, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for owner, owned, percent in stakes:
        into[owned].append((owner, percent))
    value: dict[str, Fraction | None] = dict.fromkeys(listed, Fraction(1))
    for part in components((owner, owned) for owner, owned, _ in stakes):
        unknown = [name for name in part if name not in listed]
        value |= _solve(unknown, into, value)
    return {name: _percent(share) for name, share in value.items() if name not in listed}


def _percent(share: Fraction | None) -> Decimal | None:
    if share is None:
        return None
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return exact.quantize(_PLACES).normalize()


def _solve(
    part: Sequence[str],
    into: Mapping[str, Sequence[tuple[str, Decimal | None]]],
    value: Mapping[str, Fraction | None],
) -> dict[str, Fraction | None]:
    """Exact shares of one circle: what known owners hold, and what it holds in itself."""
    place = {name: number for number, name in enumerate(part)}
    nothing: dict[str, Fraction | None] = dict.fromkeys(part)
    if len(part) > LARGEST_CIRCLE:
        return nothing
    rows = [
        [Fraction(int(n == m)) for m in range(len(part))] + [Fraction(0)] for n in place.values()
    ]
    for name, number in place.items():
        for owner, percent in into.get(name, ()):
            known = value.get(owner, Fraction(0))
            if owner not in place and known == 0:
                continue
            if percent is None or (owner not in place and known is None):
                return nothing
            share = Fraction(percent) / 100
            if owner in place:
                rows[number][place[owner]] -= share
            else:
                rows[number][-1] += share * (known or 0)
    return dict(zip(part, answers, strict=True)) if (answers := _eliminate(rows)) else nothing


def _eliminate(rows: list[list[Fraction]]) -> list[Fraction]:
    """The solution of a square system; empty where there is no single one."""
    for at in range(len(rows)):
        pivot = next((n for n in range(at, len(rows)) if rows[n][at]), None)
        if pivot is None:
            return []
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [cell / rows[at][at] for cell in rows[at]]
        for other, row in enumerate(rows):
            if other != at and row[at]:
                rows[other] = [a - row[at] * b for a, b in zip(row, rows[at], strict=True)]
    return [row[-1] for row in rows]


def parents(stakes: Iterable[tuple[str, str, Decimal]]) -> dict[str, str | None]:
    """The last owner upward, always of more than half; None in a circle, absent without one."""
    total: dict[Pair, Decimal] = defaultdict(Decimal)
    for owner, owned, least in stakes:
        total[owner, owned] += least
    above = {owned: owner for (owner, owned), least in total.items() if least > _HALF}
    return {name: _top(name, above) for name in above}


def _top(name: str, above: Mapping[str, str]) -> str | None:
    seen = {name}
    while (owner := above.get(name)) is not None:
        if owner in seen:
            return None
        seen.add(owner)
        name = owner
    return name
