"""The secret address, and what a calendar program reads there."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.calendar import actions
from casework.calendar.entries import entry_of
from casework.calendar.facts import State, Term
from casework.calendar.feed import feed
from casework.statute.loader import load_pack
from models import AuditEntry, CalendarFeed, Recusal
from tests.calendar.rows import DUE, ON, busy_case, fill
from tests.factories import AT, TEXT_VERSION, make_officer

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PACK = load_pack(TEXT_VERSION)


def read(body: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(body).walk("VEVENT")


def term(**changes) -> Term:
    fields = {"kind": "task", "key": "1", "reference": "MEA-2026-00001", "about": "Ask Alder"}
    return Term(**{**fields, "text_version": TEXT_VERSION, "due": DUE, **changes})


def entries(*terms: Term):
    return [entry_of(each, PACK, ON) for each in terms]


@pytest.fixture
def busy(db):
    busy = busy_case(db, title="Orchid campaign")
    fill(busy)
    return busy


@pytest.fixture
def address(busy):
    return f"/calendar/{actions.new_feed(busy.db, busy.lead, at=AT)}.ics"


def test_an_event_is_a_whole_day_with_all_that_a_program_needs():
    calendar = icalendar.Calendar.from_ical(feed(entries(term()), NOW))
    [event] = calendar.walk("VEVENT")

    assert calendar["X-WR-CALNAME"] == "Extraction Docket deadlines"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert event.start == DUE
    assert event.end == DUE + timedelta(days=1)
    assert event["DTSTAMP"].dt == NOW
    assert event["STATUS"] == "CONFIRMED"
    assert [str(each) for each in event["CATEGORIES"].cats] == ["Task"]
    assert event["SUMMARY"] == "MEA-2026-00001: Task"


def test_an_event_tells_no_title_and_no_name():
    body = feed(entries(term(), term(kind="window", about="Orchid Compute Ltd")), NOW).decode()

    assert "Alder" not in body
    assert "Orchid" not in body


def test_the_identity_of_an_event_outlives_its_day_and_hides_the_row():
    [first] = read(feed(entries(term()), NOW))
    [moved] = read(feed(entries(term(due=DUE + timedelta(days=9))), NOW + timedelta(days=1)))
    [other] = read(feed(entries(term(key="2")), NOW))

    assert first["UID"] == moved["UID"] != other["UID"]
    assert re.fullmatch(r"[0-9a-f-]{36}", first["UID"])


def test_what_rests_on_the_bill_is_tentative_and_says_why():
    [event] = read(feed(entries(term(kind="listing")), NOW))

    assert event["STATUS"] == "TENTATIVE"
    assert "not law" in event["DESCRIPTION"]


@pytest.mark.parametrize(
    "done", [{"done_on": ON}, {"due": None}, {"kind": "permission", "due": date(2026, 1, 1)}]
)
def test_what_asks_for_nothing_any_more_is_left_out(done):
    assert read(feed(entries(term(**done)), NOW)) == []


def test_a_missed_day_says_so():
    [event] = read(feed(entries(term(due=date(2026, 11, 1))), NOW))

    assert "past due" in event["SUMMARY"]


def test_a_deadline_of_the_text_goes_by_its_public_name(busy, app, address, client, monkeypatch):
    settings = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", replace(settings, enacted=date(2026, 11, 1)))

    summaries = [str(event["SUMMARY"]) for event in read(client.get(address).data)]

    assert any(words.startswith("K1 ") for words in summaries)


def test_the_address_gives_what_the_officer_sees_and_is_never_stored(busy, address, client):
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    body = answer.get_data(as_text=True)
    assert busy.case.reference in body
    for secret in ("Orchid", "Орхидея", "Ask the owner", "Alder", "STATE"):
        assert secret not in body
    assert len(read(answer.data)) == 10


def test_reading_the_address_writes_nothing(busy, address, client, db):
    before = db.scalar(sa.select(sa.func.count()).select_from(AuditEntry))

    client.get(address)

    assert db.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == before


def test_a_recused_officer_reads_nothing_of_the_case(busy, address, client):
    busy.add(
        Recusal(
            case_id=busy.case.id,
            person_id=busy.lead.person_id,
            reason="Family.",
            declared_by_id=busy.lead.id,
            declared_at=AT,
        )
    )

    answer = client.get(address)

    assert answer.status_code == 200
    assert read(answer.data) == []


def test_a_disabled_officer_has_no_calendar(busy, address, client):
    busy.lead.active = False
    busy.db.flush()

    assert client.get(address).status_code == 404


def test_an_officer_without_cases_to_read_has_no_calendar(db, client):
    auditor = make_officer(db, Role.AUDITOR)
    token = actions.new_feed(db, auditor, at=AT)

    assert client.get(f"/calendar/{token}.ics").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "🗝", "../etc"])
def test_an_address_that_never_was_is_not_found(client, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_only_the_hash_is_kept_and_a_new_address_ends_the_old(busy, client):
    first = actions.new_feed(busy.db, busy.lead, at=AT)
    second = actions.new_feed(busy.db, busy.lead, at=AT)

    stored = busy.db.scalars(sa.select(CalendarFeed.token_sha256)).all()

    assert len(stored) == 2
    assert not {first, second} & set(stored)
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 200


def test_the_page_shows_the_address_once_and_ends_it(busy, sign_in, client):
    officer = sign_in(busy.lead)

    made = officer.post_form("/calendar/feed", {})
    path = re.search(r"/calendar/[\w-]+\.ics", made.text)[0]
    page = officer.get("/calendar").text
    works = client.get(path).status_code
    ended = officer.post_form("/calendar/feed/end", {})

    assert works == 200
    assert path not in page
    assert "An address has been working" in page
    assert ended.status_code == 303
    assert client.get(path).status_code == 404
    assert officer.post_form("/calendar/feed/end", {}).status_code == 303
    logged = busy.db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert [row for row in logged if row.startswith("feed.")] == ["feed.open", "feed.end"]


def test_a_paused_day_is_still_shown():
    paused = [entry_of(term(kind="vote", paused=True), PACK, ON)]

    assert paused[0].state is State.PAUSED
    assert len(read(feed(paused, NOW))) == 1
