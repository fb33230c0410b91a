"""Factor (iii): whether several accounts act as one."""

from __future__ import annotations

from casework.evidence.analysis.factors import formulas
from casework.evidence.analysis.factors.accounts_lives import lives_of
from casework.evidence.analysis.factors.accounts_prompts import prompts_of
from casework.evidence.analysis.factors.accounts_signs import told_sign
from casework.evidence.analysis.factors.measure import (
    Factor,
    Measure,
    at_least,
    both,
    either,
    factor,
)
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.sentences import (
    capital,
    count,
    decimal,
    of_all,
    percent,
    verb,
    whole,
)

# One hired server abroad gives an account a second country and hours that do not fit: one sign.
PLACE = {"clock", "several_countries"}


def accounts(view: View) -> Factor:
    """Shown when enough accounts, mostly of no one organisation, bear enough signs together."""
    number, undeclared = _number(view), _undeclared(view)
    signs = tuple(told_sign(name, row) for name, row in sorted(view.signs.items()))
    place = either(*(sign.shown for sign in signs if sign.id in PLACE))
    apart = (sign.shown for sign in signs if sign.id not in PLACE)
    together = at_least(int(view.limits["signs"]), (place, *apart))
    measures = (
        number,
        _organisations(view),
        undeclared,
        *signs,
        *prompts_of(view),
        *lives_of(view),
        _routes(view),
    )
    return factor(measures, shown=both(number.shown, undeclared.shown, together))


def _number(view: View) -> Measure:
    limit = view.limits["accounts"]
    return Measure(
        id="accounts",
        value=float(view.accounts),
        unit="accounts",
        formula="number of accounts held in the cluster",
        threshold=f"at least {whole(limit)}",
        shown=view.accounts >= limit,
        decides=True,
        sentence=f"{capital(count(view.accounts, 'accounts'))}"
        f" {verb(view.accounts, 'is', 'are')} held in the cluster.",
        twin="A company has as many.",
    )


def _organisations(view: View) -> Measure:
    number = view.counts.get("organisations", 0.0)
    named = view.counts.get("named", 0.0)
    absent = "org_id" not in view.present
    told = f"; {whole(number)} {verb(number, 'is', 'are')} named" if named else ""
    return Measure(
        id="organisations",
        value=None if absent else number,
        unit="organisations",
        formula="number of organisations declared by the accounts",
        sentence="Cannot be computed: the log names no organisations."
        if absent
        else f"{of_all(named, view.accounts, 'accounts')}"
        f" {verb(max(1, named), 'declares', 'declare')} an organisation{told}.",
        twin="Private customers declare none.",
        missing=("org_id",) if absent else (),
    )


def _undeclared(view: View) -> Measure:
    limit = view.limits["undeclared"]
    absent = "org_id" not in view.present
    reading = view.read(lambda sums: 1 - formulas.ratio(sums["top_org"], sums["accounts"]))
    value = None if absent else reading.value
    return Measure(
        id="undeclared",
        value=value,
        unit="share of accounts",
        formula="1 - accounts of the organisation declared most often / accounts",
        range=None if absent else reading.range,
        threshold=f"at least {decimal(limit)}",
        shown=None if value is None else value >= limit,
        decides=True,
        sentence="Cannot be computed: the log names no organisations, so that one company's"
        " accounts cannot be told from others."
        if value is None
        else f"{percent(value)} of the accounts do not belong to the organisation that"
        " most of them declare."
        if view.counts.get("named")
        else "None of the accounts declares an organisation.",
        twin="Employees with private accounts declare none.",
        missing=("org_id",) if absent else (),
    )


def _routes(view: View) -> Measure:
    absent = not view.present & {"endpoint", "user_agent"}
    number = view.counts.get("routes", 0.0)
    return Measure(
        id="routes",
        value=None if absent else number,
        unit="routes",
        formula="number of separate pairs of endpoint and user agent",
        sentence="Cannot be computed: the log holds no endpoints and no user agents."
        if absent
        else f"The accounts came by {count(number, 'routes')} (pairs of endpoint and user agent).",
        twin="A team with several programs comes by several routes.",
        missing=("endpoint or user_agent",) if absent else (),
    )
