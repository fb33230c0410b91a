"""Prompts worded anew for each account: halves of fingerprints that nearly agree.

Wordings of one prompt differ in a few of the 64 bits. Around every half (32 bits) lies a ball of
the halves that differ in at most `distance` bits; the ball is an indicator, and an account with a
half in it uses it. Only halves that agree in two of their four bytes are compared: every pair that
differs in two bits does, and of those that differ in three five of eight.

Only the most used halves of an account are looked at, and only of accounts whose exact templates
are mostly their own: the others are tied already.
"""

from __future__ import annotations

import duckdb

from casework.evidence.analysis.parameters import NearLimits

# The accounts with the fewest halves keep all of theirs when the log as a whole has too many.
HALVES = """
create or replace temp table own_half as
select a, side, v, n from (
    select *, row_number() over (order by place, a, side) as turn from (
        select a, side, v, n, row_number() over (partition by a, side order by n desc, v) as place
        from (select a, 'hi' as side, v, n from r_simhi union all select a, 'lo', v, n from r_simlo)
        where a not in (
            select a from used join account using (a) where kind = 'template' and df >= $least
            group by a, account.n having sum(used.n) >= (1 - $own) * account.n)
    ) where place <= $of_account
) where turn <= $of_log
"""

# Two of four bytes, six ways.
BYTES = """
create or replace temp table half_key as
select side, v, way, v & mask as part
from (select distinct side, v from own_half)
cross join (values (0, 65535::bigint), (1, 16711935::bigint), (2, 4278190335::bigint),
                   (3, 16776960::bigint), (4, 4278255360::bigint), (5, 4294901760::bigint)
           ) as b(way, mask)
"""

PAIRS = """
create or replace temp table near_pair as
select distinct side, x.v as centre, y.v as v
from half_key x join half_key y using (side, way, part)
where bit_count(xor(x.v, y.v)) <= $distance
"""

# share counts an account's exchanges once: in the balls around its own halves.
KEPT = """
insert into kept (kind, v, a, n, share, df)
select 'near', ball, a, ball_n, own_n / account.n::double, df from (
    select side || ':' || centre::varchar as ball, a, max(h.n)::bigint as ball_n,
           coalesce(max(h.n) filter (where h.v = centre), 0) as own_n,
           count(*) over (partition by side, centre) as df
    from near_pair join own_half h using (side, v)
    group by side, centre, a
) join account using (a) where df >= $least
"""


def add_near_halves(con: duckdb.DuckDBPyConnection, limits: NearLimits) -> None:
    """Adds rows of the kind 'near' to the temporary table `kept`."""
    con.execute(
        HALVES,
        {
            "least": limits.least_accounts,
            "own": limits.own_templates_above,
            "of_account": limits.halves_of_account,
            "of_log": limits.halves_of_log,
        },
    )
    con.execute(BYTES)
    con.execute(PAIRS, {"distance": limits.distance})
    con.execute(KEPT, {"least": limits.least_accounts})
    for table in ("own_half", "half_key", "near_pair"):
        con.execute(f"drop table {table}")
