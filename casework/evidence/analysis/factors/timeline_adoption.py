"""How fast a cluster took up a model of the owner's that came out inside the log."""

from __future__ import annotations

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.view import View, twin
from casework.evidence.analysis.factors.windows import Windows
from casework.evidence.analysis.markers import Markers, Release
from casework.evidence.analysis.sentences import count, decimal, moment, percent, whole

_BENCHMARK = "Whoever measures models on the day of every release moves as fast."


def adoption(view: View, markers: Markers, windows: Windows) -> tuple[Measure, Measure]:
    """Share of exchanges on the new model in 24 and in 72 hours; the second decides."""
    release, hour = markers.release, windows.release
    if release is None or hour is None:
        return _open(24, "a release of a model"), _open(72, "a release of a model")
    if not view.lives.log_first <= hour <= view.lives.log_last:
        return _open(24, "a release inside the log"), _open(72, "a release inside the log")
    return _taken_up(view, release, 24), _taken_up(view, release, 72)


def _taken_up(view: View, release: Release, hours: int) -> Measure:
    reading = view.read(lambda sums: formulas.ratio(sums[f"new{hours}"], sums[f"n{hours}"]))
    amount = float(view.own[f"n{hours}"])
    decides = hours == 72  # noqa: PLR2004 - the window of the rule
    bound = _bound(view, reading.baseline)
    least = view.limits["adopt_exchanges"]
    return Measure(
        id=f"adopt{hours}",
        value=reading.value,
        unit="share of exchanges",
        formula=f"exchanges on the new model / exchanges, in the {hours} hours after its release",
        baseline=reading.baseline,
        range=reading.range,
        threshold=None
        if bound is None
        else f"at least {decimal(bound)} (2 x baseline, and 0.05 above it),"
        f" on {whole(least)} exchanges or more",
        shown=_is_shown(reading.value, amount, bound, least),
        decides=decides,
        sentence=_sentence(release, hours, amount, reading.value, reading.baseline),
        twin=twin(
            _BENCHMARK, reading, percent, None if bound is None else lambda value: value >= bound
        ),
        missing=() if bound is not None else ("exchanges of other accounts after the release",),
    )


def _bound(view: View, baseline: float | None) -> float | None:
    if baseline is None:
        return None
    return max(view.limits["adopt_times"] * baseline, baseline + view.limits["adopt_more"])


def _is_shown(value: float | None, amount: float, bound: float | None, least: float) -> bool | None:
    """Too few exchanges settle it without a baseline; else it is open where one is lacking."""
    if amount < least or value is None:
        return False
    return None if bound is None else value >= bound


def _sentence(
    release: Release, hours: int, amount: float, value: float | None, baseline: float | None
) -> str:
    opening = f"{release.model} was released {moment(release.at)}."
    if value is None:
        return f"{opening} The cluster made no exchanges in the next {hours} hours."
    other = "" if baseline is None else f" and {percent(baseline)} of the other accounts'"
    return (
        f"{opening} In the next {hours} hours it received {percent(value)} of the cluster's"
        f" {count(amount, 'exchanges')}{other}."
    )


def _open(hours: int, lacking: str) -> Measure:
    return Measure(
        id=f"adopt{hours}",
        value=None,
        unit="share of exchanges",
        formula=f"exchanges on the new model / exchanges, in the {hours} hours after its release",
        decides=hours == 72,  # noqa: PLR2004 - the window of the rule
        sentence=f"Cannot be computed: the markers name no {lacking.removeprefix('a ')}.",
        twin=_BENCHMARK,
        missing=(lacking,),
    )
