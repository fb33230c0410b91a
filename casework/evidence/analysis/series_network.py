"""The network of each cluster, small enough to draw: indicators, and bundles of accounts.

Accounts that hold the same of the chosen indicators are one node.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb

from casework.evidence.analysis.sentences import count

MOST_INDICATORS, MOST_BUNDLES = 30, 60  # what the eye can follow, and a report of small size

# The indicators that hold most accounts of a cluster, numbered from 1.
_CHOSEN = """
create or replace temp table chosen as
select c, kind, v, (row_number() over (partition by c order by k desc, n desc, kind, v))::int as i
from (select c, kind, v, count(*) as k, sum(n) as n from tie group by c, kind, v)
qualify i <= $most
"""

_DRAWN = """
create or replace temp table drawn as
select c, a, i, kind, v, n from tie join chosen using (c, kind, v)
"""

# The largest bundles first; what does not fit is left out of the picture, not of the tables.
_BUNDLES = """
create or replace temp table bundle as
with held as (select c, a, list(i order by i) as has from drawn group by c, a),
sized as (select c, has, count(*)::int as accounts from held group by c, has),
numbered as (select *, (row_number() over (partition by c order by accounts desc, has))::int as b
             from sized qualify b <= $most)
select c, a, b, accounts from held join numbered using (c, has)
"""

_NODES = """
select c, 'a' || b as id, 'accounts' as kind, '' as label, max(accounts) as accounts, 0 as rank, b
from bundle group by c, b
union all
select c, 'i' || i, kind, v, count(*), 1, i from bundle join drawn using (c, a)
group by c, i, kind, v
order by c, 6 desc, 7
"""

_EDGES = """
select c, 'a' || b, 'i' || i, count(*), sum(n)::bigint
from bundle join drawn using (c, a) group by c, b, i order by c, b, i
"""

Network = dict[str, list[dict[str, Any]]]


def networks(con: duckdb.DuckDBPyConnection) -> dict[int, Network]:
    """Nodes and edges by cluster; a cluster without ties has none."""
    con.execute(_CHOSEN, {"most": MOST_INDICATORS})
    con.execute(_DRAWN)
    con.execute(_BUNDLES, {"most": MOST_BUNDLES})
    found: defaultdict[int, Network] = defaultdict(lambda: {"nodes": [], "edges": []})
    for cluster, id_, kind, label, accounts, *_ in con.execute(_NODES).fetchall():
        told = label or count(accounts, "accounts")
        node = {"id": id_, "kind": kind, "label": told, "accounts": accounts}
        found[cluster]["nodes"].append(node)
    for cluster, bundle, indicator, accounts, exchanges in con.execute(_EDGES).fetchall():
        edge = {"from": bundle, "to": indicator, "accounts": accounts, "exchanges": exchanges}
        found[cluster]["edges"].append(edge)
    return found
