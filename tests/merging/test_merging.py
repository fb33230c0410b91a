"""Who may merge what, and what is refused."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.screening.actions import entities as actions
from casework.screening.actions.merges import second as agree
from casework.screening.actions.merges import undo
from casework.screening.facts import IdentifierFact
from casework.screening.queries import entities, merges
from casework.workflow.queries import cases as workflow
from models import AuditEntry, Entity, EntityMerge, Officer, Recusal
from tests.decisions.test_races import at_once
from tests.entities.records import record
from tests.factories import AT, make_case, make_entity, make_officer
from tests.merging.acts import REASON, merged, undone

LEIS = ("5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55")


def test_a_merge_is_in_the_log_of_both_with_its_reason(db, analyst, kept, twin):
    merged(db, kept, twin, analyst)

    rows = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "entity.merge")).all()
    assert {row.object for row in rows} == {f"entity:{kept.id}", f"entity:{twin.id}"}


def test_an_entity_is_not_merged_with_itself(db, analyst, kept):
    with pytest.raises(InvalidValue, match="An entity is not merged with itself"):
        merged(db, kept, kept, analyst)


def test_a_training_record_is_not_merged_with_a_real_one(db, analyst, kept):
    drill = make_entity(db, analyst, "Drill Ltd", training=True)

    with pytest.raises(InvalidValue, match="One is a training record and the other is not"):
        merged(db, kept, drill, analyst)


def test_a_reason_is_needed(db, analyst, kept, twin):
    with pytest.raises(InvalidValue) as refused:
        merged(db, kept, twin, analyst, reason=" ")
    assert refused.value.field == "reason"


def test_what_is_merged_already_is_neither_merged_again_nor_merged_into(db, analyst, kept, twin):
    third = make_entity(db, analyst, "Third Ltd")
    merged(db, kept, twin, analyst)

    for into, what in ((third, twin), (twin, third), (kept, twin), (twin, kept)):
        with pytest.raises(StaleVersion, match="is merged into Orchid Compute Ltd already"):
            merged(db, into, what, analyst)


def test_what_others_are_merged_into_is_kept_so_no_chain_and_no_circle_arises(
    db, analyst, kept, twin
):
    third = make_entity(db, analyst, "Third Ltd")
    merged(db, kept, twin, analyst)

    with pytest.raises(InvalidValue, match="keep Orchid Compute Ltd"):
        merged(db, third, kept, analyst)

    merged(db, kept, third, analyst)
    db.expire_all()
    assert merges.whole(kept) == [kept, third, twin]


def test_contradictory_numbers_are_merged_only_by_whoever_says_they_read_it(
    db, analyst, kept, twin
):
    for entity, number in zip((kept, twin), LEIS, strict=True):
        actions.add_identifier(db, entity, IdentifierFact("lei", number), **record(analyst))

    with pytest.raises(InvalidValue) as refused:
        merged(db, kept, twin, analyst, acknowledged=None)
    assert refused.value.field == "acknowledged"
    with pytest.raises(StaleVersion, match="What speaks against the merge has changed"):
        merged(db, kept, twin, analyst, acknowledged="0" * 64)

    assert merged(db, kept, twin, analyst).in_effect_at == AT


def test_that_a_merge_was_undone_speaks_against_the_next(db, analyst, kept, twin):
    undone(db, merged(db, kept, twin, analyst), analyst)

    with pytest.raises(InvalidValue, match="Read what speaks against it"):
        merged(db, twin, kept, analyst, acknowledged=None)


def test_whoever_is_recused_about_either_party_decides_nothing(db, analyst, kept, twin):
    case = make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[twin])
    row = {"person_id": analyst.person_id, "declared_by_id": analyst.id, "declared_at": AT}
    db.add(Recusal(case_id=case.id, reason="family", **row))
    db.flush()

    with pytest.raises(Forbidden, match="You are recused"):
        merged(db, kept, twin, analyst)


def test_a_party_of_a_case_past_intake_is_merged_by_two_persons(db, analyst, second, kept, twin):
    make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[twin], stage="S2")

    row = merged(db, kept, twin, analyst)
    assert (row.in_effect_at, merges.kept(db, twin)) == (None, twin)

    account = make_officer(db, Role.CASE_OFFICER, person=analyst.person)
    with pytest.raises(SeparationOfDuties, match="cannot be the second person"):
        agree(db, row, by=account, at=AT)

    agree(db, row, by=second, at=AT)
    assert merges.kept(db, twin) == kept
    with pytest.raises(StaleVersion, match="does not wait"):
        agree(db, row, by=second, at=AT)


def test_the_database_itself_refuses_one_person_twice(db, analyst, kept, twin):
    make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[twin], stage="S2")
    row = merged(db, kept, twin, analyst)
    alone = {"in_effect_at": AT, "seconded_by_id": analyst.id}

    with pytest.raises(sa.exc.IntegrityError), db.begin_nested():
        db.execute(
            sa.update(EntityMerge)
            .where(EntityMerge.id == row.id)
            .values(**alone, seconded_by_person_id=analyst.person_id)
        )


def test_undoing_needs_a_reason_and_happens_once(db, analyst, kept, twin):
    row = merged(db, kept, twin, analyst)
    with pytest.raises(InvalidValue, match="Say what shows that they are two"):
        undo(db, row, reason=" ", by=analyst, at=AT)

    undone(db, row, analyst)
    with pytest.raises(StaleVersion, match="Somebody undid this merge before you"):
        undone(db, row, analyst)
    assert [one.undone_reason for one in merges.history_of(db, twin)] == [
        "Two branches of one group"
    ]


def test_a_delegate_who_sees_one_of_the_two_sees_both(db, analyst, kept, twin):
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")
    make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[twin], members=[delegate])
    assert entities.visible_entity(db, delegate, kept.id) is None

    merged(db, kept, twin, analyst)
    assert entities.visible_entity(db, delegate, kept.id) == kept
    assert entities.visible_entity(db, delegate, twin.id) == twin


def test_of_two_who_merge_one_entity_at_once_one_is_told_of_the_other(own_engine):
    with Session(own_engine) as db, db.begin():
        officer = make_officer(db, Role.ANALYST)
        made = [make_entity(db, officer, f"Party {number}").id for number in range(3)]
        officer_id = officer.id

    def merge_into(db, kept_id):
        by = db.get(Officer, officer_id)
        merged(db, db.get(Entity, kept_id), db.get(Entity, made[0]), by)

    done = at_once(own_engine, merge_into, made[1:])

    with Session(own_engine) as db:
        assert done.count(True) == db.scalar(sa.select(sa.func.count(EntityMerge.id))) == 1


def test_two_who_merge_either_way_at_once_make_no_circle(own_engine):
    with Session(own_engine) as db, db.begin():
        officer = make_officer(db, Role.ANALYST)
        one, two = (make_entity(db, officer, f"Party {number}").id for number in range(2))
        officer_id = officer.id

    def merge(db, pair):
        by = db.get(Officer, officer_id)
        merged(db, db.get(Entity, pair[0]), db.get(Entity, pair[1]), by)

    done = at_once(own_engine, merge, [(one, two), (two, one)])

    assert done.count(True) == 1


def test_conflicts_in_cases_are_told_only_of_cases_the_officer_may_see(db, analyst, kept, twin):
    case = make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[kept, twin])
    other = make_officer(db, Role.ANALYST)

    row = merged(db, kept, twin, other, acknowledged=None)

    assert row.reason == REASON
    assert workflow.visible_case(db, other, case.reference) is None
