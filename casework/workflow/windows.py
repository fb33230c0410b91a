"""The opportunity to answer: which step may follow which, and who may take it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from casework.access import Role

# What leaves the office, or keeps it from leaving, is for a signing official.
_SIGNED = frozenset({"summary_cleared", "waived"})
_KEPT = frozenset({"opened", "answered", "lapsed"})


def next_window_steps(state: str, *, cleared: bool) -> tuple[str, ...]:
    """The steps that may follow the state of a window (see `window_of`). A summary may be cleared
    anew, in other words, until the notice went out.
    """
    if state == "open":
        return ("answered", "lapsed")
    if state:
        return ("opened",) if cleared else ()
    return ("summary_cleared", "opened", "waived") if cleared else ("summary_cleared", "waived")


def may_take(step: str, roles: Collection[str]) -> bool:
    """Whether an officer with these roles takes the step."""
    if step in _SIGNED:
        return Role.SIGNING_OFFICIAL in roles
    return step in _KEPT and not {Role.CASE_OFFICER, Role.SIGNING_OFFICIAL}.isdisjoint(roles)


def steps_for(steps: Iterable[str], roles: Collection[str]) -> tuple[str, ...]:
    """Those of the steps that an officer with these roles takes, in the same order."""
    return tuple(step for step in steps if may_take(step, roles))
