"""A changed element reopens the conclusions that rest on it, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.findings.explanation import Node, explain, probed
from casework.findings.reopening import (
    Stand,
    affected,
    changed,
    reopened,
    rests_on,
    stands_signed,
    unsettled,
)
from casework.statute.elements import ANSWERS, evaluate
from tests.decisions.casefile import ATTACK, PACK, PROVIDER

ASKED = sorted(row.id for row in PACK.elements.values() if not row.derived_from)
ANSWERED = st.dictionaries(st.sampled_from(ASKED), st.sampled_from(ANSWERS))
STANDS = st.dictionaries(
    st.sampled_from(ASKED), st.builds(Stand, st.integers(1, 4), st.booleans()), max_size=8
)


def ids(rows):
    return {row.id for row in rows}


@pytest.mark.parametrize(
    ("element", "touched", "untouched"),
    [
        ("FP3", {"fraudulent_account_network_provider", "identified"}, {"model_extraction_attack"}),
        ("EX1", {"model_extraction_attack", "entity_of_concern"}, {"owner", "closed_source_model"}),
        (
            "OW1",
            {"owner", "closed_source_model", "blocking"},
            {"fraudulent_account_network_provider"},
        ),
        ("AF1", {"entity_list"}, {"attackers_list", "blocking", "identified"}),
        ("DR1", {"attackers_list"}, {"entity_list", "identified"}),
        ("PU1a", set(), {row.id for row in PACK.reported}),
    ],
)
def test_an_element_touches_what_rests_on_it(element, touched, untouched):
    found = ids(affected(PACK, [element]))

    assert touched <= found
    assert not untouched & found


@given(answers=ANSWERED, element=st.sampled_from(ASKED), answer=st.sampled_from(ANSWERS))
def test_a_conclusion_that_does_not_reach_the_element_never_changes(answers, element, answer):
    before = evaluate(PACK, answers)
    after = evaluate(PACK, {**answers, element: answer})

    moved = {name for name in before.values if before.values[name] != after.values[name]}
    assert moved <= ids(affected(PACK, [element]))


@given(before=STANDS, now=STANDS)
def test_exactly_the_conclusions_on_a_changed_answer_are_to_be_confirmed_again(before, now):
    moved = changed(before, now)
    marked = reopened(PACK, before, now)

    for row in PACK.reported:
        assert (row.id in marked) is bool(rests_on(PACK, row.id) & moved)
    assert all(set(elements) <= moved for elements in marked.values())


@given(stands=STANDS)
def test_what_stands_as_it_was_signed_reopens_nothing(stands):
    assert reopened(PACK, stands, stands) == {}


@given(first=STANDS, second=STANDS)
def test_more_changes_reopen_no_less(first, second):
    some, all_ = changed({}, first), changed({}, {**second, **first})

    assert ids(affected(PACK, some)) <= ids(affected(PACK, all_))


def test_a_lost_reader_reopens_like_a_new_revision():
    assert changed({"EX1": Stand(1, counts=True)}, {"EX1": Stand(1, counts=False)}) == {"EX1"}
    assert changed({"EX1": Stand(1, counts=True)}, {"EX1": Stand(2, counts=True)}) == {"EX1"}
    assert changed({"EX1": Stand(1, counts=True)}, {}) == {"EX1"}


def test_only_answers_without_agreement_wait():
    stands = {"FP3": Stand(1, counts=False), "OW1": Stand(1, counts=True)}

    found = unsettled(PACK, stands)

    assert "fraudulent_account_network_provider" in found
    assert "owner" not in found


def test_a_frozen_record_tells_how_each_answer_stood():
    rows = [
        {"element": "EX1", "revision": 2, "standing": "agreed"},
        {"element": "EX2", "revision": 1, "standing": "contested"},
    ]

    assert stands_signed({"findings": rows}) == {
        "EX1": Stand(2, counts=True),
        "EX2": Stand(1, counts=False),
    }
    assert stands_signed({}) == {}


def walk(node: Node):
    yield node
    for group in node.groups:
        for part in group.parts:
            yield from walk(part)


@pytest.mark.parametrize("answers", [{}, ATTACK, PROVIDER], ids=["nothing", "attack", "provider"])
@pytest.mark.parametrize("conclusion", [row.id for row in PACK.reported])
def test_an_explanation_tells_the_value_that_the_evaluation_finds(conclusion, answers):
    answers = {name: answer for name, answer in answers.items() if name in ASKED}
    tree = explain(PACK, conclusion, evaluate(probed(PACK), answers))

    assert tree.value == evaluate(PACK, answers).values[conclusion]
    assert {node.kind for node in walk(tree)} <= {"conclusion", "condition", "element"}


@given(answers=ANSWERED, conclusion=st.sampled_from([row.id for row in PACK.reported]))
def test_what_decides_is_what_the_evaluation_gives_as_grounds(answers, conclusion):
    tree = explain(PACK, conclusion, evaluate(probed(PACK), answers))
    grounds = {row.element for row in evaluate(PACK, answers).because[conclusion]}

    leaves = {node.id for node in walk(tree) if node.kind != "conclusion" and node.decides}
    assert leaves <= grounds


def test_every_element_of_a_conclusion_is_reached_over_the_explanations():
    evaluation = evaluate(probed(PACK), {})
    seen = {
        node.id
        for row in PACK.reported
        for node in walk(explain(PACK, row.id, evaluation))
        if node.kind == "element"
    }
    reached = {
        name for row in PACK.reported for name in rests_on(PACK, row.id) if name in PACK.elements
    }

    assert seen >= reached
