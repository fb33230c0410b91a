"""From rows on record to the facts of the guards, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.workflow.reading import principal, read
from casework.workflow.record import Act, Subject
from tests.cases import ready
from tests.cases.rows import ORCHID, OWNER, WILLOW, act, answers, record, window


def test_every_element_is_asked_once_of_each_examined_subject_and_none_of_the_owner() -> None:
    alone = read(record(), ready.PACK).unanswered
    both = read(record(subjects=(ORCHID, WILLOW, OWNER)), ready.PACK).unanswered

    assert alone == frozenset(ready.ATTACK)
    scopes = [ready.PACK.elements[name].scope for name in ready.ATTACK]
    assert len(both) == scopes.count("case") + 2 * scopes.count("subject")
    assert {"EX1 (Orchid)", "EX1 (Willow)"} <= both
    assert not any("Lantern" in name for name in both)


def test_a_complete_set_of_answers_leaves_no_gap_and_identifies() -> None:
    facts = read(record(answers=answers(ORCHID)), ready.PACK)

    assert not (facts.unanswered | facts.uncited | facts.unreviewed | facts.contested)
    assert facts.conclusions["identified"] == "met"


def test_answers_that_nobody_read_conclude_nothing() -> None:
    facts = read(record(answers=answers(ORCHID, agreed=0)), ready.PACK)

    assert facts.unreviewed == frozenset(ready.ATTACK)
    assert set(facts.conclusions.values()) == {"insufficient"}


def test_an_answer_in_dispute_is_contested_until_a_third_reader_agrees() -> None:
    split = read(record(answers=answers(ORCHID, agreed=0, dissented=1)), ready.PACK)
    settled = read(record(answers=answers(ORCHID, agreed=1, dissented=1)), ready.PACK)

    assert split.contested == frozenset(ready.ATTACK)
    assert not split.unreviewed
    assert settled.contested == frozenset()


def test_only_met_needs_an_exhibit() -> None:
    facts = read(record(answers=answers(ORCHID, citations=0, EX1="insufficient")), ready.PACK)

    assert "EX1" not in facts.uncited
    assert "EX2" in facts.uncited
    assert "XC1" not in facts.uncited


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ((), ("opened", "answered"), ""),
        (("opened",), ("waived",), "open"),
        (("waived",), ("waived",), "waived"),
        (("opened", "lapsed"), ("waived",), "lapsed"),
        (("opened", "lapsed"), ("opened", "answered"), "answered"),
        (("opened", "answered", "opened"), ("waived",), "open"),
        (("summary_cleared",), ("waived",), ""),
    ],
)
def test_the_windows_of_all_subjects_count_together(
    first: tuple[str, ...], second: tuple[str, ...], together: str
) -> None:
    acts = [*window(ORCHID, *first), *window(WILLOW, *second)]

    facts = read(record(*acts, subjects=(ORCHID, WILLOW)), ready.PACK)

    assert facts.response_window == together


STEPS = st.lists(st.sampled_from(["opened", "answered", "lapsed", "waived"]), max_size=4)


@given(STEPS, STEPS)
def test_windows_are_waived_together_only_if_each_is(first: list[str], second: list[str]) -> None:
    acts = [*window(ORCHID, *first), *window(WILLOW, *second)]

    facts = read(record(*acts, subjects=(ORCHID, WILLOW)), ready.PACK)

    last = [steps[-1] if steps else "" for steps in (first, second)]
    assert (facts.response_window == "waived") == (last == ["waived", "waived"])
    assert (facts.response_window == "") == ("" in last)


def test_purpose_and_summary_are_needed_for_every_examined_subject() -> None:
    acts = [
        act("purpose", entity_id=ORCHID.entity_id),
        *window(ORCHID, "summary_cleared"),
    ]

    alone = read(record(*acts), ready.PACK)
    both = read(record(*acts, subjects=(ORCHID, WILLOW)), ready.PACK)

    assert (alone.purpose_statement, alone.summary_cleared) == (True, True)
    assert (both.purpose_statement, both.summary_cleared) == (False, False)


def determined(subject: Subject, kind: str, day: date = ready.ON) -> Act:
    return act("determination", kind, "S7b", entity_id=subject.entity_id, day=day)


def test_the_step_concerns_the_subject_that_is_furthest_decided() -> None:
    acts = [determined(ORCHID, "not_identified"), determined(WILLOW, "identify_mea")]
    both = record(*acts, subjects=(ORCHID, WILLOW))

    assert principal(both, ready.PACK) == WILLOW
    assert read(both, ready.PACK).determination == "identify_mea"
    assert principal(record(subjects=(OWNER,)), ready.PACK) is None


def test_the_newest_determination_of_a_subject_counts() -> None:
    facts = read(
        record(determined(ORCHID, "identify_mea"), determined(ORCHID, "not_identified")),
        ready.PACK,
    )

    assert facts.determination == "not_identified"


def attack(day: date, subject: Subject = ORCHID) -> Act:
    return act("record", "last_attack", str(subject.entity_id), day=day)


@given(st.integers(0, 800))
def test_listing_needs_an_attack_within_the_year_before_the_determination(days: int) -> None:
    acts = [attack(ready.ON - timedelta(days=days)), determined(ORCHID, "identify_mea")]

    facts = read(record(*acts, answers=answers(ORCHID)), ready.PACK)

    assert (facts.conclusions["attackers_list"] == "met") == (days <= 365)


def test_the_attack_of_another_subject_does_not_count() -> None:
    acts = [attack(ready.ON, WILLOW), determined(ORCHID, "identify_mea")]

    facts = read(record(*acts, answers=answers(ORCHID)), ready.PACK)

    assert facts.conclusions["attackers_list"] == "insufficient"


def test_an_attempt_is_no_attack_until_it_is_found_to_have_succeeded() -> None:
    attempt = act("record", "attempt_only", str(ORCHID.entity_id))
    success = act("record", "attack_completed", str(ORCHID.entity_id))
    given_ = answers(ORCHID)

    only = read(record(attempt, answers=given_), ready.PACK)
    both = read(record(attempt, success, answers=given_), ready.PACK)

    assert only.conclusions["model_extraction_attack"] == "not_met"
    assert both.conclusions["model_extraction_attack"] == "met"


def test_blocking_waits_for_an_emergency_and_for_the_exceptions() -> None:
    emergency = act("record", "emergency", "yes")
    checked = act("recommendation", "blocking", "drafted")
    given_ = answers(ORCHID)

    assert read(record(emergency, answers=given_), ready.PACK).conclusions["blocking"] != "met"
    assert read(record(checked, answers=given_), ready.PACK).conclusions["blocking"] != "met"
    done = read(record(emergency, checked, answers=given_), ready.PACK)
    assert done.conclusions["blocking"] == "met"


def test_the_entity_list_reaches_conduct_after_the_first_assessment() -> None:
    acts = [attack(ready.ON), determined(ORCHID, "identify_mea")]
    given_ = answers(ORCHID, AF1="not_met")
    closed = {"assessment_completed": ready.ON - timedelta(days=1)}

    later = read(record(*acts, answers=given_, events=closed), ready.PACK)
    first = read(
        record(*acts, answers=given_, events={"assessment_completed": ready.ON}), ready.PACK
    )

    assert later.conclusions["entity_list"] == "met"
    assert first.conclusions["entity_list"] == "not_met"


@pytest.mark.parametrize(
    ("acts", "fact", "value"),
    [
        ([("list_entry", "list_add")], "list_outcome", "listed"),
        ([("list_entry", "list_add"), ("list_entry", "list_remove")], "list_outcome", "removed"),
        ([("list_entry", "list_add"), ("list_entry", "list_remove")], "listed", False),
        ([("guide", "withhold")], "guide_published", False),
        ([("guide", "publish")], "guide_published", True),
        ([("petition", "lift")], "petition", "open"),
        ([("petition", "lift"), ("petition_answer", "deny")], "petition", "decided"),
        ([("petition_answer", "deny"), ("petition", "lift")], "petition", "open"),
        ([("congress_receipt", "HFAC"), ("congress_receipt", "HFAC")], "congress_receipts", 1),
        ([("congress_receipt", "HFAC"), ("congress_receipt", "SBHUA")], "congress_receipts", 2),
        ([("referral", "declined")], "referral_outcome", "declined"),
        ([("blocking_decision", "not_block")], "blocking_decision", "not_block"),
        ([("set_aside", "S10")], "set_aside", frozenset({"S10"})),
        ([("consultation", "held"), ("consultation", "declined")], "consultation", "declined"),
    ],
)
def test_the_last_record_of_a_kind_decides(
    acts: list[tuple[str, str]], fact: str, value: object
) -> None:
    facts = read(record(*(act("record", *pair) for pair in acts)), ready.PACK)

    assert getattr(facts, fact) == value


def test_a_signed_decision_on_blocking_prevails_over_a_noted_one() -> None:
    acts = [
        act("record", "blocking_decision", "not_block"),
        act("determination", "block", "S12", entity_id=uuid4(), day=ready.ON),
    ]

    assert read(record(*acts), ready.PACK).blocking_decision == "block"
