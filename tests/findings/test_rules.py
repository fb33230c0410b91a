from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from casework.errors import InvalidValue
from casework.findings import rules
from casework.findings.rules import CitedPlace, Reading, reading
from tests.decisions.casefile import PACK, factor_texts, given

ELEMENTS = [row for scope in ("case", "subject") for row in rules.asked(PACK, scope)]


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ([], Reading.UNREAD),
        ([True], Reading.AGREED),
        ([False], Reading.CONTESTED),
        ([False, True], Reading.DISSENT_NOTED),
        ([True, True], Reading.AGREED),
        ([False, False], Reading.CONTESTED),
    ],
)
def test_an_answer_stands_as_its_readers_say(agreements, expected):
    assert reading(agreements) is expected


@examples(st.lists(st.booleans()))
def test_an_answer_counts_exactly_when_somebody_agrees(agreements):
    assert reading(agreements).counts is any(agreements)


@examples(
    st.lists(st.booleans()).flatmap(lambda votes: st.tuples(st.just(votes), st.permutations(votes)))
)
def test_the_order_of_readers_does_not_matter(pair):
    votes, shuffled = pair

    assert reading(votes) is reading(shuffled)


@examples(st.lists(st.booleans()))
def test_a_further_dissent_never_makes_an_answer_count(agreements):
    assert reading([*agreements, False]).counts is reading(agreements).counts


def test_derived_elements_are_never_asked():
    derived = {row.id for row in PACK.elements.values() if row.derived_from}

    assert derived
    assert derived.isdisjoint(row.id for row in ELEMENTS)


@pytest.mark.parametrize("element", ["XC1", "FX1"])
def test_an_exclusion_is_always_put(element):
    assert "n/a" not in rules.answers_for(PACK, PACK.elements[element])


def test_not_applicable_is_open_only_where_a_subject_may_differ():
    assert "n/a" in rules.answers_for(PACK, PACK.elements["FP4"])
    assert "n/a" not in rules.answers_for(PACK, PACK.elements["OW1"])


@pytest.mark.parametrize("element", ELEMENTS, ids=lambda row: row.id)
def test_met_needs_an_exhibit_that_supports_it(element):
    bare = given("met", citations=())
    contrary = given("met", citations=(CitedPlace(1, "page 2", "contrary"),))

    for answer in (bare, contrary):
        with pytest.raises(InvalidValue, match="only with an exhibit"):
            rules.check_answer(PACK, element, answer)


@pytest.mark.parametrize("answer", ["not_met", "insufficient"])
def test_other_answers_stand_without_an_exhibit(answer):
    rules.check_answer(PACK, PACK.elements["EX1"], given(answer, citations=()))


@pytest.mark.parametrize("element", ["PU1", "PU1a", "PU1d"])
def test_an_inferred_purpose_is_met_only_beside_an_innocent_explanation(element):
    with pytest.raises(InvalidValue) as refusal:
        rules.check_answer(PACK, PACK.elements[element], given(innocent_explanation=" "))

    assert refusal.value.field == "innocent_explanation"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answer": "maybe"}, "answer"),
        ({"confidence": "certain"}, "confidence"),
        ({"reasons": " \n"}, "reasons"),
        ({"citations": (CitedPlace(1, " ", "supports"),)}, "citations"),
        (
            {"citations": (CitedPlace(1, "page 1", "supports"), CitedPlace(1, "p", "odd"))},
            "citations",
        ),
    ],
)
def test_a_refused_answer_names_its_field(change, field):
    with pytest.raises(InvalidValue) as refusal:
        rules.check_answer(PACK, PACK.elements["EX1"], replace(given(), **change))

    assert refusal.value.field == field


def test_an_element_that_another_lends_to_is_not_missing():
    answered = {row.id for row in ELEMENTS} - {"FP1"}

    assert rules.missing(PACK, answered) == ()


def test_every_element_is_missing_from_an_empty_sheet():
    lent = {row.id for row in ELEMENTS if row.falls_back_to}

    assert {row.id for row in rules.missing(PACK, ())} == {row.id for row in ELEMENTS} - lent


@examples(st.sets(st.sampled_from(sorted(factor_texts()))))
def test_a_statement_takes_up_every_factor(weighed):
    if weighed == set(factor_texts()):
        rules.check_statement(PACK, weighed)
    else:
        with pytest.raises(InvalidValue, match="each factor"):
            rules.check_statement(PACK, weighed)


def test_a_statement_has_no_factors_of_its_own():
    with pytest.raises(InvalidValue, match="No factor"):
        rules.check_statement(PACK, {*factor_texts(), "PU9"})
