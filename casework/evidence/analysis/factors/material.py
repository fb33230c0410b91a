"""Reads all that the measures need from the reduced tables, once for all clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from casework.evidence.analysis.baseline import Groups, group_accounts
from casework.evidence.analysis.bootstrap import Floats, in_own_order, weights
from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.counts import count_groups, read_focus, read_signs
from casework.evidence.analysis.factors.shared_prompts import share_prompts
from casework.evidence.analysis.factors.sums import (
    GROUP_HOURS,
    MEMBER_HOURS,
    Sums,
    layout_of,
    read_sums,
)
from casework.evidence.analysis.factors.view import Hours, Lives, Loads, View, finite
from casework.evidence.analysis.factors.windows import Windows
from casework.evidence.analysis.sentences import known

FEWEST_EXCHANGES = 5  # of an account whose load is compared; below, a day's figure is chance

_LOAD = """
create or replace temp table load as
select account.a, case when n >= $fewest then n / days::double end as x
from account join (select a, count(distinct h // 24) as days from r_hour group by a) using (a)
"""


@dataclass(frozen=True, slots=True)
class Material:
    """Sums of groups and of members, loads, counts and signs; `view` cuts out one cluster."""

    groups: Groups
    sums: Sums
    members: Sums
    member_group: npt.NDArray[np.int64]
    member_load: Floats
    ginis: Floats
    counts: Mapping[int, Mapping[str, float]]
    signs: Mapping[int, Mapping[str, Mapping[str, Any]]]
    focus: Mapping[int, Mapping[str, Any]]
    member_life: npt.NDArray[np.int64]
    group_hours: Mapping[str, npt.NDArray[np.int64]]
    log_hours: tuple[int, int]

    def view(self, group: int, present: frozenset[str], limits: Mapping[str, float]) -> View:
        """The cluster that is group number `group` (from 1)."""
        mine = np.flatnonzero(self.member_group == group)
        mine = mine[in_own_order(self._figures(mine))]
        times = weights(len(mine))
        compared = slice(self.groups.first_compared, None)
        return View(
            number=self.groups.clusters[group - 1],
            own=self.sums.pick(group),
            replicates=self.members.pick(mine).drawn(times),
            rest=self.sums.pick(0),
            compared=self.sums.pick(compared),
            loads=Loads(
                self.member_load[mine],
                known(float(self.ginis[0])),
                finite(self.ginis[compared]),
            ),
            lives=Lives(self.member_life[mine, 0], self.member_life[mine, 1], *self.log_hours),
            hours=self.hours(group),
            counts=self.counts.get(group, {}),
            rest_counts=self.counts.get(0, {}),
            signs=self.signs.get(self.groups.clusters[group - 1], {}),
            focus=self.focus.get(self.groups.clusters[group - 1], {}),
            draws=times,
            present=present,
            limits=limits,
        )

    def hours(self, group: int) -> Hours:
        """Exchanges of a group by hour, in order."""
        group_hours = self.group_hours
        start, end = np.searchsorted(group_hours["g"], [group, group + 1])
        return Hours(*(group_hours[name][start:end] for name in ("h", "n", "n_new")))

    def _figures(self, rows: npt.NDArray[np.int64]) -> Floats:
        loads = np.nan_to_num(self.member_load[rows], nan=-1.0)
        return np.column_stack([self.members.matrix[rows], self.member_life[rows], loads])


def read_material(con: duckdb.DuckDBPyConnection, windows: Windows, units: int) -> Material:
    """Groups the accounts and reads their sums; leaves the tables of `baseline` in place."""
    groups = group_accounts(con)
    share_prompts(con, units)
    layout = layout_of(con)
    con.execute("create or replace temp table who as select a, g, g as i from grp")
    sums = read_sums(con, layout, groups.total, GROUP_HOURS, windows)
    con.execute(_LOAD, {"fewest": FEWEST_EXCHANGES})
    ginis = _ginis(con, groups.total)
    con.execute(
        "create or replace temp table who as"
        " select a, g, (row_number() over (order by g, a) - 1)::int as i from grp"
        " where g between 1 and $clusters",
        {"clusters": len(groups.clusters)},
    )
    found = con.execute(
        "select g, x, first_h, last_h from who join account using (a) left join load using (a)"
        " order by i"
    ).fetchnumpy()
    span = con.execute(
        "select coalesce(min(first_h), 0), coalesce(max(last_h), 0) from account"
    ).fetchall()[0]
    return Material(
        groups=groups,
        sums=sums,
        members=read_sums(con, layout, len(found["g"]), MEMBER_HOURS, windows),
        member_group=np.asarray(found["g"], dtype=np.int64),
        member_load=np.ma.filled(found["x"].astype(np.float64), np.nan),
        ginis=ginis,
        counts=count_groups(con),
        signs=read_signs(con),
        focus=read_focus(con),
        member_life=np.column_stack([found["first_h"], found["last_h"]]).astype(np.int64),
        group_hours=con.execute(
            "select g, h, n, n_new from gh where g <= $last order by g, h",
            {"last": len(groups.clusters)},
        ).fetchnumpy(),
        log_hours=(span[0], span[1]),
    )


def _ginis(con: duckdb.DuckDBPyConnection, size: int) -> Floats:
    """The Gini coefficient of each group's loads; NaN for a group with fewer than two."""
    found = con.execute(
        "select g, x from grp join load using (a) where x is not null order by g, x"
    ).fetchnumpy()
    values = np.full(size, np.nan)
    edges = np.searchsorted(found["g"], np.arange(size + 1))
    for group in range(size):
        loads = found["x"][edges[group] : edges[group + 1]]
        if len(loads) >= 2:  # noqa: PLR2004 - one load is even with itself
            values[group] = formulas.gini(loads, np.ones(len(loads)))
    return values
