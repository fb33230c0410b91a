"""Which accounts act together, and why: ties, communities, members, and signs of acting together.

Reads the reduced tables of a local DuckDB connection and never the log. Leaves, for what follows:
`member(a, c, grade, ties)`, `tie(a, c, kind, v, n, members)`, `apart(a, kind)`,
`prompt_share(a, c, share, prompts)`, `coordination` (see `linking_signs`), `focus` (see
`linking_focus`), `public_prompt(v)`, and the working tables `indicator`, `edge` and `pool`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from casework.evidence.analysis.clusters import hold
from casework.evidence.analysis.clusters_communities import divide
from casework.evidence.analysis.clusters_members import name_members
from casework.evidence.analysis.linking_focus import look_for_focus
from casework.evidence.analysis.linking_signs import look_for_signs
from casework.evidence.analysis.parameters import Parameters
from casework.evidence.analysis.ties import count, tie


@dataclass(frozen=True, slots=True)
class Membership:
    """How much was tied: counts of accounts, clusters, and accounts set apart."""

    accounts: int
    clusters: int
    apart: int


def link(
    con: duckdb.DuckDBPyConnection,
    present: frozenset[str],
    public_prompts: frozenset[str],
    parameters: Parameters,
    progress: Callable[[str], None],
) -> Membership:
    """Ties, clusters and signs of the accounts in `con`; public_prompts are template hashes.

    progress may raise to stop the work; the tables left are then of no use.
    """
    prompts = pa.table({"v": pa.array(sorted(public_prompts), pa.string())})
    con.register("prompts_given", prompts)
    con.execute("create or replace table public_prompt as select v from prompts_given")
    con.unregister("prompts_given")
    tie(con, parameters, progress)
    progress("dividing accounts into communities")
    divide(con, "select i, a, w from edge", parameters.communities)
    hold(con, parameters.members, parameters.communities.rounds)
    progress("naming members and what ties them")
    name_members(con, parameters.members)
    progress("looking for signs of acting together")
    look_for_signs(con, present, parameters.signs)
    look_for_focus(con, parameters.factors)
    return Membership(
        accounts=count(con, "member"),
        clusters=int(con.execute("select count(distinct c) from member").fetchall()[0][0]),
        apart=count(con, "apart"),
    )
