"""What a cluster is held against: the log's other accounts, and its declared organisations.

Reads the reduced tables, `member` and, where a lab marked accounts as its baseline, `declared(a)`.
Leaves in the connection: `org_of(a, org_id)` (the organisation of most of an account's
exchanges), `unit_of(a, unit)` (whose account it is, as far as the log tells: organisation, else
payer, else main address, else itself), `grp(a, g)` (accounts by group: 0 the baseline, then the
clusters by number, then the organisations compared), `top_org(g, org_id)` (the organisation of most
accounts of a group), `cluster(c, g)` and `gh(g, h, n, n_new)` (exchanges of a group by hour).
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

# A declared organisation is compared from ten accounts on: below, evenness and reuse mean little.
COMPARED_FROM = 10

ORG_OF = """
create or replace temp table org_of as
select a, arg_max(org_id, {'n': n, 'org': org_id}) as org_id
from (select a, org_id, sum(n) as n from r_org where org_id is not null group by a, org_id)
group by a
"""

UNIT_OF = """
create or replace temp table unit_of as
select account.a, coalesce('o' || org_id, 'p' || p.v, 'i' || i.v, 'a' || account.a::varchar) as unit
from account
left join org_of using (a)
left join (select a, arg_max(v, {'n': n, 'v': v}) as v from r_pay where v is not null group by a) p
  using (a)
left join (select a, arg_max(v, {'n': n, 'v': v}) as v from r_ip where v is not null group by a) i
  using (a)
"""

# An organisation in a cluster is compared only where it is the cluster: most of its accounts.
COMPARED = """
create or replace temp table compared as
with size as (select c, count(*) as accounts from member group by c),
free as (
    select a, org_id from (
        select org_of.a, org_of.org_id, member.c, size.accounts,
               count(*) over (partition by member.c, org_of.org_id) as own
        from org_of left join member using (a) left join size using (c)
    ) where c is null or own * 2 > accounts
)
select a, (dense_rank() over (order by org_id))::int as k
from free
where org_id in (select org_id from free group by org_id having count(*) >= $least)
"""

TOP_ORG = """
create or replace temp table top_org as
select g, arg_max(org_id, {'k': k, 'org': org_id}) as org_id
from (select g, org_id, count(*) as k from grp join org_of using (a) where g > 0
      group by g, org_id)
group by g
"""

GROUP_HOURS = """
create or replace temp table gh as
select g, h, sum(n)::bigint as n, sum(n_new)::bigint as n_new from r_hour join grp using (a)
group by g, h
"""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of `grp` by number: 0, 1..clusters, and the compared ones after them."""

    clusters: tuple[int, ...]
    compared: int
    source: str
    baseline_accounts: int

    @property
    def total(self) -> int:
        return 1 + len(self.clusters) + self.compared

    @property
    def first_compared(self) -> int:
        return 1 + len(self.clusters)


def has_table(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether the connection holds a table or view of this name."""
    found = con.execute(
        "select count(*) from information_schema.tables where table_name = $1", [name]
    ).fetchall()
    return int(found[0][0]) > 0


def group_accounts(con: duckdb.DuckDBPyConnection) -> Groups:
    """Leaves `org_of`, `unit_of` and `grp`, and says which group is which."""
    con.execute(ORG_OF)
    con.execute(UNIT_OF)
    con.execute(COMPARED, {"least": COMPARED_FROM})
    declared = has_table(con, "declared")
    baseline = (
        "select a from declared where a not in (select a from member)"
        if declared
        else "select a from account where a not in (select a from member)"
    )
    con.execute(
        "create or replace temp table cluster as"
        " select c, (dense_rank() over (order by c))::int as g from member group by c"
    )
    clusters = tuple(c for (c,) in con.execute("select c from cluster order by g").fetchall())
    con.execute(
        "create or replace temp table grp as"  # noqa: S608 - one of the two queries above
        f" select a, 0 as g from ({baseline})"
        " union all select a, g from member join cluster using (c)"
        " union all select a, $after + k from compared",
        {"after": len(clusters)},
    )
    con.execute(TOP_ORG)
    con.execute(GROUP_HOURS)
    counted = con.execute(
        "select (select coalesce(max(k), 0) from compared), (select count(*) from grp where g = 0)"
    ).fetchall()
    return Groups(clusters, counted[0][0], "declared" if declared else "unclustered", counted[0][1])
