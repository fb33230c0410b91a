"""The report of an analysis: what each cluster shows, what speaks against it, what is not seen.

A report offers facts. It holds no score and no verdict: `attention` orders work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import duckdb

from casework.evidence.analysis.factors.accounts import accounts
from casework.evidence.analysis.factors.focus import focus
from casework.evidence.analysis.factors.material import Material, read_material
from casework.evidence.analysis.factors.measure import Factor
from casework.evidence.analysis.factors.shape import shape
from casework.evidence.analysis.factors.timeline import against, timeline
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.factors.windows import Windows, windows_of
from casework.evidence.analysis.innocent.checks import Explanation
from casework.evidence.analysis.innocent.contrary import contrary
from casework.evidence.analysis.innocent.explanations import explanations
from casework.evidence.analysis.innocent.setting import setting_of
from casework.evidence.analysis.innocent.surroundings import Surroundings, look_around
from casework.evidence.analysis.limits import cannot_see
from casework.evidence.analysis.markers import Markers
from casework.evidence.analysis.sentences import hour_iso
from casework.evidence.analysis.series import Pictured, Series, read_pictured, series_of

PARTS = ("i", "ii", "iii", "iv")


class Limits(Protocol):
    """What is read of the parameters: thresholds by name, and all of them for the record."""

    @property
    def factors(self) -> Mapping[str, float]: ...

    def as_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterReport:
    """One cluster; `first` and `last` are the hours of its first and last exchange."""

    number: int
    accounts: int
    exchanges: int
    grade: str
    first: str
    last: str
    factors: Mapping[str, Factor]
    innocent: tuple[Explanation, ...]
    contrary: tuple[str, ...]
    series: Series

    @property
    def attention(self) -> bool:
        """Look here first: (iii) and (i), and (ii) or (iv), are shown. It decides nothing."""
        held = {part: self.factors[part].shown is True for part in PARTS}
        return held["iii"] and held["i"] and (held["ii"] or held["iv"])

    def as_dict(self) -> dict[str, Any]:
        return {
            "cluster_id": f"C{self.number}",
            "accounts": self.accounts,
            "exchanges": self.exchanges,
            "grade": self.grade,
            "first": self.first,
            "last": self.last,
            "factors": {part: self.factors[part].as_dict() for part in PARTS},
            "innocent": [explanation.as_dict() for explanation in self.innocent],
            "contrary": list(self.contrary),
            "attention": self.attention,
            "series": self.series,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was measured on one log; the run adds rows, engine, versions and hashes."""

    accounts: int
    clusters: tuple[ClusterReport, ...]
    apart: Mapping[str, Any]
    baseline: Mapping[str, Any]
    cannot_see: tuple[str, ...]
    parameters: Mapping[str, Any]
    markers: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """JSON-safe: fractions rounded to nine places, nothing that is not a number."""
        return {
            "accounts": self.accounts,
            "clusters": [cluster.as_dict() for cluster in self.clusters],
            "apart": dict(self.apart),
            "baseline": dict(self.baseline),
            "cannot_see": list(self.cannot_see),
            "parameters": dict(self.parameters),
            "markers": dict(self.markers),
        }


def measure(
    con: duckdb.DuckDBPyConnection,
    membership: object,
    markers: Markers,
    present: frozenset[str],
    parameters: Limits,
) -> Report:
    """Measures every cluster of `member` from the reduced tables; the log is not read.

    `membership` is what linking returned: its tables, not the object, are read.
    """
    windows = windows_of(markers)
    material = read_material(con, windows, int(parameters.factors["cross_groups"]))
    around = look_around(con, material.groups.clusters)
    pictured = read_pictured(con)
    grades = dict(
        con.execute(
            "select c, arg_max(grade, {'k': k, 'grade': grade}) from ("
            " select c, grade, count(*) as k from member group by c, grade) group by c"
        ).fetchall()
    )
    clusters = [
        _cluster(
            material,
            material.view(group, present, parameters.factors),
            around,
            pictured,
            grades,
            markers,
            windows,
        )
        for group in range(1, len(material.groups.clusters) + 1)
    ]
    apart = _apart(con)
    baseline = {
        "accounts": material.groups.baseline_accounts,
        "exchanges": int(material.sums["n"][0]),
        "source": material.groups.source,
    }
    return Report(
        accounts=int(con.execute("select count(*) from account").fetchall()[0][0]),
        clusters=tuple(clusters),
        apart=apart,
        baseline=baseline,
        cannot_see=tuple(cannot_see(present, markers, baseline, apart)),
        parameters=parameters.as_dict(),
        markers=markers.as_dict(),
    )


def _cluster(
    material: Material,
    view: View,
    around: Surroundings,
    pictured: Pictured,
    grades: Mapping[int, str],
    markers: Markers,
    windows: Windows,
) -> ClusterReport:
    factors = {
        "i": shape(view),
        "ii": focus(view),
        "iii": accounts(view),
        "iv": timeline(view, markers, windows),
    }
    group = material.groups.clusters.index(view.number) + 1
    setting = setting_of(
        view,
        around.get(group, {}),
        factors["i"],
        factors["iii"],
        markers,
        int(view.limits["signs"]),
    )
    tested = explanations(setting)
    return ClusterReport(
        number=view.number,
        accounts=view.accounts,
        exchanges=view.exchanges,
        grade=grades[view.number],
        first=hour_iso(int(view.hours.hour[0])),
        last=hour_iso(int(view.hours.hour[-1])),
        factors=factors,
        innocent=tested,
        contrary=tuple(contrary(factors, tested, against(factors["iv"], view, markers))),
        series=series_of(view, material.hours(0), pictured),
    )


def _apart(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Accounts whose tie rests on one kind of evidence only: listed, and not counted."""
    kinds: Sequence[tuple[str, int]] = con.execute(
        "select kind, count(distinct a) from apart group by kind order by kind"
    ).fetchall()
    total = con.execute("select count(distinct a) from apart").fetchall()[0][0]
    return {"accounts": int(total), "by_kind": {kind: int(k) for kind, k in kinds}}
