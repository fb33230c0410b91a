"""Where the nodes of a picture stand: rows from owner to owned, on a grid. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Cell:
    row: int
    column: int


def grid(nodes: Sequence[str], ties: Iterable[tuple[str, str]], *, columns: int) -> dict[str, Cell]:
    """Cell of every node: owners above owned wherever there is no circle, `columns` per row.

    A layer with more nodes than columns goes on in further rows. The answer depends on the
    order of `nodes` and `ties` only.
    """
    pairs = [(owner, owned) for owner, owned in dict.fromkeys(ties) if owner != owned]
    downward = _without_circles(nodes, pairs)
    layers = _ordered(_layers(nodes, downward), downward)
    cells: dict[str, Cell] = {}
    row = 0
    for layer in layers:
        for start in range(0, len(layer), columns):
            chunk = layer[start : start + columns]
            cells.update(_placed(chunk, row, cells, downward, columns))
            row += 1
    return cells


def _without_circles(
    nodes: Sequence[str], pairs: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Ties with those that close a circle turned round; walks without recursion."""
    below: dict[str, list[str]] = defaultdict(list)
    for owner, owned in pairs:
        below[owner].append(owned)
    open_, done = set[str](), set[str]()
    closing: set[tuple[str, str]] = set()
    for start in _roots_first(nodes, pairs):
        stack = [] if start in done else [(start, iter(below[start]))]
        open_.update(name for name, _ in stack)
        while stack:
            here, rest = stack[-1]
            owned = next(rest, "")
            if not owned:
                stack.pop()
                open_.discard(here)
                done.add(here)
            elif owned in open_:
                closing.add((here, owned))
            elif owned not in done:
                open_.add(owned)
                stack.append((owned, iter(below[owned])))
    return [(b, a) if (a, b) in closing else (a, b) for a, b in pairs]


def _roots_first(nodes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    owned = {below for _, below in pairs}
    return sorted(nodes, key=lambda node: node in owned)


def _layers(nodes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    depth = dict.fromkeys(nodes, 0)
    waiting = {node: sum(owned == node for _, owned in pairs) for node in nodes}
    below: dict[str, list[str]] = defaultdict(list)
    for owner, owned in pairs:
        below[owner].append(owned)
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        for owned in below[node]:
            depth[owned] = max(depth[owned], depth[node] + 1)
            waiting[owned] -= 1
            if not waiting[owned]:
                ready.append(owned)
    layers: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        layers[depth[node]].append(node)
    return [layers[level] for level in sorted(layers)]


def _ordered(layers: list[list[str]], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return layers sorted so that neighbours of one box stand near each other."""
    near: dict[str, list[str]] = defaultdict(list)
    for owner, owned in pairs:
        near[owner].append(owned)
        near[owned].append(owner)
    for sweep in range(_SWEEPS):
        place = {node: at / len(layer) for layer in layers for at, node in enumerate(layer)}
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            layer.sort(key=lambda node, place=place: _mean(near[node], place, place[node]))  # type: ignore[misc]
            place.update({node: at / len(layer) for at, node in enumerate(layer)})
    return layers


def _mean(names: Sequence[str], place: Mapping[str, float], default: float) -> float:
    known = [place[name] for name in names if name in place]
    return sum(known) / len(known) if known else default


def _placed(
    chunk: Sequence[str],
    row: int,
    cells: Mapping[str, Cell],
    pairs: Sequence[tuple[str, str]],
    columns: int,
) -> dict[str, Cell]:
    """Return cells of one row: each box under its owners if there is room, order kept."""
    owners: dict[str, list[str]] = defaultdict(list)
    for owner, owned in pairs:
        owners[owned].append(owner)
    spread = (columns - len(chunk)) / 2
    over = {name: float(cell.column) for name, cell in cells.items()}
    row_cells: dict[str, Cell] = {}
    least = 0
    for at, node in enumerate(chunk):
        wanted = round(_mean(owners[node], over, spread + at))
        column = min(max(wanted, least), columns - (len(chunk) - at))
        row_cells[node] = Cell(row, column)
        least = column + 1
    return row_cells
