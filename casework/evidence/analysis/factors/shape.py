"""Factor (i): volume, structure, pattern, coordination and timing of a cluster's exchanges."""

from __future__ import annotations

from collections.abc import Callable

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import (
    Factor,
    Measure,
    at_least,
    both,
    either,
    factor,
)
from casework.evidence.analysis.factors.shape_reuse import reuse
from casework.evidence.analysis.factors.shape_volume import volume
from casework.evidence.analysis.factors.view import Reading, View, twin
from casework.evidence.analysis.sentences import count, decimal, whole

_EVEN = "A course or a small team is spread as evenly."
_ROUND = "A service with customers in every zone and a nightly job are as level."
_STEP = "Scheduled jobs start on the quarter hour as well."


def shape(view: View) -> Factor:
    """Shown when the cluster was active long enough and two of four patterns hold.

    Two of the patterns are seen in another way too: even load by accounts counted once, level hours
    by the clocks of the countries the accounts appear in. These signs are told under factor (iii).
    """
    repeated = reuse(view)
    even, level, step = _even(view), _level(view), _lockstep(view)
    sustained = _sustained(view)
    patterns = (
        either(*(measure.shown for measure in repeated)),
        either(even.shown, _sign(view, "even_volume")),
        either(level.shown, _sign(view, "clock")),
        step.shown,
    )
    state = both(sustained.shown, at_least(int(view.limits["of_four"]), patterns))
    measures = (*volume(view), *repeated, even, level, _entropy(view), step, sustained)
    return factor(measures, shown=state, also=_missing(view, "even_volume", "clock"))


def _sign(view: View, name: str) -> bool | None:
    row = view.signs[name]
    return None if row["missing"] else bool(row["shown"])


def _missing(view: View, *names: str) -> list[str]:
    return [view.signs[name]["missing"] for name in names if view.signs[name]["missing"]]


def _even(view: View) -> Measure:
    reading, limit = view.read_gini(), view.limits["gini"]
    return _pattern(
        reading,
        id="gini",
        formula="Gini coefficient of exchanges on an active day, over accounts with 5 or more",
        threshold=f"at most {decimal(limit)}, or the sign even_volume of factor (iii)",
        reaches=lambda value: value <= limit,
        innocent=_EVEN,
        says="Exchanges on an active day are spread over the accounts with a Gini coefficient of"
        " {value} (0 is even, 1 is one account alone){other}.",
        lacking="two accounts with 5 exchanges or more",
    )


def _level(view: View) -> Measure:
    reading, limit = view.read(lambda sums: formulas.rhythm(sums.hours)), view.limits["circ_r1"]
    return _pattern(
        reading,
        id="circ_r1",
        formula="|sum n_h e^(2 pi i h/24)| / sum n_h, h the hour of the day in UTC",
        threshold=f"at most {decimal(limit)}, or the sign clock of factor (iii)",
        reaches=lambda value: value <= limit,
        innocent=_ROUND,
        says="The strength of the daily rhythm is {value} (0 is level over the 24 hours, 1 is all"
        " in one hour){other}.",
        lacking="times",
    )


def _lockstep(view: View) -> Measure:
    reading, limit = view.read(lambda sums: formulas.rhythm(sums.phases)), view.limits["r15"]
    return _pattern(
        reading,
        id="r15",
        formula="|sum n_m e^(2 pi i m/15)| / sum n_m, m the minute of the quarter hour",
        threshold=f"at least {decimal(limit)}",
        reaches=lambda value: value >= limit,
        innocent=_STEP,
        says="Exchanges gather in the same minutes of the quarter hour with a strength of {value}"
        " (0 is level, 1 is all in one minute){other}.",
        lacking="times",
    )


def _pattern(
    reading: Reading,
    *,
    id: str,  # noqa: A002 - the name of the field it fills
    formula: str,
    threshold: str,
    reaches: Callable[[float], bool],
    innocent: str,
    says: str,
    lacking: str,
) -> Measure:
    """A measure between 0 and 1 that decides, told beside the other accounts' figure."""
    value = reading.value
    other = (
        ""
        if reading.baseline is None
        else f"; that of the other accounts is {decimal(reading.baseline)}"
    )
    return Measure(
        id=id,
        value=value,
        unit="0 to 1",
        formula=formula,
        baseline=reading.baseline,
        range=reading.range,
        threshold=threshold,
        shown=None if value is None else reaches(value),
        decides=True,
        sentence=f"Cannot be computed: the cluster lacks {lacking}."
        if value is None
        else says.format(value=decimal(value), other=other),
        twin=twin(innocent, reading, decimal, reaches),
        missing=(lacking,) if value is None else (),
    )


def _entropy(view: View) -> Measure:
    reading = view.read(lambda sums: formulas.evenness(sums.hours))
    value = reading.value
    return Measure(
        id="hour_entropy",
        value=value,
        unit="0 to 1",
        formula="-sum p_h ln p_h / ln 24, p_h the share of hour h of the day in UTC",
        baseline=reading.baseline,
        range=reading.range,
        sentence="Cannot be computed: the cluster lacks times."
        if value is None
        else f"The entropy of the hours of the day is {decimal(value)} of the most it can be.",
        twin=twin(_ROUND, reading, decimal),
        missing=("times",) if value is None else (),
    )


def _sustained(view: View) -> Measure:
    hours = view.counts.get("active_hours", 0.0)
    limit = view.limits["active_hours"]
    days = view.counts.get("active_days", 0.0)
    return Measure(
        id="active_hours",
        value=hours,
        unit="hours",
        formula="number of separate hours with an exchange",
        threshold=f"at least {whole(limit)}",
        shown=hours >= limit,
        decides=True,
        sentence=f"The cluster was active in {count(hours, 'hours')} on {count(days, 'days')}.",
        twin="Every customer who stays for weeks reaches this; it only keeps short bursts out.",
    )
