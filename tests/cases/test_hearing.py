"""The response window of a subject."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue
from casework.workflow.actions.hearing import WindowStep, next_window_steps, take_window_step
from casework.workflow.queries.cases import subjects_of
from casework.workflow.queries.standing import facts_of
from models import Case, Officer, ResponseWindow
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_exhibit, make_officer

DUE = ready.ON + timedelta(days=30)


@pytest.fixture
def lead(db: Session) -> Officer:
    return make_officer(db, Role.CASE_OFFICER)


@pytest.fixture
def case(db: Session, lead: Officer) -> Case:
    return ready.make_marked_case(db, lead, stage="S6")[0]


def hear(db: Session, case: Case, by: Officer, step: WindowStep, *, on: date = ready.ON) -> None:
    minute = len(db.scalars(sa.select(ResponseWindow)).all())
    subject = subjects_of(db, case)[0]
    take_window_step(db, case, subject, step, by=by, at=AT + timedelta(minutes=minute), on=on)


def test_a_window_runs_from_summary_to_answer(db: Session, case: Case, lead: Officer) -> None:
    exhibit = make_exhibit(db, case, lead)
    hear(db, case, lead, WindowStep(step="summary_cleared", text="Cleared."))
    hear(db, case, lead, WindowStep(step="opened", text="Sent.", closes_on=DUE))
    assert facts_of(db, case).response_window == "open"

    hear(db, case, lead, WindowStep(step="answered", text="Denies it.", exhibit=exhibit))

    assert facts_of(db, case).response_window == "answered"
    assert facts_of(db, case).summary_cleared


def test_a_window_lapses_only_after_its_last_day(db: Session, case: Case, lead: Officer) -> None:
    hear(db, case, lead, WindowStep(step="summary_cleared", text="Cleared."))
    hear(db, case, lead, WindowStep(step="opened", text="Sent.", closes_on=DUE))
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
        (WindowStep(step="shrugged", text="x"), "step"),
    ],
)
def test_a_step_out_of_order_is_refused(
    db: Session, case: Case, lead: Officer, step: WindowStep, field: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, lead, step)

    assert refusal.value.field == field


def test_a_window_needs_a_day_ahead_and_an_answer_its_exhibit(
    db: Session, case: Case, lead: Officer
) -> None:
    hear(db, case, lead, WindowStep(step="summary_cleared", text="Cleared."))
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, lead, WindowStep(step="opened", text="Sent.", closes_on=ready.ON))
    assert refusal.value.field == "closes_on"
    hear(db, case, lead, WindowStep(step="opened", text="Sent.", closes_on=DUE))
    with pytest.raises(InvalidValue) as refusal:
        hear(db, case, lead, WindowStep(step="answered", text="Denies it."))
    assert refusal.value.field == "exhibit"


def test_only_a_signing_official_waives_the_window(db: Session, case: Case, lead: Officer) -> None:
    waiver = WindowStep(step="waived", text="The subject cannot be reached.")
    with pytest.raises(Forbidden):
        hear(db, case, lead, waiver)

    hear(db, case, make_officer(db, Role.SIGNING_OFFICIAL), waiver)

    assert facts_of(db, case).response_window == "waived"


@pytest.mark.parametrize("state", ["", "open", "answered", "lapsed", "waived"])
@pytest.mark.parametrize("cleared", [False, True])
def test_no_state_of_a_window_allows_a_step_that_needs_another(
    *, state: str, cleared: bool
) -> None:
    steps = next_window_steps(state, cleared=cleared)

    assert cleared or "opened" not in steps
    assert (state == "open") == ("answered" in steps) == ("lapsed" in steps)


def test_the_web_records_a_window_step(
    db: Session, sign_in: SignIn, case: Case, lead: Officer
) -> None:
    subject = subjects_of(db, case)[0]
    client = sign_in(lead)
    address = f"/cases/{case.reference}/subjects/{subject.id}/response"

    refused = client.post_form(address, {"step": "waived", "text": "No."})
    done = client.post_form(address, {"step": "summary_cleared", "text": "Cleared."})

    assert (refused.status_code, done.status_code) == (403, 303)
    assert "Cleared." in client.get(address).text
