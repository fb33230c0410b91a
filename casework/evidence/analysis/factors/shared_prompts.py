"""Prompts that several accounts of a group used.

Leaves `shared(g, kind, v, k, n)`: prompts of at least three accounts of a group, by kind
('template', or 'hi' and 'lo' for the halves of a fingerprint), with the accounts and the exchanges;
and `crossed(g, v, n)`: a cluster's templates used by accounts of at least `units` separate payers,
organisations or addresses. Prompts on the public list count nowhere.
"""

from __future__ import annotations

import duckdb

from casework.evidence.analysis.baseline import has_table

SHARERS = 3  # two accounts on one prompt are a household or a chance

_TABLES = {"template": "r_tpl", "hi": "r_simhi", "lo": "r_simlo"}


def share_prompts(con: duckdb.DuckDBPyConnection, units: int) -> None:
    """Leaves `shared` and `crossed`; reads `grp`, `unit_of` and the prompt tables."""
    if not has_table(con, "public_prompt"):
        con.execute("create or replace temp table public_prompt(v varchar)")
    con.execute(
        "create or replace temp table shared(g int, kind varchar, v varchar, k bigint, n bigint)"
    )
    for kind, table in _TABLES.items():
        public = " where v not in (select v from public_prompt)" if kind == "template" else ""
        con.execute(
            f"insert into shared select g, '{kind}', v::varchar, k, n from ("  # noqa: S608 - own names
            f" select g, v, count(*) as k, sum(n)::bigint as n from {table}"
            f" join grp using (a){public} group by g, v having count(*) >= {SHARERS})"
        )
    con.execute(
        "create or replace temp table crossed as"
        " select g, v, sum(n)::bigint as n from r_tpl join grp using (a) join unit_of using (a)"
        " where g between 1 and (select count(distinct c) from member)"
        " and v not in (select v from public_prompt)"
        " group by g, v having count(distinct unit) >= $units",
        {"units": units},
    )
