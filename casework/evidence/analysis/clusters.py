"""From communities to clusters: which accounts are held by evidence, and by which.

An indicator belongs to a community when the majority of its users, and at least three, are in it.
An account follows the community whose prompts it uses most; what ties it there is counted by kind.
Tables left: `pool(i INT, c INT, kind TEXT, k INT)`, `held(a INT, c INT, address, payment, prompts
DOUBLE, prompt_kinds INT)` (shares of the account's exchanges) and `member`.
"""

from __future__ import annotations

import duckdb

from casework.evidence.analysis.parameters import MemberLimits

POOL = """
create or replace table pool as
select i, c, any_value(kind) as kind, count(*)::int as k
from edge join community using (a)
group by i, c
having count(*) >= case any_value(kind) when 'payment' then $payers else $sharers end
   and count(*) > $majority * any_value(df)
"""

# The hi and the lo half tell of the same exchange, so their sum is halved. Whole exchanges are
# added, so that no order of rows can change the last bits.
HELD = """
create or replace table held as
select a, c, coalesce(max(s) filter (where kind = 'address'), 0) as address,
       coalesce(max(s) filter (where kind = 'payment'), 0) as payment,
       coalesce(max(s) filter (where kind in ('template', 'half', 'near')), 0) as prompts,
       coalesce(max(k) filter (where kind in ('template', 'half', 'near')), 0)::int as prompt_kinds
from (
    select e.a, pool.c, e.kind, count(*) filter (where e.share > 0) as k,
           least(1, round(sum(round(e.share * account.n)::bigint) / any_value(account.n)::double
               / case when e.kind in ('half', 'near') then 2 else 1 end, 9)) as s
    from edge e join pool using (i) join account on account.a = e.a
    group by e.a, pool.c, e.kind
) group by a, c
"""

# An account goes where its prompts are; without prompts, where its payments and addresses are.
MOVE = """
create or replace table community as
select a, arg_max(c, (prompts, payment, address, -c)) as c from held group by a
"""

# A template is a prompt without its variables. Who has many and hardly repeats one has them worded
# anew; what they have in common is then seen in few halves, and the addresses must do the rest.
REWORDED = """
create or replace temp table reworded as
select a, sum(t.n) / any_value(account.n)::double as share
from (select a, v, n, count(*) over (partition by v) as df from r_tpl) t join account using (a)
where df = 1 and t.n <= $seldom group by a having count(*) >= $many
"""

MEMBERS = """
create or replace table member_found as
select a, c, address, payment, prompts, prompt_kinds,
       (address >= $kind)::int + (payment >= $kind)::int
           + (prompts >= $kind or coalesce(reworded.share, 0) >= $prompts)::int as families
from held join community using (a, c) left join reworded using (a)
where (address >= $kind)::int + (payment >= $kind)::int
           + (prompts >= $kind or coalesce(reworded.share, 0) >= $prompts)::int >= 2
   or (prompts >= $prompts and prompt_kinds >= $kinds)
"""


def hold(con: duckdb.DuckDBPyConnection, limits: MemberLimits, rounds: int) -> None:
    """Leaves `pool`, `held`, `community` and `member_found`, steady after a few rounds."""
    for _ in range(rounds):
        _weigh(con, limits)
        con.execute(MOVE)
    _weigh(con, limits)
    con.execute(REWORDED, {"seldom": limits.reworded_seldom, "many": limits.reworded_many})
    con.execute(
        MEMBERS,
        {
            "kind": limits.kind_share,
            "prompts": limits.prompts_share,
            "kinds": limits.prompts_kinds,
        },
    )


def _weigh(con: duckdb.DuckDBPyConnection, limits: MemberLimits) -> None:
    con.execute(
        POOL,
        {"sharers": limits.sharers, "payers": limits.payers, "majority": limits.majority},
    )
    con.execute(HELD)
