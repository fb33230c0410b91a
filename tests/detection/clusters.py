"""Questions the tests ask of the tables that linking leaves."""

from __future__ import annotations

ACTING = """
select c from coordination where shown group by c
having count(distinct case when id in ('clock', 'several_countries') then 'place' else id end) >= 2
"""


def acting_together(con):
    """Names of the accounts in clusters with two signs or more, without the prefix."""
    found = con.execute(
        f"select account_id from member join account using (a) where c in ({ACTING})"
    ).fetchall()
    return {name.removeprefix("acc-") for (name,) in found}


def names(accounts):
    return {account.name for account in accounts}


def signs_of(con, name):
    """Signs of the cluster that holds an account whose name begins so: id -> shown."""
    return dict(
        con.execute(
            "select id, shown from coordination where c = (select any_value(c) from member"
            " join account using (a) where starts_with(account_id, 'acc-' || $name)) order by id",
            {"name": name},
        ).fetchall()
    )


def table(con, name):
    return con.execute(f"select * from {name} order by all").fetchall()
