"""What the exchanges ask for, beside what those of other accounts ask for. Pure."""

from __future__ import annotations

from decimal import Decimal

from casework.evidence.drawing import frame
from casework.evidence.drawing.frame import Picture, Table
from casework.evidence.drawing.series import Series, Share
from casework.pictures import svg

TITLE = "Capabilities asked for"
LEFT, RIGHT, TOP, ROW = 178.0, 52.0, 40.0, 32.0
MOST_ROWS = 16


def capabilities(series: Series) -> Picture:
    """The capabilities by their share among other accounts, as in the report; at most sixteen, by
    the larger of the two shares, are drawn.
    """
    if not series.capabilities:
        return frame.nothing(TITLE, "The log names no capability.")
    ranked = sorted(series.capabilities, key=lambda row: max(row.own, row.baseline), reverse=True)
    kept = set(ranked[:MOST_ROWS])
    drawn = [row for row in series.capabilities if row in kept][:MOST_ROWS]
    ticks = frame.steps(float(100 * max(max(row.own, row.baseline) for row in drawn)))
    foot = TOP + ROW * len(drawn)
    parts = frame.key(
        [(frame.DARK, f"cluster {series.cluster}"), (frame.LIGHT, "accounts it is compared with")],
        LEFT,
        12,
    )
    for tick in ticks:
        x = _x(Decimal(tick) / 100, ticks[-1])
        parts.append(frame.line(x, TOP - 4, x, foot))
        parts.append(svg.label(f"{tick}%", x, TOP - 9, size=frame.SMALL))
    for at, row in enumerate(drawn):
        parts += _row(row, TOP + ROW * at, ticks[-1])
    parts.append(frame.line(LEFT, TOP - 4, LEFT, foot, tone=frame.DARK))
    return frame.picture(TITLE, _said(series, drawn), foot + 8, parts, _table(series))


def _x(share: Decimal, most: int) -> float:
    return LEFT + (frame.WIDE - LEFT - RIGHT) * float(100 * share) / most


def _row(row: Share, y: float, most: int) -> list[str]:
    lines = svg.wrap(row.name, LEFT - 12, 2, frame.SMALL)
    start = y + ROW / 2 + 3 - 5.5 * (len(lines) - 1)
    parts = [
        svg.label(line, LEFT - 8, start + 11.0 * at, anchor="end", size=frame.SMALL)
        for at, line in enumerate(lines)
    ]
    for at, (share, fill) in enumerate(((row.own, frame.DARK), (row.baseline, frame.LIGHT))):
        x, top = _x(share, most), y + 4 + 12.0 * at
        parts.append(frame.box(LEFT, top, x - LEFT, 11.0, fill))
        words = frame.percent(share)
        parts.append(svg.label(words, x + 4, top + 9, anchor="start", size=frame.SMALL))
    return parts


def _said(series: Series, drawn: list[Share]) -> str:
    top = max(series.capabilities, key=lambda row: row.own)
    more = len(series.capabilities) - len(drawn)
    rest = f" Further capabilities in the table: {more}." if more else ""
    return (
        f"Share of the exchanges, cluster {series.cluster} above, accounts it is compared with"
        f" below. Largest in the cluster: {top.name}, {frame.percent(top.own)}; there"
        f" {frame.percent(top.baseline)}.{rest}"
    )


def _table(series: Series) -> Table:
    return Table(
        ("Capability", "Cluster", "Compared with"),
        tuple(
            (row.name, frame.percent(row.own), frame.percent(row.baseline))
            for row in series.capabilities
        ),
    )
