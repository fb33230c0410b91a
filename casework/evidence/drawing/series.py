"""The rows behind the pictures of one cluster, read out of the report of an analysis. Pure.

All counts are exchanges unless a name says accounts; days and hours are UTC; shares are fractions
of one. No value is a binary fraction, so that what is kept is what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from casework.errors import NotFound


@dataclass(frozen=True, slots=True)
class Day:
    """`new` are those of `n` that went to the model released inside the log."""

    day: date
    n: int
    new: int
    baseline: int


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week; `weekday` 0 is Monday."""

    weekday: int
    hour: int
    n: int


@dataclass(frozen=True, slots=True)
class Share:
    name: str
    own: Decimal
    baseline: Decimal


@dataclass(frozen=True, slots=True)
class Life:
    """An account from the hour of its first exchange to that of its last."""

    account: str
    first: datetime
    last: datetime
    n: int


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator, or with the kind "accounts" a group of accounts that hold the same."""

    id: str
    kind: str
    label: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Edge:
    """So many accounts of the group `group` hold the indicator `indicator`."""

    group: str
    indicator: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Point:
    """`x` of the accounts, the least active first, made `y` of the exchanges."""

    x: Decimal
    y: Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated event outside the log: a release of the owner, or an event of a rival's model."""

    words: str
    rival: bool
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Series:
    """`gini` is None where it could not be computed."""

    cluster: str
    days: tuple[Day, ...]
    week: tuple[Hour, ...]
    capabilities: tuple[Share, ...]
    lives: tuple[Life, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lorenz: tuple[Point, ...]
    gini: Decimal | None
    marks: tuple[Mark, ...]


def series_of(report: Mapping[str, Any], cluster_id: str) -> Series:
    """The rows of one cluster; raises NotFound where the report has no such cluster."""
    cluster = next((row for row in report["clusters"] if row["cluster_id"] == cluster_id), None)
    if cluster is None:
        raise NotFound(f"The report has no cluster {cluster_id}.")
    rows = cluster["series"]
    gini = cluster["factors"]["i"]["measures"].get("gini", {}).get("value")
    return Series(
        cluster=cluster_id,
        days=tuple(Day(date.fromisoformat(at), n, new, rest) for at, n, new, rest in rows["daily"]),
        week=tuple(Hour(*row) for row in rows["week"]),
        capabilities=tuple(
            Share(name, _exact(p), _exact(q)) for name, p, q in rows["capabilities"]
        ),
        lives=tuple(Life(name, _time(at), _time(to), n) for name, at, to, n in rows["lives"]),
        nodes=tuple(
            Node(row["id"], row["kind"], row["label"], row["accounts"])
            for row in rows["network"]["nodes"]
        ),
        edges=tuple(
            Edge(row["from"], row["to"], row["accounts"]) for row in rows["network"]["edges"]
        ),
        lorenz=tuple(Point(_exact(x), _exact(y)) for x, y in rows["lorenz"]),
        gini=None if gini is None else _exact(gini),
        marks=_marks(report["markers"]),
    )


_EVENTS = {"training": "trained", "preview": "previewed"}


def _marks(markers: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[Mark, ...]:
    released = [_mark(row, "released", rival=False) for row in markers.get("releases", ())]
    rivals = [
        _mark(row, _EVENTS.get(row.get("kind", ""), "released"), rival=True)
        for row in markers.get("rival_releases", ())
    ]
    return tuple(released + rivals)


def _mark(row: Mapping[str, str], done: str, *, rival: bool) -> Mark:
    first = row["ts"] if "ts" in row else row["from"]
    whose = "by another developer" if rival else "by the owner"
    words = f"{row['model']} {done} {whose}"
    return Mark(words, rival, _time(first).date(), _time(row.get("to", first)).date())


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _exact(value: float) -> Decimal:
    return Decimal(str(value))


def attended(report: Mapping[str, Any]) -> Iterable[str]:
    """Names of the clusters with attention, the largest first."""
    rows = [row for row in report["clusters"] if row["attention"]]
    for row in sorted(rows, key=lambda row: (-row["accounts"], int(row["cluster_id"][1:]))):
        yield row["cluster_id"]
