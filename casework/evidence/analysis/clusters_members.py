"""Members by name: numbered clusters, what ties each account, and accounts set apart."""

from __future__ import annotations

import duckdb

from casework.evidence.analysis.parameters import MemberLimits

NUMBERED = """
create or replace table member as
with sized as (select *, count(*) over (partition by c) as size,
                      min(a) over (partition by c) as smallest from member_found),
numbered as (select *, dense_rank() over (order by size desc, smallest) as number
             from sized where size >= $smallest)
select a, number::int as c, c as community,
       case families when 3 then 'three' when 2 then 'two' else 'prompts' end as grade,
       to_json({address: round(address, 4), payment: round(payment, 4), prompts: round(prompts, 4)})
           ::varchar as ties
from numbered order by a
"""

# Near keys are many views of one half and stay unnamed; halves and templates say the same by name.
TIES = """
create or replace table tie as
select e.a, member.c, case e.kind when 'half' then 'near_template' else e.kind end as kind,
       indicator.v, e.n::bigint as n, pool.k as members
from edge e join member using (a) join pool on pool.i = e.i and pool.c = member.community
join indicator on indicator.i = e.i
where e.kind <> 'near'
order by e.a, e.i
"""

PROMPTS = """
create or replace table prompt_share as
select member.a, member.c, round(held.prompts, 9) as share, held.prompt_kinds as prompts
from member join held on held.a = member.a and held.c = member.community order by member.a
"""

APART = """
create or replace table apart as
select a, case when prompts >= $kind then 'prompts' when payment >= $kind then 'payment'
               else 'address' end as kind
from held join community using (a, c)
where greatest(prompts, payment, address) >= $kind
  and a not in (select a from member)
  and c in (select community from member)
order by a
"""


def name_members(con: duckdb.DuckDBPyConnection, limits: MemberLimits) -> None:
    """Leaves `member`, `tie`, `prompt_share` and `apart`, by account."""
    con.execute(NUMBERED, {"smallest": limits.smallest})
    con.execute(TIES)
    con.execute(PROMPTS)
    con.execute(APART, {"kind": limits.kind_share})
