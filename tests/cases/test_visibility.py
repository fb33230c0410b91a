"""Who sees a case: members, asked agencies, records officers; never a recused person."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue
from casework.workflow.actions import team as actions
from casework.workflow.actions.cases import assign_lead
from casework.workflow.queries.cases import Filter, cases, visible_case, visible_to
from models import Comment, Officer, PositionRequest
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_case, make_incident, make_officer

PAGES = (
    "",
    "/edit",
    "/subjects",
    "/incidents",
    "/positions",
    "/team",
    "/team/recuse",
    "/history",
    "/tasks/new",
    "/steps/intake_accept",
    "/evidence",
    "/findings",
)


def sees(db: Session, officer: Officer) -> int:
    return len(db.scalars(visible_to(officer)).all())


def test_members_see_a_case_and_other_officers_do_not(db: Session) -> None:
    lead, stranger = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, lead)

    assert visible_case(db, lead, case.reference) is case
    assert visible_case(db, stranger, case.reference) is None


def test_records_officers_see_every_case(db: Session) -> None:
    make_case(db, make_officer(db, Role.CASE_OFFICER))

    assert sees(db, make_officer(db, Role.RECORDS_OFFICER)) == 1


def test_delegates_see_a_case_once_their_agency_is_asked(db: Session) -> None:
    lead = make_officer(db, Role.CASE_OFFICER)
    energy = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    defense = make_officer(db, Role.AGENCY_DELEGATE, agency="DEFENSE")
    case = make_case(db, lead)
    assert sees(db, energy) == 0

    db.add(PositionRequest(**ready.act(case, lead), agency="ENERGY", due_on=ready.ON))
    db.flush()

    assert (sees(db, energy), sees(db, defense)) == (1, 0)


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_case_is_not_found(db: Session, sign_in: SignIn, page: str) -> None:
    case = make_case(db, make_officer(db, Role.CASE_OFFICER))
    client = sign_in(make_officer(db, Role.CASE_OFFICER, Role.ANALYST))

    assert client.get(f"/cases/{case.reference}{page}").status_code == 404
    assert client.get(f"/cases/MEA-2026-99999{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_recused_member_finds_no_page_of_the_case(
    db: Session, sign_in: SignIn, page: str
) -> None:
    lead, member = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, lead, members=[member])

    actions.recuse(db, case, member, reason="Worked there.", by=member, at=AT)

    assert sign_in(member).get(f"/cases/{case.reference}{page}").status_code == 404


def test_recusal_reaches_list_search_work_and_every_account(db: Session, sign_in: SignIn) -> None:
    lead = make_officer(db, Role.CASE_OFFICER)
    member = make_officer(db, Role.CASE_OFFICER, Role.REVIEWER)
    second = make_officer(db, Role.RECORDS_OFFICER, person=member.person)
    case, entity = ready.make_marked_case(db, lead, members=[member], title="Heron matter")
    ready.answer_all(db, case, entity, lead, make_officer(db, Role.REVIEWER))
    actions.add_task(db, case, title="Call the owner", assignee=member, due_on=None, by=lead, at=AT)
    client = sign_in(member)
    assert "Heron matter" in client.get("/cases?q=heron").text
    assert "Call the owner" in client.get("/").text

    actions.recuse(db, case, member, reason="Worked there.", by=member, at=AT)

    for officer in (member, second):
        browser = sign_in(officer)
        for address in ("/", "/cases", "/cases?q=heron", "/cases?mine=y"):
            assert case.reference not in browser.get(address).text
        assert cases(db, officer, Filter()).count == 0


def test_a_recused_lead_leaves_the_case_without_a_lead(db: Session) -> None:
    lead, member = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, lead, members=[member])

    actions.recuse(db, case, lead, reason="Holds shares.", by=lead, at=AT)

    assert case.lead_id is None
    assert sees(db, lead) == 0
    assert sees(db, member) == 1


def test_a_recused_person_is_neither_added_nor_made_lead_again(db: Session) -> None:
    lead, member = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, lead, members=[member])
    actions.recuse(db, case, member, reason="Worked there.", by=lead, at=AT)

    with pytest.raises(Forbidden):
        actions.add_member(db, case, member, by=lead, at=AT)
    with pytest.raises(Forbidden):
        assign_lead(db, case, member, by=lead, at=AT, version=case.version)
    with pytest.raises(InvalidValue):
        actions.recuse(db, case, member, reason="Again.", by=lead, at=AT)


def test_only_case_officers_recuse_somebody_else(db: Session) -> None:
    lead, analyst = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.ANALYST)
    case = make_case(db, lead, members=[analyst])

    with pytest.raises(Forbidden):
        actions.recuse(db, case, lead, reason="A guess.", by=analyst, at=AT)

    assert sees(db, lead) == 1


def test_the_schema_refuses_an_act_of_a_recused_person(db: Session) -> None:
    lead, member = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.CASE_OFFICER)
    second = make_officer(db, Role.ANALYST, person=member.person)
    case = make_case(db, lead, members=[member])
    actions.recuse(db, case, member, reason="Worked there.", by=lead, at=AT)

    for officer in (member, second):
        with pytest.raises(DBAPIError, match="recused"), db.begin_nested():
            db.execute(sa.insert(Comment).values(**ready.act(case, officer), text="Still here."))


def test_a_person_who_recuses_himself_is_led_to_the_list(db: Session, sign_in: SignIn) -> None:
    lead, member = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.ANALYST)
    case = make_case(db, lead, members=[member])

    answer = sign_in(member).post_form(
        f"/cases/{case.reference}/team/recuse",
        {"officer": str(member.id), "reason": "My sister works there."},
    )

    assert (answer.status_code, answer.location) == (303, "/cases")
    assert sees(db, member) == 0


def test_the_recusal_form_offers_others_to_case_officers_only(db: Session, sign_in: SignIn) -> None:
    lead, analyst = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.ANALYST)
    case = make_case(db, lead, members=[analyst])

    answer = sign_in(analyst).post_form(
        f"/cases/{case.reference}/team/recuse",
        {"officer": str(lead.id), "reason": "A guess."},
    )

    assert answer.status_code == 422
    assert sees(db, lead) == 1


def test_removed_members_no_longer_see_the_case(db: Session, sign_in: SignIn) -> None:
    lead, member = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.ANALYST)
    case = make_case(db, lead, members=[member])

    answer = sign_in(lead).post_form(
        f"/cases/{case.reference}/team/remove", {"officer": str(member.id)}
    )

    assert answer.status_code == 303
    assert sees(db, member) == 0


def test_the_lead_is_removed_only_after_handing_over(db: Session) -> None:
    lead = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, lead)

    with pytest.raises(InvalidValue, match="Assign another lead"):
        actions.remove_member(db, case, lead, by=lead, at=AT)


def test_officers_without_case_work_are_not_added(db: Session) -> None:
    lead, auditor = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.AUDITOR)
    case = make_case(db, lead)

    with pytest.raises(InvalidValue):
        actions.add_member(db, case, auditor, by=lead, at=AT)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_case_work_have_no_list_of_cases(
    db: Session, sign_in: SignIn, role: Role
) -> None:
    case = make_case(db, make_officer(db, Role.CASE_OFFICER))
    client = sign_in(make_officer(db, role))

    assert client.get("/cases").status_code == 403
    assert client.get("/").status_code == 200
    assert case.reference not in client.get("/").text


def test_reports_wait_for_triage_on_the_page_of_case_officers_only(
    db: Session, sign_in: SignIn
) -> None:
    report = make_incident(db, make_officer(db, Role.REPORTER))

    assert report.reference in sign_in(make_officer(db, Role.CASE_OFFICER)).get("/").text
    assert report.reference not in sign_in(make_officer(db, Role.ANALYST)).get("/").text
