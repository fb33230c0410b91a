"""Prompts used again by several accounts, three ways: same template, same half print, near it."""

from __future__ import annotations

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.view import Reading, View, twin
from casework.evidence.analysis.sentences import count, decimal, percent, verb, whole

_LIBRARY = "A company's prompt library and the defaults of a public program are shared as well."


def reuse(view: View) -> tuple[Measure, ...]:
    """Any one of these holding is repetition; each is open where its column is missing."""
    return (_templates(view), _halves(view), _pool(view))


def _templates(view: View) -> Measure:
    share, least = view.limits["tpl_reuse"], view.limits["tpl_prompts"]
    prompts = view.counts.get("prompts", 0.0)
    reading = view.read(lambda sums: formulas.ratio(sums["template"], sums["n"]))
    if "template_hash" not in view.present:
        return _open("tpl_reuse", "template_hash", "templates of prompts")
    value = reading.value or 0.0
    which = "the one template" if prompts == 1 else f"one of {count(prompts, 'prompt templates')}"
    sentence = (
        f"{percent(value)} of the cluster's {count(view.exchanges, 'exchanges')}"
        f" {verb(view.exchanges, 'carries', 'carry')} {which} that at least three of its accounts"
        f" used.{_beside(reading)}"
        if prompts
        else f"No template was used by at least three accounts of the cluster.{_beside(reading)}"
    )
    return Measure(
        id="tpl_reuse",
        value=value,
        unit="share of exchanges",
        formula="exchanges on a template used by 3 or more of the accounts / exchanges",
        baseline=reading.baseline,
        range=reading.range,
        threshold=f"at least {decimal(share)}, on {whole(least)} templates or more",
        shown=value >= share and prompts >= least,
        decides=True,
        sentence=sentence,
        twin=twin(_LIBRARY, reading, percent, lambda figure: figure >= share),
    )


def _beside(reading: Reading) -> str:
    if reading.baseline is None:
        return ""
    return (
        f" Of the other accounts' exchanges {percent(reading.baseline)} carry a template that at"
        " least three of those accounts used."
    )


def _halves(view: View) -> Measure:
    share, least = view.limits["sim_reuse"], view.limits["sim_keys"]
    if not view.present & {"sim_hi", "sim_lo"}:
        return _open("sim_reuse", "prompt_simhash", "fingerprints of prompts")
    keys = view.counts.get("keys", 0.0)
    reading = view.read(lambda sums: formulas.ratio(sums["halves"], 2 * sums["n"]))
    value = reading.value or 0.0
    return Measure(
        id="sim_reuse",
        value=value,
        unit="share of exchanges",
        formula="exchanges on a half fingerprint used by 3 or more accounts / (2 x exchanges)",
        baseline=reading.baseline,
        range=reading.range,
        threshold=f"at least {decimal(share)}, on {whole(least)} half fingerprints or more",
        shown=value >= share and keys >= least,
        decides=True,
        sentence=f"At least three accounts of the cluster share {count(keys, 'half fingerprints')}"
        f" of prompts; by halves, {percent(value)} of the exchanges carry them.",
        twin=twin(_LIBRARY, reading, percent, lambda figure: figure >= share),
    )


def _pool(view: View) -> Measure:
    """Templates, halves and near wordings together, of which most users are in the cluster."""
    if not view.present & {"template_hash", "sim_hi", "sim_lo"}:
        return _open("pool_reuse", "template_hash or prompt_simhash", "prints of prompts")
    limits = view.limits
    prompts = view.counts.get("pool_prompts", 0.0)
    keys = view.counts.get("pool_keys", 0.0)
    reading = view.read(lambda sums: formulas.ratio(sums["pooled"], sums["n"]))
    value = reading.value or 0.0
    return Measure(
        id="pool_reuse",
        value=value,
        unit="share of exchanges",
        formula="sum over accounts of exchanges x share on prompts used mostly by this cluster"
        " (template, half fingerprint or near wording, whichever is largest) / exchanges",
        range=reading.range,
        threshold=f"at least {decimal(limits['tpl_reuse'])}, on {whole(limits['tpl_prompts'])}"
        f" prompts or more of one account; or at least {decimal(limits['sim_reuse'])}, on"
        f" {whole(limits['sim_keys'])} fingerprints or more",
        shown=(value >= limits["tpl_reuse"] and prompts >= limits["tpl_prompts"])
        or (value >= limits["sim_reuse"] and keys >= limits["sim_keys"]),
        decides=True,
        sentence=f"{percent(value)} of the exchanges carry prompts, or near wordings of"
        " them, of which most users are in this cluster.",
        twin=_LIBRARY,
    )


def _open(id: str, column: str, what: str) -> Measure:  # noqa: A002
    """A measure for which the log has no column."""
    return Measure(
        id=id,
        value=None,
        unit="share of exchanges",
        formula="exchanges on prompts that several accounts used / exchanges",
        decides=True,
        sentence=f"Cannot be computed: the log holds no {what}.",
        twin=_LIBRARY,
        missing=(column,),
    )
