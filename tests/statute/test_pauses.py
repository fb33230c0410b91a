"""Only the events that a clock names stop its count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.statute.clocks import NotTimed, attackers_list_window, due_day, list_comes_down
from casework.statute.loader import load_pack
from casework.statute.pauses import Pause, due_with_pauses
from casework.statute.uses import (
    ACKNOWLEDGEMENT,
    COMMITTEE_VOTE,
    LIST_WINDOW,
    LONGEST_WINDOW,
    PETITION_POLICY,
    SHORTEST_WINDOW,
    SUBMITTER_OBJECTION,
)

PACK = load_pack("hr8283_ih_2026_04_15")
VOTE = PACK.clock_for(COMMITTEE_VOTE)
START = date(2027, 3, 1)
days = st.dates(date(2027, 1, 1), date(2027, 12, 31))


def pause(first: date, length: int, event: str = "postponed") -> Pause:
    return Pause(event, first, first + timedelta(days=length))


def test_a_vote_is_due_thirty_days_after_it_was_circulated():
    assert due_with_pauses(VOTE, START, []) == date(2027, 3, 31)


def test_a_unanimous_postponement_adds_its_days():
    assert due_with_pauses(VOTE, START, [pause(date(2027, 3, 10), 7)]) == date(2027, 4, 7)


def test_overlapping_postponements_count_once():
    twice = [pause(date(2027, 3, 10), 7), pause(date(2027, 3, 12), 5)]

    assert due_with_pauses(VOTE, START, twice) == date(2027, 4, 7)


def test_a_pause_in_the_days_gained_adds_too():
    later = [pause(date(2027, 3, 10), 7), pause(date(2027, 4, 5), 2)]

    assert due_with_pauses(VOTE, START, later) == date(2027, 4, 9)


def test_an_open_postponement_leaves_no_day_and_one_after_the_deadline_changes_nothing():
    assert due_with_pauses(VOTE, START, [Pause("postponed", date(2027, 3, 10))]) is None
    assert due_with_pauses(VOTE, START, [Pause("postponed", date(2027, 4, 1))]) == date(2027, 3, 31)


@given(
    days, st.integers(0, 90), st.sampled_from(["assessment_started", "hold", "petition_received"])
)
def test_nothing_else_stops_the_count(first, length, event):
    assert due_with_pauses(VOTE, START, [pause(first, length, event)]) == date(2027, 3, 31)


@given(days, st.integers(0, 60), days, st.integers(0, 60))
def test_a_further_pause_never_brings_the_day_forward(first, length, second, other):
    one = due_with_pauses(VOTE, START, [pause(first, length)])
    both = due_with_pauses(VOTE, START, [pause(first, length), pause(second, other)])

    assert date(2027, 3, 31) <= one <= both <= date(2027, 3, 31) + timedelta(days=length + other)


def test_a_window_is_never_due():
    with pytest.raises(ValueError, match="is a window"):
        due_with_pauses(PACK.clock_for(LIST_WINDOW), START, [])


@pytest.mark.parametrize(
    ("use", "due"),
    [
        (ACKNOWLEDGEMENT, date(2027, 3, 3)),
        (SHORTEST_WINDOW, date(2027, 3, 15)),
        (LONGEST_WINDOW, date(2027, 3, 31)),
        (PETITION_POLICY, date(2027, 4, 30)),
        (SUBMITTER_OBJECTION, date(2027, 3, 15)),
        (LIST_WINDOW, None),
        ("tea", None),
    ],
)
def test_a_deadline_is_asked_for_by_its_use(use, due):
    assert due_day(PACK, use, START) == due


def test_a_text_without_a_public_list_times_none():
    other = load_pack("paipa_pl117_336")

    for ask in (attackers_list_window, list_comes_down):
        with pytest.raises(NotTimed):
            ask(other, START)
    assert due_day(other, COMMITTEE_VOTE, START) is None
