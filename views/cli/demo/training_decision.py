"""What the agencies say of the invented case, and what is decided and recommended on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from casework.decisions import actions as decisions
from casework.decisions.measures import Considered
from casework.workflow.actions import coordination
from casework.workflow.queries.coordination import draft_sha256
from models import Case, Entity
from views.cli.demo.walk import Walk


def coordinate(walk: Walk, case: Case) -> None:
    due = walk.on + timedelta(days=30)
    for row in walk.data["position"]:
        coordination.ask_agency(
            walk.session, case, row["agency"], due_on=due, on=walk.on, **walk.by("officer")
        )
    for row in walk.data["position"]:
        coordination.state_position(
            walk.session,
            case,
            position=row["position"],
            comment=row["comment"],
            draft_sha256=draft_sha256(walk.session, case),
            expected=0,
            **walk.by(walk.delegate_of(row["agency"])),
        )


def decide(walk: Walk, case: Case, respondent: Entity) -> None:
    decisions.sign_determination(
        walk.session,
        case,
        entity=respondent,
        kind=walk.data["determination"]["kind"],
        reasons=walk.data["determination"]["reasons"].strip(),
        on=walk.on,
        **walk.by("signing"),
    )
    for row in walk.data["recommendation"]:
        put_forward(walk, case, respondent, row)


def put_forward(walk: Walk, case: Case, respondent: Entity, row: dict[str, Any]) -> None:
    """Recommend a measure, and have the reviewer approve the very words."""
    recommendation = decisions.recommend(
        walk.session,
        case,
        measure=row["measure"],
        entity=respondent,
        taken=row["taken"],
        reasons=row["reasons"],
        particulars=row.get("particulars", {}),
        considered=[Considered(item, *given) for item, given in row["considered"].items()],
        supersedes=None,
        **walk.by("officer"),
    )
    decisions.decide_recommendation(
        walk.session,
        case,
        recommendation,
        approved=True,
        reasons="Each item was considered and the reasons hold.",
        content_sha256=recommendation.content_sha256,
        **walk.by("reviewer"),
    )
