"""Factor (iv): how a cluster's exchanges lie against the releases of the models, its and a rival's.

The correlation can be negative: what comes too late, or falls where it should rise, is told as
speaking against (`against`).
"""

from __future__ import annotations

from casework.evidence.analysis.factors.measure import Factor, Measure, either, factor, missed
from casework.evidence.analysis.factors.timeline_adoption import adoption
from casework.evidence.analysis.factors.timeline_leads import leads, leads_against
from casework.evidence.analysis.factors.timeline_surge import surge
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.factors.windows import Windows
from casework.evidence.analysis.markers import Markers
from casework.evidence.analysis.sentences import decimal, percent


def timeline(view: View, markers: Markers, windows: Windows) -> Factor:
    """Shown when the cluster took up the new model at once, or rose before a rival's release."""
    first_day, first_three = adoption(view, markers, windows)
    rise = surge(view, markers, windows)
    measures = (first_day, first_three, rise, *leads(view, markers))
    return factor(measures, shown=either(first_three.shown, rise.shown))


def against(found: Factor, view: View, markers: Markers) -> list[str]:
    """What the time line says against the allegation, strongest first."""
    told = leads_against(view, markers)
    by_id: dict[str, Measure] = {measure.id: measure for measure in found.measures}
    told += _not_rising(by_id["surge"])
    return told + _not_first(by_id["adopt72"])


def _not_rising(rise: Measure) -> list[str]:
    if rise.shown is not False:
        return []
    if rise.value is not None and rise.value < 1:
        sentence = (
            "Before the rival's release the cluster's exchanges fell against those of the other"
            f" accounts, to {decimal(rise.value)} times the earlier rate."
        )
        return [sentence]
    return [missed(rise)]


def _not_first(taken: Measure) -> list[str]:
    if taken.shown is not False:
        return []
    if taken.value is not None and taken.baseline is not None and taken.value <= taken.baseline:
        sentence = (
            f"The new model received {percent(taken.value)} of the cluster's exchanges in the 72"
            f" hours after its release and {percent(taken.baseline)} of the other accounts': the"
            " cluster did not move first."
        )
        return [sentence]
    return [missed(taken)]
