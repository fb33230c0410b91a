"""How much a cluster exchanged: context for factor (i), which decides nothing."""

from __future__ import annotations

from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.view import Reading, View, twin
from casework.evidence.analysis.sentences import count, whole

_BATCH = "A nightly batch job of one company makes as many."


def volume(view: View) -> tuple[Measure, ...]:
    """Exchanges, tokens, exchanges on a day, and the middle and the 90th of a hundred accounts."""
    days = view.counts.get("active_days", 0.0)
    per_day = view.exchanges / days if days else None
    total = view.read(lambda sums: sums["n"])
    tokens = view.read(lambda sums: sums["tokens"])
    return (
        _told(
            "exchanges",
            total,
            "exchanges",
            "number of exchanges",
            f"{count(view.exchanges, 'exchanges')} by {count(view.accounts, 'accounts')}.",
        ),
        _told(
            "tokens",
            tokens,
            "tokens",
            "input and output tokens",
            f"{count(float(view.own['tokens']), 'tokens')} in and out.",
        ),
        Measure(
            id="per_day",
            value=per_day,
            unit="exchanges a day",
            formula="exchanges / days with an exchange",
            sentence=f"{count(per_day or 0, 'exchanges')} on a day with any,"
            f" on {count(days, 'days')}.",
            twin=_BATCH,
        ),
        _of_account(view, "median", "median of exchanges by account", "The middle account"),
        _of_account(view, "p90", "90th percentile of exchanges by account", "One account in ten"),
    )


def _told(id: str, reading: Reading, unit: str, formula: str, sentence: str) -> Measure:  # noqa: A002
    return Measure(
        id=id,
        value=reading.value,
        unit=unit,
        formula=formula,
        baseline=reading.baseline,
        sentence=sentence,
        twin=twin(_BATCH, reading, whole),
    )


def _of_account(view: View, name: str, formula: str, whose: str) -> Measure:
    value, other = view.counts.get(name), view.rest_counts.get(name)
    more = " or more" if name == "p90" else ""
    beside = "" if other is None else f"; among the other accounts {whole(other)}{more}"
    return Measure(
        id=f"per_account_{name}",
        value=value,
        unit="exchanges an account",
        formula=formula,
        baseline=other,
        sentence=f"{whose} made {count(value or 0, 'exchanges')}{more}{beside}.",
        twin="Service accounts of a company make as many.",
    )
