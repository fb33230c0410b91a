"""Communities of accounts in the graph of accounts and indicators.

Louvain (Blondel and others 2008) on the bipartite graph, by scikit-network (BSD-3). Rows and
columns stand in a fixed order and nodes are not shuffled, so that one input has one answer.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from sknetwork.clustering import Louvain

from casework.evidence.analysis.parameters import CommunityLimits


def divide(con: duckdb.DuckDBPyConnection, edges: str, limits: CommunityLimits) -> None:
    """Leaves `community(a INT, c INT)`; c is the smallest account of the community.

    edges: a SELECT of `i, a, w`. Accounts without an edge are in no community.
    """
    read = con.execute(f"select i, a, w from ({edges}) order by a, i").fetchnumpy()  # noqa: S608
    accounts, labels = _labels(read["i"], read["a"], read["w"], limits)
    found = pa.table({"a": pa.array(accounts, pa.int32()), "c": pa.array(labels, pa.int32())})
    con.register("found", found)
    con.execute("create or replace table community as select a, c from found order by a")
    con.unregister("found")


def _labels(
    indicators: np.ndarray, accounts: np.ndarray, weights: np.ndarray, limits: CommunityLimits
) -> tuple[np.ndarray, np.ndarray]:
    if not len(accounts):  # scikit-network refuses an empty graph; here it has no community
        return np.empty(0, np.int32), np.empty(0, np.int32)
    rows, row = np.unique(accounts, return_inverse=True)
    columns, column = np.unique(indicators, return_inverse=True)
    graph = coo_matrix((weights, (row, column)), shape=(len(rows), len(columns))).tocsr()
    method = Louvain(
        resolution=limits.resolution,
        random_state=0,
        shuffle_nodes=False,
        tol_optimization=limits.tolerance,
        tol_aggregation=limits.tolerance,
    )
    method.fit(graph)
    found = method.labels_row_
    smallest = np.full(found.max() + 1, np.iinfo(np.int32).max, np.int64)
    np.minimum.at(smallest, found, rows)
    return rows.astype(np.int32), smallest[found].astype(np.int32)
