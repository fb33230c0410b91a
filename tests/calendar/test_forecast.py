"""The outlook of a deadline, and what it says it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar.entries import entry_of, statute_entries
from casework.calendar.facts import State, Term
from casework.calendar.forecast import ENOUGH, Outlook, Progress, forecast, goal_of, road_to
from casework.statute.loader import load_pack
from casework.statute.uses import FIRST_ASSESSMENT
from tests.factories import TEXT_VERSION

PACK = load_pack(TEXT_VERSION)
ENACTED = date(2027, 1, 4)
DEADLINE = next(
    row for row in statute_entries(PACK, ENACTED, {}, ENACTED) if row.use == FIRST_ASSESSMENT
)
GOAL = goal_of(PACK, DEADLINE.citation)
# Long enough a docket that every stage has a median of ten days.
TEN_EACH = {stage: [10] * ENOUGH for stage in PACK.stages}


def outlook(stage, on, stays, *, silent=0, since=None):
    found = forecast(DEADLINE, PACK, Progress(stage, since or on, silent), stays, on)
    return found.outlook if found else None


@pytest.mark.parametrize(
    ("citation", "stage"),
    [("4(a)", "S7a"), ("4(d)(1)", "S8"), ("4(h)", "S9"), ("5(a)", "S11"), ("9(z)", "")],
)
def test_the_goal_is_the_stage_that_carries_out_the_provision(citation, stage):
    assert goal_of(PACK, citation) == stage


def test_a_road_leads_over_stages_that_finish_their_work():
    assert road_to(PACK, "S4", "S7a") == ("S4", "S5", "S6", "S7a")
    assert road_to(PACK, "S7a", "S7a") == ("S7a",)
    assert road_to(PACK, "S16", "S4") == ()


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (timedelta(days=10), Outlook.WILL_BE_MISSED),
        (timedelta(days=39), Outlook.WILL_BE_MISSED),
        (timedelta(days=50), Outlook.AT_RISK),
        (timedelta(days=80), Outlook.ON_TRACK),
    ],
)
def test_the_outlook_compares_what_lies_ahead_with_what_is_left(left, expected):
    assert outlook("S4", DEADLINE.due - left, TEN_EACH) is expected


def test_a_silent_agency_makes_a_narrow_forecast_a_risk():
    on = DEADLINE.due - timedelta(days=60)

    assert outlook("S6", on, TEN_EACH) is Outlook.ON_TRACK
    assert outlook("S6", DEADLINE.due - timedelta(days=45), TEN_EACH, silent=1) is Outlook.AT_RISK


def test_a_stage_that_nothing_times_leaves_the_forecast_open():
    on = DEADLINE.due - timedelta(days=150)
    found = forecast(DEADLINE, PACK, Progress("S4", on), {}, on)

    assert found.outlook is Outlook.UNKNOWN
    assert PACK.stages["S4"].title in found.because
    assert "policy" in found.because


def test_few_finished_stays_are_not_taken_for_a_habit():
    on = DEADLINE.due - timedelta(days=100)
    few = {stage: [1] * (ENOUGH - 1) for stage in PACK.stages}

    told = forecast(DEADLINE, PACK, Progress("S4", on), few, on).because

    assert "median" not in told


def test_a_forecast_says_what_it_rests_on_and_claims_no_percentage():
    on = DEADLINE.due - timedelta(days=100)
    found = forecast(DEADLINE, PACK, Progress("S6", on, 2), TEN_EACH, on)

    assert f"median of {ENOUGH} finished stays" in found.because
    assert "said nothing: 2" in found.because
    assert "%" not in found.because


@pytest.mark.parametrize("state", [State.MET, State.BREACHED, State.UNDATED, State.PERIOD])
def test_only_a_running_deadline_has_a_forecast(state):
    on = DEADLINE.due - timedelta(days=100)

    assert forecast(replace(DEADLINE, state=state), PACK, Progress("S4", on), {}, on) is None


def test_a_case_past_the_goal_needs_no_forecast():
    on = DEADLINE.due - timedelta(days=100)
    past = Progress("S13", on, left=frozenset({"S6", GOAL}))

    assert outlook("S16", on, TEN_EACH) is None
    assert forecast(DEADLINE, PACK, past, TEN_EACH, on) is None


def test_a_deadline_more_than_a_year_ahead_is_not_foretold():
    assert outlook("S4", DEADLINE.due - timedelta(days=400), TEN_EACH) is None


@pytest.mark.parametrize(
    ("kind", "left", "expected"),
    [
        ("task", 3, Outlook.AT_RISK),
        ("position", 7, Outlook.ON_TRACK),
        ("vote", 0, Outlook.AT_RISK),
        ("permission", 3, None),
    ],
)
def test_what_one_act_settles_is_at_risk_in_its_last_week(kind, left, expected):
    on = date(2026, 11, 24)
    term = Term(
        kind=kind,
        key="1",
        reference="MEA-2026-00001",
        text_version=TEXT_VERSION,
        about="",
        due=on + timedelta(days=left),
    )

    found = forecast(entry_of(term, PACK, on), PACK, Progress("S4", on), {}, on)

    assert (found.outlook if found else None) is expected


ORDER = [Outlook.ON_TRACK, Outlook.AT_RISK, Outlook.WILL_BE_MISSED]


@given(left=st.integers(0, 250), less=st.integers(0, 100))
def test_less_time_never_makes_the_outlook_better(left, less):
    more = outlook("S4", DEADLINE.due - timedelta(days=left + less), TEN_EACH)
    fewer = outlook("S4", DEADLINE.due - timedelta(days=left), TEN_EACH)

    assert ORDER.index(more) <= ORDER.index(fewer)
