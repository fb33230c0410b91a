"""What speaks against reading a cluster as an extraction, gathered from its own figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casework.evidence.analysis.factors.measure import Factor, Measure, missed
from casework.evidence.analysis.innocent.checks import FITS, Explanation

_WEAK = (
    "Factor (ii) is shown by a mix of capabilities alone; a product for one profession has such a"
    " mix."
)


def contrary(
    factors: Mapping[str, Factor],
    explanations: Sequence[Explanation],
    timeline: Sequence[str],
) -> list[str]:
    """Explanations that fit first, then the time line, then figures like an ordinary customer's."""
    told = [
        f'The innocent explanation "{found.title}" fits: {found.because}'
        for found in explanations
        if found.fits == FITS
    ]
    told += timeline
    told += [
        missed(measure)
        for name in ("iii", "i", "ii")
        for measure in factors[name].measures
        if measure.decides and measure.shown is False
    ]
    told += [
        f"The range of {measure.id} reaches the figure of the other accounts."
        for found in factors.values()
        for measure in found.measures
        if _no_difference(measure)
    ]
    if factors["ii"].shown:
        told.append(_WEAK)
    return list(dict.fromkeys(told))


def _no_difference(measure: Measure) -> bool:
    """The threshold is reached, but the 95 % range takes in the other accounts' figure."""
    if not (measure.decides and measure.shown and measure.range and measure.baseline is not None):
        return False
    return measure.range[0] <= measure.baseline <= measure.range[1]
