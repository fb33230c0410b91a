"""What a cluster asks, against what an explanation would lead one to see. Pure."""

from __future__ import annotations

from casework.evidence.analysis.innocent.checks import (
    MOSTLY,
    NEARLY_ALL,
    Check,
    any_of,
    at_least,
    at_most,
)
from casework.evidence.analysis.innocent.setting import Setting
from casework.evidence.analysis.innocent.surroundings import OTHERS
from casework.evidence.analysis.sentences import count, decimal, percent, verb

MIXED = 4.0  # equally frequent capabilities
SHARED = 0.3  # of exchanges; a third of the work, as in factor (i)


def mixed(of: Setting) -> Check:
    number = of.capabilities
    says = (
        f"the capabilities are as mixed as {decimal(number or 0, 1)} equally frequent ones"
        " (4 would fit)"
    )
    return at_least("capabilities", number, MIXED, says, "the log names no capabilities")


def few(of: Setting) -> Check:
    share = of.prompts_3
    says = (
        f"the 3 commonest templates make {percent(share or 0)} of the exchanges that carry one"
        " (half would fit)"
    )
    return at_least(
        "prompts_3", share, MOSTLY, says, "there are no templates of prompts to look at"
    )


def public(of: Setting, *, unknown_too: bool) -> Check:
    """Prompts in public hands; `unknown_too`: or so many separate users that they must be."""
    lacking = "there are no templates of prompts to look at"
    elsewhere, listed = of.prompts_elsewhere, of.prompts_public
    no_list = "no list of public prompts was given"
    checks = [
        at_least(
            "prompts_elsewhere",
            elsewhere,
            MOSTLY,
            f"{percent(elsewhere or 0)} of the exchanges with a template carry one that {OTHERS} or"
            " more separate payers, organisations or addresses outside the cluster use (half would"
            " fit)",
            lacking,
        ),
        at_least(
            "prompts_public",
            listed,
            MOSTLY,
            f"{percent(listed or 0)} carry one from the public list (half would fit)",
            lacking if elsewhere is None else no_list,
        ),
    ]
    if unknown_too:
        checks.append(
            at_least(
                "units",
                of.units,
                NEARLY_ALL,
                "separate payers, organisations or addresses are"
                f" {percent(of.units)} of the accounts' number (four fifths would fit)",
                "",
            )
        )
    return any_of(checks)


def shared(of: Setting) -> Check:
    share = of.reuse
    says = f"{percent(share or 0)} of the exchanges carry shared prompts (30 % would fit)"
    return at_least("reuse", share, SHARED, says, "the log holds no prints of prompts")


def not_shared(of: Setting) -> Check:
    share = of.reuse
    says = f"{percent(share or 0)} of the exchanges carry shared prompts (at most 30 % would fit)"
    return at_most("reuse", share, SHARED, says, "the log holds no prints of prompts")


def not_together(of: Setting) -> Check:
    signs = count(of.signs_shown, "signs")
    says = (
        f"{signs} of acting together {verb(of.signs_shown, 'is', 'are')} shown"
        " (fewer than factor (iii) asks for would fit)"
    )
    open_ = of.acting_together is None
    return Check(
        "the log lacks columns that signs of acting together need" if open_ else says,
        None if open_ else not of.acting_together,
        {"signs": float(of.signs_shown)},
    )
