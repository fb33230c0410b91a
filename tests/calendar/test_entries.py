"""Where a last day stands, and which days a pack gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.calendar.entries import entry_of, in_order, state_of, statute_entries
from casework.calendar.facts import KINDS, State, Term
from casework.calendar.month import month_of
from casework.statute.loader import load_pack
from casework.statute.uses import FIRST_ASSESSMENT
from tests.factories import TEXT_VERSION

PACK = load_pack(TEXT_VERSION)
DUE = date(2027, 7, 3)  # a Saturday
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def term(**changes) -> Term:
    fields = {
        "kind": "task",
        "key": "1",
        "reference": "MEA-2026-00001",
        "text_version": TEXT_VERSION,
        "about": "Ask the owner",
        "due": DUE,
        **changes,
    }
    return Term(**fields)


@pytest.mark.parametrize(
    ("due", "done", "on", "more", "expected"),
    [
        (None, None, DUE, {}, State.UNDATED),
        (DUE, None, DUE, {}, State.RUNNING),
        (DUE, None, DUE + timedelta(days=1), {}, State.BREACHED),
        (DUE, DUE, DUE, {}, State.MET),
        (DUE, DUE + timedelta(days=1), DUE, {}, State.LATE),
        (None, DUE, DUE, {}, State.MET),
        (DUE, None, DUE, {"paused": True}, State.PAUSED),
        (DUE, DUE, DUE, {"paused": True}, State.MET),
        (DUE, None, DUE + timedelta(days=1), {"ends": True}, State.ENDED),
        (DUE, DUE, DUE, {"ends": True}, State.ENDED),
        (DUE, None, DUE, {"ends": True}, State.RUNNING),
    ],
)
def test_a_last_day_stands_as_its_days_say(due, done, on, more, expected):
    assert state_of(due, done, on, **more) is expected


@given(due=DAYS, done=DAYS, on=DAYS)
def test_what_is_done_never_runs_again(due, done, on):
    assert state_of(due, done, on) in {State.MET, State.LATE}


@given(due=DAYS, on=DAYS, later=st.integers(0, 500))
def test_what_was_missed_stays_missed_until_it_is_done(due, on, later):
    if state_of(due, None, on) is State.BREACHED:
        assert state_of(due, None, on + timedelta(days=later)) is State.BREACHED


def test_the_legal_day_stays_on_a_weekend_and_the_act_comes_before():
    entry = entry_of(term(), PACK, DUE)

    assert (entry.due, entry.act_by) == (DUE, date(2027, 7, 2))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"statute"}))
def test_every_kind_names_what_it_rests_on(kind):
    entry = entry_of(term(kind=kind, about="", measure="attackers_list"), PACK, DUE)

    assert entry.citation
    assert entry.authority in {"statute", "regulation", "policy"}


def test_only_what_rests_on_the_bill_is_hypothetical_without_enactment():
    listed = entry_of(term(kind="listing"), PACK, DUE)
    enacted = entry_of(term(kind="listing", enacted=True), PACK, DUE)
    vote = entry_of(term(kind="vote"), PACK, DUE)

    assert (listed.hypothetical, enacted.hypothetical, vote.hypothetical) == (True, False, False)


def test_an_agency_is_called_by_its_name():
    entry = entry_of(term(kind="position", about="STATE"), PACK, DUE)

    assert PACK.agencies["STATE"].label in entry.title


def test_without_enactment_no_deadline_of_the_text_has_a_day():
    entries = statute_entries(PACK, None, {}, DUE)

    of_bill = [entry for entry in entries if entry.authority == "statute"]
    assert of_bill
    assert {entry.state for entry in of_bill} == {State.UNDATED}
    assert all(entry.hypothetical and entry.due is None for entry in of_bill)


# Worked examples of the handbook, 6.4.
@pytest.mark.parametrize(
    ("enacted", "days"),
    [
        (date(2026, 12, 18), {"K1": date(2027, 6, 16), "K2": date(2027, 7, 16)}),
        (date(2027, 1, 4), {"K1": date(2027, 7, 3), "K5": date(2027, 8, 2)}),
        (date(2027, 9, 1), {"K1": date(2028, 2, 28), "K4": date(2028, 3, 29)}),
        (date(2028, 2, 29), {"K1": date(2028, 8, 27), "K2": date(2028, 9, 26)}),
    ],
)
def test_the_deadlines_of_the_text_are_those_of_the_handbook(enacted, days):
    entries = statute_entries(PACK, enacted, {}, enacted)
    found = {entry.title.split()[0]: entry.due for entry in reversed(entries)}

    assert {clock: found[clock] for clock in days} == days
    assert not any(entry.hypothetical for entry in entries)


@pytest.mark.parametrize(
    ("signed", "state"),
    [(date(2027, 7, 3), State.MET), (date(2027, 7, 4), State.LATE), (None, State.BREACHED)],
)
def test_the_first_assessment_is_met_by_its_signature(signed, state):
    events = {"assessment_completed": signed} if signed else {}
    entries = statute_entries(PACK, date(2027, 1, 4), events, date(2027, 8, 1))

    found = next(entry for entry in entries if entry.use == FIRST_ASSESSMENT)
    assert (found.state, found.met_on) == (state, signed)


def test_what_each_case_times_anew_is_left_to_its_own_rows():
    entries = statute_entries(PACK, date(2027, 1, 4), {"circulated": date(2027, 2, 1)}, DUE)

    assert not {"K10", "K11"} & {entry.title.split()[0] for entry in entries}


def test_keys_stay_the_same_when_more_becomes_known():
    before = {entry.key: entry.title for entry in statute_entries(PACK, None, {}, DUE)}
    events = {"report_submitted": DUE, "assessment_started": DUE}
    after = {entry.key: entry.title for entry in statute_entries(PACK, DUE, events, DUE)}

    assert before.items() <= after.items()
    assert len(after) > len(before)


def test_the_earliest_comes_first_and_the_undated_last():
    rows = [entry_of(term(due=day), PACK, DUE) for day in (None, DUE, DUE - timedelta(days=1))]

    assert [entry.due for entry in in_order(rows)] == [DUE - timedelta(days=1), DUE, None]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-1", "0001-01", "9999-12", "٢٠٢٦-٠١", "2026-01-01", "x"]
)
def test_an_impossible_month_is_the_present_one(text):
    assert month_of(text, date(2026, 11, 24)).first == date(2026, 11, 1)


@given(on=DAYS)
def test_a_month_is_whole_weeks_that_hold_every_day_once(on):
    month = month_of("", on)
    days = [cell.day for week in month.weeks([]) for cell in week]

    assert days == [days[0] + timedelta(days=place) for place in range(len(days))]
    assert days[0].isoweekday() == 7
    assert {cell.day.month for week in month.weeks([]) for cell in week if cell.inside} == {
        on.month
    }
    assert month_of(month.after, on).before == f"{on:%Y-%m}"
