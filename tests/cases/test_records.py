"""What is put on record within a stage, and tasks."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, StaleVersion, TransitionBlocked
from casework.workflow.actions import coordination as actions
from casework.workflow.actions import scope, team
from casework.workflow.queries.cases import subjects_of
from casework.workflow.queries.standing import facts_of
from casework.workflow.record_kinds import fitting, outcomes
from models import Case, Marking, Officer, StageRecord, Task
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_case, make_incident, make_officer

ALL_ROLES = tuple(Role)
KINDS = ready.PACK.records
BY_FORM = [kind.id for kind in KINDS.values() if kind.by_form]


@pytest.fixture
def lead(db: Session) -> Officer:
    return make_officer(db, Role.CASE_OFFICER)


@pytest.fixture
def case(db: Session, lead: Officer) -> Case:
    return ready.make_marked_case(db, lead, stage="S6")[0]


@pytest.mark.parametrize("code", KINDS)
def test_each_kind_is_recorded_where_it_fits_and_nowhere_else(
    db: Session, case: Case, code: str
) -> None:
    kind = KINDS[code]
    everybody = make_officer(db, *ALL_ROLES)
    outcome = next(iter(dict(outcomes(kind, ready.PACK))), "")
    outcome = outcome or str(subjects_of(db, case)[0].entity_id)
    for stage in ready.PACK.stages:
        case.stage = stage
        outcome = stage if kind.of_case == "stage" else outcome
        outcome = "Lantern Models" if kind.of_case == "owners" else outcome
        if stage in kind.stages:
            ready.note(db, case, everybody, code, outcome)
        else:
            with pytest.raises((Forbidden, TransitionBlocked)):
                ready.note(db, case, everybody, code, outcome)

    rows = db.scalars(sa.select(StageRecord)).all()
    assert len(rows) == len(kind.stages)


@pytest.mark.parametrize("code", BY_FORM)
def test_only_the_roles_of_a_kind_record_it(code: str) -> None:
    kind = KINDS[code]
    for role in ALL_ROLES:
        allowed = kind in fitting(ready.PACK, kind.stages[0], [role])
        assert allowed == (role in kind.roles)


def test_every_fact_of_a_guard_has_a_way_onto_the_record() -> None:
    stages = set(ready.PACK.stages)
    for kind in KINDS.values():
        assert set(kind.stages) <= stages
        assert kind.of_case or outcomes(kind, ready.PACK)
        if kind.codes:
            assert set(kind.codes) == set(dict(outcomes(kind, ready.PACK)))


def test_a_record_of_tomorrow_or_of_an_unknown_outcome_is_refused(
    db: Session, case: Case, lead: Officer
) -> None:
    case.stage = "S2"
    for outcome, day in (("held", ready.ON + timedelta(days=1)), ("maybe", ready.ON)):
        with pytest.raises(InvalidValue):
            actions.put_on_record(
                db,
                case,
                kind="consultation",
                outcome=outcome,
                happened_on=day,
                note="x",
                by=lead,
                at=AT,
                on=ready.ON,
            )


def test_a_record_through_the_web_opens_the_next_step(
    db: Session, sign_in: SignIn, lead: Officer
) -> None:
    case, _ = ready.make_marked_case(db, lead, stage="S3")
    client = sign_in(lead)
    assert "Consultation is not recorded" in client.get(f"/cases/{case.reference}").text

    answer = client.post_form(
        f"/cases/{case.reference}/record/consultation",
        {"outcome": "held", "happened_on": "2026-11-02", "note": "Talked for an hour."},
    )

    assert answer.status_code == 303
    page = client.get(f"/cases/{case.reference}").text
    assert "Consultation is not recorded" not in page
    assert client.get(f"/cases/{case.reference}/record/erc_vote").status_code == 403
    assert client.get(f"/cases/{case.reference}/record/nonsense").status_code == 404


def test_a_task_is_set_shown_and_finished_once(db: Session, sign_in: SignIn, lead: Officer) -> None:
    case = make_case(db, lead)
    client = sign_in(lead)
    sent = {"title": "Call the owner", "assignee": str(lead.id), "due_on": "2026-12-01"}
    assert client.post_form(f"/cases/{case.reference}/tasks/new", sent).status_code == 303
    task = db.scalars(sa.select(Task)).one()
    assert "Call the owner" in client.get("/").text
    assert facts_of(db, case).open_tasks == 1

    done = f"/cases/{case.reference}/tasks/{task.id}/done"
    answers = [client.post_form(done, {"version": "1"}).status_code for _ in range(2)]

    assert answers == [303, 409]
    assert facts_of(db, case).open_tasks == 0
    assert "Call the owner" not in client.get("/").text


def test_a_task_goes_to_members_only_and_is_finished_by_those_concerned(
    db: Session, lead: Officer
) -> None:
    stranger, analyst = make_officer(db, Role.ANALYST), make_officer(db, Role.ANALYST)
    case = make_case(db, lead, members=[analyst])
    with pytest.raises(InvalidValue):
        team.add_task(db, case, title="x", assignee=stranger, due_on=None, by=lead, at=AT)
    task = team.add_task(db, case, title="x", assignee=lead, due_on=None, by=lead, at=AT)

    with pytest.raises(Forbidden):
        team.finish_task(db, case, task, by=analyst, at=AT, version=1)
    with pytest.raises(StaleVersion):
        team.finish_task(db, case, task, by=lead, at=AT, version=7)


def test_a_task_of_another_case_is_not_found(db: Session, sign_in: SignIn, lead: Officer) -> None:
    case, other = make_case(db, lead), make_case(db, lead)
    task = team.add_task(db, other, title="x", assignee=lead, due_on=None, by=lead, at=AT)

    answer = sign_in(lead).post_form(
        f"/cases/{case.reference}/tasks/{task.id}/done", {"version": "1"}
    )

    assert answer.status_code == 404


def test_an_owners_claim_of_confidence_waits_for_permission(
    db: Session, case: Case, lead: Officer
) -> None:
    report = make_incident(db, lead, owner_name="Alder Models")
    db.add(
        Marking(
            incident_id=report.id,
            item="model",
            owner_confidential=True,
            trade_secret=False,
            tlp="TLP:RED",
            cui_category="PROPIN",
        )
    )
    scope.link_incident(db, case, report, by=lead, at=AT)
    assert facts_of(db, case).missing_permissions == {"Alder Models"}

    case.stage = "S7a"
    ready.old_record(db, case, lead, "owner_permission", "Alder Models")

    assert facts_of(db, case).missing_permissions == frozenset()
