"""The signs of acting together, told as measures of factor (iii); they are found in linking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.sentences import decimal


@dataclass(frozen=True, slots=True)
class Told:
    """How a sign is computed, which way its threshold lies, and what else shows it."""

    formula: str
    unit: str
    bound: str
    twin: str


SIGNS_TOLD: Mapping[str, Told] = {
    "even_volume": Told(
        "standard deviation of ln(exchanges) over accounts",
        "logarithm",
        "at most",
        "A course or a small team uses as evenly.",
    ),
    "several_countries": Told(
        "accounts with a tenth or more of their exchanges from a second country / accounts",
        "share of accounts",
        "at least",
        "Customers of a privacy network and travellers appear in several countries.",
    ),
    "begun_together": Told(
        "largest excess, over 7 days, of the share of accounts beginning, over other accounts",
        "share of accounts",
        "at least",
        "A course begins together; so do users on the day a program comes out.",
    ),
    "clock": Told(
        "mean cosine of the accounts' hours and the day of their country",
        "-1 to 1",
        "at most",
        "Nightly jobs and a service for the whole world follow no country's day.",
    ),
    "own_ground": Told(
        "accounts in groups of 10 or more joined by ground of the cluster's own / accounts",
        "share of accounts",
        "at least",
        "A campus or an office has addresses of its own.",
    ),
}


def told_sign(id: str, row: Mapping[str, Any]) -> Measure:  # noqa: A002 - the field it fills
    """A row of `coordination` as a measure; open where linking lacked a column."""
    told = SIGNS_TOLD[id]
    lacking = row["missing"]
    return Measure(
        id=id,
        value=row["value"],
        unit=told.unit,
        formula=told.formula,
        baseline=row["baseline"],
        threshold=None if lacking else f"{told.bound} {decimal(row['threshold'])}",
        shown=None if lacking else bool(row["shown"]),
        decides=True,
        sentence=f"Cannot be computed: the log lacks {lacking}." if lacking else row["sentence"],
        twin=told.twin,
        missing=(lacking,) if lacking else (),
    )
