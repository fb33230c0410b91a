from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.statute.clocks import (
    ENACTMENT,
    Due,
    attackers_list_window,
    clocks,
    list_comes_down,
    warnings,
)
from casework.statute.days import ImpossibleDate, add_days, add_months, add_years, read_day
from casework.statute.holidays import act_by, add_business_days, federal_holidays, is_business_day
from casework.statute.loader import load_pack

PACK = load_pack("hr8283_ih_2026_04_15")
days = st.dates(date(2026, 1, 1), date(2090, 12, 31))


def rows(clock: str, enacted: date | None = None, **events: date) -> list[Due]:
    return [row for row in clocks(PACK, enacted, events) if row.id == clock]


def due(clock: str, enacted: date, **events: date) -> list[str]:
    return [str(row.due) for row in rows(clock, enacted, **events)]


@pytest.mark.parametrize(
    ("enacted", "first", "later"),
    [
        (date(2026, 12, 18), "2027-06-16", "2027-07-16"),
        (date(2027, 1, 4), "2027-07-03", "2027-08-02"),
        (date(2027, 9, 1), "2028-02-28", "2028-03-29"),
        (date(2028, 2, 29), "2028-08-27", "2028-09-26"),
    ],
)
def test_deadlines_count_calendar_days_from_enactment(enacted, first, later):
    assert due("K1", enacted) == [first]
    assert due("K2", enacted) == due("K4", enacted) == due("K5", enacted) == [later]


@pytest.mark.parametrize(
    ("enacted", "day"), [(date(2026, 12, 18), "07-16"), (date(2027, 1, 4), "08-02")]
)
def test_three_updates_follow_a_year_apart(enacted, day):
    assert due("K3", enacted) == [f"{year}-{day}" for year in (2028, 2029, 2030)]


def test_a_saturday_stays_the_legal_date_and_work_is_due_on_friday():
    [row] = rows("K1", date(2027, 1, 4))

    assert (row.due, row.act_by) == (date(2027, 7, 3), date(2027, 7, 2))


def test_updates_counted_from_an_early_report_warn():
    dues = clocks(PACK, date(2027, 1, 4), {"report_submitted": date(2027, 7, 30)})

    assert [str(row.due) for row in dues if row.id == "K3" and not row.default] == [
        "2028-07-30",
        "2029-07-30",
        "2030-07-30",
    ]
    assert len([line for line in warnings(PACK, dues) if line.startswith("K3")]) == 3


@pytest.mark.parametrize(
    ("begun", "windows"),
    [
        (
            date(2027, 1, 19),
            [(date(2025, 1, 19), date(2027, 1, 19)), (date(2025, 1, 1), date(2026, 12, 31))],
        ),
        (
            date(2028, 2, 29),
            [(date(2026, 2, 28), date(2028, 2, 29)), (date(2026, 1, 1), date(2027, 12, 31))],
        ),
    ],
)
def test_the_two_years_before_the_assessment_have_two_readings(begun, windows):
    found = rows("K6", date(2026, 12, 18), assessment_started=begun)

    assert [(row.opens, row.closes) for row in found] == windows
    assert [row.default for row in found] == [True, False]


def test_an_attempt_may_be_out_on_one_reading_and_in_on_the_other():
    rolling, calendar = rows("K6", date(2026, 12, 18), assessment_started=date(2027, 1, 19))
    attempt = date(2025, 1, 10)

    assert attempt < rolling.opens
    assert calendar.opens <= attempt <= calendar.closes


def test_the_past_year_ends_with_the_determination():
    assert attackers_list_window(PACK, date(2027, 8, 2)) == (date(2026, 8, 2), date(2027, 8, 2))


def test_the_list_comes_down_five_years_after_its_first_publication():
    first = date(2027, 8, 2)

    assert list_comes_down(PACK, first) == date(2032, 8, 2)
    assert list_comes_down(PACK, first, date(2029, 1, 10)) == date(2032, 8, 2)
    assert due("K8", date(2027, 1, 4), first_publication=first) == ["2032-08-02"]


def test_a_vote_that_runs_past_the_statute_warns():
    dues = clocks(PACK, date(2027, 1, 4), {"circulated": date(2027, 7, 10)})

    assert [str(row.due) for row in dues if row.id == "K10"] == ["2027-08-09"]
    assert warnings(PACK, dues) == [
        "K10 ends on 2027-08-09, after K5 on 2027-08-02: 5(a) prevails."
    ]


def test_a_dispute_climbs_by_fixed_steps():
    steps = due("K11", date(2027, 1, 4), recommendations_due=date(2027, 7, 10))

    assert steps[:2] == ["2027-07-24", "2027-07-29"]
    assert len(steps) == 6


def test_routine_assessment_begins_the_day_after_the_first_is_complete():
    assert due("K9", date(2027, 1, 4), assessment_completed=date(2027, 7, 3)) == ["2027-07-04"]


def test_a_request_is_counted_in_business_days():
    [request, _] = rows("K12", None, foia_received=date(2026, 12, 18))

    # Christmas, New Year and Martin Luther King Day fall outside the count.
    assert request.due == date(2027, 1, 20)


@given(days, st.integers(1, 400))
def test_invariant_07_deadlines_move_with_enactment(enacted, later):
    moved = enacted + timedelta(days=later)

    for clock in ("K1", "K2", "K4", "K5"):
        [one], [two] = rows(clock, enacted), rows(clock, moved)
        assert two.due - one.due == timedelta(days=later)


@given(days)
def test_invariant_07_deadlines_vanish_without_enactment(day):
    events = dict.fromkeys((name for name in PACK.events if name != ENACTMENT), day)

    for row in clocks(PACK, None, events):
        assert row.planning
        assert row.authority != "statute" or row.due is row.opens is None


@given(days)
def test_invariant_08_every_clock_shows_its_citation_and_reading(enacted):
    for row in clocks(PACK, enacted, {}):
        assert row.citation
        assert row.reading


@given(days)
def test_work_is_never_due_after_the_legal_date_nor_on_a_day_off(enacted):
    for row in clocks(PACK, enacted, {}):
        if row.due:
            assert row.act_by <= row.due
            assert is_business_day(row.act_by)
            assert not any(
                is_business_day(row.act_by + timedelta(days=n))
                for n in range(1, (row.due - row.act_by).days + 1)
            )


def test_a_deadline_beyond_the_calendar_is_refused():
    with pytest.raises(ImpossibleDate):
        clocks(PACK, date.max, {})


@pytest.mark.parametrize("begun", [date(1, 6, 1), date(2, 12, 31)])
def test_a_window_before_the_calendar_is_refused(begun):
    with pytest.raises(ImpossibleDate):
        clocks(PACK, date(2027, 1, 4), {"assessment_started": begun})


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), -24, date(2026, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
    ],
)
def test_months_keep_the_day_or_take_the_last(start, months, end):
    assert add_months(start, months) == end


@given(days, st.integers(-20, 20))
def test_years_there_and_back_return_but_for_a_leap_day(day, years):
    returned = add_years(add_years(day, years), -years)

    assert returned == day or (day.month, day.day) == (2, 29)


@pytest.mark.parametrize("text", ["", "2027-02-29", "20270101", "2027-W01-1", "٢٠٢٧-01-01", "x"])
def test_a_day_is_written_one_way(text):
    with pytest.raises(ImpossibleDate):
        read_day(text)


def test_days_do_not_leave_the_calendar():
    with pytest.raises(ImpossibleDate):
        add_days(date.min, -1)


@pytest.mark.parametrize(
    ("year", "closed"),
    [
        (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
        (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
    ],
)
def test_federal_holidays_with_the_days_they_are_observed(year, closed):
    expected = {date.fromisoformat(f"{year}-{day}") for day in closed.split()}

    assert federal_holidays(year) == expected


@given(st.integers(1, 9999))
def test_holidays_are_working_weekdays_of_their_year(year):
    assert all(day.year == year and day.weekday() < 5 for day in federal_holidays(year))


@given(days, st.integers(1, 60))
def test_business_days_added_are_business_days_between(start, count):
    end = add_business_days(start, count)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))

    assert sum(map(is_business_day, between)) == count
    assert act_by(end) == end
