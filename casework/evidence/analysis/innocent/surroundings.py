"""Where a cluster comes from and who else is there: addresses, payers, prompts, households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import duckdb
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

# An address or a prompt is in public hands when so many others use it and more than the cluster.
OTHERS = 20
HOUSEHOLD = 6  # accounts

_USED = """
create or replace temp table used_here as
select kind, g, v, sum(n)::bigint as n, count(*) as k, count(distinct unit) as own_units from (
    select 'ip' as kind, a, v, n from r_ip union all select 'tpl', a, v, n from r_tpl
) u join grp using (a) join unit_of using (a) where g between 1 and $clusters group by kind, g, v
"""

# Units outside are at least those of all users less the cluster's own.
_USERS = """
create or replace temp table users as
select kind, v, count(distinct unit) as units, count(distinct a) as accounts from (
    select 'ip' as kind, a, v from r_ip union all select 'tpl', a, v from r_tpl
) u join unit_of using (a)
where (kind, v) in (select kind, v from used_here) group by kind, v
"""

_SHARES = """
select g, kind, sum(n) as n,
       sum(n) filter (r <= 3) as top3, sum(n) filter (r <= 4) as top4,
       sum(n) filter (r <= 20) as top20,
       sum(n) filter (accounts - k >= $others and accounts > 2 * k) as crowded,
       sum(n) filter (units - own_units >= $others) as elsewhere,
       sum(n) filter (kind = 'tpl' and v in (select v from public_prompt)) as public
from (select *, row_number() over (partition by kind, g order by n desc, v) as r
      from used_here join users using (kind, v))
group by g, kind
"""

_PAYERS = """
select g, max(k) from (
    select g, a, count(*) over (partition by g, v) as k
    from (select distinct g, a, v from r_pay join grp using (a)
          where g between 1 and $clusters and v is not null))
group by g
"""

_UNITS = """
select g, count(distinct unit) from grp join unit_of using (a)
where g between 1 and $clusters group by g
"""

_JOINED = """
select member.c, tie.a, tie.kind || ':' || tie.v as i from tie join member using (a, c)
where tie.kind in ('address', 'payment') order by member.c, tie.a, i
"""

Surroundings = Mapping[int, Mapping[str, float]]


def look_around(con: duckdb.DuckDBPyConnection, clusters: tuple[int, ...]) -> Surroundings:
    """Figures by group and name; shares are of the exchanges that carry the column at all."""
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)
    own = {"clusters": len(clusters)}
    listed = con.execute("select count(*) from public_prompt").fetchall()[0][0]
    con.execute(_USED, own)
    con.execute(_USERS)
    for group, kind, n, *parts in con.execute(_SHARES, {"others": OTHERS}).fetchall():
        names = ("top3", "top4", "top20", "crowded", "elsewhere", "public")
        for name, part in zip(names, parts, strict=True):
            if name != "public" or listed:
                found[group][f"{kind}_{name}"] = float(part or 0) / float(n)
    for group, most in con.execute(_PAYERS, own).fetchall():
        found[group]["top_payer"] = float(most)
    for group, units in con.execute(_UNITS, own).fetchall():
        found[group]["units"] = float(units)
    for cluster, at_home in _households(con).items():
        found[clusters.index(cluster) + 1]["at_home"] = float(at_home)
    return found


def _households(con: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """By cluster: accounts tied by address or payment to at least one other and at most five."""
    read = con.execute(_JOINED).fetchnumpy()
    if not len(read["a"]):
        return {}
    _, first, row = np.unique(read["a"], return_index=True, return_inverse=True)
    names = np.char.add(read["c"].astype(str).astype("U"), read["i"].astype("U"))
    _, column = np.unique(names, return_inverse=True)
    accounts, nodes = len(first), len(first) + int(column.max()) + 1
    graph = coo_matrix((np.ones(len(row)), (row, accounts + column)), shape=(nodes, nodes))
    part = connected_components(graph, directed=False)[1][:accounts]
    size = np.bincount(part)[part]
    cluster = read["c"][first]
    at_home = (size > 1) & (size <= HOUSEHOLD)
    return {int(c): int((at_home & (cluster == c)).sum()) for c in np.unique(cluster)}
