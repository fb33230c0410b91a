"""A sign read from infrastructure: addresses and instruments that are mostly one cluster's own."""

from __future__ import annotations

import duckdb
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from casework.evidence.analysis.linking_teams import in_one_place
from casework.evidence.analysis.parameters import SignLimits

# `pool` holds the indicators that most of whose users are in one cluster.
JOINED = """
select e.a, e.i, member.c, org.code as org
from edge e join member using (a) join pool on pool.i = e.i and pool.c = member.community
left join (
    select a, dense_rank() over (order by org_id) - 1 as code
    from (select a, arg_max(org_id, (n, org_id)) as org_id from r_org group by a)
) org using (a)
where e.kind in ('address', 'payment') order by e.a, e.i
"""


def on_own_ground(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> dict[int, float]:
    """Share (0 to 1) of each cluster's accounts in large groups joined on ground of their own.

    It is 0 for a cluster in one place: an office and a campus have ground of their own, too.
    """
    read = con.execute(JOINED).fetchnumpy()
    sizes = dict(con.execute("select c, count(*) from member group by c").fetchall())
    joined = dict.fromkeys(sizes, 0)
    if len(read["a"]):
        cluster, good = _in_groups(read, limits)
        for c, count in zip(*np.unique(cluster[good], return_counts=True), strict=True):
            joined[int(c)] = int(count)
    joined.update(dict.fromkeys(in_one_place(con, limits), 0))
    return {c: joined[c] / accounts for c, accounts in sizes.items()}


def _in_groups(read: dict[str, np.ndarray], limits: SignLimits) -> tuple[np.ndarray, np.ndarray]:
    """The cluster of each joined account, and whether its group is large and of no one company."""
    _, first, row = np.unique(read["a"], return_index=True, return_inverse=True)
    _, column = np.unique(read["i"], return_inverse=True)
    accounts, nodes = len(first), len(first) + int(column.max()) + 1
    graph = coo_matrix((np.ones(len(row)), (row, accounts + column)), shape=(nodes, nodes))
    group = connected_components(graph, directed=False)[1][:accounts]
    size = np.bincount(group)
    org = np.ma.filled(np.ma.masked_array(read["org"]), -1).astype(np.int64)[first]
    largest = np.zeros(len(size), np.int64)
    named = org >= 0
    pairs, count = np.unique(np.stack([group[named], org[named]]), axis=1, return_counts=True)
    np.maximum.at(largest, pairs[0], count)
    good = (size >= limits.ground_group) & (largest <= limits.ground_org * size)
    return read["c"][first], good[group]
