"""The invented case before the committee: a vote, its entries, and a petition still open."""

from __future__ import annotations

from typing import Any

from casework.committee.actions import ballots, escalations, motions
from casework.committee.queries.escalations import find_matter
from casework.committee.queries.moving import grounds
from casework.decisions.actions.entries import record_entry
from casework.decisions.particulars import typed
from casework.decisions.queries.decisions import current_recommendation
from casework.decisions.queries.entries import carried_motions
from casework.petitions.actions import record_petition
from casework.petitions.rules import Request
from models import Case, Entity, Motion
from views.cli.demo.walk import Walk

MEASURE = "entity_list"
MOVER, CHAIR = "delegate-state", "chair"


def vote_and_hear_a_petition(walk: Walk, case: Case, respondent: Entity) -> None:
    """End with a petition under way: the committee has begun to vote on it."""
    _escalate(walk, case)
    walk.take(case, "propose_existing_power", "officer", "The conduct ended before the assessment.")
    motion = _move(walk, case, respondent, "add", walk.after["vote"])
    _close(walk, case, motion)
    _carry_out(walk, case, respondent)
    petition = walk.after["petition"]
    given = Request(
        measure=MEASURE,
        asks=petition["asks"],
        petitioner=petition["petitioner"],
        text=petition["text"].strip(),
        received_on=walk.on,
    )
    record_petition(walk.session, case, given, entity=respondent, on=walk.on, **walk.by("officer"))
    walk.take(case, "review", "officer", "Counsel asks that the entries be removed.")
    _move(walk, case, respondent, "remove", walk.after["removal"])


def _escalate(walk: Walk, case: Case) -> None:
    """Energy takes its non-concurrence up, and the next level has not decided yet."""
    matter = find_matter(walk.session, case, "", walk.on)
    assert matter  # noqa: S101 (one agency did not concur in this walk)
    assert matter.offer  # noqa: S101
    escalations.escalate(
        walk.session,
        case,
        matter=matter.key,
        level=matter.offer.level,
        reason=walk.after["escalation"]["reason"],
        on=walk.on,
        **walk.by("delegate-energy"),
    )


def _move(walk: Walk, case: Case, respondent: Entity, question: str, row: dict[str, Any]) -> Motion:
    """Put the question and take the ballots of those who have voted so far."""
    motion = motions.move(
        walk.session,
        case,
        question=question,
        entity=respondent,
        ground=grounds(walk.session, case, question, respondent)[0].id,
        statement=row["statement"],
        seated=(),
        seating_reason="",
        on=walk.on,
        **walk.by(MOVER),
    )
    walk.session.flush()
    for agency, (choice, dissent) in row["ballots"].items():
        ballots.cast(
            walk.session,
            case,
            motion,
            choice=choice,
            dissent=dissent,
            content_sha256=motion.content_sha256,
            expected=0,
            **walk.by(walk.delegate_of(agency)),
        )
    return motion


def _close(walk: Walk, case: Case, motion: Motion) -> None:
    motions.close(
        walk.session,
        case,
        motion,
        content_sha256=motion.content_sha256,
        on=walk.on,
        **walk.by(CHAIR),
    )


def _carry_out(walk: Walk, case: Case, respondent: Entity) -> None:
    """One entry for each country, in the words of the recommendation."""
    recommendation = current_recommendation(walk.session, case, MEASURE, respondent)
    assert recommendation  # noqa: S101 (made by this walk)
    fields = {name: typed(value) for name, value in recommendation.particulars.items()}
    (carried,) = carried_motions(walk.session, case)
    row = walk.after["entry"]
    for country in row["countries"]:
        record_entry(
            walk.session,
            case,
            carried,
            country=country,
            change="added",
            fields=fields,
            federal_register=row["federal_register"],
            effective_on=walk.on,
            expected_version=0,
            **walk.by("officer"),
        )
