"""Positions of agencies: asked, stated, silent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue
from casework.workflow.actions import coordination as actions
from casework.workflow.queries.standing import facts_of
from models import AgencyPosition, Case, Officer
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_officer

DUE = ready.ON + timedelta(days=30)


@pytest.fixture
def lead(db: Session) -> Officer:
    return make_officer(db, Role.CASE_OFFICER)


@pytest.fixture
def case(db: Session, lead: Officer) -> Case:
    return ready.make_marked_case(db, lead, stage="S6")[0]


def ask(db: Session, case: Case, by: Officer, agency: str = "ENERGY", due: date = DUE) -> None:
    actions.ask_agency(db, case, agency, due_on=due, by=by, at=AT, on=ready.ON)


def test_a_delegate_speaks_for_the_own_agency_through_the_web(
    db: Session, sign_in: SignIn, case: Case, lead: Officer
) -> None:
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    address = f"/cases/{case.reference}/positions"
    assert sign_in(lead).post_form(
        f"{address}/ask", {"agencies": ["ENERGY", "STATE"], "due_on": "2999-01-01"}
    )
    client = sign_in(delegate)
    assert case.reference in client.get("/").text

    answer = client.post_form(f"{address}/state", {"position": "concur", "comment": ""})

    assert answer.status_code == 303
    assert [(row.agency, row.position) for row in db.scalars(sa.select(AgencyPosition))] == [
        ("ENERGY", "concur")
    ]
    assert "No answer yet" in client.get(address).text
    assert case.reference not in client.get("/").text


def test_an_agency_that_was_not_asked_states_nothing(
    db: Session, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)
    other = make_officer(db, Role.AGENCY_DELEGATE, agency="DEFENSE")

    with pytest.raises(Forbidden):
        actions.state_position(db, case, position="concur", comment="", by=other, at=AT)
    with pytest.raises(Forbidden):
        actions.state_position(db, case, position="concur", comment="", by=lead, at=AT)


@pytest.mark.parametrize(
    ("position", "comment"), [("non_concur", ""), ("concur_with_comment", ""), ("silent", "x")]
)
def test_a_position_needs_its_comment_and_nobody_declares_silence(
    db: Session, case: Case, lead: Officer, position: str, comment: str
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")

    with pytest.raises(InvalidValue):
        actions.state_position(db, case, position=position, comment=comment, by=delegate, at=AT)


def test_silence_is_logged_only_after_the_day_and_without_an_answer(
    db: Session, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)
    with pytest.raises(InvalidValue, match="not passed"):
        actions.log_silence(db, case, "ENERGY", by=lead, at=AT, on=DUE)

    row = actions.log_silence(db, case, "ENERGY", by=lead, at=AT, on=DUE + timedelta(days=1))

    assert row.position == "silent"
    assert facts_of(db, case).positions == {"ENERGY": "silent"}
    with pytest.raises(InvalidValue, match="on record"):
        actions.log_silence(db, case, "ENERGY", by=lead, at=AT, on=DUE + timedelta(days=2))
    with pytest.raises(InvalidValue, match="not asked"):
        actions.log_silence(db, case, "STATE", by=lead, at=AT, on=DUE + timedelta(days=2))


def test_an_agency_is_asked_once_and_for_a_day_to_come(
    db: Session, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)

    with pytest.raises(InvalidValue, match="already"):
        ask(db, case, lead)
    with pytest.raises(InvalidValue, match="passed"):
        ask(db, case, lead, "STATE", ready.ON - timedelta(days=1))
    with pytest.raises(InvalidValue, match="list"):
        ask(db, case, lead, "NASA")


def test_the_last_word_of_an_agency_counts_and_the_first_stays(
    db: Session, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    for minute, position in enumerate(("no_comment", "non_concur")):
        actions.state_position(
            db,
            case,
            position=position,
            comment="See letter.",
            by=delegate,
            at=AT + timedelta(minutes=minute),
        )

    assert facts_of(db, case).positions == {"ENERGY": "non_concur"}
    assert len(db.scalars(sa.select(AgencyPosition)).all()) == 2
