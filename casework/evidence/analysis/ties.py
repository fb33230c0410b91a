"""Which accounts used which indicator, and how much each use says.

Reads the reduced tables of a local DuckDB connection (see `reduction`) and leaves two tables:
`indicator(i INT, kind TEXT, v TEXT, df INT)`, df being the accounts that used it, and
`edge(i INT, a INT, kind TEXT, n BIGINT, share DOUBLE, df INT, w DOUBLE)`, n being the exchanges of
account `a` on it, share the part of all its exchanges, w the weight in the graph.

The weight grows with rarity and with the part of the account's own use of that kind:
`weight(kind) * ln(N / df) / ln(N) * sqrt(n / sum of n)`. A row's weight comes from whole numbers
alone, so that threads cannot change it.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from casework.evidence.analysis.parameters import Parameters
from casework.evidence.analysis.ties_near import add_near_halves

RAW = """
create or replace temp table used as
select kind, v, u.a, u.n, u.n / account.n::double as share,
       count(*) over (partition by kind, v) as df
from (
    select 'address' as kind, v, a, n from r_ip
    union all select 'payment', v, a, n from r_pay
    union all select 'template', v, a, n from r_tpl
    union all select 'half', 'hi:' || v::varchar, a, n from r_simhi
    union all select 'half', 'lo:' || v::varchar, a, n from r_simlo
) u join account using (a)
where (kind in ('template', 'half')
       or (u.n >= $least_exchanges and (u.n >= $least_share * account.n or u.n >= $always_from)))
  and not (kind in ('template', 'half') and v in (select v from public_prompt))
"""

INDICATORS = """
create or replace table indicator as
select (row_number() over (order by kind, v) - 1)::int as i, kind, v, max(df)::int as df
from kept group by kind, v
"""

EDGES = """
create or replace table edge as
select i, a, kind, n, share, kept.df::int as df,
       weight * (ln($accounts / kept.df::double) / ln($accounts))
              * sqrt(n / sum(n) over (partition by a, kind)::double) as w
from kept join indicator using (kind, v) join weight using (kind)
"""


def tie(
    con: duckdb.DuckDBPyConnection, parameters: Parameters, progress: Callable[[str], None]
) -> None:
    """Leaves `indicator` and `edge`; both are empty when nothing is shared.

    Templates of the table `public_prompt(v)` tie nobody.
    """
    limits = parameters.ties
    accounts = count(con, "account")
    small = max(limits.most_floor, int(limits.most_share * accounts))
    progress("reading what accounts share")
    con.execute(
        RAW,
        {
            "least_exchanges": limits.least_exchanges,
            "least_share": limits.least_share,
            "always_from": limits.always_from,
        },
    )
    con.execute(
        "create or replace temp table kept as select * from used where df >= 2"
        " and (kind in ('template', 'half')"
        "      or df <= case kind when 'address' then $address else $payment end)",
        {
            "address": min(limits.most_on_address, small),
            "payment": min(limits.most_on_payment, small),
        },
    )
    progress("comparing prompts that are nearly alike")
    add_near_halves(con, parameters.near)
    con.execute(INDICATORS)
    con.execute(
        "create or replace temp table weight as select * from (values"
        " ('address', $address), ('payment', $payment), ('template', $template),"
        " ('half', $half), ('near', $near)) as t(kind, weight)",
        {
            "address": limits.weight_address,
            "payment": limits.weight_payment,
            "template": limits.weight_template,
            "half": limits.weight_half,
            "near": limits.weight_near,
        },
    )
    con.execute(EDGES, {"accounts": max(3, accounts)})
    for table in ("used", "kept", "weight"):
        con.execute(f"drop table {table}")


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Rows of one of the analysis' own tables."""
    return int(con.execute(f"select count(*) from {table}").fetchall()[0][0])  # noqa: S608
