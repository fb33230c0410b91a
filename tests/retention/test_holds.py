from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.retention.actions import holds
from casework.retention.queries.case import standing_holds
from models import LegalHold, LegalHoldRelease, Recusal
from tests.factories import AT, make_officer


def test_a_hold_stands_until_another_person_releases_it(file):
    row = file.hold()
    assert standing_holds(file.db, file.case) == [row]

    with pytest.raises(SeparationOfDuties):
        file.release(row, file.records)
    file.release(row)

    assert standing_holds(file.db, file.case) == []
    with pytest.raises(StaleVersion):
        file.release(row, file.member())


def test_a_second_account_of_the_same_person_does_not_release(file):
    row = file.hold()
    twin = make_officer(file.db, Role.SIGNING_OFFICIAL, person=file.records.person)

    with pytest.raises(SeparationOfDuties):
        file.release(row, twin)


def test_one_hold_released_leaves_the_other_standing(file):
    first, second = file.hold(), file.hold()

    file.release(first)

    assert standing_holds(file.db, file.case) == [second]


@pytest.mark.parametrize("field", ["authority", "reason"])
def test_a_hold_says_who_ordered_it_and_why(file, field):
    words = {"authority": "Court", "reason": "Litigation", field: " \n"}

    with pytest.raises(InvalidValue) as refused:
        holds.place_hold(file.db, file.case, **words, by=file.records, at=AT)

    assert refused.value.field == field


def test_a_recused_person_neither_places_nor_releases(file):
    row = file.hold()
    file.db.add(
        Recusal(
            case_id=file.case.id,
            person_id=file.second.person_id,
            reason="Invented",
            declared_by_id=file.second.id,
            declared_at=AT,
        )
    )
    file.db.flush()

    with pytest.raises(Forbidden):
        file.hold(file.second)
    with pytest.raises(Forbidden):
        file.release(row)


def test_the_database_refuses_a_release_by_the_same_person(file):
    row = file.hold()
    by = file.records

    file.db.add(
        LegalHoldRelease(
            case_id=file.case.id,
            hold_id=row.id,
            reason="By the back door",
            by_id=by.id,
            by_person_id=by.person_id,
            at=AT,
        )
    )
    with pytest.raises(DBAPIError, match="does not release it"):
        file.db.flush()


@pytest.mark.parametrize("table", [LegalHold, LegalHoldRelease])
def test_the_database_keeps_holds_as_they_are(file, table):
    file.release(file.hold())

    for change in (sa.delete(table), sa.update(table).values(reason="other")):
        with pytest.raises(DBAPIError, match="append-only"), file.db.begin_nested():
            file.db.execute(change)
