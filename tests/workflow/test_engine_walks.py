from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from casework.workflow.engine import CaseFacts, blockers, next_steps, planning_note
from tests.workflow.test_engine import PACK, READY

WALK = [
    *["S1", "S2", "S3", "S4", "S5", "S6", "S7a", "S8"],
    *["S9", "S10", "S11", "S12", "S13", "S14", "S15", "S16"],
]


@pytest.mark.parametrize("seventh", ["S7a", "S7b"])
@pytest.mark.parametrize("enacted", [True, False])
def test_one_case_walks_through_every_stage_in_order(seventh, enacted):
    walk = [seventh if stage == "S7a" else stage for stage in WALK]
    facts = replace(READY, enacted=enacted)

    for here, there in pairwise(walk):
        petition = "open" if there == "S15" else "decided"
        assert blockers(replace(facts, stage=here, petition=petition), there, PACK) == []


@pytest.mark.parametrize("here", ["S8", "S9", "S10", "S11", "S12", "S13", "S14"])
@pytest.mark.parametrize("there", ["S8", "S9", "S10", "S11", "S12", "S13", "S14"])
def test_after_the_determination_any_order_is_open(here, there):
    if here != there:
        assert blockers(replace(READY, stage=here), there, PACK) == []


@pytest.mark.parametrize("stage", [stage for stage in PACK.stages if stage != "S16"])
def test_every_stage_leads_to_the_archive(stage):
    facts = replace(READY, stage=stage)

    assert blockers(facts, "S16", PACK) == []


@pytest.mark.parametrize("stage", ["S5", "S6", "S7a", "S7b", "S15"])
def test_reopening_the_elements_asks_for_a_reason(stage):
    [road] = [road for road in PACK.roads(stage) if road.target == "S4"]

    assert road.needs_reason
    assert blockers(CaseFacts(stage=stage), "S4", PACK) == []


@pytest.mark.parametrize("stage", ["S4", "S5", "S6", "S7a", "S8", "S10", "S12", "S14", "S15"])
def test_referral_is_open_from_element_development_on(stage):
    assert blockers(CaseFacts(stage=stage, exhibits=1), "S13", PACK) == []


def test_referral_is_no_way_round_the_determination():
    facts = replace(READY, stage="S13", determination="", record_frozen=False)

    assert len(blockers(facts, "S10", PACK)) >= 2


def test_every_reason_is_told_and_what_is_missing_is_named():
    facts = replace(READY, stage="S4", unanswered=frozenset({"PU1", "EX1"}), subjects=0)

    told = blockers(facts, "S5", PACK)

    assert len(told) == 2
    assert told[1].message.endswith(": EX1, PU1.")
    assert told[1].authority == "statute"


def test_a_stage_without_a_road_is_refused_with_its_citation():
    [told] = blockers(READY, "S9", PACK)

    assert told.message == "Intake does not lead to Public guide."
    assert told.citation == PACK.stages["S1"].citation


def test_without_a_decision_the_nearest_road_answers():
    facts = replace(READY, stage="S8", conclusions={"identified": "met"})

    assert blockers(facts, "S11", PACK) == []
    assert blockers(facts, "S11", PACK, decision="propose")


def test_the_next_steps_are_the_roads_of_the_stage():
    steps = next_steps(READY, PACK)

    assert [step.transition for step in steps] == list(PACK.roads("S1"))
    assert all(step.is_open for step in steps)


def test_planning_warns_beside_the_blockers_and_only_for_the_text():
    facts = replace(READY, stage="S4", enacted=False)

    assert blockers(facts, "S6", PACK) == []
    assert "is not in force" in planning_note(facts, "S6", PACK)
    assert planning_note(facts, "S13", PACK) == ""
    assert planning_note(replace(facts, enacted=True), "S6", PACK) == ""
