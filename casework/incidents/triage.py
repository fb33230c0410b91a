"""What may be decided about a report at the door. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from casework.errors import Blocker

STATES: Final = {
    "submitted": "Submitted",
    "acknowledged": "Acknowledged",
    "accepted": "Accepted",
    "returned": "Returned",
    "referred_out": "Referred out",
    "withdrawn": "Withdrawn",
}
OPEN: Final = frozenset({"submitted", "acknowledged"})
PRACTICE: Final = "Intake practice of this office"


@dataclass(frozen=True, slots=True)
class Decision:
    """A road from any of `origins` to the state `target`; `effect` says what follows from it."""

    title: str
    origins: frozenset[str]
    target: str
    effect: str
    needs_reason: bool = False


DECISIONS: Final = {
    "acknowledge": Decision(
        "Acknowledge",
        frozenset({"submitted"}),
        "acknowledged",
        "The reporter sees that somebody reads the report, and can no longer change it.",
    ),
    "accept": Decision(
        "Accept",
        OPEN,
        "accepted",
        "A case may be opened about it. The claim stays an allegation.",
    ),
    "return": Decision(
        "Return to its sender",
        OPEN,
        "returned",
        "The reporter sees the reason, can correct the report and send it again.",
        needs_reason=True,
    ),
    "refer_out": Decision(
        "Refer to another agency",
        OPEN | {"accepted"},
        "referred_out",
        "The record stays here and is closed to triage; the reason names the agency.",
        needs_reason=True,
    ),
}


def open_decisions(state: str) -> tuple[str, ...]:
    """Keys of DECISIONS that a report in `state` may get, in display order."""
    return tuple(key for key, decision in DECISIONS.items() if state in decision.origins)


def blockers(state: str, decision: str, reason: str) -> list[Blocker]:
    """Every reason why `decision` may not be taken; empty when it may."""
    wanted = DECISIONS[decision]
    found = []
    if state not in wanted.origins:
        found.append(
            Blocker(f"{wanted.title}: the report is already {STATES[state].lower()}.", PRACTICE)
        )
    if wanted.needs_reason and not reason:
        found.append(Blocker(f"{wanted.title}: write the reason.", PRACTICE))
    return found
