"""What the pictures of an analysis have in common: scales, axes, tones, and the result. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from casework.pictures import svg

WIDE = 600.0
SMALL = 9.0
DARK, MIDDLE, LIGHT, LINE = svg.INK, "#868b92", "#c6cace", "#dfe1e2"
_MOST_STEPS = 5
_DAY_STEPS = (1, 2, 7, 14, 28, 56, 84, 112, 182, 364)
_MOST_DATES = 6


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture, as text; the first cell of a row names it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` is one svg element whose title says `title` and `description`."""

    svg: str
    title: str
    description: str
    table: Table


def picture(
    title: str, description: str, high: float, parts: Sequence[str], table: Table
) -> Picture:
    words = f"{title}. {description}"
    return Picture(svg.drawing(WIDE, high, words, list(parts)), title, description, table)


def steps(most: float) -> list[int]:
    """Whole numbers from 0 in even steps of 1, 2 or 5 times a power of ten, up to at least `most`.

    At most six of them; [0, 1] for nothing at all.
    """
    size, unit = 1, 1
    while size * _MOST_STEPS < most:
        size = next((unit * by for by in (1, 2, 5) if unit * by * _MOST_STEPS >= most), size)
        unit *= 10
    count = max(1, -(-int(-(-most // 1)) // size))
    return [size * at for at in range(count + 1)]


def dates(first: date, last: date) -> list[date]:
    """Days to be named on an axis, from `first` in even steps, at most six."""
    span = (last - first).days
    even = next(
        (size for size in _DAY_STEPS if span // size < _MOST_DATES), span // _MOST_DATES + 1
    )
    return [first + timedelta(days=at) for at in range(0, span + 1, even)]


def day_text(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def whole(count: int) -> str:
    return f"{count:,}"


def percent(share: Decimal) -> str:
    """A share of one as a percentage with one decimal."""
    return f"{share * 100:.1f}%"


def line(x: float, y: float, x2: float, y2: float, *, tone: str = LINE, **look: object) -> str:
    return svg.element("line", x1=x, y1=y, x2=x2, y2=y2, stroke=tone, **look)


def box(x: float, y: float, wide: float, high: float, fill: str, **look: object) -> str:
    return svg.element("rect", x=x, y=y, width=wide, height=high, fill=fill, **look)


def key(entries: Sequence[tuple[str, str]], x: float, y: float) -> list[str]:
    """Tones with their words in one line that starts at `x`, letters standing on `y`."""
    parts = []
    for fill, words in entries:
        parts.append(box(x, y - 8, 9.0, 9.0, fill, stroke=DARK, stroke_width=0.6))
        parts.append(svg.label(words, x + 14, y, anchor="start", size=SMALL))
        x += 14 + svg.width(words, SMALL) + 18
    return parts


def nothing(title: str, why: str) -> Picture:
    """A picture of nothing, which says so."""
    parts = [
        svg.label(line, WIDE / 2, 24 + 13.0 * at) for at, line in enumerate(svg.wrap(why, 520, 3))
    ]
    return picture(title, why, 60.0, parts, Table(("Picture", "Why it is empty"), ((title, why),)))
