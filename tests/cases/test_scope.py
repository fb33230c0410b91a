"""The reports and the subjects of a case."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import InvalidValue
from casework.workflow.actions import scope
from casework.workflow.actions.scope import NewSubject
from casework.workflow.queries.cases import subjects_of
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_case, make_entity, make_incident, make_officer


def test_linked_reports_bring_their_parties_once(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, entity = ready.make_marked_case(db, officer)
    other = make_entity(db, officer, "Willow")
    report = make_incident(db, officer, parties=[(entity, "querier"), (other, "director")])
    client, address = sign_in(officer), f"/cases/{case.reference}/incidents/link"

    assert client.post_form(address, {"incident": report.reference}).status_code == 303
    again = client.post_form(address, {"incident": report.reference})

    assert again.status_code == 422
    assert "is linked already" in again.text
    assert [row.entity.name for row in subjects_of(db, case)] == [entity.name, "Willow"]


def test_a_report_is_taken_out_with_a_reason(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    report = make_incident(db, officer)
    case = make_case(db, officer, incidents=[report])
    client = sign_in(officer)
    address = f"/cases/{case.reference}/incidents/{report.reference}/unlink"

    assert client.post_form(address, {"reason": ""}).status_code == 422
    assert client.post_form(address, {"reason": "Another matter."}).status_code == 303
    assert "Another matter." in client.get(f"/cases/{case.reference}/history").text


def test_a_subject_is_found_by_name_and_named_with_its_role(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer)
    entity = make_entity(db, officer, "示范深度研究有限公司", country="CN")
    client, address = sign_in(officer), f"/cases/{case.reference}/subjects/add"
    assert "示范深度研究有限公司" in client.get(address, query_string={"q": "示范"}).text

    answer = client.post_form(
        address, {"q": "示范", "entity": str(entity.id), "role": "querier", "examined": "y"}
    )

    assert answer.status_code == 303
    assert [row.role for row in subjects_of(db, case)] == ["querier"]


def test_a_subject_with_a_record_is_not_removed(db: Session) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, entity = ready.make_marked_case(db, officer)
    ready.hear(db, case, entity, officer, "summary_cleared")
    subject = subjects_of(db, case)[0]

    with pytest.raises(InvalidValue, match="on record"):
        scope.remove_subject(db, case, subject, reason="Error.", by=officer, at=AT)


def test_an_unknown_role_is_refused(db: Session) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer)
    subject = NewSubject(make_entity(db, officer), "villain")

    with pytest.raises(InvalidValue):
        scope.add_subject(db, case, subject, by=officer, at=AT)
