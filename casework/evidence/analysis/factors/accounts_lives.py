"""How accounts come and go together: context for factor (iii)."""

from __future__ import annotations

from casework.evidence.analysis.factors.handover import hand_over
from casework.evidence.analysis.factors.measure import Measure
from casework.evidence.analysis.factors.view import View
from casework.evidence.analysis.sentences import count, of_all, percent, verb, whole

_BAN = "Staff who leave and their successors, and test accounts renewed each month, show it too."
_COURSE = "A course, or a company that moves all its staff, signs up at once."


def lives_of(view: View) -> tuple[Measure, ...]:
    """Hand-overs and bursts of sign-ups, told beside the signs."""
    return (_handed_over(view), _signed_up(view))


def _handed_over(view: View) -> Measure:
    found = hand_over(view.lives)
    formula = (
        "accounts beginning within 24 hours after another's last exchange / accounts beginning"
        " after the log's first day; baseline: the mean of 100 shuffles of the life lines by days"
    )
    if found is None:
        return Measure(
            id="hand_over",
            value=None,
            unit="share of accounts",
            formula=formula,
            sentence="Cannot be computed: no account began and none ended inside the log.",
            twin=_BAN,
            missing=("accounts that began and ended inside the log",),
        )
    return Measure(
        id="hand_over",
        value=found.taken / found.began,
        unit="share of accounts",
        formula=formula,
        baseline=found.by_chance / found.began,
        threshold=f"at least 5, and above {percent(found.most_by_chance / found.began)}"
        " (95 of 100 shuffles)",
        shown=found.shown,
        sentence=f"{of_all(found.taken, found.began, 'accounts')} that began"
        f" after the log's first day did so within 24 hours after another's last exchange; shuffled"
        f" life lines give {whole(found.by_chance)}.",
        twin=_BAN,
    )


def _signed_up(view: View) -> Measure:
    fresh, burst = view.counts.get("fresh", 0.0), view.counts.get("burst", 0.0)
    return Measure(
        id="sign_up_burst",
        value=burst / fresh if fresh else None,
        unit="share of accounts",
        formula="most accounts first seen in any 24 hours / accounts first seen after the log's"
        " first day",
        sentence=f"Of {count(fresh, 'accounts')} first seen after the log's first day"
        f" {whole(burst)} {verb(burst, 'appears', 'appear')} in one stretch of 24 hours."
        if fresh
        else "Cannot be computed: every account was there on the log's first day.",
        twin=_COURSE,
        missing=() if fresh else ("accounts first seen after the log's first day",),
    )
