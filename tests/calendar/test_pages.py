"""The calendar, and the clocks of a case, as pages."""

from __future__ import annotations

from datetime import date

import pytest

from casework.access import Role
from casework.legislation.actions import record_event
from tests.calendar.rows import DUE, busy_case, fill
from tests.factories import AT, TEXT_VERSION, make_officer

MONTH = f"/calendar?month={DUE:%Y-%m}"


@pytest.fixture
def busy(db):
    busy = busy_case(db)
    fill(busy)
    return busy


def test_the_month_shows_each_day_in_a_table_and_in_a_list(busy, sign_in):
    page = sign_in(busy.lead).get(MONTH).text

    assert "December 2026" in page
    assert page.count('scope="col">Sunday') == 1
    assert "Task: Ask the owner" in page
    assert "Орхидея 兰花 Compute" in page
    assert page.count(busy.case.reference) >= 10


def test_an_empty_month_says_so(busy, sign_in):
    page = sign_in(busy.lead).get("/calendar?month=2031-05").text

    assert "Nothing is due in these weeks" in page


@pytest.mark.parametrize("month", ["", "2026-13", "0001-01", "9999-12", "x" * 500, "\x00"])
def test_a_month_that_does_not_exist_is_the_present_one(busy, sign_in, month):
    answer = sign_in(busy.lead).get("/calendar", query_string={"month": month})

    assert answer.status_code == 200


def test_a_filter_narrows_the_calendar_and_stays_while_the_month_turns(busy, sign_in):
    page = sign_in(busy.lead).get(f"{MONTH}&kind=task&case={busy.case.reference.lower()}").text

    assert "Task: Ask the owner" in page
    assert "Review of the case" not in page.split("Day by day")[1]
    assert "kind=task" in page.split('aria-label="Month"')[1]


@pytest.mark.parametrize("query", ["kind=nonsense", "case=MEA-1999-00001", "case=%E2%80%AEx"])
def test_a_filter_that_cannot_be_used_is_told_beside_its_field(busy, sign_in, query):
    answer = sign_in(busy.lead).get(f"{MONTH}&{query}")

    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert "Ask the owner" not in answer.text


def test_a_case_of_others_cannot_be_told_from_none(busy, sign_in):
    client = sign_in(make_officer(busy.db, Role.ANALYST))

    hidden = client.get(f"{MONTH}&case={busy.case.reference}")
    absent = client.get(f"{MONTH}&case=MEA-1999-00001")

    assert (hidden.status_code, absent.status_code) == (422, 422)
    assert "You see no case with this reference" in hidden.text
    assert "Ask the owner" not in hidden.text


def test_the_clocks_of_a_case_tell_basis_reading_and_standing(busy, sign_in):
    page = sign_in(busy.lead).get(f"/cases/{busy.case.reference}/clocks").text

    assert "Planning mode" in page
    assert "Hypothetical" in page
    assert "No date" in page
    assert "E.O. 12981" in page
    assert "Committee vote: Орхидея 兰花 Compute" in page


def test_with_an_enactment_date_the_clocks_run_and_have_a_forecast(busy, sign_in, db):
    signer = make_officer(db, Role.SIGNING_OFFICIAL)
    for kind, day in (("enactment", date(2026, 10, 1)),):
        record_event(
            db,
            text_version=TEXT_VERSION,
            kind=kind,
            happened_on=day,
            note="Public law.",
            by=signer,
            at=AT,
        )
    page = sign_in(busy.lead).get(f"/cases/{busy.case.reference}/clocks").text

    assert "Planning mode" not in page
    assert "K1 First assessment complete" in page
    assert "Nothing says how long this takes" in page


def test_a_vote_that_ends_after_the_day_of_the_text_is_warned_of(busy, sign_in, db):
    signer = make_officer(db, Role.SIGNING_OFFICIAL)
    record_event(
        db,
        text_version=TEXT_VERSION,
        kind="enactment",
        happened_on=date(2026, 5, 1),
        note="Public law.",
        by=signer,
        at=AT,
    )

    page = sign_in(busy.lead).get(f"/cases/{busy.case.reference}/clocks").text

    assert "Vote on Орхидея 兰花 Compute: " in page
    assert "prevails" in page
