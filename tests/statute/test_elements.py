from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.statute.elements import ANSWERS, AnswerRefused, Evaluation, evaluate
from casework.statute.loader import load_pack

PACK = load_pack("hr8283_ih_2026_04_15")
SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
GIVEN = [name for name, row in PACK.elements.items() if not row.derived_from]
FACTORS = [name for name, row in PACK.elements.items() if row.factor_of]
sheets = st.dictionaries(st.sampled_from(GIVEN), st.sampled_from(ANSWERS))


def plain(answers: dict[str, str], **facts: str | bool) -> Evaluation:
    dates = {"last_attack": "2027-03-01", "determination": "2027-06-16"}
    return evaluate(PACK, answers, dates, facts)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario_comes_out_as_a_lawyer_reads_it(path):
    case = tomllib.loads(path.read_text(encoding="utf-8"))

    found = evaluate(PACK, case["answers"], case.get("dates"), case.get("facts"))

    assert {name: found.values[name] for name in case["expected"]} == case["expected"]


def test_there_are_fifteen_scenarios():
    assert len(SCENARIOS) == 15


def test_without_an_answer_everything_is_insufficient():
    assert set(evaluate(PACK, {}).values.values()) == {"insufficient"}


@pytest.mark.parametrize("answer", ["met", "insufficient", "n/a", None])
def test_invariant_02_an_exclusion_not_ruled_out_leaves_no_attack(answer):
    answers = tomllib.loads(SCENARIOS[0].read_text(encoding="utf-8"))["answers"]
    answers.pop("XC1")

    found = plain(answers | ({"XC1": answer} if answer else {}))

    # n/a counts as not met, so the exclusion is ruled out.
    assert (found.values["model_extraction_attack"] == "met") == (answer == "n/a")


@given(sheets, st.sampled_from(FACTORS), st.sampled_from(ANSWERS))
def test_a_factor_changes_no_conclusion_by_itself(answers, factor, answer):
    assert plain(answers | {factor: answer}).values == plain(answers).values


@given(sheets, st.sampled_from(GIVEN), st.sampled_from(["met", "not_met", "n/a"]))
def test_more_information_never_flips_a_decided_conclusion(answers, name, answer):
    # FP1 is left out: given no answer, it speaks with the voice of FE1.
    before = plain({"FP1": "insufficient"} | answers | {name: "insufficient"}).values
    after = plain({"FP1": "insufficient"} | answers | {name: answer}).values

    decided = {key: value for key, value in before.items() if value != "insufficient"}
    assert {key: after[key] for key in decided} == decided


@given(sheets)
def test_not_applicable_counts_as_not_met(answers):
    swapped = {name: "not_met" if each == "n/a" else each for name, each in answers.items()}

    assert plain(answers).values == plain(swapped).values


@given(sheets, sheets)
def test_a_decided_conclusion_rests_on_its_grounds_alone(answers, others):
    found = plain(answers)

    for name, value in found.values.items():
        if value == "insufficient":
            continue
        grounds = {each.element for each in found.because[name]}
        kept = {each: answers[each] for each in answers.keys() & grounds}
        fallback = {"FE1": answers["FE1"]} if "FP1" in grounds and "FE1" in answers else {}
        rest = {each: word for each, word in others.items() if each not in grounds}
        if "FP1" in grounds and "FP1" not in answers:
            rest.pop("FE1", None)
        assert plain(rest | fallback | kept).values[name] == value


def test_grounds_name_only_what_bears_on_the_conclusion():
    grounds = plain({"OW1": "met", "OW2": "not_met"}).because["owner"]

    assert [(row.element, row.citation, row.answer) for row in grounds] == [
        ("OW2", "3(13)(B)", "not_met")
    ]


def test_an_open_conclusion_names_what_is_open():
    grounds = plain({"OW1": "met"}).because["owner"]

    assert [row.element for row in grounds] == ["OW2"]


@pytest.mark.parametrize(
    ("attack", "determined", "answer"),
    [
        ("2026-08-02", "2027-08-02", "met"),
        ("2026-08-01", "2027-08-02", "not_met"),
        ("2027-02-28", "2028-02-29", "met"),
        (None, "2027-08-02", "insufficient"),
        ("2026-08-02", None, "insufficient"),
    ],
)
def test_the_public_list_reaches_back_one_year(attack, determined, answer):
    answers = tomllib.loads(SCENARIOS[0].read_text(encoding="utf-8"))["answers"]
    given_dates = {"last_attack": attack, "determination": determined}
    dates = {name: day for name, day in given_dates.items() if day}

    assert evaluate(PACK, answers, dates).values["attackers_list"] == answer


@pytest.mark.parametrize(
    ("under", "attack", "closed", "answer"),
    [
        ("4(e)", "2027-07-04", "2027-07-03", "met"),
        ("4(e)", "2027-07-03", "2027-07-03", "not_met"),
        ("4(a)", "2027-07-04", "2027-07-03", "not_met"),
        ("4(e)", "2027-07-04", None, "insufficient"),
    ],
)
def test_the_entity_list_vote_reaches_only_later_conduct(under, attack, closed, answer):
    answers = tomllib.loads(SCENARIOS[0].read_text(encoding="utf-8"))["answers"]
    dates = {"last_attack": attack} | ({"assessment_closed": closed} if closed else {})

    found = evaluate(PACK, answers, dates, {"identified_under": under})

    assert found.values["entity_list"] == answer


def test_ownership_alone_brings_an_affiliate_to_the_vote():
    assert plain({"AF1": "met"}).values["entity_list"] == "met"


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"emergency_order": True, "exceptions_checked": True}, "met"),
        ({"emergency_order": False}, "not_met"),
        ({"emergency_order": True}, "insufficient"),
    ],
)
def test_blocking_needs_an_emergency_and_checked_exceptions(facts, answer):
    answers = tomllib.loads(SCENARIOS[0].read_text(encoding="utf-8"))["answers"]

    assert plain(answers, **facts).values["blocking"] == answer


@pytest.mark.parametrize(
    ("answers", "dates", "facts", "field"),
    [
        ({"ZZ9": "met"}, {}, {}, "answers.ZZ9"),
        ({"OW1": "yes"}, {}, {}, "answers.OW1"),
        ({"EC3": "met"}, {}, {}, "answers.EC3"),
        ({}, {"last_attack": "2026-02-30"}, {}, "dates.last_attack"),
        ({}, {"last_attack": "20260230"}, {}, "dates.last_attack"),
        ({}, {"tomorrow": "2026-02-03"}, {}, "dates.tomorrow"),
        ({}, {}, {"emergency_order": "yes"}, "facts.emergency_order"),
        ({}, {}, {"identified_under": "4(b)"}, "facts.identified_under"),
        ({}, {}, {"identified_under": True}, "facts.identified_under"),
        ({}, {}, {"mood": True}, "facts.mood"),
    ],
)
def test_what_the_text_has_no_place_for_is_refused_by_name(answers, dates, facts, field):
    with pytest.raises(AnswerRefused) as refusal:
        evaluate(PACK, answers, dates, facts)

    assert refusal.value.field == field


def test_days_may_be_given_as_dates_and_may_be_the_first_of_the_calendar():
    days = {"last_attack": date(1, 1, 1), "determination": date(1, 6, 1)}

    assert evaluate(PACK, {}, days).values["attackers_list"] == "insufficient"
