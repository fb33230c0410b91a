"""What may be put to a committee, who votes on it and until when. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casework.access import Role
from casework.errors import Blocker
from casework.statute.casework_rows import BallotRule, Transition
from casework.statute.clocks import ends, rule_for
from casework.statute.pack import StatutePack
from casework.statute.uses import COMMITTEE_VOTE
from casework.workflow.engine import CaseFacts, blockers
from casework.workflow.votes import voters

FORMAT = "extraction-docket/motion/1"
RECOMMENDATION, PETITION = "recommendation", "petition"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moving:
    """A motion that somebody wants to move about one subject.

    `facts` are those of the case with that subject alone; `road` is the decision by which the
    subject's case was proposed for the vote, empty where none is on record. `grounded` says that
    an approved recommendation, or an open petition, is there to rest on.
    """

    facts: CaseFacts
    question: str
    road: str
    grounded: bool
    pending: bool


def questions(pack: StatutePack, stage: str) -> tuple[BallotRule, ...]:
    """The questions that a stage may put to the vote, in the order of the pack."""
    decisions = pack.stages[stage].decisions
    return tuple(rule for rule in pack.ballots.values() if rule.carries in decisions)


def chair(pack: StatutePack, question: str) -> str:
    """Code of the agency that chairs the vote: the lead of the measure it decides on."""
    return pack.measures[pack.ballots[question].measure].lead


def observers(pack: StatutePack, question: str) -> tuple[str, ...]:
    """Codes of the agencies that sit without a vote unless they are seated for a motion."""
    body = pack.ballots[question].body
    return tuple(row.id for row in pack.agencies.values() if body in row.observes)


def may_move(pack: StatutePack, question: str, agency: str, roles: Collection[str]) -> bool:
    """A delegate of any voting member, or a signing official of the chair."""
    votes = Role.AGENCY_DELEGATE in roles and agency in voters(pack, question)
    return votes or (Role.SIGNING_OFFICIAL in roles and agency == chair(pack, question))


def vote_by(pack: StatutePack, circulated_on: date) -> date:
    """The last day of the pack's clock for a committee vote; NotTimed if it has none."""
    return ends(rule_for(pack, COMMITTEE_VOTE).main, circulated_on)


def proposing_roads(pack: StatutePack, question: str) -> list[Transition]:
    """The roads to a vote on the question that ask for an approved recommendation of its
    measure.
    """
    measure = pack.ballots[question].measure
    voting = {stage for stage in pack.stages if pack.ballots[question] in questions(pack, stage)}
    asking = {
        guard.id
        for guard in pack.guards.values()
        if guard.fact == "recommendations" and guard.key == measure
    }
    return [row for row in pack.transitions if row.target in voting and asking & set(row.guards)]


def road_taken(pack: StatutePack, question: str, decision: str) -> Transition | None:
    """The road recorded under `decision`, which says on what power the vote rests."""
    roads = proposing_roads(pack, question)
    return next((row for row in roads if row.decision == decision), None)


def rests_on_statute(pack: StatutePack, question: str, decision: str) -> bool:
    """Whether the vote is the one that the text itself asks for, and not one under older law."""
    taken = road_taken(pack, question, decision)
    rule = pack.ballots[question]
    return rule.authority == "statute" and (taken is None or taken.authority == "statute")


def move_blockers(moving: Moving, pack: StatutePack) -> list[Blocker]:
    """Everything that stands against the motion; empty means that it may be moved."""
    rule, stage = pack.ballots[moving.question], pack.stages[moving.facts.stage]
    if rule not in questions(pack, stage.id):
        message = f"{stage.title} puts no such question to the vote."
        return [Blocker(message, stage.citation, stage.authority)]
    found = [] if moving.grounded else [_groundless(rule, pack)]
    if moving.pending:
        message = "A motion on this question is open. Close it before another is moved."
        found.append(Blocker(message, "Case practice"))
    if rule.rests_on == RECOMMENDATION:
        found += [row for row in _road_blockers(moving, pack) if row not in found]
    return found


def _groundless(rule: BallotRule, pack: StatutePack) -> Blocker:
    title = pack.measures[rule.measure].title
    if rule.rests_on == PETITION:
        message = f"No petition against this measure is open for the subject: {title}."
        return Blocker(message, rule.citation, rule.authority)
    message = f"No approved recommendation of this measure covers the subject: {title}."
    return Blocker(message, "Case practice: two readers")


def _road_blockers(moving: Moving, pack: StatutePack) -> list[Blocker]:
    """What had to hold to come here must hold still, for this very subject."""
    target = moving.facts.stage
    roads = [row for row in proposing_roads(pack, moving.question) if row.target == target]
    if not roads:
        return []
    origin = roads[0].origins[0]
    before = replace(moving.facts, stage=origin, set_aside=frozenset({origin}))
    return blockers(before, target, pack, decision=moving.road)


def motion_content(
    *,
    case: str,
    text_version: str,
    question: str,
    entity: Mapping[str, str],
    ground: Mapping[str, str],
    statement: str,
    circulated_on: date,
    due_on: date,
    seated: Iterable[str],
    seating_reason: str,
) -> dict[str, Any]:
    """What a ballot binds to. `entity` holds id and name, `ground` the kind, id and hash of what
    the motion rests on; plain JSON values.
    """
    return {
        "format": FORMAT,
        "case": case,
        "text_version": text_version,
        "question": question,
        "entity": dict(entity),
        "ground": dict(ground),
        "statement": statement,
        "circulated_on": circulated_on.isoformat(),
        "due_on": due_on.isoformat(),
        "seated": sorted(seated),
        "seating_reason": seating_reason,
    }
