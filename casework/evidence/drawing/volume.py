"""Exchanges per day: the cluster above, the accounts it is compared with below. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.evidence.drawing import frame
from casework.evidence.drawing.frame import Picture, Table
from casework.evidence.drawing.series import Day, Mark, Series
from casework.pictures import svg

TITLE = "Exchanges per day"
LEFT, RIGHT = 58.0, 12.0
PANEL, BELOW, LABEL = 130.0, 84.0, 13.0
MOST_MARKS = 8


@dataclass(frozen=True, slots=True)
class _Axis:
    days: Sequence[Day]

    @property
    def step(self) -> float:
        return (frame.WIDE - LEFT - RIGHT) / len(self.days)

    def x(self, day: date, after: int = 0) -> float:
        return LEFT + self.step * ((day - self.days[0].day).days + after)


def volume(series: Series, *, most_rows: int | None = None) -> Picture:
    """`most_rows` of the table: days are then added up in periods of equal length."""
    if not series.days:
        return frame.nothing(TITLE, "The log holds no day.")
    axis = _Axis(series.days)
    inside = [mark for mark in series.marks if _inside(mark, series.days)][:MOST_MARKS]
    top = 30.0 + LABEL * len(inside)
    second = top + PANEL + 34
    parts = frame.key(
        [(frame.LIGHT, "other models"), (frame.DARK, "model released in the log's time")], LEFT, 12
    )
    parts += _panel(axis, top, PANEL, [(lambda d: d.n, frame.LIGHT), (lambda d: d.new, frame.DARK)])
    parts += _panel(axis, second, BELOW, [(lambda day: day.baseline, frame.MIDDLE)])
    parts.append(_caption(f"Cluster {series.cluster}", top - 4))
    parts.append(_caption("Accounts it is compared with (own scale)", second - 6))
    for at, mark in enumerate(inside):
        parts += _marked(mark, axis, 30.0 + LABEL * at, second + BELOW)
    parts += _dates(axis, second + BELOW)
    return frame.picture(
        TITLE, _said(series, inside), second + BELOW + 24, parts, _table(series.days, most_rows)
    )


def _inside(mark: Mark, days: Sequence[Day]) -> bool:
    return mark.first <= days[-1].day and mark.last >= days[0].day


def _caption(words: str, y: float) -> str:
    return svg.label(words, LEFT, y, anchor="start", size=frame.SMALL, weight=600)


def _panel(
    axis: _Axis, top: float, high: float, layers: Sequence[tuple[Callable[[Day], int], str]]
) -> list[str]:
    """Areas in front of each other, the first counts everything; the scale starts at 0."""
    ticks = frame.steps(max(layers[0][0](day) for day in axis.days))
    foot = top + high
    parts = []
    for tick in ticks:
        y = foot - high * tick / ticks[-1]
        parts.append(frame.line(LEFT, y, frame.WIDE - RIGHT, y))
        words = frame.whole(tick)
        parts.append(svg.label(words, LEFT - 6, y + 3, anchor="end", size=frame.SMALL))
    for count, fill in layers:
        path = f"M{svg.number(LEFT)} {svg.number(foot)}"
        for at, day in enumerate(axis.days):
            y = foot - high * count(day) / ticks[-1]
            path += f"V{svg.number(y)}H{LEFT + axis.step * (at + 1):.2f}"
        parts.append(svg.element("path", d=f"{path}V{svg.number(foot)}Z", fill=fill))
    return [*parts, frame.line(LEFT, foot, frame.WIDE - RIGHT, foot, tone=frame.DARK)]


def _marked(mark: Mark, axis: _Axis, y: float, foot: float) -> list[str]:
    """A line down from its words; a rival's is dashed, an event over several days has two."""
    first = max(mark.first, axis.days[0].day)
    last = min(mark.last, axis.days[-1].day)
    x, end = axis.x(first), axis.x(last, 1)
    look: dict[str, object] = {"stroke_dasharray": "4 3"} if mark.rival else {}
    parts = [frame.line(x, y - 8, x, foot, tone=frame.DARK, **look)]
    if last > first:
        parts.append(frame.line(end, y - 8, end, foot, tone=frame.DARK, **look))
        parts.append(frame.line(x, y - 8, end, y - 8, tone=frame.DARK, **look))
    right = x > LEFT + (frame.WIDE - LEFT) * 0.5
    room = x - 8 if right else frame.WIDE - x - 8
    words = svg.wrap(mark.words, room, 1, frame.SMALL)[0]
    ground = svg.width(words, frame.SMALL) + 4
    start = x - 4 - ground if right else x + 2
    parts.append(frame.box(start, y - 7, ground + 2, 10.0, "#ffffff"))
    anchor = "end" if right else "start"
    place = x - 4 if right else x + 4
    return [*parts, svg.label(words, place, y + 1, anchor=anchor, size=frame.SMALL)]


def _dates(axis: _Axis, foot: float) -> list[str]:
    parts = []
    for day in frame.dates(axis.days[0].day, axis.days[-1].day):
        x = axis.x(day)
        parts.append(frame.line(x, foot, x, foot + 4, tone=frame.DARK))
        late = x > frame.WIDE - 40
        anchor = "end" if late else "middle"
        words = frame.day_text(day)
        parts.append(svg.label(words, max(x, 30.0), foot + 15, anchor=anchor, size=frame.SMALL))
    return parts


def _said(series: Series, inside: Sequence[Mark]) -> str:
    days = series.days
    busiest = max(days, key=lambda day: day.n)
    said = [
        f"Days in UTC, {frame.day_text(days[0].day)} to {frame.day_text(days[-1].day)}.",
        f"Cluster {series.cluster}: {frame.whole(sum(day.n for day in days))} exchanges,",
        f"of them {frame.whole(sum(day.new for day in days))} on the model released in that time;",
        f"most on {frame.day_text(busiest.day)}, {frame.whole(busiest.n)}.",
        f"Accounts it is compared with: {frame.whole(sum(day.baseline for day in days))}.",
        *(f"{mark.words}, {_when(mark)}." for mark in inside),
    ]
    outside = [mark for mark in series.marks if mark not in inside]
    if outside:
        told = "; ".join(f"{mark.words}, {_when(mark)}" for mark in outside)
        said.append(f"Not drawn: {told}.")
    return " ".join(said)


def _when(mark: Mark) -> str:
    first = frame.day_text(mark.first)
    return first if mark.first == mark.last else f"{first} to {frame.day_text(mark.last)}"


def _table(days: Sequence[Day], most_rows: int | None) -> Table:
    size = -(-len(days) // most_rows) if most_rows else 1
    periods = [days[at : at + size] for at in range(0, len(days), size)]
    return Table(
        ("Days (UTC)", "Cluster", "Of them on the new model", "Compared with"),
        tuple(
            (
                _period(part),
                frame.whole(sum(day.n for day in part)),
                frame.whole(sum(day.new for day in part)),
                frame.whole(sum(day.baseline for day in part)),
            )
            for part in periods
        ),
    )


def _period(days: Sequence[Day]) -> str:
    first = frame.day_text(days[0].day)
    return first if len(days) == 1 else f"{first} to {frame.day_text(days[-1].day)}"
