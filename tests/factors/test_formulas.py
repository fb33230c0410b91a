"""The formulas, by hand and by their laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.evidence.analysis.factors import formulas

counts = st.lists(st.integers(0, 10_000), min_size=24, max_size=24).map(
    lambda values: np.array(values, dtype=float)
)
some = counts.filter(lambda values: values.sum() > 0)
loads = st.lists(st.integers(1, 10_000), min_size=2, max_size=30).map(
    lambda values: np.sort(np.array(values, dtype=float))
)


@pytest.mark.parametrize(
    ("sorted_loads", "expected"),
    [
        ([5, 5, 5, 5], 0.0),
        ([1, 2, 3], 2 / 9),
        ([2.5, 5], 1 / 6),
        ([0, 0, 0, 8], 3 / 4),
    ],
)
def test_gini_is_what_it_is_by_hand(sorted_loads, expected):
    values = np.array(sorted_loads, dtype=float)
    assert formulas.gini(values, np.ones(len(values))) == pytest.approx(expected)


def test_the_rhythm_of_two_opposite_hours_is_nothing_and_of_one_hour_is_all():
    opposite, one = np.zeros(24), np.zeros(24)
    opposite[[3, 15]] = 7
    one[9] = 4
    assert formulas.rhythm(opposite) == pytest.approx(0)
    assert formulas.rhythm(one) == pytest.approx(1)


def test_the_distance_of_three_quarters_from_one_quarter_is_half_the_logarithm_of_three():
    cluster, others = np.array([6.0, 2.0]), formulas.mix(np.array([1.0, 3.0]))
    assert formulas.divergence(cluster, others) == pytest.approx(0.5 * math.log2(3))
    assert formulas.focus(cluster, others, 2.0) == pytest.approx(0.75)


def test_what_counts_nothing_is_not_a_number_and_never_zero():
    nothing = np.zeros(24)
    assert np.isnan(formulas.rhythm(nothing))
    assert np.isnan(formulas.evenness(nothing))
    assert np.isnan(formulas.divergence(nothing, np.full(24, 1 / 24)))
    assert np.isnan(formulas.ratio(np.array(0.0), np.array(0.0)))


@given(some)
def test_rhythm_and_evenness_lie_between_0_and_1(values):
    assert 0 <= formulas.rhythm(values) <= 1
    assert 0 <= formulas.evenness(values) <= 1


@given(some, st.integers(0, 23))
def test_the_rhythm_does_not_depend_on_where_the_day_begins(values, shift):
    assert formulas.rhythm(np.roll(values, shift)) == pytest.approx(
        formulas.rhythm(values), abs=1e-9
    )


@given(some, some)
def test_the_distance_is_never_negative_and_none_from_oneself(cluster, others):
    assert formulas.divergence(cluster, formulas.mix(others)) >= 0
    assert formulas.divergence(others, formulas.mix(others)) <= 0.01


@given(some, some, st.integers(2, 50))
def test_a_log_twice_as_long_has_the_same_mix(cluster, others, times):
    shares = formulas.mix(others)
    assert formulas.divergence(cluster * times, shares) == pytest.approx(
        formulas.divergence(cluster, shares), abs=1e-9
    )


@given(loads, st.integers(2, 50))
def test_gini_lies_between_0_and_1_and_does_not_depend_on_the_scale(values, times):
    ones = np.ones(len(values))
    found = formulas.gini(values, ones)
    assert 0 <= found <= 1
    assert formulas.gini(values * times, ones) == pytest.approx(found, abs=1e-9)


@given(loads, st.integers(2, 4))
def test_accounts_counted_twice_are_as_even_as_accounts_listed_twice(values, times):
    counted = formulas.gini(values, np.full(len(values), float(times)))
    listed = formulas.gini(np.repeat(values, times), np.ones(len(values) * times))
    assert counted == pytest.approx(listed, abs=1e-9)


@given(loads)
def test_the_lorenz_curve_rises_from_nothing_to_all_below_the_diagonal(values):
    curve = formulas.lorenz(values)
    assert curve[0].tolist() == [0, 0]
    assert curve[-1].tolist() == pytest.approx([1, 1])
    assert (np.diff(curve[:, 1]) >= 0).all()
    assert (curve[:, 1] <= curve[:, 0] + 1e-9).all()
