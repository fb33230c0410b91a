"""Prompts across separate payers, and prompts sent word for word: context for factor (iii)."""

from __future__ import annotations

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.sentences import capital, count, decimal, percent, verb, whole

_AGENT = "Unrelated users of one open-source agent or benchmark share prompts across payers."


def prompts_of(view: View) -> tuple[Measure, ...]:
    """Told beside the signs; they decide nothing, as users of one program show them too."""
    if "template_hash" in view.present:
        return (_crossing(view), _crossed_share(view), _replayed(view))
    gone = Measure(
        id="cross_tpl",
        value=None,
        unit="templates",
        formula="templates used by accounts of separate payers, organisations or addresses",
        sentence="Cannot be computed: the log holds no templates of prompts.",
        twin=_AGENT,
        missing=("template_hash",),
    )
    return (gone, _replayed(view))


def _crossing(view: View) -> Measure:
    limit, number = view.limits["cross_tpl"], view.counts.get("crossed", 0.0)
    units = whole(view.limits["cross_groups"])
    return Measure(
        id="cross_tpl",
        value=number,
        unit="templates",
        formula=f"templates, not on the public list, used by accounts of {units} or more separate"
        " payers, organisations or addresses",
        threshold=f"at least {whole(limit)}",
        shown=number >= limit,
        sentence=f"{capital(count(number, 'prompt templates'))} {verb(number, 'is', 'are')} used"
        f" across {units} or more separate payers, organisations or addresses.",
        twin=_AGENT,
    )


def _crossed_share(view: View) -> Measure:
    limit = view.limits["cross_share"]
    reading = view.read(lambda sums: formulas.ratio(sums["crossed"], sums["n"]))
    value = reading.value or 0.0
    return Measure(
        id="cross_share",
        value=value,
        unit="share of exchanges",
        formula="exchanges on such templates / exchanges",
        range=reading.range,
        threshold=f"at least {decimal(limit)}",
        shown=value >= limit,
        sentence=f"{percent(value)} of the exchanges carry such templates.",
        twin=_AGENT,
    )


def _replayed(view: View) -> Measure:
    reading = view.counts.get("replayed", 0.0) / view.exchanges
    absent = "prompt_hash" not in view.present
    return Measure(
        id="replay",
        value=None if absent else reading,
        unit="share of exchanges",
        formula="exchanges whose exact prompt was sent by 2 or more of the accounts / exchanges",
        sentence="Cannot be computed: the log holds no hashes of exact prompts."
        if absent
        else f"{percent(reading)} of the exchanges repeat, word for word, a prompt that another"
        " account of the cluster sent.",
        twin="A regression suite and a shared script send the same words again.",
        missing=("prompt_hash",) if absent else (),
    )
