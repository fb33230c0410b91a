"""Whether a cluster's exchanges rose before a rival's release, against those of other accounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casework.evidence.analysis.bootstrap import Floats
from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.sums import Sums
from casework.evidence.analysis.factors.view import View, twin
from casework.evidence.analysis.factors.windows import DAY, Windows
from casework.evidence.analysis.markers import Markers, RivalEvent
from casework.evidence.analysis.sentences import decimal, moment

LEAST = 7 * DAY  # hours on either side; a shorter stretch follows the days of the week
_GROWTH = "Growth of a customer and the season raise it too."
_FORMULA = (
    "(rate from 28 to 7 days before the rival's release / rate before that), of the cluster"
    " / the same of the baseline"
)


@dataclass(frozen=True, slots=True)
class _Spans:
    """Hours of the run-up inside the log, and of what precedes it, for the cluster and the rest."""

    ahead: int
    before: int
    before_rest: int


def surge(view: View, markers: Markers, windows: Windows) -> Measure:
    """Growth of the cluster over growth of the baseline; 1 is none of its own."""
    rival, run_up = markers.rival_release, windows.run_up
    if rival is None or run_up is None:
        return _open("a rival's release", "the markers name no rival's release")
    spans = _spans(view, run_up)
    if min(spans.ahead, spans.before) < LEAST:
        return _open(
            "a week of exchanges before and within the run-up",
            f"the log holds less than a week of the cluster's exchanges before, or within, the"
            f" run-up to {rival.model}",
        )
    rest = float(_growth(view.rest, spans.ahead, spans.before_rest))
    if not np.isfinite(rest) or rest <= 0:
        return _open(
            "accounts to compare with", "the other accounts have no exchanges before the run-up"
        )
    return _measured(view, spans, rest, rival)


def _spans(view: View, run_up: tuple[int, int]) -> _Spans:
    start, end = run_up
    own_first = int(view.counts.get("first_hour", start))
    return _Spans(
        ahead=min(end, view.lives.log_last + 1) - start,
        before=start - own_first,
        before_rest=start - view.lives.log_first,
    )


def _growth(sums: Sums, ahead: int, before: int) -> Floats:
    return formulas.ratio(sums["ahead"] / ahead, sums["before"] / before)


def _measured(view: View, spans: _Spans, rest: float, rival: RivalEvent) -> Measure:
    limit = view.limits["surge"]
    # The compared and the baseline run from the log's first hour, the cluster from its own.
    reading = view.read(lambda sums: _growth(sums, spans.ahead, spans.before_rest) / rest)
    scale = spans.before / spans.before_rest
    value = (reading.value or 0.0) * scale
    return Measure(
        id="surge",
        value=value,
        unit="ratio",
        formula=_FORMULA,
        baseline=1.0,
        range=None
        if reading.range is None
        else (reading.range[0] * scale, reading.range[1] * scale),
        threshold=f"at least {decimal(limit)}",
        shown=value >= limit,
        decides=True,
        sentence=f"{rival.model} {_when(rival)}. From 28 to 7 days before, the cluster's exchanges"
        f" came at {decimal(value)} times their earlier rate, the other accounts' growth taken"
        " out.",
        twin=twin(_GROWTH, reading, decimal, lambda figure: figure >= limit),
    )


def _when(rival: RivalEvent) -> str:
    if rival.starts == rival.ends:
        return f"was released {moment(rival.starts)}"
    return f"was released between {moment(rival.starts)} and {moment(rival.ends)}"


def _open(lacking: str, because: str) -> Measure:
    return Measure(
        id="surge",
        value=None,
        unit="ratio",
        formula=_FORMULA,
        decides=True,
        sentence=f"Cannot be computed: {because}.",
        twin=_GROWTH,
        missing=(lacking,),
    )
