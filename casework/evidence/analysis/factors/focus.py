"""Factor (ii): how far a cluster aims at particular capabilities, against the baseline.

Figures over exchanges follow the heaviest accounts, and a random group of accounts reaches them
too: they are told, and the figure that counts each account once decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from casework.evidence.analysis.bootstrap import Floats
from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import Factor, Measure, factor
from casework.evidence.analysis.factors.sums import Sums
from casework.evidence.analysis.factors.view import View, twin
from casework.evidence.analysis.sentences import decimal, known, listed, percent, whole

LIFT = 2.0  # what is at least twice its share in the baseline counts as aimed at
LEAST_TOP = 0.1  # share of the cluster from which a capability's ratio is told
MOST_LIFT = 100.0  # above, the baseline holds too few exchanges of it for a ratio
_PRODUCT = "Any product for one profession is as narrow: weak alone."
_HEAVY = f"{_PRODUCT} So is a group of any accounts of which a few are heavy users."


def focus(view: View) -> Factor:
    """Shown when the mix, each account counted once, lies further off than by chance."""
    if lacking := _lacking(view):
        measures = tuple(
            _open(name, unit, lacking) for name, unit in (("mix_bits", "bits"), ("kl_bits", "bits"))
        )
        return factor(measures, shown=None)
    shares = formulas.mix(view.rest.capabilities)
    mixed = _mixed(view.focus)
    measures = (mixed, _distance(view, shares), _aimed(view, shares), _top(view, shares))
    return factor(measures, shown=mixed.shown)


def _lacking(view: View) -> str | None:
    """What is wanted for the factor, or None."""
    if "capability" not in view.present or not view.own.capabilities.sum():
        return "capability"
    compared = view.focus and view.rest.capabilities.sum()
    return None if compared else "accounts to compare with"


def _mixed(found: Mapping[str, Any]) -> Measure:
    """A row of the table `focus` (see `linking_focus`)."""
    return Measure(
        id="mix_bits",
        value=found["value"],
        unit="bits",
        formula="Kullback-Leibler distance of the mean of the accounts' mixes from the same mean of"
        " accounts in no cluster",
        baseline=found["chance"],
        threshold=f"at least {decimal(found['threshold'])}, no less than 99 of 100 random groups",
        shown=bool(found["shown"]),
        decides=True,
        sentence=found["sentence"],
        twin=_PRODUCT,
    )


def _distance(view: View, shares: Floats) -> Measure:
    limit = view.limits["kl_bits"]
    reading = view.read(lambda sums: formulas.divergence(sums.capabilities, shares))
    value = reading.value or 0.0
    return Measure(
        id="kl_bits",
        value=value,
        unit="bits",
        formula="sum p_k log2(p_k / q_k) over capabilities k, p of the cluster, q of the baseline",
        baseline=reading.baseline,
        range=reading.range,
        threshold=f"at least {decimal(limit)}",
        shown=value >= limit,
        sentence=f"By exchanges, the mix of capabilities lies {decimal(value)} bits from that of"
        " the other accounts (Kullback-Leibler distance; 0 is the same mix).",
        twin=twin(_HEAVY, reading, decimal, lambda figure: figure >= limit),
    )


def _aimed(view: View, shares: Floats) -> Measure:
    limit = view.limits["focus_share"]
    reading = view.read(lambda sums: formulas.focus(sums.capabilities, shares, LIFT))
    value = reading.value or 0.0
    own = _own_shares(view.own)
    named = [
        f"{name} ({percent(float(share))} here, {percent(float(other))} there)"
        for name, share, other in sorted(
            zip(view.own.layout.capabilities, own, _own_shares(view.rest), strict=True),
            key=lambda told: -told[1],
        )
        if share > 0 and share >= LIFT * shares[view.own.layout.capabilities.index(name)]
    ]
    told = f": {listed(named[:4])}" if named else ""
    return Measure(
        id="focus_share",
        value=value,
        unit="share of exchanges",
        formula="sum of p_k over capabilities with p_k >= 2 q_k",
        baseline=reading.baseline,
        range=reading.range,
        threshold=f"at least {decimal(limit)}",
        shown=value >= limit,
        sentence=f"{percent(value)} of the exchanges fall on capabilities that are at least twice"
        f" as frequent here as among the other accounts{told}.",
        twin=twin(_HEAVY, reading, percent, lambda figure: figure >= limit),
    )


def _top(view: View, shares: Floats) -> Measure:
    def lift(sums: Sums) -> Floats:
        own = formulas.ratio(sums.capabilities, sums.capabilities.sum(axis=-1, keepdims=True))
        lifted = np.where(own >= LEAST_TOP, own / shares, np.nan)
        told = np.isfinite(lifted).any(axis=-1)
        most = np.max(np.where(np.isfinite(lifted), lifted, -1.0), axis=-1)
        return np.where(told, most, np.nan)

    reading = view.read(lift)
    return Measure(
        id="top_lift",
        value=reading.value,
        unit="ratio",
        formula="largest p_k / q_k over capabilities with p_k >= 0.1",
        baseline=reading.baseline,
        range=reading.range,
        sentence="No capability has a tenth of the exchanges."
        if reading.value is None
        else f"One capability is {_times(reading.value)} times as frequent here as among the other"
        " accounts.",
        twin=twin(_HEAVY, reading, lambda figure: decimal(figure, 1)),
    )


def _times(lift: float) -> str:
    """A capability that the others hardly show has no exact ratio."""
    return decimal(lift, 1) if lift < MOST_LIFT else f"{whole(MOST_LIFT)} or more"


def _own_shares(sums: Sums) -> Floats:
    counts = sums.capabilities
    return np.nan_to_num(formulas.ratio(counts, np.full_like(counts, known(counts.sum()) or 0.0)))


def _open(id: str, unit: str, lacking: str) -> Measure:  # noqa: A002
    return Measure(
        id=id,
        value=None,
        unit=unit,
        formula="distance of the cluster's mix of capabilities from the baseline's",
        decides=id == "mix_bits",
        sentence="Cannot be computed: the log names no capabilities."
        if lacking == "capability"
        else "Cannot be computed: there are no other accounts to compare with.",
        twin=_PRODUCT,
        missing=(lacking,),
    )
