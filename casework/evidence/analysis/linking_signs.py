"""Signs that the accounts of a cluster act together and do not merely use the same software.

Unrelated users of one program share its prompts; each still has a pace, a place, a day and a
beginning of their own. A sign says where the members of a cluster do not: each is compared with the
accounts of the same log that are in no cluster. Everyday life shows single signs (a course begins
together, customers of a VPN appear in several countries), so two are asked for elsewhere.

Leaves `coordination(c, id, value, baseline, threshold, shown, missing, sentence)`, a row for each
cluster and sign; value, baseline and threshold are rounded to 9 places, NULL when not computable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from casework.evidence.analysis.linking_clock import agreement, point
from casework.evidence.analysis.linking_ground import on_own_ground
from casework.evidence.analysis.linking_places import begun_together, in_several_countries, spread
from casework.evidence.analysis.linking_teams import teams
from casework.evidence.analysis.parameters import SignLimits

OTHERS = 0  # number given to the accounts of no cluster; clusters count from 1
Values = Mapping[int, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A sign: how it is measured, what it needs, when it is shown, and how it is said."""

    id: str
    measure: Callable[[duckdb.DuckDBPyConnection, SignLimits], Values]
    needs: tuple[tuple[str, ...], ...]  # of each group of columns one must be present
    threshold: Callable[[float, float, SignLimits], float]
    at_most: bool
    sentence: str
    compared: bool = True  # whether the other accounts have a figure of their own


def _even(baseline: float, teams: float, limits: SignLimits) -> float:
    """A standard deviation of n values has a standard error of about sd / sqrt(2 (n - 1))."""
    if teams <= 1:
        return 0.0  # one team alone cannot show that separate ones are alike
    error: float = limits.certainty / (2 * (teams - 1)) ** 0.5
    return limits.even_ratio * baseline / (1 + error)


def _countries(baseline: float, teams: float, limits: SignLimits) -> float:
    floor = max(limits.countries_share, baseline + limits.countries_excess)
    return floor + _of_share(teams, limits)


def _begun(baseline: float, teams: float, limits: SignLimits) -> float:
    return limits.begun_excess + _of_share(teams, limits)


def _clock(baseline: float, teams: float, limits: SignLimits) -> float:
    return limits.clock_ratio * baseline


def _ground(baseline: float, teams: float, limits: SignLimits) -> float:
    return limits.ground_share


def _of_share(teams: float, limits: SignLimits) -> float:
    """What a share of so few teams may be off by, at its widest (a share of one half)."""
    error: float = limits.certainty * (0.25 / teams) ** 0.5
    return error


SIGNS = (
    Sign(
        id="even_volume",
        measure=spread,
        needs=(),
        threshold=_even,
        at_most=True,
        sentence="The logarithm of exchanges per account has a standard deviation of {value:.2f} in"
        " the cluster and {baseline:.2f} among accounts in no cluster.",
    ),
    Sign(
        id="several_countries",
        measure=in_several_countries,
        needs=(("country",),),
        threshold=_countries,
        at_most=False,
        sentence="{value:.0%} of the accounts made a tenth or more of their exchanges from a second"
        " country; among accounts in no cluster {baseline:.0%} did.",
    ),
    Sign(
        id="begun_together",
        measure=begun_together,
        needs=(),
        threshold=_begun,
        at_most=False,
        sentence="In one week the share of the accounts that made their first exchange exceeds that"
        " of accounts in no cluster by {value:.0%} of all.",
        compared=False,
    ),
    Sign(
        id="clock",
        measure=agreement,
        needs=(("country",),),
        threshold=_clock,
        at_most=True,
        sentence="The hours of the accounts agree with the day of the countries they appear in to"
        " {value:.2f} (1 is fully); those of accounts in no cluster to {baseline:.2f}.",
    ),
    Sign(
        id="own_ground",
        measure=on_own_ground,
        needs=(("ip", "payment_fp"), ("org_id",)),
        threshold=_ground,
        at_most=False,
        sentence="{value:.0%} of the accounts are in groups of ten or more joined by addresses"
        " or payment instruments used mostly by this cluster, none mostly of one declared"
        " organisation.",
        compared=False,
    ),
)

SCHEMA = pa.schema(
    [
        ("c", pa.int32()),
        ("id", pa.string()),
        ("value", pa.float64()),
        ("baseline", pa.float64()),
        ("threshold", pa.float64()),
        ("shown", pa.bool_()),
        ("missing", pa.string()),
        ("sentence", pa.string()),
    ]
)


def look_for_signs(
    con: duckdb.DuckDBPyConnection, present: frozenset[str], limits: SignLimits
) -> None:
    """Leaves `coordination` for the clusters of `member`."""
    con.execute(
        "create or replace temp table grouped as"
        " select account.*, coalesce(c, 0) as c from account left join member using (a)"
    )
    point(con)
    separate = teams(con, limits)
    rows = []
    for sign in SIGNS:
        missing = [
            " or ".join(columns) for columns in sign.needs if not present.intersection(columns)
        ]
        values = {} if missing else sign.measure(con, limits)
        for cluster in sorted(separate):
            row = _judged(sign, values, cluster, separate[cluster], limits)
            rows.append(
                {**row, "missing": row["missing"] and (", ".join(missing) or row["missing"])}
            )
    con.register("signs_found", pa.Table.from_pylist(rows, SCHEMA))
    con.execute("create or replace table coordination as select * from signs_found order by c, id")
    con.unregister("signs_found")
    con.execute("drop table grouped")
    con.execute("drop table pointing")


def _judged(
    sign: Sign, values: Values, cluster: int, separate: float, limits: SignLimits
) -> dict[str, object]:
    value = values.get(cluster)
    baseline = values.get(OTHERS) if sign.compared else 0.0
    if value is None or baseline is None:
        return {
            "c": cluster,
            "id": sign.id,
            "shown": False,
            "missing": "accounts to compare with",
            "sentence": "",
        }
    value, baseline = round(value, 9), round(baseline, 9)
    threshold = round(sign.threshold(baseline, separate, limits), 9)
    return {
        "c": cluster,
        "id": sign.id,
        "value": value,
        "baseline": baseline if sign.compared else None,
        "threshold": threshold,
        "shown": value <= threshold if sign.at_most else value >= threshold,
        "missing": None,
        "sentence": sign.sentence.format(value=value, baseline=baseline),
    }
