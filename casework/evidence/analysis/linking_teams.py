"""How many separate decisions stand behind the accounts of a cluster.

Accounts of one declared organisation, or of one payer, are a team: it begins in one week and shares
its work whether or not anybody else does. A whole office or campus is one team, too. A log
without payers cannot tell accounts of one network apart, so there they are one team. The number
of teams that counts is Kish's effective size, (sum of sizes)^2 / sum of squares of sizes.
"""

from __future__ import annotations

import duckdb

from casework.evidence.analysis.linking_places import by_cluster
from casework.evidence.analysis.parameters import SignLimits

SIZES = """
with org as (select a, arg_max(org_id, (n, org_id)) as v from r_org group by a),
payer as (select a, arg_max(v, (n, v)) as v from r_pay group by a),
paid as (select count(*) > 0 as known from payer),
net as (select a, arg_max(asn, (n, asn)) as v
        from (select a, asn, sum(n) as n from r_net where asn is not null group by all) group by a),
team as (
    select member.c, count(*) as accounts
    from member left join org using (a) left join payer using (a) left join net using (a)
    cross join paid
    group by member.c, coalesce('org ' || org.v, 'payer ' || payer.v,
                                case when not paid.known then 'network ' || net.v end,
                                'account ' || member.a)
)
select c, sum(accounts) ^ 2 / sum(accounts ^ 2) from team group by c
"""

ONE_PLACE = """
with rhythm as (
    select c, sqrt(sum(x order by a) ^ 2 + sum(y order by a) ^ 2)
              / sum(sqrt(x ^ 2 + y ^ 2) order by a) as agreed
    from member join pointing using (a) group by c
    having sum(sqrt(x ^ 2 + y ^ 2) order by a) > 0
), net as (select c, asn, country, sum(r_net.n) as n from r_net join member using (a) group by all),
country as (
    select c, max(n) / sum(n) as share
    from (select c, sum(n) as n from net where country is not null group by c, country) group by c
), network as (
    select c, max(n) / sum(n) as share
    from (select c, sum(n) as n from net where asn is not null group by c, asn) group by c
)
select c from rhythm left join country using (c) left join network using (c)
where agreed >= $clock and coalesce(country.share, 1) >= $country
  and coalesce(network.share, 1) >= $network
"""


def in_one_place(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> frozenset[int]:
    """Clusters of one country and one network whose members keep one day; needs `pointing`.

    What is not in the log (country, network) is taken to be one: the doubt is the accounts'.
    """
    found = con.execute(
        ONE_PLACE,
        {
            "clock": limits.one_clock,
            "country": limits.one_country,
            "network": limits.one_network,
        },
    )
    return frozenset(int(cluster) for (cluster,) in found.fetchall())


def teams(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> dict[int, float]:
    """Effective number (1 or more) of separate teams in every cluster."""
    found = by_cluster(con.execute(SIZES))
    return {**found, **dict.fromkeys(in_one_place(con, limits), 1.0)}
