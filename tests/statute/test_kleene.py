from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casework.statute.kleene import Truth, all_of, any_of, opposite, truth

values = st.sampled_from(Truth)
lists = st.lists(values)


@given(lists, st.randoms())
def test_order_does_not_matter(parts, random):
    shuffled = random.sample(parts, len(parts))

    assert all_of(shuffled) == all_of(parts)
    assert any_of(shuffled) == any_of(parts)


@given(lists)
def test_de_morgan(parts):
    assert opposite(all_of(parts)) == any_of(map(opposite, parts))


@given(values)
def test_twice_opposite_is_the_same(value):
    assert opposite(opposite(value)) == value


@given(lists, lists)
def test_grouping_does_not_matter(first, second):
    assert all_of([all_of(first), all_of(second)]) == all_of(first + second)
    assert any_of([any_of(first), any_of(second)]) == any_of(first + second)


@given(values, values, values)
def test_all_of_distributes_over_any_of(one, two, three):
    assert all_of([one, any_of([two, three])]) == any_of([all_of([one, two]), all_of([one, three])])


@given(lists, values)
def test_an_unknown_part_resolved_never_flips_a_decided_whole(parts, resolved):
    for rule in (all_of, any_of):
        before = rule([*parts, Truth.INSUFFICIENT])

        assert before in {Truth.INSUFFICIENT, rule([*parts, resolved])}


def test_the_excluded_middle_does_not_hold_for_the_unknown():
    unknown = Truth.INSUFFICIENT

    assert any_of([unknown, opposite(unknown)]) is unknown


def test_nothing_is_all_met_and_none_met():
    assert all_of([]) is Truth.MET
    assert any_of([]) is Truth.NOT_MET
    assert truth(known=True) is Truth.MET
    assert truth(known=False) is Truth.NOT_MET
