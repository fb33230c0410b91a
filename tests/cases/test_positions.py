"""Positions of agencies: asked, stated, silent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.workflow.actions import coordination as actions
from casework.workflow.queries.coordination import draft_sha256, on_earlier_draft, positions_of
from casework.workflow.queries.standing import facts_of
from models import AgencyPosition, Case, Officer, PurposeStatement
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


def state(
    db: Session, case: Case, by: Officer, position: str, comment: str = "", **seen: Any
) -> None:
    """Speak on the draft as it stands, unless `seen` says what the delegate saw."""
    given = {
        "draft_sha256": draft_sha256(db, case),
        "expected": sum(row.agency == by.agency for row in positions_of(db, case)),
        "at": AT,
        **seen,
    }
    actions.state_position(db, case, position=position, comment=comment, by=by, **given)


def seen(db: Session, case: Case, count: int = 0) -> dict[str, str]:
    """The hidden fields of a page opened now."""
    return {"draft_sha256": draft_sha256(db, case), "seen": str(count)}


def change_the_draft(db: Session, case: Case, by: Officer) -> None:
    ready.state_purpose(db, case, case.subjects[0].entity, by)


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

    answer = client.post_form(f"{address}/state", {**seen(db, case), "position": "concur"})

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
        state(db, case, other, "concur")
    with pytest.raises(Forbidden):
        state(db, case, lead, "concur")


@pytest.mark.parametrize(
    ("position", "comment"), [("non_concur", ""), ("concur_with_comment", ""), ("silent", "x")]
)
def test_a_position_needs_its_comment_and_nobody_declares_silence(
    db: Session, case: Case, lead: Officer, position: str, comment: str
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")

    with pytest.raises(InvalidValue):
        state(db, case, delegate, position, comment)


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
        state(db, case, delegate, position, "See letter.", at=AT + timedelta(minutes=minute))

    assert facts_of(db, case).positions == {"ENERGY": "non_concur"}
    assert len(db.scalars(sa.select(AgencyPosition)).all()) == 2


def test_a_position_given_on_a_draft_that_changed_since_is_marked(
    db: Session, sign_in: SignIn, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    state(db, case, delegate, "concur")
    page = f"/cases/{case.reference}/positions"
    assert "Given on an earlier draft" not in sign_in(lead).get(page).text
    change_the_draft(db, case, lead)

    assert "Given on an earlier draft" in sign_in(lead).get(page).text
    state(db, case, delegate, "concur", at=AT + timedelta(minutes=1))
    earlier = on_earlier_draft(db, case, positions_of(db, case))
    assert [row.at for row in earlier] == [AT]


def test_a_position_older_than_the_binding_is_told_by_time(
    db: Session, case: Case, lead: Officer
) -> None:
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    given = ready.act(case, delegate, at=AT - timedelta(days=1))
    db.add(AgencyPosition(**given, agency="ENERGY", position="concur", comment=""))
    db.flush()
    assert on_earlier_draft(db, case, positions_of(db, case)) == []
    change_the_draft(db, case, lead)
    assert db.scalars(sa.select(PurposeStatement)).one().at == AT

    assert len(on_earlier_draft(db, case, positions_of(db, case))) == 1


@pytest.mark.parametrize("change", ["the draft", "a colleague"])
def test_a_stale_position_is_refused_and_both_texts_are_shown(
    db: Session, sign_in: SignIn, case: Case, lead: Officer, change: str
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
    shown = seen(db, case)
    if change == "the draft":
        change_the_draft(db, case, lead)
    else:
        colleague = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")
        state(db, case, colleague, "non_concur", "The colleague differs.")
    before = len(positions_of(db, case))

    answer = sign_in(delegate).post_form(
        f"/cases/{case.reference}/positions/state",
        {**shown, "position": "concur_with_comment", "comment": "Typed words."},
    )

    assert answer.status_code == 409
    assert "Typed words." in answer.text
    assert ("The colleague differs." in answer.text) is (change == "a colleague")
    assert len(positions_of(db, case)) == before
    assert seen(db, case, before)["draft_sha256"] in answer.text


def test_a_damaged_hidden_field_is_told(
    db: Session, sign_in: SignIn, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")

    answer = sign_in(delegate).post_form(
        f"/cases/{case.reference}/positions/state",
        {**seen(db, case), "seen": "-1", "position": "concur"},
    )

    assert answer.status_code == 422


def test_words_are_spoken_on_the_draft_that_was_shown(
    db: Session, case: Case, lead: Officer
) -> None:
    ask(db, case, lead)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="ENERGY")

    with pytest.raises(StaleVersion, match="draft"):
        state(db, case, delegate, "concur", draft_sha256="0" * 64)
    with pytest.raises(StaleVersion, match="colleague"):
        state(db, case, delegate, "concur", expected=1)
