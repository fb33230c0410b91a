"""After its end a case is read: nothing about it changes but what the end itself allows."""

from __future__ import annotations

import pytest

from casework.access import Role
from casework.errors import TransitionBlocked
from casework.evidence.actions.exhibits import note_pointer, receive_file
from casework.evidence.facts import Description, Pointer
from casework.findings.actions import hold
from casework.statute.closing import closing_stages, is_closed, refuse_closed
from casework.statute.loader import available, load_pack
from casework.workflow.actions import cases, coordination, scope
from casework.workflow.actions.cases import advance_case
from casework.workflow.actions.scope import NewSubject
from tests.factories import AT, make_entity, make_incident
from tests.petitions.measuresfile import BLOCKING, PACK
from tests.petitions.measuresfile import start as measures
from tests.retention.closedfile import CLOSING, ON


@pytest.mark.parametrize("text", available())
def test_every_text_ends_somewhere_and_only_there_a_case_is_closed(text):
    pack = load_pack(text)

    ends = closing_stages(pack)

    assert ends
    for stage in pack.stages:
        assert is_closed(pack, stage) == (stage in ends)
    assert not is_closed(pack, "a stage of another text")


def test_the_refusal_says_what_to_do_and_what_it_rests_on():
    with pytest.raises(TransitionBlocked) as refused:
        refuse_closed(PACK, CLOSING)

    [told] = refused.value.blockers
    assert "Record a petition" in told.message
    assert told.citation == PACK.stages[CLOSING].citation


def describe():
    return Description(title="Log", bearing="supports", basis="registry", received_from="Owner")


ACTS = {
    "edit": lambda f: cases.edit_case(
        f.db, f.case, title="T", summary="S", next_review_on=None, by=f.lead, at=AT, version=1
    ),
    "link": lambda f: scope.link_incident(
        f.db, f.case, make_incident(f.db, f.lead), by=f.lead, at=AT
    ),
    "subject": lambda f: scope.add_subject(
        f.db,
        f.case,
        NewSubject(make_entity(f.db, f.lead, "Other"), "operator", examined=True, note=""),
        by=f.lead,
        at=AT,
    ),
    "ask": lambda f: coordination.ask_agency(
        f.db, f.case, "STATE", due_on=ON, by=f.lead, at=AT, on=ON
    ),
    "receive": lambda f: receive_file(
        f.db, f.store, f.case, describe(), None, file_name="", cap=1, by=f.lead, at=AT
    ),
    "pointer": lambda f: note_pointer(
        f.db,
        f.case,
        describe(),
        Pointer(custodian="Registry", system="Vault", registry_number="R-1"),
        by=f.lead,
        at=AT,
    ),
    "finding, recommendation, motion, listing": lambda f: hold(f.db, f.case, f.lead),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_no_act_changes_a_closed_case(file, act):
    with pytest.raises(TransitionBlocked, match="is closed and is kept as it is"):
        ACTS[act](file)


def test_a_petition_brings_a_closed_case_back_to_review_and_nothing_else_does(db):
    file = measures(db, stage=CLOSING)
    file.block()

    def back():
        return advance_case(
            db, file.case, "S15", reason="", by=file.decider, at=AT, version=file.case.version
        )

    with pytest.raises(TransitionBlocked, match="No petition is open"):
        back()
    file.petition(BLOCKING)
    hold(db, file.case, file.lead)
    back()

    assert file.case.stage == "S15"
    assert Role.REVIEWER in file.decider.roles


@pytest.mark.parametrize("text", available())
def test_a_closed_case_is_left_only_on_a_guarded_road(text):
    pack = load_pack(text)

    assert all(road.guards for stage in closing_stages(pack) for road in pack.roads(stage))
