"""What became of each row between two texts, and what a person then decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidValue
from casework.statute.comparison import compare, elements
from casework.statute.crossing import Choice, check_choices, needs_stage, questions
from casework.statute.loader import load_pack
from casework.statute.wording import marked
from tests.statute.amended import AMENDED, BILL, write_amended

OLD = load_pack(BILL)


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    return load_pack(AMENDED, write_amended(tmp_path_factory.mktemp("texts")))


@pytest.mark.parametrize(
    ("before", "after", "states"),
    [
        ("OW1", "OW7", ("renamed",)),
        ("CS2", "CS2", ("changed citation",)),
        ("CC1", "", ("removed",)),
        ("", "CS8", ("added",)),
        ("", "EX8", ("added",)),
        ("OW2", "OW2", ("same",)),
    ],
)
def test_each_element_is_told_by_what_became_of_it(new, before, after, states):
    found = {(row.before, row.after): row.states for row in elements(OLD, new)}

    assert found[before, after] == states
    assert sum(states != ("same",) for states in found.values()) == 5


def test_stages_clocks_and_measures_are_compared_too(new):
    found = {(row.part, row.before, row.after): row.states for row in compare(OLD, new)}

    assert found["stage", "S3", "S3x"] == ("renamed",)
    assert found["stage", "S2", "S2"] == ("changed leads to",)
    assert found["clock", "K1", "K1"] == found["measure", "blocking", "blocking"] == ("same",)


def test_a_text_is_the_same_as_itself():
    assert all(row.is_same for row in compare(OLD, OLD))


def test_every_row_of_both_texts_is_told_once(new):
    rows = elements(OLD, new)

    assert sorted(row.before for row in rows if row.before) == sorted(OLD.elements)
    assert sorted(row.after for row in rows if row.after) == sorted(new.elements)


def test_only_what_touches_the_case_is_asked(new):
    asked = {q.key: [c for c, _ in q.choices] for q in questions(OLD, new, {"OW1": 1, "OW2": 1})}

    assert asked == {"OW1": ["keep", "ask"], "+CS8": ["ask"], "+EX8": ["ask"]}
    assert [q.key for q in questions(OLD, OLD, {"OW1": 1})] == []


def test_what_vanished_can_only_lapse(new):
    [asked] = [q for q in questions(OLD, new, {"CC1": 2}) if q.key == "CC1"]

    assert [code for code, _ in asked.choices] == ["lapse"]


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({}, "OW1"),
        ({"OW1": Choice("", "x")}, "OW1"),
        ({"OW1": Choice("lapse", "x")}, "OW1"),
        ({"OW1": Choice("keep", "  ")}, "OW1"),
        ({"OW1": Choice("keep", "x"), "XX": Choice("keep", "x")}, "XX"),
    ],
)
def test_nothing_carries_over_by_itself(new, chosen, field):
    asked = [q for q in questions(OLD, new, {"OW1": 1}) if q.key == "OW1"]

    with pytest.raises(InvalidValue) as refusal:
        check_choices(asked, chosen)
    assert refusal.value.field == field


def test_a_stage_that_is_gone_must_be_chosen_anew(new):
    assert needs_stage("S3", new)
    assert not needs_stage("S4", new)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "d"])), st.lists(st.sampled_from(["a", "b", "c", "d"]))
)
def test_marked_wordings_give_back_the_words(before, after):
    found = marked(" ".join(before), " ".join(after))

    assert " ".join(run.words for run in found.before).split() == before
    assert " ".join(run.words for run in found.after).split() == after
    assert found.differs == (before != after)
