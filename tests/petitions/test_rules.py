from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.errors import InvalidValue
from casework.petitions.rules import Request, answer_blockers, check_request, due_on
from casework.statute.petition_rows import PetitionRule, petition_faults
from tests.petitions.measuresfile import BLOCKING, ENTITY_LIST, ON, PACK, PUBLIC

GOOD = Request(
    measure=PUBLIC, asks="lift", petitioner="Counsel", text="It is another firm.", received_on=ON
)
CARRIED = {ENTITY_LIST: {"grant": "el_remove", "modify": "el_modify"}}


@pytest.mark.parametrize("measure", [PUBLIC, ENTITY_LIST, BLOCKING])
def test_each_rule_cites_a_measure_of_the_text_and_says_what_is_left(measure):
    rule = PACK.petitions[measure]

    assert rule.id in PACK.measures
    assert rule.citation
    assert rule.after


def test_only_the_public_list_rests_on_policy():
    assert {rule.id for rule in PACK.petitions.values() if rule.authority == "policy"} == {PUBLIC}


@pytest.mark.parametrize(("measure", "days"), [(PUBLIC, 60), (ENTITY_LIST, 30), (BLOCKING, None)])
def test_the_day_of_the_answer_is_counted_from_receipt(measure, days):
    received = date(2026, 1, 31)
    due = due_on(PACK, PACK.petitions[measure], received)

    assert due == (received + timedelta(days=days) if days else None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measure": "sharing"}, "target"),
        ({"measure": "nothing"}, "target"),
        ({"asks": "applaud"}, "asks"),
        ({"petitioner": "  "}, "petitioner"),
        ({"text": "\n"}, "text"),
        ({"received_on": ON + timedelta(days=1)}, "received_on"),
    ],
)
def test_what_cannot_be_answered_is_refused_and_the_field_is_named(changes, field):
    with pytest.raises(InvalidValue) as refused:
        check_request(PACK, replace(GOOD, **changes), ON)

    assert refused.value.field == field


@pytest.mark.parametrize("measure", [PUBLIC, ENTITY_LIST, BLOCKING])
@pytest.mark.parametrize("outcome", ["grant", "deny", "modify"])
@pytest.mark.parametrize("stands", ["", "el_remove", "el_modify", "el_defer", "el_add"])
def test_only_the_vote_on_that_very_question_opens_an_answer(measure, outcome, stands):
    needed = CARRIED.get(measure, {}).get(outcome, "")
    found = answer_blockers(PACK, PACK.petitions[measure], outcome, frozenset({stands}))

    assert bool(found) == bool(needed and stands != needed)
    assert all(row.authority == "regulation" for row in found)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "nothing"}, "unknown measure"),
        ({"register": "shelf"}, "unknown register"),
        ({"clock": "sundial"}, "unknown use of a clock"),
        ({"grant_ballot": "other"}, "unknown ballot"),
        ({"in_force": "block"}, "in_force goes with"),
        ({"modify_ballot": ""}, "either both answers"),
    ],
)
def test_a_rule_that_contradicts_the_pack_is_told(changes, words):
    good = PetitionRule(
        id=ENTITY_LIST,
        hears="A body",
        register="entity_list",
        after="Nothing",
        citation="A rule",
        authority="regulation",
        grant_ballot="remove",
        modify_ballot="modify",
    )
    known = {"measures": [ENTITY_LIST], "ballots": ["remove", "modify"], "decisions": ["block"]}

    assert list(petition_faults(good, **known)) == []
    found = list(petition_faults(replace(good, **changes), **known))
    assert any(words in fault for fault in found)
    assert all(fault.startswith("measures.toml: petition ") for fault in found)
