"""The response window of a subject."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue
from casework.workflow.actions.hearing import WindowStep, take_window_step
from casework.workflow.queries.cases import subjects_of
from casework.workflow.queries.hearing import replies_to
from casework.workflow.queries.standing import facts_of
from casework.workflow.windows import may_take, next_window_steps, steps_for
from models import Case, Officer, Recusal, ResponseWindow
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, add_member, make_exhibit, make_incident, make_officer

DUE = ready.ON + timedelta(days=30)


@pytest.fixture
def lead(db: Session) -> Officer:
    return make_officer(db, Role.CASE_OFFICER)


@pytest.fixture
def signer(db: Session, case: Case) -> Officer:
    officer = make_officer(db, Role.SIGNING_OFFICIAL)
    add_member(db, case, officer)
    return officer


@pytest.fixture
def case(db: Session, lead: Officer) -> Case:
    return ready.make_marked_case(db, lead, stage="S6")[0]


def hear(db: Session, case: Case, by: Officer, step: WindowStep, *, on: date = ready.ON) -> None:
    minute = len(db.scalars(sa.select(ResponseWindow)).all())
    subject = subjects_of(db, case)[0]
    take_window_step(db, case, subject, step, by=by, at=AT + timedelta(minutes=minute), on=on)


SUMMARY = "Orchid Compute is said to have used 40 accounts."
CLEARED = WindowStep(step="summary_cleared", text=SUMMARY)
NOTICE = WindowStep(step="opened", closes_on=DUE)


def test_a_window_runs_from_summary_to_answer(
    db: Session, case: Case, lead: Officer, signer: Officer
) -> None:
    exhibit = make_exhibit(db, case, lead)
    hear(db, case, signer, CLEARED)
    hear(db, case, lead, NOTICE)
    assert facts_of(db, case).response_window == "open"

    hear(db, case, lead, WindowStep(step="answered", text="Denies it.", exhibit=exhibit))

    assert facts_of(db, case).response_window == "answered"
    assert facts_of(db, case).summary_cleared


def test_the_notice_carries_the_words_that_were_cleared_last(
    db: Session, case: Case, lead: Officer, signer: Officer
) -> None:
    hear(db, case, signer, WindowStep(step="summary_cleared", text="Too much."))
    hear(db, case, signer, CLEARED)
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, lead, WindowStep(step="opened", text="Other words.", closes_on=DUE))
    assert refusal.value.field == "text"

    hear(db, case, lead, NOTICE)

    sent = db.scalars(sa.select(ResponseWindow).where(ResponseWindow.step == "opened")).one()
    assert sent.text == SUMMARY


def test_a_window_lapses_only_after_its_last_day(
    db: Session, case: Case, lead: Officer, signer: Officer
) -> None:
    hear(db, case, signer, CLEARED)
    hear(db, case, lead, NOTICE)
    lapse = WindowStep(step="lapsed", text="Nothing came.")

    with pytest.raises(InvalidValue, match="still open"):
        hear(db, case, lead, lapse, on=DUE)
    hear(db, case, lead, lapse, on=DUE + timedelta(days=1))

    assert facts_of(db, case).response_window == "lapsed"


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (WindowStep(step="opened", text="x", closes_on=DUE), "step"),
        (WindowStep(step="answered", text="x"), "step"),
        (WindowStep(step="lapsed", text="x"), "step"),
        (WindowStep(step="summary_cleared", text=" "), "text"),
        (WindowStep(step="waived"), "text"),
    ],
)
def test_a_step_out_of_order_or_without_words_is_refused(
    db: Session, case: Case, signer: Officer, step: WindowStep, field: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, signer, step)

    assert refusal.value.field == field


def test_a_window_needs_a_day_ahead_and_an_answer_its_exhibit(
    db: Session, case: Case, lead: Officer, signer: Officer
) -> None:
    hear(db, case, signer, CLEARED)
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, lead, WindowStep(step="opened", closes_on=ready.ON))
    assert refusal.value.field == "closes_on"
    hear(db, case, lead, NOTICE)
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, lead, WindowStep(step="answered", text="Denies it."))
    assert refusal.value.field == "exhibit"


def test_only_a_signing_official_clears_and_waives(
    db: Session, case: Case, lead: Officer, signer: Officer
) -> None:
    waiver = WindowStep(step="waived", text="The subject cannot be reached.")
    for step in (CLEARED, waiver, WindowStep(step="shrugged", text="x")):
        with pytest.raises(Forbidden):
            hear(db, case, lead, step)

    hear(db, case, signer, waiver)

    assert facts_of(db, case).response_window == "waived"


def test_a_recused_signing_official_takes_no_step(db: Session, case: Case, signer: Officer) -> None:
    db.add(
        Recusal(
            case_id=case.id,
            person_id=signer.person_id,
            reason="Family.",
            declared_by_id=signer.id,
            declared_at=AT,
        )
    )
    db.flush()

    with pytest.raises(Forbidden, match="recused"):
        hear(db, case, signer, CLEARED)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_only_what_it_may_take(role: Role) -> None:
    every = ("summary_cleared", "opened", "answered", "lapsed", "waived")
    wanted = {
        Role.SIGNING_OFFICIAL: every,
        Role.CASE_OFFICER: ("opened", "answered", "lapsed"),
    }.get(role, ())

    assert steps_for(every, {role}) == wanted
    assert not may_take("shrugged", {role})


@pytest.mark.parametrize("state", ["", "open", "answered", "lapsed", "waived"])
@pytest.mark.parametrize("cleared", [False, True])
def test_no_state_of_a_window_allows_a_step_that_needs_another(
    *, state: str, cleared: bool
) -> None:
    steps = next_window_steps(state, cleared=cleared)

    assert cleared or "opened" not in steps
    assert (state == "open") == ("answered" in steps) == ("lapsed" in steps)


def address_of(db: Session, case: Case) -> str:
    return f"/cases/{case.reference}/subjects/{subjects_of(db, case)[0].id}/response"


def test_the_web_records_a_window_step(
    db: Session, sign_in: SignIn, case: Case, lead: Officer, signer: Officer
) -> None:
    address = address_of(db, case)

    refused = sign_in(lead).post_form(address, {"step": "waived", "text": "No."})
    client = sign_in(signer)
    empty = client.post_form(address, {"step": "summary_cleared", "text": ""})
    done = client.post_form(address, {"step": "summary_cleared", "text": SUMMARY})

    assert (refused.status_code, empty.status_code, done.status_code) == (422, 422, 303)
    assert "Write the summary" in empty.text
    assert SUMMARY in client.get(address).text


def test_the_page_offers_no_step_that_the_role_may_not_take(
    db: Session, sign_in: SignIn, case: Case, lead: Officer, signer: Officer
) -> None:
    address = address_of(db, case)

    before = sign_in(lead).get(address).text
    hear(db, case, signer, CLEARED)
    after = sign_in(lead).get(address).text

    assert "is for a signing official" in before
    assert 'value="waived"' not in before + after
    assert 'value="opened"' in after
    assert SUMMARY in after


def test_the_answer_stands_wherever_the_claim_does(
    db: Session, sign_in: SignIn, case: Case, lead: Officer, signer: Officer
) -> None:
    exhibit = make_exhibit(db, case, lead)
    hear(db, case, signer, CLEARED)
    hear(db, case, lead, NOTICE)
    hear(db, case, lead, WindowStep(step="answered", text="It was a test.", exhibit=exhibit))
    incident = case.incident_links[0].incident
    client = sign_in(lead)

    for page in (
        f"/cases/{case.reference}",
        f"/cases/{case.reference}/incidents",
        f"/incidents/{incident.reference}",
    ):
        text = client.get(page).text
        assert "It was a test." in text, page
        assert f"/cases/{case.reference}/evidence/{exhibit.number}" in text, page


def test_the_answer_is_shown_only_to_who_sees_the_case(
    db: Session, case: Case, lead: Officer, signer: Officer
) -> None:
    hear(db, case, signer, WindowStep(step="waived", text="Cannot be reached."))
    incident = case.incident_links[0].incident
    other = make_incident(db, lead)

    seen = replies_to(db, lead, incident)
    assert [(row.reference, row.step, row.exhibit) for row in seen] == [
        (case.reference, "waived", None)
    ]
    assert replies_to(db, lead, other) == []
    assert replies_to(db, make_officer(db, Role.CASE_OFFICER), incident) == []
