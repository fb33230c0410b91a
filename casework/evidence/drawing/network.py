"""What holds the accounts of a cluster together: groups of accounts, and what they share. Pure."""

from __future__ import annotations

from casework.evidence.drawing import frame
from casework.evidence.drawing.folding import Drawn, Group, Indicator, folded
from casework.evidence.drawing.frame import Picture, Table
from casework.evidence.drawing.series import Series
from casework.pictures import svg
from casework.pictures.layout import Cell, grid

TITLE = "What the accounts share"
TOP, ROW, LEFT, RIGHT = 34.0, 22.0, 170.0, 350.0
KINDS = {
    "address": "address",
    "payment": "payment instrument",
    "template": "prompt template",
    "near_template": "similar prompts",
    "timing": "timing",
}


def network(series: Series, *, indicators: int = 16, groups: int = 28) -> Picture:
    """The indicators that hold most accounts, and accounts in groups that hold the same of them."""
    found = folded(series.nodes, series.edges, indicators=indicators, groups=groups)
    if not found.groups:
        return frame.nothing(TITLE, "No indicator that can be drawn holds these accounts.")
    left, right = _placed(found)
    heads = (("Accounts", LEFT, "end"), ("What they share", RIGHT, "start"))
    parts = [svg.label(words, x, 14, anchor=at, weight=600) for words, x, at in heads]
    # Lines first, so that every shape stands on top of them.
    for group in found.groups:
        for one in sorted(group.holds):
            look = {"stroke_width": _heavy(group, found)}
            ends = (LEFT + 14, left[group.id], RIGHT - 14, right[one])
            parts.append(frame.line(*ends, tone=frame.MIDDLE, **look))
    parts += [part for group in found.groups for part in _group(group, left[group.id], found)]
    parts += [part for one in found.indicators for part in _indicator(one, right[one.id])]
    high = max([*left.values(), *right.values()]) + 24
    return frame.picture(TITLE, _said(series, found), high, parts, _table(found))


def _placed(found: Drawn) -> tuple[dict[str, float], dict[str, float]]:
    """Heights of both sides, in an order that keeps connected ones near each other."""
    groups = [group.id for group in found.groups]
    indicators = [one.id for one in found.indicators]
    ties = [(group.id, one) for group in found.groups for one in sorted(group.holds)]
    columns = max(len(groups), len(indicators))
    cells = grid([*groups, *indicators], ties, columns=columns)
    space = ROW * columns
    return _spread(groups, cells, space), _spread(indicators, cells, space)


def _spread(names: list[str], cells: dict[str, Cell], space: float) -> dict[str, float]:
    order = sorted(names, key=lambda name: cells[name].column)
    each = space / len(order)
    return {name: TOP + each * (at + 0.5) for at, name in enumerate(order)}


def _heavy(group: Group, found: Drawn) -> float:
    return 0.6 + 2.4 * group.accounts / max(one.accounts for one in found.groups)


def _group(group: Group, y: float, found: Drawn) -> list[str]:
    """A disc whose area is the number of accounts."""
    most = max(one.accounts for one in found.groups)
    radius = max(2.5, 9.0 * (group.accounts / most) ** 0.5)
    return [
        svg.element("circle", cx=LEFT + 14, cy=y, r=radius, fill=frame.DARK, stroke="#ffffff"),
        svg.label(_accounts(group.accounts), LEFT, y + 3, anchor="end", size=frame.SMALL),
    ]


def _accounts(count: int) -> str:
    return "1 account" if count == 1 else f"{frame.whole(count)} accounts"


def _indicator(one: Indicator, y: float) -> list[str]:
    begins = f"{KINDS.get(one.kind, one.kind)}, {_accounts(one.accounts)}: "
    room = frame.WIDE - RIGHT - 8 - svg.width(begins, frame.SMALL)
    words = begins + svg.wrap(one.label, room, 1, frame.SMALL)[0]
    return [
        _shape(one.kind, RIGHT - 14, y),
        svg.label(words, RIGHT, y + 3, anchor="start", size=frame.SMALL),
    ]


_CORNERS = {
    "address": ((-6, -6), (6, -6), (6, 6), (-6, 6)),
    "payment": ((0, -8), (8, 0), (0, 8), (-8, 0)),
    "template": ((0, -8), (7, 6), (-7, 6)),
    "near_template": ((0, 8), (7, -6), (-7, -6)),
    "timing": ((-4, -7), (4, -7), (8, 0), (4, 7), (-4, 7), (-8, 0)),
}


def _shape(kind: str, x: float, y: float) -> str:
    """A square is an address, a diamond a payment, a triangle a prompt, a hexagon a timing."""
    corners = _CORNERS.get(kind, _CORNERS["timing"])
    points = " ".join(f"{svg.number(x + a)},{svg.number(y + b)}" for a, b in corners)
    return svg.element(
        "polygon", points=points, fill="#ffffff", stroke=frame.DARK, stroke_width=1.4
    )


def _said(series: Series, found: Drawn) -> str:
    kinds: dict[str, int] = {}
    for one in found.indicators:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    told = ", ".join(f"{KINDS.get(kind, kind)} {n}" for kind, n in kinds.items())
    left = f" Not drawn: {'; '.join(found.left_out)}." if found.left_out else ""
    return (
        f"Accounts of cluster {series.cluster} in groups that hold the same (disc, its area is the"
        f" number of accounts), joined by lines to what they share: {told}. Square: address;"
        " diamond: payment instrument; triangle: prompt template (on its tip: similar prompts);"
        f" hexagon: timing.{left} To share something is not to be the same person."
    )


def _table(found: Drawn) -> Table:
    held = {one.id: 0 for one in found.indicators}
    for group in found.groups:
        for one in group.holds:
            held[one] += group.accounts
    return Table(
        ("What is shared", "Kind", "Accounts", "Of them in the groups drawn"),
        tuple(
            (
                one.label,
                KINDS.get(one.kind, one.kind),
                frame.whole(one.accounts),
                frame.whole(held[one.id]),
            )
            for one in found.indicators
        ),
    )
