"""Laws of the count and of the ladder, whatever the ballots."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.committee.ladder import Offer, Rung, Step, due_of, ladder, next_offer, stands
from casework.committee.motions import chair, observers, questions, rests_on_statute, vote_by
from casework.committee.timing import (
    Consent,
    Delay,
    consent,
    last_day,
    may_close,
    overruled,
    statute_day,
)
from casework.workflow.votes import Ballot, BallotRefused, tally
from tests.cases.ready import PACK
from tests.committee.votefile import MEMBERS, OBSERVER

CHOICES = PACK.codes("ballot_choice")
QUESTIONS = tuple(PACK.ballots)
LEVELS = PACK.codes("escalation_level")
DAY = date(2027, 7, 10)

cast = st.lists(st.tuples(st.sampled_from(MEMBERS), st.sampled_from(CHOICES)), max_size=9)
one_each = st.dictionaries(st.sampled_from(MEMBERS), st.sampled_from(CHOICES))


def numbered(pairs):
    return [
        Ballot(agency=agency, choice=choice, sequence=place)
        for place, (agency, choice) in enumerate(pairs)
    ]


def outcome(question, pairs, seated=()):
    return tally(PACK, question, numbered(pairs), closed=True, seated=seated).outcome


@given(st.sampled_from(QUESTIONS), cast, st.randoms())
def test_only_the_last_ballot_of_each_agency_matters(question, pairs, random):
    last = list(dict(pairs).items())
    random.shuffle(last)

    assert outcome(question, pairs) == outcome(question, last)


@given(st.sampled_from(QUESTIONS), one_each, st.sampled_from(MEMBERS))
def test_a_vote_against_never_turns_failed_into_carried(question, choices, agency):
    if outcome(question, choices.items()) == "failed":
        assert outcome(question, {**choices, agency: "no"}.items()) != "carried"


@given(st.sampled_from(QUESTIONS), one_each, st.sampled_from(MEMBERS))
def test_a_recused_ballot_never_counts(question, choices, agency):
    count = tally(PACK, question, numbered({**choices, agency: "recused"}.items()), closed=True)

    assert agency not in count.yes + count.no + count.abstain
    assert count.base <= len(MEMBERS) - 1


@given(st.sampled_from(QUESTIONS), one_each, st.sampled_from(CHOICES))
def test_an_observer_counts_only_where_it_is_seated(question, choices, choice):
    pairs = [*choices.items(), (OBSERVER, choice)]
    with pytest.raises(BallotRefused):
        outcome(question, pairs)

    count = tally(PACK, question, numbered(pairs), closed=True, seated=[OBSERVER])
    assert OBSERVER in {"yes": count.yes, "no": count.no, "abstain": count.abstain}.get(
        choice, count.recused
    )


def test_nobody_is_seated_who_does_not_sit_on_the_body():
    with pytest.raises(BallotRefused):
        outcome("add", [("CISA", "yes")], seated=["CISA"])
    assert observers(PACK, "add") == (OBSERVER,)


def test_questions_chair_and_day_come_from_the_pack():
    asked = {stage: [row.id for row in questions(PACK, stage)] for stage in PACK.stages}
    assert {stage: ids for stage, ids in asked.items() if ids} == {
        "S11": ["add"],
        "S15": ["modify", "remove"],
    }
    assert chair(PACK, "add") == "COMMERCE_BIS"
    assert vote_by(PACK, DAY) == date(2027, 8, 9)


@pytest.mark.parametrize(
    ("question", "road", "statute"),
    [
        ("add", "propose", True),
        ("add", "propose_existing_power", False),
        ("add", "", True),
        ("remove", "", False),
    ],
)
def test_which_vote_the_text_itself_asks_for(question, road, statute):
    assert rests_on_statute(PACK, question, road) is statute


YES = dict.fromkeys(MEMBERS, True)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (YES, Consent.AGREED),
        ({**YES, "ENERGY": False}, Consent.REFUSED),
        ({"ENERGY": True}, Consent.ASKED),
        ({"ENERGY": False}, Consent.REFUSED),
    ],
)
def test_a_delay_holds_only_when_all_agree(answers, state):
    delay = Delay(DAY + timedelta(days=40), answers)

    assert consent(delay, MEMBERS) is state
    moved = last_day(DAY, [delay], MEMBERS) != DAY
    assert moved is (state is Consent.AGREED)


@given(st.sets(st.sampled_from(MEMBERS)), st.integers(-3, 3))
def test_a_vote_closes_when_all_have_voted_or_later_than_its_last_day(voted, days):
    closes = may_close(MEMBERS, voted, DAY, DAY + timedelta(days=days))

    assert closes is (voted == set(MEMBERS) or days > 0)


def test_the_day_of_the_text_comes_before_that_of_the_committee():
    enacted = date(2027, 1, 4)  # the text's day is then 2 August 2027

    def told(last):
        return overruled(PACK, enacted, {}, circulated_on=DAY, last=last)

    assert len(told(date(2027, 8, 9))) == 1
    assert told(date(2027, 8, 2)) == []
    assert overruled(PACK, None, {}, circulated_on=DAY, last=date(2027, 8, 9)) == []


@pytest.mark.parametrize(
    ("enacted", "decided_on", "on", "met"),
    [
        (date(2027, 1, 4), date(2027, 8, 2), date(2027, 9, 1), True),
        (date(2027, 1, 4), date(2027, 8, 3), date(2027, 9, 1), False),
        (date(2027, 1, 4), None, date(2027, 8, 2), None),
        (date(2027, 1, 4), None, date(2027, 8, 3), False),
        (None, None, date(2027, 8, 3), None),
    ],
)
def test_putting_off_does_not_meet_the_day_of_the_text(enacted, decided_on, on, met):
    day = statute_day(PACK, enacted, decided_on=decided_on, on=on)

    assert day is not None
    assert day.met is met


def test_the_ladder_has_the_days_between_the_readings_of_its_clock():
    assert ladder(PACK) == (
        Rung("ACEP", 5, 11),
        Rung("EARB", 5, 11),
        Rung("PRESIDENT", 5, None),
    )
    assert due_of(PACK, "ACEP", DAY) == date(2027, 7, 21)
    assert due_of(PACK, "PRESIDENT", DAY) is None


def step(level, outcome="", day=DAY):
    due = due_of(PACK, level, DAY)
    return Step(level, DAY, due, outcome, day if outcome else None)


@pytest.mark.parametrize(
    ("steps", "decided_on", "on", "offer"),
    [
        ([], DAY, DAY, Offer("ACEP", date(2027, 7, 15))),
        ([], None, DAY, Offer("ACEP", None)),
        ([step("ACEP")], DAY, DAY, None),
        ([step("ACEP")], DAY, date(2027, 7, 21), None),
        ([step("ACEP")], DAY, date(2027, 7, 22), Offer("EARB", None, missed=True)),
        ([step("ACEP", "upheld")], DAY, DAY, Offer("EARB", date(2027, 7, 15))),
        ([step("ACEP", "reversed")], DAY, DAY, Offer("EARB", date(2027, 7, 15))),
        ([step("ACEP", "no_decision")], DAY, DAY, Offer("EARB", None, missed=True)),
        ([step("ACEP", "returned")], DAY, DAY, None),
        ([step("ACEP", "upheld"), step("EARB", "returned")], DAY, DAY, Offer("ACEP", None)),
        ([step("PRESIDENT", "upheld")], DAY, DAY, None),
        ([step("PRESIDENT")], DAY, date(2030, 1, 1), None),
    ],
)
def test_what_may_be_asked_next(steps, decided_on, on, offer):
    assert next_offer(PACK, steps, decided_on, on) == offer


@pytest.mark.parametrize(
    ("steps", "decision"),
    [
        ([], "el_add"),
        ([step("ACEP")], "el_add"),
        ([step("ACEP", "upheld")], "el_add"),
        ([step("ACEP", "reversed")], "el_not_add"),
        ([step("ACEP", "reversed"), step("EARB", "upheld")], "el_not_add"),
        ([step("ACEP", "reversed"), step("EARB", "reversed")], "el_add"),
        ([step("ACEP", "reversed"), step("EARB", "no_decision")], "el_not_add"),
        ([step("ACEP", "no_decision"), step("EARB", "reversed")], "el_not_add"),
        ([step("ACEP", "returned")], ""),
        ([step("ACEP", "upheld"), step("EARB", "returned")], ""),
        (
            [step("ACEP", "upheld"), step("EARB", "returned"), step("ACEP", "reversed")],
            "el_not_add",
        ),
    ],
)
def test_what_stands_after_the_ladder(steps, decision):
    assert stands(PACK, "add", "el_add", steps) == decision


@given(
    st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(PACK.codes("escalation_outcome")))),
    st.sampled_from(QUESTIONS),
)
def test_the_ladder_never_invents_a_decision(pairs, question):
    rule = PACK.ballots[question]
    steps = [step(level, outcome) for level, outcome in pairs]

    assert stands(PACK, question, rule.carries, steps) in {rule.carries, rule.fails, ""}


@given(st.lists(st.sampled_from(LEVELS), max_size=4))
def test_levels_that_do_not_decide_change_nothing(levels):
    steps = [step(level, "no_decision") for level in levels]

    assert stands(PACK, "add", "el_add", steps) == "el_add"
