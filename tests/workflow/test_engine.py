from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.statute.loader import load_pack
from casework.workflow.engine import CaseFacts, blockers, holds

PACK = load_pack("hr8283_ih_2026_04_15")
OC = PACK.members("oc")
READY = CaseFacts(
    stage="S1",
    linked_incidents=1,
    subjects=1,
    lead_assigned=True,
    exhibits=1,
    consultation="declined",
    purpose_statement=True,
    conclusions={"identified": "met", "attackers_list": "met", "entity_list": "met"}
    | {"blocking": "met"},
    response_window="waived",
    summary_cleared=True,
    asked_agencies=OC,
    positions=dict.fromkeys(OC, "concur"),
    determination="identify_mea",
    record_frozen=True,
    recommendations=dict.fromkeys(("attackers_list", "entity_list", "blocking"), "approved"),
    packets_issued=1,
    congress_receipts=2,
    guide_published=True,
    list_outcome="removed",
    erc_outcome="el_add",
    blocking_decision="not_block",
    referral_outcome="accepted",
    diplomacy_logged=True,
    petition="decided",
    enacted=True,
)
ROADS = [(origin, road) for road in PACK.transitions for origin in road.origins]

# guard, facts under which it does not hold, facts under which it does
GUARDS = [
    ("incident_linked", {"linked_incidents": 0}, {"linked_incidents": 1}),
    ("lead_assigned", {"lead_assigned": False}, {"lead_assigned": True}),
    ("exhibit_held", {"exhibits": 0}, {"exhibits": 3}),
    ("items_marked", {"unmarked_items": 2}, {"unmarked_items": 0}),
    ("consultation_recorded", {"consultation": ""}, {"consultation": "held"}),
    ("consultation_skipped", {"consultation": "held"}, {"consultation": "not_applicable"}),
    ("subject_named", {"subjects": 0}, {"subjects": 2}),
    ("elements_answered", {"unanswered": frozenset({"EX1"})}, {"unanswered": frozenset()}),
    ("answers_cited", {"uncited": frozenset({"EX1"})}, {"uncited": frozenset()}),
    ("answers_reviewed", {"unreviewed": frozenset({"EX1"})}, {"unreviewed": frozenset()}),
    ("readers_agree", {"contested": frozenset({"EX1"})}, {"contested": frozenset()}),
    ("purpose_weighed", {"purpose_statement": False}, {"purpose_statement": True}),
    ("summary_cleared", {"summary_cleared": False}, {"summary_cleared": True}),
    ("window_closed", {"response_window": "open"}, {"response_window": "lapsed"}),
    ("window_waived", {"response_window": "lapsed"}, {"response_window": "waived"}),
    ("agencies_asked", {"asked_agencies": OC - {"ENERGY"}}, {"asked_agencies": OC | {"CISA"}}),
    ("positions_in", {"positions": {}}, {"positions": dict.fromkeys(OC, "silent")}),
    ("tasks_closed", {"open_tasks": 1}, {"open_tasks": 0}),
    ("determined", {"determination": ""}, {"determination": "not_identified"}),
    (
        "found_not_identified",
        {"determination": "identify_mea"},
        {"determination": "not_identified"},
    ),
    ("record_frozen", {"record_frozen": False}, {"record_frozen": True}),
    ("identified", {"conclusions": {}}, {"conclusions": {"identified": "met"}}),
    ("attack_identified", {"determination": "identify_fanp"}, {"determination": "identify_mea"}),
    (
        "listable",
        {"conclusions": {"attackers_list": "insufficient"}},
        {"conclusions": {"attackers_list": "met"}},
    ),
    (
        "permissions_complete",
        {"missing_permissions": frozenset({"exhibit 4"})},
        {"missing_permissions": frozenset()},
    ),
    (
        "list_recommended",
        {"recommendations": {"attackers_list": "drafted"}},
        {"recommendations": {"attackers_list": "approved"}},
    ),
    (
        "entity_list_reached",
        {"conclusions": {"entity_list": "not_met"}},
        {"conclusions": {"entity_list": "met"}},
    ),
    (
        "entity_list_recommended",
        {"recommendations": {"blocking": "approved"}},
        {"recommendations": {"entity_list": "approved"}},
    ),
    ("blockable", {"conclusions": {}}, {"conclusions": {"blocking": "met"}}),
    (
        "blocking_recommended",
        {"recommendations": {}},
        {"recommendations": {"blocking": "approved"}},
    ),
    ("both_receipts", {"congress_receipts": 1}, {"congress_receipts": 2}),
    ("guide_out", {"guide_published": False}, {"guide_published": True}),
    ("entry_shown", {"list_outcome": ""}, {"list_outcome": "listed"}),
    ("entry_down", {"listed": True}, {"listed": False}),
    ("vote_closed", {"erc_outcome": ""}, {"erc_outcome": "el_defer"}),
    ("blocking_decided", {"blocking_decision": ""}, {"blocking_decision": "block"}),
    ("packet_out", {"packets_issued": 0}, {"packets_issued": 1}),
    ("referral_answered", {"referral_outcome": ""}, {"referral_outcome": "declined"}),
    ("actions_logged", {"diplomacy_logged": False}, {"diplomacy_logged": True}),
    ("petition_open", {"petition": ""}, {"petition": "open"}),
    ("petition_answered", {"petition": "open"}, {"petition": "decided"}),
    ("petition_settled", {"petition": "open"}, {"petition": ""}),
]
FAILS = {guard: facts for guard, facts, _ in GUARDS}
HOLDS = {guard: facts for guard, _, facts in GUARDS}


def ready_for(origin, road) -> CaseFacts:
    facts = replace(READY, stage=origin)
    for guard in (*PACK.stages[origin].exit_guards, *road.guards):
        if not holds(PACK.guards[guard], facts, PACK):
            facts = replace(facts, **HOLDS[guard])
    return facts


def test_every_guard_has_its_row_and_names_a_fact_of_the_case():
    names = {field.name for field in fields(CaseFacts)}

    assert set(FAILS) == set(PACK.guards)
    assert {row.fact for row in PACK.guards.values()} <= names
    assert {row.answered_in for row in PACK.guards.values()} - {""} <= names


@pytest.mark.parametrize(("guard", "without", "with_it"), GUARDS, ids=[row[0] for row in GUARDS])
def test_a_guard_holds_only_when_its_fact_is_on_record(guard, without, with_it):
    row = PACK.guards[guard]

    assert not holds(row, replace(READY, **without), PACK)
    assert holds(row, replace(READY, **with_it), PACK)


@pytest.mark.parametrize(
    ("origin", "road"), ROADS, ids=[f"{origin}-{road.id}" for origin, road in ROADS]
)
def test_a_road_opens_when_its_guards_hold_and_each_of_them_can_close_it(origin, road):
    facts = ready_for(origin, road)

    assert blockers(facts, road.target, PACK, decision=road.decision) == []
    for guard in road.guards:
        closed = replace(facts, **FAILS[guard])
        told = blockers(closed, road.target, PACK, decision=road.decision)
        assert PACK.guards[guard].citation in {each.citation for each in told}


@pytest.mark.parametrize("stage", [row for row in PACK.stages.values() if row.exit_guards])
def test_a_stage_is_not_left_before_its_work_is_done_unless_set_aside(stage):
    facts = replace(READY, stage=stage.id, **FAILS[stage.exit_guards[0]])

    assert blockers(facts, "S16", PACK, decision="archive")
    set_aside = replace(facts, set_aside=frozenset({stage.id}))
    remaining = blockers(set_aside, "S16", PACK, decision="archive")
    assert [each.citation for each in remaining] in ([], [PACK.guards["petition_open"].citation])


@given(st.sampled_from(ROADS), st.sets(st.sampled_from(sorted(PACK.guards))))
def test_a_road_is_blocked_exactly_by_its_own_guards(pair, broken):
    origin, road = pair
    facts = replace(CaseFacts(stage=origin))
    own = dict.fromkeys(
        (*(() if road.unfinished else PACK.stages[origin].exit_guards), *road.guards)
    )
    for guard in sorted(broken):
        facts = replace(facts, **HOLDS[guard])

    told = blockers(facts, road.target, PACK, decision=road.decision)

    assert len(told) == sum(not holds(PACK.guards[guard], facts, PACK) for guard in own)


def test_invariant_01_no_finding_goes_on_without_exhibit_and_second_reader():
    facts = replace(READY, stage="S4", uncited=frozenset({"EX1"}), unreviewed=frozenset({"PU1"}))

    for target in ("S5", "S6"):
        messages = " ".join(each.message for each in blockers(facts, target, PACK))
        assert "EX1" in messages
        assert "PU1" in messages
