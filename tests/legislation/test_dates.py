"""A recorded date moves every clock that runs from it; a withdrawn one stops them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from casework.errors import InvalidValue
from casework.legislation import actions, queries
from casework.statute.loader import load_pack
from models import ActEvent, AuditEntry
from tests.factories import AT, TEXT_VERSION, make_officer

CLOCKS = f"/statute/{TEXT_VERSION}/clocks"
ENACTED = date(2027, 1, 4)
ASSESSMENT_DAYS = 180


def record(db, officer, happened_on, kind="enactment", at=AT):
    actions.record_event(
        db,
        text_version=TEXT_VERSION,
        kind=kind,
        happened_on=happened_on,
        note="as published",
        by=officer,
        at=at,
    )


def dues(db, default=None):
    return queries.clocks_of(db, TEXT_VERSION, default)


def statutory(db, default=None):
    """Clocks of the text itself that start at enactment, by id, on their main reading."""
    pack = load_pack(TEXT_VERSION)
    starts = {
        clock.id
        for clock in pack.clocks.values()
        if clock.authority == "statute" and clock.readings[0].starts == "enactment"
    }
    return {due.id: due.due for due in dues(db, default) if due.id in starts and due.default}


@pytest.fixture
def officer(db):
    return make_officer(db, "signing_official")


def test_without_an_enactment_no_clock_of_the_text_runs_and_all_are_hypothetical(db):
    assert statutory(db)
    assert set(statutory(db).values()) == {None}
    assert all(due.planning for due in dues(db))


def test_a_recorded_enactment_starts_every_clock_that_runs_from_it(db, officer):
    record(db, officer, ENACTED)

    running = statutory(db)
    assert running
    assert None not in running.values()
    assert ENACTED + timedelta(days=ASSESSMENT_DAYS) in running.values()
    assert not any(due.planning for due in dues(db))


def test_a_later_enactment_moves_every_clock_by_as_many_days(db, officer):
    record(db, officer, ENACTED)
    before = statutory(db)

    record(db, officer, ENACTED + timedelta(days=10), at=AT + timedelta(hours=1))

    moved = {clock: due - before[clock] for clock, due in statutory(db).items()}
    assert ENACTED + timedelta(days=10 + ASSESSMENT_DAYS) in statutory(db).values()
    assert all(timedelta(days=8) <= days <= timedelta(days=12) for days in moved.values())


def test_a_withdrawn_enactment_leads_back_to_planning(db, officer):
    record(db, officer, ENACTED)
    record(db, officer, None, at=AT + timedelta(hours=1))

    assert queries.dates_of(db, TEXT_VERSION).planning
    assert set(statutory(db).values()) == {None}


def test_a_withdrawal_outweighs_the_date_of_the_settings(db, officer):
    assert not queries.dates_of(db, TEXT_VERSION, ENACTED).planning

    record(db, officer, None)

    assert queries.dates_of(db, TEXT_VERSION, ENACTED).planning


def test_a_recorded_date_outweighs_the_date_of_the_settings(db, officer):
    record(db, officer, ENACTED)

    assert queries.dates_of(db, TEXT_VERSION, date(2030, 1, 1)).enacted == ENACTED


def test_every_entry_stays_on_record_with_its_log_entry(db, officer):
    for number, day in enumerate((ENACTED, date(2027, 2, 1), None)):
        record(db, officer, day, at=AT + timedelta(minutes=number))

    history = queries.history(db, TEXT_VERSION)
    assert [event.happened_on for event in history] == [None, date(2027, 2, 1), ENACTED]
    logged = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "act.event")).all()
    assert len(logged) == 3


def test_an_event_that_the_pack_does_not_know_is_refused(db, officer):
    with pytest.raises(InvalidValue) as refused:
        record(db, officer, ENACTED, kind="moon_landing")

    assert refused.value.field == "kind"


def test_the_nearest_deadline_is_the_first_on_or_after_the_day(db, officer):
    record(db, officer, ENACTED)
    all_due = sorted(due.due for due in dues(db) if due.due and due.default)

    found = queries.next_deadline(dues(db), all_due[0])
    later = queries.next_deadline(dues(db), all_due[0] + timedelta(days=1))

    assert found.due == all_due[0]
    assert later.due > all_due[0]
    assert queries.next_deadline(dues(db), all_due[-1] + timedelta(days=1)) is None


def test_the_pages_go_from_planning_to_dates_and_back(db, officer, sign_in):
    client = sign_in(officer)
    assert "Planning mode" in client.get(CLOCKS).text

    client.post_form(CLOCKS, {"kind": "enactment", "happened_on": "2027-01-04", "note": "law"})
    running = client.get(CLOCKS).text
    client.post_form(CLOCKS, {"kind": "enactment", "happened_on": "", "note": "entered in error"})
    withdrawn = client.get(CLOCKS).text

    assert "Planning mode" not in running
    assert "3 Jul 2027" in running
    assert "Planning mode" in withdrawn
    assert "3 Jul 2027" not in withdrawn
    assert len(db.scalars(sa.select(ActEvent)).all()) == 2


@pytest.mark.parametrize("role", ["case_officer", "records_officer", "administrator", "auditor"])
def test_only_a_signing_official_records_a_date(db, sign_in, role):
    client = sign_in(make_officer(db, role))

    assert "Record the date" not in client.get(CLOCKS).text
    answer = client.post_form(
        CLOCKS, {"kind": "enactment", "happened_on": "2027-01-04", "note": "law"}
    )

    assert answer.status_code == 403
    assert db.scalars(sa.select(ActEvent)).all() == []


def test_words_of_a_provision_are_those_of_the_newest_attachment(db):
    class Provision:
        id, heading = "2-1", "Heading"

        def __init__(self, words):
            self.words = words

    for number, words in enumerate(("the first words", "the second words")):
        actions.attach_text(
            db,
            text_version=TEXT_VERSION,
            provisions=[Provision(words)],
            source_name=f"bill-{number}.xml",
            source_sha256=f"{number}" * 64,
            by=None,
            at=AT + timedelta(hours=number),
        )

    found = queries.words_for(db, TEXT_VERSION, ["2-1", "not-attached"])

    assert list(found) == ["2-1"]
    assert found["2-1"].words == "the second words"
    assert found["2-1"].source_name == "bill-1.xml"


def test_without_an_attachment_there_are_no_words(db):
    assert queries.words_for(db, TEXT_VERSION, ["2-1"]) == {}
