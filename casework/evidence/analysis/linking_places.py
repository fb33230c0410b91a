"""Three signs read by plain queries: even volume, several countries, beginning together.

Each function returns a figure for every cluster, and for the accounts of no cluster under 0, where
such a figure exists. They read `grouped`, the accounts with their cluster.
"""

from __future__ import annotations

import duckdb

from casework.evidence.analysis.parameters import SignLimits


def spread(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> dict[int, float]:
    """Standard deviation of the natural logarithm of exchanges per account."""
    return by_cluster(
        con.execute("select c, stddev_samp(ln(n)) from grouped group by c having count(*) >= 2")
    )


def in_several_countries(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> dict[int, float]:
    """Share (0 to 1) of accounts that made enough of their exchanges from a second country."""
    return by_cluster(
        con.execute(
            "select c, avg((coalesce(k, 0) >= 2)::int) from grouped left join ("
            "  select a, count(*) as k from"
            "    (select a, country, sum(n) as n from r_net where country is not null group by all)"
            "    x join account using (a) where x.n >= $share * account.n group by a"
            ") using (a) group by c",
            {"share": limits.country_share},
        )
    )


def begun_together(con: duckdb.DuckDBPyConnection, limits: SignLimits) -> dict[int, float]:
    """Largest excess, over the weeks of the log, of the share of accounts that began in the week.

    Beginnings in the days after the model's release count for nobody: a release draws everyone.
    """
    return by_cluster(
        con.execute(
            """
            with released as (select min(h) // 24 as d from r_hour where n_new > 0),
            day as (
                select c, (first_h - min(first_h) over ()) // 24 as d,
                       coalesce(first_h // 24 >= released.d
                                and first_h // 24 < released.d + $drawn, false) as drawn
                from grouped cross join released
            ),
            starts as (select distinct d from day where d >= $after),
            size as (select c, count(*) as accounts from day group by c),
            share as (
                select size.c, starts.d,
                       count(*) filter (where day.d >= starts.d and day.d < starts.d + $days
                                          and not day.drawn) / any_value(accounts)::double as part
                from size cross join starts join day on day.c = size.c group by size.c, starts.d
            )
            select x.c, max(round(x.part - coalesce(others.part, 0), 9))
            from share x left join share others on others.c = 0 and others.d = x.d
            where x.c > 0 group by x.c
            """,
            {
                "after": limits.begun_after,
                "days": limits.begun_days,
                "drawn": limits.begun_release_days,
            },
        )
    )


def by_cluster(found: duckdb.DuckDBPyConnection) -> dict[int, float]:
    """Rows of (cluster, figure) as a mapping, without the clusters that have no figure."""
    return {int(cluster): float(value) for cluster, value in found.fetchall() if value is not None}
