"""Count the ballots of an interagency body by the rule that the pack gives for the question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casework.statute.casework_rows import BallotRule
from casework.statute.pack import StatutePack


class BallotRefused(ValueError):
    """A ballot that the body has no place for."""


class Outcome(StrEnum):
    OPEN = "open"
    CARRIED = "carried"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ballot:
    """One ballot as cast. `sequence` grows by casting; an agency's last ballot counts."""

    agency: str
    choice: str
    sequence: int
    dissent: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Codes of agencies by what they did; `decision` is empty unless carried or failed.

    `base` is the number of votes that the threshold is measured against.
    """

    outcome: Outcome
    decision: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    recused: tuple[str, ...]
    waiting_for: tuple[str, ...]
    base: int


def tally(
    pack: StatutePack,
    question: str,
    ballots: Iterable[Ballot],
    *,
    closed: bool,
    seated: Iterable[str] = (),
) -> Tally:
    """Count the votes afresh from the ballots; open until the vote is closed.

    `question` is an id of the pack's ballot rules, `seated` are observers that vote on this
    motion. BallotRefused for an agency without a vote, an unknown choice or two ballots under
    one number.
    """
    rule = pack.ballots[question]
    members = voters(pack, question, seated)
    choices = _counted(ballots, members, pack.codes("ballot_choice"))
    sides = {
        choice: tuple(sorted(agency for agency, cast in choices.items() if cast == choice))
        for choice in pack.codes("ballot_choice")
    }
    base = _base(rule, sides, len(members))
    outcome = _outcome(rule, sides, len(members)) if closed else Outcome.OPEN
    return Tally(
        outcome=outcome,
        decision={Outcome.CARRIED: rule.carries, Outcome.FAILED: rule.fails}.get(outcome, ""),
        waiting_for=tuple(sorted(members - choices.keys())),
        base=base,
        **sides,
    )


def voters(pack: StatutePack, question: str, seated: Iterable[str] = ()) -> frozenset[str]:
    """Codes of the agencies with a vote: the members, and those observers that were seated."""
    body = pack.ballots[question].body
    observing = {row.id for row in pack.agencies.values() if body in row.observes}
    return pack.members(body) | (observing & set(seated))


def _counted(
    ballots: Iterable[Ballot], members: frozenset[str], choices: tuple[str, ...]
) -> dict[str, str]:
    cast = sorted(ballots, key=lambda ballot: ballot.sequence)
    if len({ballot.sequence for ballot in cast}) < len(cast):
        raise BallotRefused("two ballots carry the same number")
    for ballot in cast:
        if ballot.agency not in members:
            raise BallotRefused(f"{ballot.agency} has no vote in this body")
        if ballot.choice not in choices:
            raise BallotRefused(f"{ballot.choice!r} is no choice on the ballot")
    return {ballot.agency: ballot.choice for ballot in cast}


def _base(rule: BallotRule, sides: dict[str, tuple[str, ...]], members: int) -> int:
    """Unanimity is asked of every member that is not recused, a majority of those voting."""
    if rule.threshold == "unanimity":
        eligible = members - len(sides["recused"])
        return eligible - (len(sides["abstain"]) if rule.abstention == "left_out" else 0)
    abstained = len(sides["abstain"]) if rule.abstention == "counts_against" else 0
    return len(sides["yes"]) + len(sides["no"]) + abstained


def _outcome(rule: BallotRule, sides: dict[str, tuple[str, ...]], members: int) -> Outcome:
    present = len(sides["yes"]) + len(sides["no"]) + len(sides["abstain"])
    eligible = members - len(sides["recused"])
    if 100 * present <= rule.quorum * eligible:
        return Outcome.NO_QUORUM
    base, yes = _base(rule, sides, members), len(sides["yes"])
    carried = 0 < base == yes if rule.threshold == "unanimity" else 2 * yes > base
    return Outcome.CARRIED if carried else Outcome.FAILED
