from __future__ import annotations

from datetime import date

import pytest

from casework.access import Role
from casework.screening.actions import entities as actions
from casework.screening.facts import RelationFact
from models import CaseSubject, PositionRequest, Recusal
from tests.entities.records import record, text
from tests.factories import AT, make_case, make_entity, make_incident, make_officer


def test_only_reports_that_the_reader_may_see_are_counted_and_shown(sign_in, db, analyst):
    records = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")
    entity = make_entity(db, analyst)
    incident = make_incident(db, analyst, parties=[(entity, "querier")])
    make_case(db, analyst, subjects=[entity], members=[records])

    page = text(sign_in(records).get(f"/entities/{entity.id}"))

    assert incident.reference not in page
    assert "Not named in any report you may read" in page


def test_a_case_appears_only_to_those_who_may_see_it(sign_in, db, analyst):
    entity = make_entity(db, analyst)
    case = make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[entity])

    page = text(sign_in(analyst).get(f"/entities/{entity.id}"))

    assert case.reference not in page
    assert "In no case you may read" in page


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ([Role.CASE_OFFICER], 200),
        ([Role.ANALYST], 200),
        ([Role.REVIEWER], 200),
        ([Role.SIGNING_OFFICIAL], 200),
        ([Role.RECORDS_OFFICER], 200),
        ([Role.AGENCY_DELEGATE], 404),
        ([Role.REPORTER], 404),
        ([Role.AUDITOR], 404),
        ([Role.ADMINISTRATOR], 404),
        ([], 404),
    ],
)
def test_staff_see_every_entity_and_others_none(sign_in, db, analyst, roles, status):
    entity = make_entity(db, analyst)
    officer = make_officer(db, *roles)

    assert sign_in(officer).get(f"/entities/{entity.id}").status_code == status


def test_a_delegate_sees_the_subjects_of_cases_on_which_the_agency_was_asked(sign_in, db, analyst):
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")
    subject, unrelated = make_entity(db, analyst, "Subject"), make_entity(db, analyst, "Unrelated")
    actions.add_relation(db, unrelated, subject, RelationFact("controls"), **record(analyst))
    case = make_case(db, analyst, subjects=[subject])
    db.add(
        PositionRequest(
            case_id=case.id,
            agency="STATE",
            due_on=date(2026, 12, 24),
            by_id=analyst.id,
            by_person_id=analyst.person_id,
            at=AT,
        )
    )
    client = sign_in(delegate)

    listed, shown = text(client.get("/entities")), text(client.get(f"/entities/{subject.id}"))

    assert "Subject" in listed
    assert "Unrelated" not in listed + shown
    assert client.get(f"/entities/{unrelated.id}").status_code == 404
    assert "Correct<" not in shown


def test_a_recused_delegate_no_longer_sees_the_subjects_of_the_case(sign_in, db, analyst):
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")
    subject = make_entity(db, analyst, "Subject")
    case = make_case(db, analyst, subjects=[subject], members=[delegate])
    client = sign_in(delegate)
    assert client.get(f"/entities/{subject.id}").status_code == 200

    db.add(
        Recusal(
            case_id=case.id,
            person_id=delegate.person_id,
            reason="Former employer.",
            declared_by_id=delegate.id,
            declared_at=AT,
        )
    )

    assert client.get(f"/entities/{subject.id}").status_code == 404
    assert "Subject" not in text(client.get("/entities"))


def test_delegates_and_cases_agree_on_what_is_open(db, analyst):
    from casework.screening.queries.entities import visible_to
    from casework.workflow.queries import cases as workflow

    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")
    for number in range(4):
        entity = make_entity(db, analyst, f"Subject {number}")
        case = make_case(db, analyst, subjects=[entity], members=[delegate] if number else [])
        if number == 3:
            db.add(
                Recusal(
                    case_id=case.id,
                    person_id=delegate.person_id,
                    reason="Relative.",
                    declared_by_id=delegate.id,
                    declared_at=AT,
                )
            )
    db.flush()

    open_cases = {case.id for case in db.scalars(workflow.visible_to(delegate))}
    rows = db.query(CaseSubject).filter(CaseSubject.case_id.in_(open_cases))
    subjects = {row.entity_id for row in rows}

    assert {entity.id for entity in db.scalars(visible_to(delegate))} == subjects
    assert len(subjects) == 2
