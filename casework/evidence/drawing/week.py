"""The hours of the week as a map in grey. Pure."""

from __future__ import annotations

from casework.evidence.drawing import frame
from casework.evidence.drawing.frame import Picture, Table
from casework.evidence.drawing.series import Series
from casework.pictures import svg

TITLE = "Exchanges by hour and weekday (UTC)"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEFT, TOP, CELL_WIDE, CELL_HIGH = 78.0, 22.0, 21.0, 24.0
TONES = ("#e3e5e8", "#b8bcc1", "#868b92", "#545961", "#1b1b1b")
KEY_WIDE = 100.0


def week(series: Series, *, hours: int = 1) -> Picture:
    """`hours`, a divisor of 24, are added up in each row of the table."""
    counts = {(row.weekday, row.hour): row.n for row in series.week}
    most = max(counts.values(), default=0)
    if not most:
        return frame.nothing(TITLE, "The cluster made no exchange.")
    size = -(-most // len(TONES))
    parts = []
    for weekday, name in enumerate(DAYS):
        y = TOP + CELL_HIGH * weekday
        parts.append(svg.label(name, LEFT - 8, y + 16, anchor="end", size=frame.SMALL))
        for hour in range(24):
            fill = _tone(counts.get((weekday, hour), 0), size)
            x = LEFT + CELL_WIDE * hour
            parts.append(frame.box(x, y, CELL_WIDE, CELL_HIGH, fill, stroke="#ffffff"))
    grid = (CELL_WIDE * 24, CELL_HIGH * 7)
    parts.append(frame.box(LEFT, TOP, *grid, "none", stroke=frame.MIDDLE, stroke_width=0.6))
    for hour in range(0, 25, 3):
        x = LEFT + CELL_WIDE * hour
        parts.append(svg.label(f"{hour:02}:00", x, TOP - 6, size=frame.SMALL))
    parts += _key(most, size, TOP + grid[1] + 22)
    return frame.picture(
        TITLE, _said(series, counts), TOP + grid[1] + 42, parts, _table(counts, hours)
    )


def _tone(n: int, size: int) -> str:
    return TONES[min((n - 1) // size, len(TONES) - 1)] if n else "#ffffff"


def _key(most: int, size: int, y: float) -> list[str]:
    """The tones with the counts they stand for, so that each cell can be read."""
    parts = []
    x = LEFT
    for at, fill in enumerate(("#ffffff", *TONES)):
        low, high = size * (at - 1) + 1, min(size * at, most)
        if at and low > most:
            break
        words = "0" if not at else frame.whole(low) if low == high else _range(low, high)
        parts.append(frame.box(x, y - 9, 14.0, 11.0, fill, stroke=frame.MIDDLE, stroke_width=0.6))
        parts.append(svg.label(words, x + 18, y, anchor="start", size=frame.SMALL))
        x += 18 + svg.width(words, frame.SMALL) + 12
    return parts


def _range(low: int, high: int) -> str:
    return f"{frame.whole(low)}–{frame.whole(high)}"


def _said(series: Series, counts: dict[tuple[int, int], int]) -> str:
    silent = 168 - sum(1 for n in counts.values() if n)
    top = max(counts, key=lambda at: (counts[at], -at[0], -at[1]))
    weekend = sum(n for (weekday, _), n in counts.items() if weekday >= DAYS.index("Saturday"))
    share = 100 * weekend / sum(counts.values())
    return (
        f"Cluster {series.cluster}, all weeks added up; the darker, the more exchanges. Most on"
        f" {DAYS[top[0]]} from {top[1]:02}:00 to {top[1] + 1:02}:00 UTC,"
        f" {frame.whole(counts[top])}."
        f" Hours of the week without any: {silent} of 168."
        f" Saturday and Sunday: {share:.1f}% of all (2 of 7 days are 28.6%)."
    )


def _table(counts: dict[tuple[int, int], int], hours: int) -> Table:
    return Table(
        ("Hours (UTC)", *(day[:3] for day in DAYS)),
        tuple(
            (
                f"{begin:02}:00–{begin + hours:02}:00",
                *(frame.whole(_sum(counts, day, begin, hours)) for day in range(7)),
            )
            for begin in range(0, 24, hours)
        ),
    )


def _sum(counts: dict[tuple[int, int], int], day: int, begin: int, hours: int) -> int:
    return sum(counts.get((day, hour), 0) for hour in range(begin, begin + hours))
