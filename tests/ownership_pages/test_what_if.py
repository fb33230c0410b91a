from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.screening.ownership import CAUGHT, NOT_CAUGHT, UNRESOLVED, Stake, ownership
from casework.screening.ownership_rules import RULES
from casework.screening.rule_labels import rule_labels
from casework.screening.what_if import (
    Change,
    differences,
    oversubscribed,
    read_share,
    settling,
    supposed,
    write_share,
)

RULE = RULES["HR8283_5A"]
LISTED = {"X": ["identified"]}


def stake(owner, owned, least, most=None, **more):
    return Stake(owner, owned, Decimal(least), Decimal(least if most is None else most), **more)


def solve(stakes, listed=None):
    return ownership(RULE, LISTED if listed is None else listed, stakes, on=None, countries={})


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("51", "51", "51"),
        (" 33.3 % ", "33.3", "33.3"),
        ("25-50", "25", "50"),
        ("25 \N{EN DASH} 50", "25", "50"),
        ("Unknown", "0", "100"),
        ("none", "0", "0"),
    ],
)
def test_a_share_is_read_and_written_back(text, least, most):
    found = read_share(text)

    assert found == (Decimal(least), Decimal(most))
    assert read_share(write_share(*found)) == found


@pytest.mark.parametrize("text", ["fifty", "101", "-1", "50-25", "1-2-3", "", "1e2", "٥٠", "½"])
def test_a_share_that_cannot_be_read_says_how_to_write_one(text):
    with pytest.raises(ValueError, match=r"share|range"):
        read_share(text)


def test_a_supposed_share_replaces_all_of_its_pair_and_leaves_influence():
    stakes = [stake("X", "A", 30), stake("X", "A", 10), stake("X", "A", 0, control=True)]

    found = supposed(stakes, [Change("X", "A", Decimal(20), Decimal(20))])

    assert [(row.least, row.control) for row in found] == [(0, True), (20, False)]


def test_the_later_of_two_changes_of_a_pair_counts_and_none_takes_the_share_away():
    changes = [
        Change("X", "A", Decimal(70), Decimal(70)),
        Change("X", "A", Decimal(0), Decimal(0)),
    ]

    assert supposed([stake("X", "A", 60)], changes) == []


def test_what_changes_is_told_by_entity_with_both_answers():
    before = [stake("X", "A", 40), stake("A", "B", 60)]
    after = supposed(before, [Change("X", "A", Decimal(50), Decimal(50))])

    found = differences(solve(before), solve(after))

    assert [(row.name, row.before.answer, row.after.answer) for row in found] == [
        ("A", NOT_CAUGHT, CAUGHT),
        ("B", NOT_CAUGHT, CAUGHT),
    ]


def test_more_than_the_whole_is_told_with_the_least_total():
    rows = [stake("X", "A", 60, 90), stake("Y", "A", 41), stake("Y", "B", 100)]

    assert oversubscribed(rows) == {"A": 101}


def decide(stakes, name):
    result = solve(stakes)[name]
    return settling(RULE, LISTED, stakes, name=name, result=result, on=None)


@pytest.mark.parametrize(
    ("stakes", "name", "found"),
    [
        ([stake("X", "A", 25, 75)], "A", [("X", "A", 50, 50)]),
        ([stake("X", "A", 0, 100), stake("A", "B", 60)], "B", [("X", "A", 50, 50)]),
        ([stake("X", "A", 60), stake("A", "B", 0, 100)], "B", [("A", "B", 50, 50)]),
        # A second owner whose share is open too: only both low ones clear it.
        (
            [stake("X", "A", 0, 60), stake("X", "M", 50), stake("M", "A", 0, 20)],
            "A",
            [("X", "A", 50, 30)],
        ),
        (
            [stake("X", "A", 40, 45), stake("X", "M", 50), stake("M", "A", 0, 5)],
            "A",
            [("X", "A", None, 45), ("M", "A", None, 5)],
        ),
        ([stake("X", "A", 60)], "A", []),
        ([stake("X", "A", 40)], "A", []),
    ],
)
def test_the_share_that_settles_a_doubt_is_named_with_where_it_decides(stakes, name, found):
    rows = decide(stakes, name)

    assert [(r.owner, r.owned, r.caught_from, r.clear_below) for r in rows] == found


NAMES = st.sampled_from("XABCD")
WHOLE = st.integers(min_value=0, max_value=20).map(lambda n: n * 5)


@st.composite
def graphs(draw):
    rows = draw(st.lists(st.tuples(NAMES, NAMES, WHOLE, WHOLE), max_size=9))
    return [stake(a, b, min(c, d), max(c, d)) for a, b, c, d in rows if a != b]


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_a_share_fixed_at_its_turning_point_decides_as_it_says(stakes):
    for name, result in solve(stakes).items():
        for row in settling(RULE, LISTED, stakes, name=name, result=result, on=None):
            if len([s for s in stakes if (s.owner, s.owned) == (row.owner, row.owned)]) > 1:
                continue
            if row.caught_from is not None:
                fixed = supposed(stakes, [Change(row.owner, row.owned, *[row.caught_from] * 2)])
                assert solve(fixed)[name].answer == CAUGHT
            if row.clear_below is not None:
                under = row.clear_below - Decimal("0.000001")
                fixed = supposed(stakes, [Change(row.owner, row.owned, under, under)])
                assert name not in solve(fixed) or solve(fixed)[name].answer == NOT_CAUGHT


def slow(stakes, *, most):
    """The rule as it is written: whoever is held to half or more by those that count, counts."""
    names = {end for row in stakes for end in (row.owner, row.owned)}
    members = {"X"}
    while True:
        more = {
            name
            for name in names
            if sum(
                (row.most if most else row.least)
                for row in stakes
                if row.owned == name and row.owner in members
            )
            >= 50
        }
        if more <= members:
            return members
        members |= more


@given(graphs())
@settings(max_examples=200, deadline=None)
def test_the_cascade_is_the_slow_definition(stakes):
    certain, possible = slow(stakes, most=False), slow(stakes, most=True)

    for name, result in solve(stakes).items():
        wanted = CAUGHT if name in certain else UNRESOLVED if name in possible else NOT_CAUGHT
        assert result.answer == wanted


@pytest.mark.parametrize(
    ("source", "programs", "origin", "counted"),
    [
        ("ofac-sdn", ["RUSSIA-EO14024"], "", {"OFAC50", "BIS_AFFILIATES"}),
        ("ofac-sdn", ["CUBA"], "", {"OFAC50"}),
        ("csl", ["CUBA"], "SDN", {"OFAC50"}),
        ("csl", [], "EL", {"BIS_AFFILIATES"}),
        ("bis-entity-list", ["EL"], "EL", {"BIS_AFFILIATES"}),
        ("ofac-consolidated", ["UKRAINE-EO13662"], "", {"OFAC50_SSI"}),
        ("ofac-consolidated", ["CMIC-EO13959"], "", set()),
        ("un-consolidated", ["DPRK"], "", set()),
    ],
)
def test_an_entry_counts_under_the_rules_of_its_own_list(source, programs, origin, counted):
    found = rule_labels(source, programs, origin)

    lists = [rule for rule in RULES.values() if rule.labels]
    assert {rule.id for rule in lists if rule.seed(found).name == "COUNTS"} == counted
