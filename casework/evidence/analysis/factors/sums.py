"""Whole-number sums of groups and of members, from which every measure is computed.

A `Sums` holds one row for each group (or account, or replicate) and named columns: exchanges,
tokens, exchanges by hour of the day (UTC), by minute of the quarter hour and by capability, those
in the windows after a release and before a rival's, and those on shared prompts. Sums of accounts
are sums of rows, exactly, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from casework.evidence.analysis.bootstrap import Floats
from casework.evidence.analysis.factors.windows import Windows

_HOURS, _PHASES = 24, 15
_PLAIN = (
    "accounts",
    "n",
    "tokens",
    *("n24", "new24", "n72", "new72", "before", "ahead"),
    *("template", "halves", "crossed", "pooled", "top_org"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each named block of columns lies; `capabilities` in the order of their names."""

    capabilities: tuple[str, ...]

    def width(self) -> int:
        return len(_PLAIN) + _HOURS + _PHASES + len(self.capabilities)

    def block(self, name: str) -> slice:
        start = len(_PLAIN)
        if name == "hours":
            return slice(start, start + _HOURS)
        start += _HOURS
        if name == "phases":
            return slice(start, start + _PHASES)
        return slice(start + _PHASES, self.width())


@dataclass(frozen=True, slots=True)
class Sums:
    """Rows of sums; `matrix` has one row for each group, account or replicate."""

    matrix: Floats
    layout: Layout

    def __getitem__(self, name: str) -> Floats:
        """One plain column."""
        return self.matrix[..., _PLAIN.index(name)]

    @property
    def hours(self) -> Floats:
        return self.matrix[..., self.layout.block("hours")]

    @property
    def phases(self) -> Floats:
        return self.matrix[..., self.layout.block("phases")]

    @property
    def capabilities(self) -> Floats:
        return self.matrix[..., self.layout.block("capabilities")]

    def pick(self, chosen: int | slice | npt.NDArray[np.int64]) -> Sums:
        """Some rows."""
        return Sums(self.matrix[chosen], self.layout)

    def drawn(self, weights: Floats) -> Sums:
        """Sums of the rows, each row counted as often as its weight says."""
        return Sums(weights @ self.matrix, self.layout)


def layout_of(con: duckdb.DuckDBPyConnection) -> Layout:
    named = con.execute(
        "select distinct capability from r_cap where capability is not null order by 1"
    ).fetchall()
    return Layout(tuple(name for (name,) in named))


# Where rows of hours come from: a group's are summed once, for this and for the series.
GROUP_HOURS = "(select g as i, h, n, n_new from gh)"
MEMBER_HOURS = "(select i, h, n, n_new from r_hour join who using (a))"


def read_sums(
    con: duckdb.DuckDBPyConnection, layout: Layout, size: int, hours: str, windows: Windows
) -> Sums:
    """Sums by the rows of the table `who(a, g, i)`, i being the row from 0 and g its group."""
    matrix = np.zeros((size, layout.width()))
    for names, query in _PLAIN_QUERIES.items():
        found = con.execute(query).fetchnumpy()
        for name in names:
            matrix[found["i"], _PLAIN.index(name)] = np.ma.filled(found[name], 0)
    for name, query in _BLOCK_QUERIES.items():
        found = con.execute(query).fetchnumpy()
        matrix[found["i"], layout.block(name).start + found["k"]] = found["n"]
    _add_hours(con, matrix, layout, hours, windows)
    return Sums(matrix, layout)


def _add_hours(
    con: duckdb.DuckDBPyConnection, matrix: Floats, layout: Layout, hours: str, windows: Windows
) -> None:
    """Exchanges by hour of the day, and in the windows of the markers, in one pass."""
    spans = "".join(
        f", coalesce(sum({what}) filter (h >= {first} and h < {last}), 0)::double as {name}"
        for name, what, (first, last) in windows.columns()
    )
    found = con.execute(
        f"select i, h % 24 as k, sum(n)::double as n{spans} from {hours} group by i, k"  # noqa: S608
    ).fetchnumpy()
    matrix[found["i"], layout.block("hours").start + found["k"]] = found["n"]
    for name, _, _ in windows.columns():
        np.add.at(matrix[:, _PLAIN.index(name)], found["i"], found[name])


_PLAIN_QUERIES: Mapping[tuple[str, ...], str] = {
    ("accounts", "n", "tokens"): "select i, count(*)::double as accounts, sum(n)::double as n,"
    " sum(in_tok + out_tok)::double as tokens from account join who using (a) group by i",
    ("template",): "select i, sum(r_tpl.n)::double as template from r_tpl join who using (a)"
    " join shared on shared.g = who.g and shared.kind = 'template' and shared.v = r_tpl.v"
    " group by i",
    ("halves",): "select i, sum(u.n)::double as halves from ("
    " select a, n, 'hi' as kind, v::varchar as v from r_simhi"
    " union all select a, n, 'lo', v::varchar from r_simlo) u join who using (a)"
    " join shared on shared.g = who.g and shared.kind = u.kind and shared.v = u.v group by i",
    ("crossed",): "select i, sum(r_tpl.n)::double as crossed from r_tpl join who using (a)"
    " join crossed on crossed.g = who.g and crossed.v = r_tpl.v group by i",
    ("pooled",): "select i, sum(round(share * account.n))::double as pooled from prompt_share"
    " join account using (a) join who using (a) join cluster on cluster.g = who.g"
    " and cluster.c = prompt_share.c group by i",
    ("top_org",): "select i, count(*)::double as top_org from org_of join who using (a)"
    " join top_org on top_org.g = who.g and top_org.org_id = org_of.org_id group by i",
}

_BLOCK_QUERIES: Mapping[str, str] = {
    "phases": "select i, ph as k, sum(n)::double as n from r_phase join who using (a)"
    " group by i, k",
    "capabilities": "select i, k, sum(n)::double as n from r_cap join ("
    " select capability, (row_number() over (order by capability) - 1)::int as k"
    " from (select distinct capability from r_cap where capability is not null)"
    ") using (capability) join who using (a) group by i, k",
}
