"""Incidents along a time axis, as an SVG picture with words beside it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.pictures import svg
from casework.screening.picture_parts import Picture

LEFT, AXIS, RIGHT = 172.0, 330.0, 146.0
ROW, HEAD = 44.0, 34.0
MOST_TICKS = 6
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Span:
    """A window of days, both ends included; None at an end that is not known.

    `status` is the word printed for the claim. A closed window is black if "Determined", grey
    if "Assessed", else white; an open one is white and dashed.
    """

    label: str
    first: date | None
    last: date | None
    status: str


def timeline_picture(spans: Sequence[Span], *, title: str) -> Picture:
    """One row per span in the order given; days as in `24 Nov 2026`."""
    known = [day for span in spans for day in (span.first, span.last) if day]
    words = " ".join([f"{title}: incidents shown {len(spans)}.", *map(_told, spans)])
    wide, high = LEFT + AXIS + RIGHT, HEAD + ROW * len(spans) + 8
    parts: list[str] = []
    if known:
        scale = _Scale(min(known), max(known))
        parts = _axis(scale, high)
        parts += [_row(span, HEAD + ROW * at, scale) for at, span in enumerate(spans)]
    else:
        parts = [_row(span, HEAD + ROW * at, None) for at, span in enumerate(spans)]
    return Picture(svg.drawing(wide, high, words, parts), words, wide, high)


def day_text(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def window_text(first: date | None, last: date | None) -> str:
    """Say the window in words; an end that is not known is called so."""
    if first and last:
        return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"
    if first:
        return f"from {day_text(first)}, end not known"
    return f"until {day_text(last)}, start not known" if last else "dates not known"


def _told(span: Span) -> str:
    return f"{span.label}: {window_text(span.first, span.last)}, {span.status.lower()}."


class _Scale:
    """Days to user units; the ends are rounded outward to whole months."""

    def __init__(self, first: date, last: date) -> None:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        self.step = next(
            (step for step in _MONTH_STEPS if months / step <= MOST_TICKS), -(-months // MOST_TICKS)
        )
        self.first = first.replace(day=1)
        self.ticks = [self.first]
        while self.ticks[-1] <= last and self.ticks[-1] < date.max:
            self.ticks.append(_later(self.ticks[-1], self.step))
        self.days = (self.ticks[-1] - self.first).days

    def x(self, day: date, *, after: int = 0) -> float:
        """Return the place of `day`, or of that many days after it if the axis goes so far."""
        days = min((day - self.first).days + after, self.days)
        return LEFT + AXIS * days / self.days


def _later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1) if day.year + years <= date.max.year else date.max


def _axis(scale: _Scale, high: float) -> list[str]:
    parts = []
    for tick in scale.ticks:
        x = scale.x(tick)
        parts.append(
            svg.element("path", d=f"M{svg.number(x)} 24 V{svg.number(high - 4)}", stroke="#c6cace")
        )
        parts.append(svg.label(f"{tick:%b %Y}", x, 16, size=8.5, fill=svg.GREY))
    return parts


def _row(span: Span, y: float, scale: _Scale | None) -> str:
    lines = svg.wrap(span.label, LEFT - 26, 3)
    start = y + ROW / 2 - svg.LINE * (len(lines) - 1) / 2 + 3
    parts = [
        svg.label(line, 0.0, start + svg.LINE * at, anchor="start", weight=600)
        for at, line in enumerate(lines)
    ]
    middle = y + ROW / 2
    if scale and (span.first or span.last):
        parts.append(_bar(span, middle - 6, scale))
    right = LEFT + AXIS + 22
    dates = svg.wrap(window_text(span.first, span.last), RIGHT - 22, 2)
    parts.append(svg.label(span.status, right, middle - 6, anchor="start", weight=600, size=9.0))
    parts += [
        svg.label(line, right, middle + 6 + 11.0 * at, anchor="start", size=8.5, fill=svg.GREY)
        for at, line in enumerate(dates)
    ]
    return svg.element("g", "".join(parts))


_FILLS = {"Determined": svg.INK, "Assessed": "#a9aeb1"}


def _bar(span: Span, y: float, scale: _Scale) -> str:
    """Return the bar of a window, never thinner than can be seen."""
    first, last = span.first or scale.first, span.last or scale.ticks[-1]
    begin = scale.x(first)
    end = max(scale.x(last, after=1), begin + 5)
    closed = span.first and span.last
    dash: dict[str, object] = {} if closed else {"stroke_dasharray": "4 3"}
    fill = _FILLS.get(span.status, "#ffffff") if closed else "#ffffff"
    return svg.element(
        "rect",
        x=begin,
        y=y,
        width=end - begin,
        height=12.0,
        fill=fill,
        stroke=svg.INK,
        stroke_width=1.2,
        **dash,
    )
