"""Every road of the pack, by the officers who may take it and by those who may not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, TransitionBlocked
from casework.statute.casework_rows import Transition
from casework.workflow.actions.cases import advance_case
from models import AuditEntry, Case, Officer, StageChange
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_officer

ROADS = [(road, origin) for road in ready.PACK.transitions for origin in road.origins]
NAMES = [f"{road.id} from {origin}" for road, origin in ROADS]
STAFF = (
    Role.CASE_OFFICER,
    Role.ANALYST,
    Role.REVIEWER,
    Role.SIGNING_OFFICIAL,
    Role.RECORDS_OFFICER,
    Role.AGENCY_DELEGATE,
)
SET_ASIDE = ("S8", "S9", "S10", "S11", "S12", "S13", "S14", "S15")


def complete(db: Session, origin: str, road: Transition) -> tuple[Case, Officer]:
    """A case at `origin` on which nothing is missing for `road`; an officer with every role."""
    everybody = make_officer(db, *STAFF)
    other = make_officer(db, Role.REVIEWER)
    case, entity = ready.make_marked_case(db, everybody, members=[other])
    ready.answer_all(db, case, entity, everybody, other)
    ready.state_purpose(db, case, entity, everybody)
    waived = road.id == "waive_window"
    steps = ("waived",) if waived else ("summary_cleared", "opened", "lapsed")
    ready.hear(db, case, entity, everybody, *steps)
    ready.collect_positions(db, case, everybody)
    kind = "not_identified" if road.id == "archive_not_identified" else "identify_mea"
    ready.determine(db, case, entity, everybody, kind)
    for measure in ("attackers_list", "entity_list", "blocking"):
        ready.recommend(db, case, measure, everybody, other)
    for stage, record, outcome in (
        ("S2", "consultation", "declined"),
        ("S4", "last_attack", str(entity.id)),
        ("S7a", "emergency", "yes"),
    ):
        case.stage = stage
        ready.note(db, case, everybody, record, outcome)
    if road.id == "review":
        case.stage = "S10"
        ready.old_record(db, case, everybody, "petition", "lift")
    case.stage = origin
    if origin in SET_ASIDE:
        ready.note(db, case, everybody, "set_aside", origin)
    db.flush()
    return case, everybody


@pytest.mark.parametrize(("road", "origin"), ROADS, ids=NAMES)
def test_a_complete_case_takes_the_road_and_leaves_one_entry(
    db: Session, road: Transition, origin: str
) -> None:
    case, officer = complete(db, origin, road)
    before = db.scalar(sa.select(sa.func.count()).select_from(AuditEntry))

    change = advance_case(
        db,
        case,
        road.target,
        decision=road.decision,
        reason="Because.",
        by=officer,
        at=AT,
        version=case.version,
    )

    assert (change.from_stage, change.to_stage, change.decision) == (
        origin,
        road.target,
        road.decision,
    )
    assert case.stage == road.target
    after = db.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    assert (after or 0) - (before or 0) == 1


@pytest.mark.parametrize("road", ready.PACK.transitions, ids=lambda road: road.id)
def test_only_the_roles_of_the_road_take_it(db: Session, road: Transition) -> None:
    case, _ = complete(db, road.origins[0], road)

    for role in (*STAFF, Role.REPORTER, Role.AUDITOR, Role.ADMINISTRATOR):
        if str(role) in road.roles:
            continue
        stranger = make_officer(db, role)
        with pytest.raises(Forbidden):
            advance_case(
                db,
                case,
                road.target,
                decision=road.decision,
                reason="Because.",
                by=stranger,
                at=AT,
                version=case.version,
            )

    assert case.stage == road.origins[0]
    assert not db.scalars(sa.select(StageChange).where(StageChange.case_id == case.id)).all()


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("road", ready.PACK.transitions, ids=lambda road: road.id)
def test_the_web_lets_exactly_the_roles_of_the_road_through(
    db: Session, sign_in: SignIn, road: Transition, role: Role
) -> None:
    case, _ = complete(db, road.origins[0], road)
    officer = make_officer(db, role)
    from tests.factories import add_member

    add_member(db, case, officer)
    client = sign_in(officer)

    answer = client.post_form(
        f"/cases/{case.reference}/steps/{road.id}",
        {"version": str(case.version), "reason": "Because."},
    )

    assert answer.status_code == (303 if str(role) in road.roles else 403)
    moved = case.stage == road.target
    assert moved == (str(role) in road.roles)


def test_an_empty_case_is_told_every_reason_with_its_citation(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, _ = ready.make_marked_case(db, officer, stage="S6", lead_id=None)

    with pytest.raises(TransitionBlocked) as refusal:
        advance_case(db, case, "S7a", reason="", by=officer, at=AT, version=case.version)
    page = sign_in(officer).get(f"/cases/{case.reference}").text

    wanted = next(road for road in ready.PACK.transitions if road.id == "submit_first")
    open_already = {"subject_named", "answers_cited", "answers_reviewed", "readers_agree"}
    messages = " ".join(blocker.message for blocker in refusal.value.blockers)
    for name in set(wanted.guards) - open_already - {"positions_in", "tasks_closed"}:
        guard = ready.PACK.guards[name]
        assert guard.message.rstrip(".") in messages
        assert guard.citation in page


def test_a_step_without_its_reason_is_shown_again_with_the_error(
    db: Session, sign_in: SignIn
) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, _ = ready.make_marked_case(db, officer)

    answer = sign_in(officer).post_form(
        f"/cases/{case.reference}/steps/intake_return", {"version": str(case.version)}
    )

    assert answer.status_code == 422
    assert "Give the reason for this step" in answer.text
    assert case.stage == "S1"


def test_a_blocked_step_answers_409_and_names_what_is_missing(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, _ = ready.make_marked_case(db, officer, stage="S3")

    answer = sign_in(officer).post_form(
        f"/cases/{case.reference}/steps/develop", {"version": str(case.version)}
    )

    assert answer.status_code == 409
    assert "Consultation is not recorded" in answer.text
    assert case.stage == "S3"
