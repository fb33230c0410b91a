"""Accounts of a cluster from their first exchange to their last, and who follows whom. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from casework.evidence.drawing import frame
from casework.evidence.drawing.frame import Picture, Table
from casework.evidence.drawing.series import Life, Series
from casework.pictures import svg

TITLE = "Accounts from first to last exchange"
LEFT, RIGHT, TOP, ROW = 138.0, 58.0, 26.0, 11.0
HAND_OVER = timedelta(hours=24)


def lives(series: Series, *, most: int = 60) -> Picture:
    """At most `most` accounts, evenly taken, in the order of their first exchange."""
    if not series.lives:
        return frame.nothing(TITLE, "The cluster holds no account.")
    drawn = evenly(series.lives, most)
    after = followers(drawn)
    first, last = drawn[0].first, max(life.last for life in drawn)
    scale = _Scale(first, last + timedelta(hours=1))
    foot = TOP + ROW * len(drawn)
    parts = []
    for day in frame.dates(first.date(), last.date()):
        x = scale.x(max(datetime(day.year, day.month, day.day, tzinfo=first.tzinfo), first))
        parts.append(frame.line(x, TOP - 4, x, foot + 4))
        parts.append(svg.label(frame.day_text(day), x, TOP - 10, size=frame.SMALL))
    for at, life in enumerate(drawn):
        parts += _bar(life, TOP + ROW * at, scale)
    parts += [_step(drawn, one, other, scale) for one, other in after]
    said = _said(series, drawn, after)
    return frame.picture(TITLE, said, foot + 12, parts, _table(drawn, after))


def evenly(rows: Sequence[Life], most: int) -> tuple[Life, ...]:
    """At most `most` (two or more) of them, evenly taken in the order of the first exchange."""
    order = sorted(rows, key=lambda life: (life.first, life.last, life.account))
    if len(order) <= most:
        return tuple(order)
    return tuple(order[at * (len(order) - 1) // (most - 1)] for at in range(most))


def followers(drawn: Sequence[Life]) -> list[tuple[int, int]]:
    """Pairs of places: the second account begins within 24 hours of the last exchange of the
    first. Each account follows and is followed once at most, the nearest first.
    """
    near = sorted(
        (other.first - one.last, at, to)
        for at, one in enumerate(drawn)
        for to, other in enumerate(drawn)
        if at != to and timedelta() < other.first - one.last <= HAND_OVER
    )
    left, come = set[int](), set[int]()
    pairs = []
    for _, at, to in near:
        if at not in left and to not in come:
            left.add(at)
            come.add(to)
            pairs.append((at, to))
    return sorted(pairs)


class _Scale:
    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.span = first, last - first

    def x(self, at: datetime) -> float:
        return LEFT + (frame.WIDE - LEFT - RIGHT) * ((at - self.first) / self.span)


def _bar(life: Life, y: float, scale: _Scale) -> list[str]:
    begin = scale.x(life.first)
    wide = max(scale.x(life.last + timedelta(hours=1)) - begin, 1.5)
    name = svg.wrap(life.account, LEFT - 14, 1, 8.0)[0]
    edge = frame.WIDE - RIGHT + 8
    return [
        svg.label(name, LEFT - 8, y + 8, anchor="end", size=8.0),
        frame.box(begin, y + 2, wide, ROW - 4, frame.MIDDLE),
        svg.label(frame.whole(life.n), edge, y + 8, anchor="start", size=8.0),
    ]


def _step(drawn: Sequence[Life], one: int, other: int, scale: _Scale) -> str:
    """A line from the end of one bar to the beginning of the next."""
    x, to = scale.x(drawn[one].last + timedelta(hours=1)), scale.x(drawn[other].first)
    y, end = TOP + ROW * one + ROW / 2, TOP + ROW * other + ROW / 2
    path = f"M{svg.number(x)} {svg.number(y)}L{svg.number(to)} {svg.number(end)}"
    return svg.element("path", d=path, fill="none", stroke=frame.DARK, stroke_width=0.9)


def _said(series: Series, drawn: Sequence[Life], after: Sequence[tuple[int, int]]) -> str:
    return (
        f"Accounts of cluster {series.cluster}, shown {len(drawn)}, in the order of their first"
        f" exchange; on the right, exchanges of each; days in UTC. A black line joins an account to"
        f" one that begins within 24 hours of its last exchange: {len(after)} among those shown."
        " Accounts also follow each other by chance; the measure of hand-overs says how often."
    )


def _table(drawn: Sequence[Life], after: Sequence[tuple[int, int]]) -> Table:
    next_of = {one: drawn[other].account for one, other in after}
    return Table(
        ("Account", "First exchange (UTC)", "Last exchange (UTC)", "Exchanges", "Followed by"),
        tuple(
            (
                life.account,
                _hour(life.first),
                _hour(life.last),
                frame.whole(life.n),
                next_of.get(at, ""),
            )
            for at, life in enumerate(drawn)
        ),
    )


def _hour(at: datetime) -> str:
    return f"{frame.day_text(at.date())}, {at:%H}:00"
