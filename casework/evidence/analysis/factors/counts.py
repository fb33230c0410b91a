"""Whole numbers about each cluster that are told as they are: how many, from and until when."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb

from casework.evidence.analysis.baseline import has_table

# Each query yields (g, name, number) for groups from `grp`; what finds nothing stays absent.
_QUERIES = (
    """select g, case kind when 'template' then 'prompts' else 'keys' end, count(*)
    from shared where g > 0 group by 1, 2""",
    "select g, 'crossed', count(*) from crossed group by g",
    "select g, 'active_hours', count(*) from gh where g > 0 group by g",
    "select g, 'active_days', count(distinct h // 24) from gh where g > 0 group by g",
    "select g, 'first_hour', min(h) from gh where g > 0 group by g",
    """select g, 'organisations', count(distinct org_id) from grp join org_of using (a)
    where g > 0 group by g""",
    "select g, 'named', count(*) from grp join org_of using (a) where g > 0 group by g",
    "select g, 'median', median(n) from grp join account using (a) group by g",
    "select g, 'p90', quantile_cont(n, 0.9) from grp join account using (a) group by g",
    """select g, 'routes', count(distinct (endpoint, user_agent)) from grp join r_way using (a)
    where g > 0 group by g""",
)

# Sign-ups are told of accounts first seen a day after the log began: the others may be older.
_SIGN_UPS = """
with fresh as (
    select g, first_h from grp join account using (a)
    where first_h >= (select min(first_h) + 24 from account)
), windows as (
    select g, count(*) over (
        partition by g order by first_h range between current row and 23 following) as k
    from fresh
)
select g, 'fresh', count(*) from fresh group by g
union all select g, 'burst', max(k) from windows group by g
"""

# The most prompts of the cluster's pool that one account uses.
_POOL = """
select g, 'pool_prompts', max(prompts) from prompt_share join cluster using (c) group by g
"""

# Near wordings and halves of fingerprints that most users of are in the cluster.
_POOL_KEYS = """
select g, 'pool_keys', count(*) from pool
join (select distinct c, community from member) named on named.community = pool.c
join cluster on cluster.c = named.c
where kind in ('half', 'near') group by g
"""

_REPLAYED = """
select g, 'replayed', sum(n) from (
    select g, v, sum(n) as n from r_prompt join grp using (a) group by g, v having count(*) >= 2)
group by g
"""


def count_groups(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, float]]:
    """Numbers by group and name; the baseline is group 0."""
    counts: defaultdict[int, dict[str, float]] = defaultdict(dict)
    queries = [*_QUERIES, _SIGN_UPS, _POOL]
    if has_table(con, "r_prompt"):
        queries.append(_REPLAYED)
    if has_table(con, "pool"):
        queries.append(_POOL_KEYS)
    for query in queries:
        for group, name, number in con.execute(query).fetchall():
            counts[group][name] = float(number)
    return counts


def read_focus(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, Any]]:
    """Rows of `focus` by cluster number (see `linking_focus`)."""
    columns = ("value", "chance", "threshold", "shown", "sentence")
    query = f"select c, {', '.join(columns)} from focus"  # noqa: S608 - own names
    return {
        cluster: dict(zip(columns, row, strict=True))
        for cluster, *row in con.execute(query).fetchall()
    }


def read_signs(con: duckdb.DuckDBPyConnection) -> dict[int, dict[str, dict[str, Any]]]:
    """Rows of `coordination` by cluster number and sign (see `linking_signs`)."""
    columns = ("value", "baseline", "threshold", "shown", "missing", "sentence")
    signs: defaultdict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    query = f"select c, id, {', '.join(columns)} from coordination order by c, id"  # noqa: S608
    for cluster, sign, *row in con.execute(query).fetchall():
        signs[cluster][sign] = dict(zip(columns, row, strict=True))
    return signs
