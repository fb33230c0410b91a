"""The logic of three values, and the range of a figure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.evidence.analysis.bootstrap import in_own_order, interval, weights
from casework.evidence.analysis.factors.handover import hand_over
from casework.evidence.analysis.factors.measure import at_least, both, either, rounded
from casework.evidence.analysis.factors.view import Hours, Lives
from casework.evidence.analysis.innocent.week import office

values = st.sampled_from([True, False, None])


@pytest.mark.parametrize(
    ("needed", "parts", "told"),
    [
        (2, (True, True, False), True),
        (2, (True, False, False), False),
        (2, (True, None, False), None),
        (2, (None, None), None),
        (2, (None, False), False),
        (0, (), True),
        (1, (), False),
    ],
)
def test_so_many_of_them_hold(needed, parts, told):
    assert at_least(needed, parts) is told


@given(st.lists(values, max_size=6), st.integers(0, 6))
def test_what_is_settled_stays_settled_whatever_the_open_ones_turn_out_to_be(parts, needed):
    told = at_least(needed, parts)
    for filled in (True, False):
        settled = at_least(needed, [filled if part is None else part for part in parts])
        assert told is None or settled is told


@given(values, values)
def test_both_and_either_are_dual(one, other):
    def turned(value):
        return None if value is None else not value

    assert both(one, other) is turned(either(turned(one), turned(other)))


def test_a_range_needs_three_accounts_and_defined_replicates():
    replicates = np.linspace(0, 1, 200)
    assert interval(replicates, 2, 0.5) is None
    assert interval(np.full(200, np.nan), 20, 0.5) is None
    assert interval(replicates, 20, None) is None
    low, high = interval(replicates, 20, 0.5)
    assert (low, high) == pytest.approx((0.025, 0.975), abs=0.001)


def test_a_range_takes_in_its_own_figure():
    assert interval(np.linspace(0.2, 0.4, 200), 20, 0.1)[0] == 0.1


def test_the_draws_are_the_same_every_time_and_count_each_account_once_on_average():
    assert (weights(50) == weights(50)).all()
    assert weights(500).mean() == pytest.approx(1, abs=0.02)


@given(st.permutations(range(6)))
def test_the_order_of_accounts_follows_from_their_figures_not_their_names(order):
    matrix = np.array([[1.0, 5], [1, 4], [0, 9], [3, 3], [2, 2], [2, 1]])
    shuffled = matrix[list(order)]
    assert (shuffled[in_own_order(shuffled)] == matrix[in_own_order(matrix)]).all()


@pytest.mark.parametrize(("number", "told"), [(0.1234567891234, 0.123456789), (-0.0, 0), (7, 7)])
def test_fractions_are_kept_to_nine_places(number, told):
    assert rounded(number) == told
    assert str(rounded(number))[0] != "-"


def lives(pairs, last=24 * 60):
    first, end = np.array(pairs).T
    return Lives(first.astype(np.int64), end.astype(np.int64), 0, last)


def test_accounts_that_begin_where_others_end_are_hand_overs():
    """Each of thirteen begins three hours after the last one ended; their lengths all differ."""
    chain, begin = [], 30
    for days in (2, 17, 4, 13, 1, 7, 3, 11, 5, 15, 6, 9, 8):
        chain.append((begin, begin + days * 24))
        begin += days * 24 + 3
    found = hand_over(lives(chain, last=begin + 100))
    assert (found.began, found.taken) == (13, 12)
    assert found.shown
    assert found.by_chance < 6


def test_accounts_that_are_there_all_the_time_hand_nothing_over():
    assert hand_over(lives([(0, 24 * 60)] * 5)) is None


def test_a_single_hand_over_is_not_shown_however_rare():
    found = hand_over(lives([(30, 60), (62, 100), (900, 1300)]))
    assert found.taken == 1
    assert not found.shown


@pytest.mark.parametrize("zone", [-8, 0, 2, 9])
def test_office_hours_are_found_in_their_own_zone(zone):
    """Two weeks from Monday 2026-05-04, ten hours of each working day."""
    monday = 20_577 * 24
    hour = np.array([
        monday + day * 24 + at - zone for day in range(14) if day % 7 < 5 for at in range(8, 18)
    ])  # fmt: skip
    found = office(Hours(hour, np.ones_like(hour), np.zeros_like(hour)))
    assert (found.zone, found.share, found.weekend) == (zone, 1.0, 0.0)
    assert found.zone_name == ("UTC" if zone == 0 else f"UTC{zone:+d}")


def test_level_traffic_is_in_no_office_and_rests_on_no_weekend():
    hour = np.arange(20_577 * 24, 20_577 * 24 + 14 * 24)
    found = office(Hours(hour, np.ones_like(hour), np.zeros_like(hour)))
    assert found.share == pytest.approx(10 / 24 * 5 / 7)
    assert found.weekend == pytest.approx(0.5, abs=0.03)
