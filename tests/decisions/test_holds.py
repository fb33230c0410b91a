from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.decisions.actions.holds import lift_hold, place_hold
from casework.decisions.queries.holds import holds_of, standing_hold
from casework.errors import InvalidValue, StaleVersion
from models import MeasureHold, MeasureHoldLift
from tests.decisions.casefile import LATER, ON, start
from views.clock import today

MEASURE = "blocking"


@pytest.fixture
def file(db):
    return start(db)


def place(file, **changes):
    fields = {
        "measure": MEASURE,
        "entity": file.entity,
        "authority": "The Secretary of State, by memorandum",
        "reason": "Talks are under way.",
        "review_on": ON + timedelta(days=30),
        "by": file.reader,
        "at": LATER,
        "on": ON,
        **changes,
    }
    return place_hold(file.db, file.case, **fields)


def test_a_hold_stands_until_it_is_lifted(file):
    held = place(file)

    assert standing_hold(file.db, file.case, MEASURE, file.entity).id == held.id
    assert standing_hold(file.db, file.case, "guidance", file.entity) is None

    lift_hold(file.db, file.case, held, reason="Talks ended.", by=file.reader, at=LATER)
    assert standing_hold(file.db, file.case, MEASURE, file.entity) is None
    assert holds_of(file.db, file.case)[0].lift.reason == "Talks ended."


def test_a_hold_of_the_whole_case_holds_for_each_subject(file):
    place(file, entity=None)

    assert standing_hold(file.db, file.case, MEASURE, file.entity)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"measure": "banishment"}, "measure"),
        ({"authority": " "}, "authority"),
        ({"reason": ""}, "reason"),
        ({"review_on": ON}, "review_on"),
        ({"review_on": ON - timedelta(days=1)}, "review_on"),
    ],
)
def test_a_hold_without_its_parts_is_refused(file, changes, field):
    with pytest.raises(InvalidValue) as refusal:
        place(file, **changes)

    assert refusal.value.field == field


def test_a_measure_is_held_once_at_a_time_and_lifted_once(file):
    held = place(file)
    with pytest.raises(StaleVersion):
        place(file)
    with pytest.raises(InvalidValue):
        lift_hold(file.db, file.case, held, reason=" ", by=file.reader, at=LATER)

    lift_hold(file.db, file.case, held, reason="Over.", by=file.reader, at=LATER)
    with pytest.raises(StaleVersion):
        lift_hold(file.db, file.case, held, reason="Again.", by=file.reader, at=LATER)
    assert place(file)


def test_the_database_lets_no_hold_be_taken_back_in_silence(file):
    place(file)

    for word in (sa.update(MeasureHold).values(reason="Another"), sa.delete(MeasureHold)):
        with pytest.raises(DBAPIError), file.db.begin_nested():
            file.db.execute(word)


def address(file):
    return f"/cases/{file.case.reference}/holds"


def form(file, **changes):
    return {
        "measure": MEASURE,
        "subject": str(file.entity.id),
        "authority": "The Secretary of State",
        "reason": "Talks are under way.",
        "review_on": (today() + timedelta(days=9)).isoformat(),
        **changes,
    }


def test_a_signing_official_holds_a_measure_and_the_clocks_go_on(file, sign_in):
    client = sign_in(file.signer())

    answer = client.post_form(address(file), form(file))
    page = client.get(address(file)).text

    assert answer.status_code == 303
    assert "A hold stops no clock of the Act" in page
    assert "Clocks that go on" in page
    assert "Talks are under way." in page
    measures = client.get(f"/cases/{file.case.reference}/measures").text
    assert "a hold stands" in measures


def test_an_overdue_review_is_told_wherever_the_measure_shows(file, sign_in):
    past = today() - timedelta(days=400)
    place(file, on=past, review_on=past + timedelta(days=1))
    client = sign_in(file.signer())

    assert "Review overdue" in client.get(address(file)).text
    assert "Its review was due on" in client.get(f"/cases/{file.case.reference}/measures").text
    new = f"/cases/{file.case.reference}/measures/{MEASURE}?subject={file.entity.id}"
    assert "Its review was due on" in sign_in(file.author).get(new).text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"measure": ""}, "Choose a measure."),
        ({"measure": "banishment"}, "Not a valid choice"),
        ({"review_on": "2001-01-01"}, "a day after today"),
        ({"review_on": "soon"}, "Give the day as YYYY-MM-DD"),
        ({"reason": "\u202e"}, "U+202E"),
    ],
)
def test_a_bad_field_comes_back_with_what_was_typed(file, sign_in, changes, told):
    sent = form(file, authority="Typed with care", **changes)

    answer = sign_in(file.signer()).post_form(address(file), sent)

    assert answer.status_code == 422
    assert told in answer.text
    assert "Typed with care" in answer.text
    assert file.db.scalar(sa.select(MeasureHold.id)) is None


def test_a_second_hold_on_the_same_measure_is_a_conflict_that_keeps_the_words(file, sign_in):
    place(file)

    answer = sign_in(file.signer()).post_form(address(file), form(file, reason="My own words."))

    assert answer.status_code == 409
    assert "My own words." in answer.text


def test_a_hold_is_lifted_with_a_reason(file, sign_in):
    held = place(file)
    client = sign_in(file.signer())
    lift = f"{address(file)}/{held.id}/lift"

    assert client.get(lift).status_code == 200
    assert client.post_form(lift, {"reason": ""}).status_code == 422
    assert client.post_form(lift, {"reason": "Talks ended."}).status_code == 303
    assert file.db.scalar(sa.select(MeasureHoldLift.reason)) == "Talks ended."


def test_a_hold_of_another_case_is_not_found(file, sign_in, db):
    other = start(db)
    held = place(other)

    answer = sign_in(file.signer()).get(f"{address(file)}/{held.id}/lift")

    assert answer.status_code == 404
