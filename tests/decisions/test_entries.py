from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.access import Role
from casework.decisions.actions.entries import record_entry
from casework.decisions.entries import Change, check_change
from casework.decisions.queries.entries import carried_motions, entries_of, newest
from casework.errors import InvalidValue, StaleVersion, TransitionBlocked
from models import EntityListEntry, Escalation, EscalationOutcome, Motion, MotionClosing
from tests.decisions.casefile import LATER, ON, PACK, particulars, start
from tests.decisions.measurefile import approve, recommend

REGISTER = "91 FR 12345"
EFFECTIVE = ON + timedelta(days=7)
CHANGE = Change("CN", "added", REGISTER, EFFECTIVE, "added", ON)


@pytest.mark.parametrize(
    ("changes", "latest", "field"),
    [
        ({}, "added", "country"),
        ({}, "modified", "country"),
        ({"country": "ZZ"}, "", "country"),
        ({"change": "removed"}, "added", "change"),
        ({"change": "modified", "carried": "modified"}, "", "country"),
        ({"change": "removed", "carried": "removed"}, "removed", "country"),
        ({"change": "corrected"}, "", "country"),
        ({"federal_register": "91 Fed. Reg. 12345"}, "", "federal_register"),
        ({"federal_register": "91 FR 0"}, "", "federal_register"),
        ({"federal_register": ""}, "", "federal_register"),
        ({"effective_on": ON - timedelta(days=1)}, "", "effective_on"),
    ],
)
def test_a_change_that_does_not_follow_is_refused_by_its_field(changes, latest, field):
    with pytest.raises(InvalidValue) as refusal:
        check_change(replace(CHANGE, **changes), latest)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("changes", "latest"),
    [
        ({}, ""),
        ({}, "removed"),
        ({"change": "modified", "carried": "modified"}, "added"),
        ({"change": "removed", "carried": "removed"}, "modified"),
        ({"change": "corrected"}, "added"),
        ({"change": "corrected"}, "removed"),
    ],
)
def test_a_change_that_follows_is_taken(changes, latest):
    check_change(replace(CHANGE, **changes), latest)


def vote(file, question="add", *, decision=None, recommendation=None, closed_on=ON):
    """A closed motion; `decision` is what the vote gave, by default what carries it."""
    act = {"case_id": file.case.id, "by_id": file.reader.id, "by_person_id": file.reader.person_id}
    motion = Motion(
        **act,
        at=LATER,
        question=question,
        entity_id=file.entity.id,
        recommendation_id=recommendation.id if recommendation else None,
        statement="That it be so.",
        circulated_on=ON,
        due_on=ON,
        content_sha256="0" * 64,
        seated=[],
        seating_reason="",
    )
    file.db.add(motion)
    file.db.flush()
    closing = MotionClosing(
        **act,
        at=LATER,
        motion_id=motion.id,
        outcome="carried",
        decision=PACK.ballots[question].carries if decision is None else decision,
        tally={},
        closed_on=closed_on,
        record={},
        record_sha256="0" * 64,
    )
    file.db.add(closing)
    file.db.flush()
    return closing


def escalate(file, closing, decision):
    act = {"case_id": file.case.id, "by_id": file.reader.id, "by_person_id": file.reader.person_id}
    delegate = file.member(Role.AGENCY_DELEGATE, agency="STATE")
    raised = Escalation(
        **{**act, "by_id": delegate.id, "by_person_id": delegate.person_id},
        at=LATER,
        motion_id=closing.motion_id,
        agency="STATE",
        level="acep",
        reason="Dissatisfied",
        raised_on=ON,
        due_on=ON,
    )
    file.db.add(raised)
    file.db.flush()
    file.db.add(
        EscalationOutcome(
            **act,
            at=LATER,
            escalation_id=raised.id,
            outcome="changed",
            decision=decision,
            reasons="Weighed anew",
            happened_on=ON,
        )
    )
    file.db.flush()


@pytest.fixture
def file(db):
    return start(db)


@pytest.fixture
def carried(file):
    row = recommend(file, "entity_list")
    approve(file, row)
    vote(file, recommendation=row)
    return carried_motions(file.db, file.case)[0]


def record(file, carried, **changes):
    fields = {
        "country": "CN",
        "change": carried.change,
        "fields": particulars("entity_list"),
        "federal_register": REGISTER,
        "effective_on": EFFECTIVE,
        "expected_version": 0,
        "by": file.reader,
        "at": LATER,
        **changes,
    }
    return record_entry(file.db, file.case, carried, **fields)


def test_an_entry_follows_from_a_carried_vote_and_each_change_is_a_version(file, carried):
    record(file, carried)
    vote(file, "modify")
    vote(file, "remove")
    later = {row.change: row for row in carried_motions(file.db, file.case)}

    record(file, later["modified"], expected_version=1, federal_register="92 FR 1")
    record(file, later["removed"], expected_version=2, fields={}, federal_register="92 FR 2")

    rows = entries_of(file.db, file.case)
    assert [(row.version, row.change) for row in rows] == [
        (3, "removed"),
        (2, "modified"),
        (1, "added"),
    ]
    assert rows[0].fields == rows[1].fields
    assert [row.version for row in newest(rows)] == [3]


@pytest.mark.parametrize("decision", ["el_not_add", "el_defer", ""])
def test_a_vote_that_did_not_carry_makes_no_entry(file, decision):
    vote(file, decision=decision)

    assert carried_motions(file.db, file.case) == []


def test_a_decision_on_a_higher_level_prevails(file, carried):
    escalate(file, carried.closing, "")
    assert len(carried_motions(file.db, file.case)) == 1

    escalate(file, carried.closing, "el_not_add")
    assert carried_motions(file.db, file.case) == []
    with pytest.raises(TransitionBlocked, match="higher level"):
        record(file, carried)


def test_a_vote_that_failed_may_be_carried_on_a_higher_level(file):
    escalate(file, vote(file, decision="el_not_add"), "el_add")

    assert [row.decision for row in carried_motions(file.db, file.case)] == ["el_add"]


def test_one_motion_changes_an_entry_once_and_its_record_may_be_corrected(file, carried):
    record(file, carried)
    with pytest.raises(InvalidValue):
        record(file, carried, expected_version=1)

    mended = record(
        file, carried, change="corrected", expected_version=1, federal_register="91 FR 54321"
    )
    assert (mended.version, mended.change) == (2, "corrected")


def test_a_removed_entry_whose_record_was_corrected_is_still_removed(file, carried):
    record(file, carried)
    vote(file, "remove")
    removal = next(r for r in carried_motions(file.db, file.case) if r.change == "removed")
    record(file, removal, expected_version=1)
    record(file, removal, change="corrected", expected_version=2)

    with pytest.raises(InvalidValue, match="removed"):
        record(file, removal, expected_version=3)


def test_a_version_recorded_in_the_meantime_is_told(file, carried):
    record(file, carried)

    with pytest.raises(StaleVersion):
        record(file, carried, expected_version=0)


def test_an_entry_without_its_words_is_refused(file, carried):
    with pytest.raises(InvalidValue) as refusal:
        record(file, carried, fields=particulars("entity_list") | {"licence_policy": ""})

    assert refusal.value.field == "licence_policy"


def test_the_database_lets_no_version_change(file, carried):
    record(file, carried)

    with pytest.raises(DBAPIError), file.db.begin_nested():
        file.db.execute(sa.update(EntityListEntry).values(federal_register="1 FR 1"))


def address(file, carried=None):
    base = f"/cases/{file.case.reference}/entity-list"
    return f"{base}/{carried.closing.id}/CN" if carried else base


def form(**changes):
    written = {f"field_{name}": text for name, text in particulars("entity_list").items()}
    return {
        "expected_version": "0",
        "change": "added",
        "federal_register": REGISTER,
        "effective_on": EFFECTIVE.isoformat(),
        **written,
        **changes,
    }


def test_the_page_drafts_one_entry_for_each_country_and_keeps_the_history(file, carried, sign_in):
    client = sign_in(file.signer())

    listing = client.get(address(file)).text
    draft = client.get(address(file, carried)).text
    answer = client.post_form(address(file, carried), form())

    assert "not on record yet" in listing
    assert "Written out." in draft
    assert answer.status_code == 303
    entry = file.db.scalars(sa.select(EntityListEntry)).one()
    assert entry.effective_on == EFFECTIVE
    shown = client.get(f"{address(file)}/versions/{entry.id}")
    assert shown.status_code == 200
    assert REGISTER in shown.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"federal_register": "soon"}, "Write the citation as 91 FR 12345."),
        ({"effective_on": date(2020, 1, 1).isoformat()}, "on or after the day"),
        ({"field_licence_policy": "leniency"}, "Choose one of the list."),
        ({"field_names": ""}, "Fill in: Legal name"),
        ({"expected_version": "x"}, "damaged"),
        ({"change": "removed"}, "Not a valid choice"),
    ],
)
def test_a_bad_field_comes_back_with_what_was_typed(file, carried, sign_in, changes, told):
    sent = form(field_committee_reasons="Typed with care") | changes

    answer = sign_in(file.signer()).post_form(address(file, carried), sent)

    assert answer.status_code == 422
    assert told in answer.text
    assert "Typed with care" in answer.text


def test_a_stale_entry_gets_both_texts(file, carried, sign_in):
    record(file, carried, fields=particulars("entity_list") | {"committee_reasons": "First."})

    answer = sign_in(file.signer()).post_form(
        address(file, carried), form(change="corrected", field_committee_reasons="Mine.")
    )

    assert answer.status_code == 409
    assert "First." in answer.text
    assert "Mine." in answer.text


@pytest.mark.parametrize("country", ["ZZ", "cn"])
def test_an_unknown_country_is_not_found(file, carried, sign_in, country):
    wrong = address(file, carried).replace("/CN", f"/{country}")

    assert sign_in(file.signer()).get(wrong).status_code == 404
