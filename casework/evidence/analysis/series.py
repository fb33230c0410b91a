"""The rows behind the pictures of a cluster. Times are UTC; every list is small and ordered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import rounded
from casework.evidence.analysis.factors.view import Hours, View
from casework.evidence.analysis.sentences import day_iso, hour_iso
from casework.evidence.analysis.series_network import Network, networks

MOST_LIVES, MOST_POINTS = 60, 100
_EPOCH_DAY = 3  # 1970-01-01 was a Thursday; Monday is 0

# At most so many accounts, evenly taken from all in the order of their first hour.
_LIVES = """
select c, account_id, first_h, last_h, n from (
    select *, row_number() over (partition by c order by first_h, last_h, account_id) as r,
           count(*) over (partition by c) as k
    from member join account using (a)
) where k <= $most or r = 1
     or (r - 1) * ($most - 1) // (k - 1) > (r - 2) * ($most - 1) // (k - 1)
order by c, r
"""

Series = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pictured:
    """Lives of accounts and the network, by cluster; read once for all."""

    lives: Mapping[int, list[list[Any]]]
    networks: Mapping[int, Network]


def read_pictured(con: duckdb.DuckDBPyConnection) -> Pictured:
    """Reads `member`, `account` and `tie`."""
    lives: defaultdict[int, list[list[Any]]] = defaultdict(list)
    for cluster, name, first, last, n in con.execute(_LIVES, {"most": MOST_LIVES}).fetchall():
        lives[cluster].append([name, hour_iso(first), hour_iso(last), n])
    return Pictured(lives, networks(con))


def series_of(view: View, rest: Hours, pictured: Pictured) -> Series:
    """Daily counts, the week, capabilities, lives, the network and the Lorenz curve."""
    return {
        "daily": _daily(view, rest),
        "week": _week(view.hours),
        "capabilities": _capabilities(view),
        "lives": pictured.lives.get(view.number, []),
        "network": pictured.networks.get(view.number, {"nodes": [], "edges": []}),
        "lorenz": _lorenz(view),
    }


def _daily(view: View, rest: Hours) -> list[list[Any]]:
    first, last = view.lives.log_first // 24, view.lives.log_last // 24
    sums = [
        np.bincount(hour // 24 - first, weights=n, minlength=last - first + 1).astype(int)
        for hour, n in (
            (view.hours.hour, view.hours.n),
            (view.hours.hour, view.hours.n_new),
            (rest.hour, rest.n),
        )
    ]
    return [
        [day_iso(first + day), *(int(column[day]) for column in sums)]
        for day in range(last - first + 1)
    ]


def _week(hours: Hours) -> list[list[int]]:
    of_week = (hours.hour + _EPOCH_DAY * 24) % 168
    sums = np.bincount(of_week, weights=hours.n, minlength=168)
    return [[hour // 24, hour % 24, int(sums[hour])] for hour in range(168)]


def _capabilities(view: View) -> list[list[Any]]:
    own = formulas.ratio(view.own.capabilities, view.own.capabilities.sum(keepdims=True))
    rest = formulas.ratio(view.rest.capabilities, view.rest.capabilities.sum(keepdims=True))
    told = [
        [name, rounded(float(np.nan_to_num(share))), rounded(float(np.nan_to_num(other)))]
        for name, share, other in zip(view.own.layout.capabilities, own, rest, strict=True)
        if share > 0 or other > 0
    ]
    return sorted(told, key=lambda row: (-row[2], -row[1], row[0]))


def _lorenz(view: View) -> list[list[float | int | None]]:
    loads = np.sort(view.loads.own[np.isfinite(view.loads.own)])
    if not len(loads):
        return []
    curve = formulas.lorenz(loads)
    at = np.unique(np.linspace(0, len(curve) - 1, min(len(curve), MOST_POINTS + 1)).astype(int))
    return [[rounded(float(x)), rounded(float(y))] for x, y in curve[at]]
