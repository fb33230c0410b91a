"""How evenly the exchanges are spread over the accounts. Pure."""

from __future__ import annotations

from casework.evidence.drawing import frame
from casework.evidence.drawing.frame import Picture, Table
from casework.evidence.drawing.series import Point, Series
from casework.pictures import svg

TITLE = "Spread of the exchanges over the accounts"
LEFT, TOP, SIDE = 62.0, 14.0, 240.0
QUARTERS = (0, 25, 50, 75, 100)


def lorenz(series: Series, *, steps: int = 10) -> Picture:
    """`steps` of the table, from none of the accounts to all."""
    if not series.lorenz:
        return frame.nothing(TITLE, "The cluster holds no account with an active day.")
    foot = TOP + SIDE
    parts = []
    for tick in QUARTERS:
        across, up = LEFT + SIDE * tick / 100, foot - SIDE * tick / 100
        parts.append(frame.line(LEFT, up, LEFT + SIDE, up))
        parts.append(frame.line(across, TOP, across, foot))
        parts.append(svg.label(f"{tick}%", across, foot + 13, size=frame.SMALL))
        parts.append(svg.label(f"{tick}%", LEFT - 6, up + 3, anchor="end", size=frame.SMALL))
    parts.append(frame.line(LEFT, foot, LEFT + SIDE, TOP, tone=frame.DARK, stroke_dasharray="4 3"))
    path = "M" + "L".join(f"{_x(at):.2f} {_y(at):.2f}" for at in series.lorenz)
    parts.append(svg.element("path", d=path, fill="none", stroke=frame.DARK, stroke_width=2.0))
    middle = LEFT + SIDE / 2
    parts.append(svg.label("accounts, the least active first", middle, foot + 27, size=frame.SMALL))
    parts += _words(series)
    return frame.picture(TITLE, _said(series), foot + 34, parts, _table(series.lorenz, steps))


def _x(at: Point) -> float:
    return LEFT + SIDE * float(at.x)


def _y(at: Point) -> float:
    return TOP + SIDE * (1 - float(at.y))


def _words(series: Series) -> list[str]:
    left = LEFT + SIDE + 40
    room = frame.WIDE - left
    parts = [svg.label(f"Gini {_gini(series)}", left, TOP + 24, anchor="start", weight=600)]
    y = TOP + 44
    for text, dash in (("cluster " + series.cluster, ""), ("all accounts alike", "4 3")):
        look: dict[str, object] = {"stroke_dasharray": dash} if dash else {"stroke_width": 2.0}
        parts.append(frame.line(left, y - 3, left + 28, y - 3, tone=frame.DARK, **look))
        parts.append(svg.label(text, left + 36, y, anchor="start", size=frame.SMALL))
        y += 16
    told = "Upwards: share of the exchanges per active day. 0 is even, 1 is all by one account."
    for line in svg.wrap(told, room, 4, frame.SMALL):
        y += 12
        parts.append(svg.label(line, left, y, anchor="start", size=frame.SMALL, fill=svg.GREY))
    return parts


def _gini(series: Series) -> str:
    return "not computed" if series.gini is None else f"{series.gini:.2f}"


def _said(series: Series) -> str:
    half = min(series.lorenz, key=lambda at: abs(at.x - 1 / type(at.x)(2)))
    return (
        f"Lorenz curve of the exchanges per active day over the accounts of cluster"
        f" {series.cluster}. The {frame.percent(half.x)} least active accounts made"
        f" {frame.percent(half.y)}. Gini coefficient: {_gini(series)}; 0 is even, 1 is all by one."
    )


def _table(points: tuple[Point, ...], steps: int) -> Table:
    at = sorted({round(step * (len(points) - 1) / steps) for step in range(steps + 1)})
    return Table(
        ("Accounts, the least active first", "Their share of the exchanges"),
        tuple((frame.percent(points[one].x), frame.percent(points[one].y)) for one in at),
    )
