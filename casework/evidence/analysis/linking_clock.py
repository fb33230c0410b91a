"""A sign read from the clock: how well hours fit the countries that accounts appear in.

Every account has a direction on the clock: the mean of e^(2 pi i h / 24) over its exchanges, h in
UTC. The accounts of no cluster give each country its direction. Turned back by its country's
direction, an account of ordinary users points where its fellows point, whatever country it is in;
shifts, hired addresses and machines do not. The figure is the length of the mean of the turned
directions over their mean length: 1 when all agree, near 0 when none do.
"""

from __future__ import annotations

import duckdb
import numpy as np

from casework.evidence.analysis.parameters import SignLimits

# Whole millionths: their sums do not depend on the order in which threads add them.
POINTING = """
create or replace temp table pointing as
select a, sum(n * east) / sum(n) / 1e6 as x, sum(n * north) / sum(n) / 1e6 as y
from r_hour join (
    select k, round(1e6 * cos(2 * pi() * k / 24))::bigint as east,
           round(1e6 * sin(2 * pi() * k / 24))::bigint as north
    from range(24) as clock(k)
) on k = h % 24 group by a
"""

DIRECTIONS = """
with place as (
    select a, arg_max(country, (n, country)) as country
    from (select a, country, sum(n) as n from r_net where country is not null group by all)
    group by a
)
select grouped.c, dense_rank() over (order by country) - 1 as country, x, y
from grouped join pointing using (a) join place using (a) order by grouped.a
"""


def point(con: duckdb.DuckDBPyConnection) -> None:
    """Leaves `pointing(a, x, y)`, the direction of every account (length 0 to 1)."""
    con.execute(POINTING)


def agreement(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> dict[int, float]:
    """Agreement (0 to 1) of every cluster and, under 0, of the accounts of no cluster."""
    read = con.execute(DIRECTIONS).fetchnumpy()
    cluster, country = read["c"].astype(np.int64), read["country"].astype(np.int64)
    direction = read["x"] + 1j * read["y"]
    if not len(cluster):
        return {}
    others = cluster == 0
    known = np.bincount(country[others], minlength=country.max() + 1) >= limits.country_accounts
    mean = np.zeros(country.max() + 1, complex)
    np.add.at(mean, country[others], direction[others])
    usable = known[country] & (np.abs(mean[country]) > 0)
    if not usable.any():
        return {}
    turned = direction[usable] * np.conj(mean[country[usable]]) / np.abs(mean[country[usable]])
    kept = cluster[usable]
    total = np.zeros(kept.max() + 1, complex)
    length = np.zeros(kept.max() + 1)
    np.add.at(total, kept, turned)
    np.add.at(length, kept, np.abs(turned))
    return {int(c): float(np.abs(total[c]) / length[c]) for c in np.unique(kept) if length[c] > 0}
