"""Small logs in a DuckDB connection, reduced and grouped as the analysis leaves them.

A row is a dict; what it does not name is absent. Clusters are given, not found: these tests are
about measuring, not about linking.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from casework.evidence.analysis.linking_focus import look_for_focus
from casework.evidence.analysis.markers import NO_MARKERS, Markers
from casework.evidence.analysis.parameters import shipped
from casework.evidence.analysis.report import measure

DAY_0 = 20_572  # 2026-04-29, a Wednesday
START = DAY_0 * 24

_COLUMNS = {
    "account_id": pa.string(),
    "h": pa.int64(),
    "minute": pa.int64(),
    "is_new": pa.int64(),
    "in_tok": pa.int64(),
    "out_tok": pa.int64(),
    "org_id": pa.string(),
    "ip": pa.string(),
    "country": pa.string(),
    "capability": pa.string(),
    "template_hash": pa.string(),
    "sim_hi": pa.int64(),
    "sim_lo": pa.int64(),
    "payment_fp": pa.string(),
    "prompt_hash": pa.string(),
    "user_agent": pa.string(),
}
_COUNTED = {
    "r_org": ("org_id", "org_id"),
    "r_cap": ("capability", "capability"),
    "r_ip": ("ip", "v"),
    "r_pay": ("payment_fp", "v"),
    "r_tpl": ("template_hash", "v"),
    "r_prompt": ("prompt_hash", "v"),
}
_SIGNS = ("begun_together", "clock", "even_volume", "own_ground", "several_countries")


@dataclass
class Log:
    """Rows, the cluster of each account that has one, and the signs shown by cluster."""

    rows: list[dict] = field(default_factory=list)
    clusters: dict[str, int] = field(default_factory=dict)
    signs: dict[int, tuple[str, ...]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    public: tuple[str, ...] = ()

    def add(self, account, hour, *, times=1, cluster=None, **columns):
        """`times` exchanges of an account in an hour counted from the start of the log."""
        row = {"account_id": account, "h": START + hour, "minute": 0, "is_new": 0}
        self.rows += [row | {"in_tok": 10, "out_tok": 20} | columns] * times
        if cluster is not None:
            self.clusters[account] = cluster
        return self

    @property
    def present(self):
        named = {name for row in self.rows for name, value in row.items() if value is not None}
        return frozenset(named - self.without)

    def connect(self):
        con = duckdb.connect(config={"threads": 1})
        kept = [
            {name: None if name in self.without else row.get(name) for name in _COLUMNS}
            for row in self.rows
        ]
        con.register("given", pa.Table.from_pylist(kept, pa.schema(_COLUMNS)))
        _reduce(con)
        _group(con, self)
        return con

    def report(self, markers: Markers = NO_MARKERS):
        with self.connect() as con:
            return measure(con, None, markers, self.present, shipped()).as_dict()


def _reduce(con):
    con.execute(
        "create table account as select (row_number() over (order by account_id) - 1)::int as a, *"
        " from (select account_id, count(*) as n, sum(out_tok)::bigint as out_tok,"
        " sum(in_tok)::bigint as in_tok, min(h)::int as first_h, max(h)::int as last_h"
        " from given group by account_id)"
    )
    con.execute("create table log as select a, given.* from given join account using (account_id)")
    con.execute(
        "create table r_hour as select a, h::int as h, count(*) as n, sum(is_new)::bigint as n_new"
        " from log group by all"
    )
    con.execute(
        "create table r_phase as select a, minute % 15 as ph, count(*) as n from log group by all"
    )
    for table, (column, name) in _COUNTED.items():
        con.execute(
            f"create table {table} as select a, {column} as {name}, count(*) as n from log"
            f" where {column} is not null group by all"
        )
    for table, column in (("r_simhi", "sim_hi"), ("r_simlo", "sim_lo")):
        con.execute(
            f"create table {table} as select a, {column} as v, count(*) as n from log"
            f" where {column} is not null group by all having count(*) >= 2"
        )
    con.execute(
        "create table r_net as select a, null::bigint as asn, country, count(*) as n from log"
        " where country is not null group by all"
    )
    con.execute(
        "create table r_way as select a, null::varchar as endpoint, user_agent, count(*) as n"
        " from log where user_agent is not null group by all"
    )


def _group(con, log):
    con.execute("create table given_member(account_id varchar, c int)")
    if log.clusters:
        con.executemany("insert into given_member values (?, ?)", list(log.clusters.items()))
    con.execute(
        "create table member as select a, c, c as community, 'three' as grade, '{}' as ties"
        " from given_member join account using (account_id)"
    )
    con.execute(
        """create table tie as select * from (
        select a, c, kind, v, n, count(*) over (partition by c, kind, v) as members from (
            select 'address' as kind, a, v, n from r_ip
            union all select 'payment', a, v, n from r_pay
            union all select 'template', a, v, n from r_tpl
        ) join member using (a)) where members >= 2"""
    )
    con.execute(
        """create table prompt_share as
        select a, c, sum(tie.n) / any_value(account.n)::double as share, count(*) as prompts
        from tie join account using (a) where kind = 'template' group by a, c"""
    )
    look_for_focus(con, shipped().factors)
    con.execute("create table apart(a int, kind varchar)")
    con.execute("create table public_prompt(v varchar)")
    if log.public:
        con.executemany("insert into public_prompt values (?)", [[v] for v in log.public])
    con.execute(
        "create table coordination(c int, id varchar, value double, baseline double,"
        " threshold double, shown bool, missing varchar, sentence varchar)"
    )
    for cluster in sorted(set(log.clusters.values())):
        for sign in _SIGNS:
            shown = sign in log.signs.get(cluster, ())
            con.execute(
                "insert into coordination values (?, ?, 0.5, 0.5, 0.5, ?, null, 'A figure.')",
                [cluster, sign, shown],
            )
