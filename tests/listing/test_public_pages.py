"""The public list over HTTP: nothing unpublished, nothing past its day, cheap to ask again."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from casework.listing.actions.publication import take_down
from tests.factories import AT
from tests.listing.world import ENACTED, ON, build

LIST, JSON, CSV = "/attackers-list", "/attackers-list.json", "/attackers-list.csv"
WASHINGTON = ZoneInfo("America/New_York")
CHINESE, RUSSIAN = "兰花计算有限公司", "ООО «Орхидея»"


@pytest.fixture
def on(monkeypatch):
    """Sets the day on which the list is read; at noon in Washington unless told."""

    def become(day: date, hour: int = 12, minute: int = 0, second: int = 0) -> None:
        at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=WASHINGTON)
        module = import_module("views.attackers_list")  # the package has the blueprint by that name
        monkeypatch.setattr(module, "now", lambda: at)
        monkeypatch.setattr(module, "today", lambda: day)

    become(ON)
    return become


@pytest.fixture
def enacted(app):
    def become(day: date | None = ENACTED, *, production: bool = False) -> None:
        settings = app.extensions["settings"]
        app.extensions["settings"] = replace(settings, enacted=day, production=production)

    become()
    return become


@pytest.fixture
def world(db):
    return build(db, name=CHINESE)


def shown(world):
    world.permit()
    return world.publish(world.propose())


def test_an_empty_list_is_a_plain_page(client, on, enacted):
    answer = client.get(LIST)

    assert answer.status_code == 200
    assert "The list has no entries today." in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("url", [LIST, JSON])
def test_without_enactment_it_says_that_nothing_is_law_and_shows_nothing(
    client, world, on, enacted, url
):
    shown(world)
    enacted(None)

    told = client.get(url).text

    assert "The bill is not law" in told
    assert CHINESE not in told


def test_an_entry_appears_everywhere_once_published_and_not_before(client, world, on, enacted):
    world.name(RUSSIAN, "weak_alias", "ru")
    world.permit()
    proposal = world.propose()
    for url in (LIST, JSON, CSV):
        assert CHINESE not in client.get(url).text

    world.publish(proposal)

    for url in (LIST, JSON, CSV):
        told = client.get(url).get_data(as_text=True)
        assert CHINESE in told
        assert RUSSIAN in told


def test_an_entry_has_its_own_page_with_its_history(client, world, on, enacted):
    row = shown(world)

    page = client.get(f"{LIST}/{row.id}")

    assert page.status_code == 200
    assert "Identified by the determination of 24 November 2026 under" in page.text
    assert "No answer is on record." in page.text
    assert "Added" in page.text


@pytest.mark.parametrize("url", [f"{LIST}/00000000-0000-0000-0000-000000000000", f"{LIST}/x"])
def test_an_unknown_entry_is_not_found(client, on, enacted, url):
    assert client.get(url).status_code == 404


def test_a_proposal_has_no_public_page(client, world, on, enacted):
    proposal = world.propose()

    assert client.get(f"{LIST}/{proposal.id}").status_code == 404


@pytest.mark.parametrize("url", [LIST, JSON, CSV])
def test_sources_permissions_and_cases_are_never_public(client, world, on, enacted, url):
    shown(world)

    told = client.get(url).text

    for secret in (world.case.reference, world.incident.reference, "general counsel", "exhibit:"):
        assert secret not in told


@pytest.mark.parametrize("url", [LIST, JSON, CSV])
def test_an_entry_drops_on_its_very_day_with_nothing_running(client, world, on, enacted, url):
    shown(world)
    ends = date(ON.year + 5, ON.month, ON.day)
    on(ends - timedelta(days=1), 23, 59)
    assert CHINESE in client.get(url).get_data(as_text=True)

    on(ends, 0, 0)

    assert CHINESE not in client.get(url).get_data(as_text=True)


def test_a_removed_entry_is_told_without_its_name(client, world, on, enacted):
    row = shown(world)
    take_down(
        world.db, world.case, row, ground="error", reason="Another firm entirely.",
        by=world.publisher, at=AT + timedelta(hours=2), on=ON,
    )  # fmt: skip

    page, own = client.get(LIST).text, client.get(f"{LIST}/{row.id}").text

    assert "An entry was removed on" in page
    assert "Removed" in own
    told = client.get(JSON).json
    assert told["removed"] == [{"id": str(row.id), "removed_on": ON.isoformat(), "ground": "error"}]
    for text in (page, own, str(told)):
        assert CHINESE not in text
        assert "Another firm" not in text


@pytest.mark.parametrize(("production", "told"), [(False, True), (True, False)])
def test_invented_entries_are_told_apart_and_never_shown_in_production(
    client, db, on, enacted, production, told
):
    world = build(db, name="Orchid Training Ltd", training=True)
    row = shown(world)
    enacted(None, production=production)

    page = client.get(LIST).text

    assert ("Orchid Training Ltd" in page) is told
    assert ("Invented training entries" in page) is told
    assert client.get(JSON).json["entries"] == []
    assert bool(client.get(JSON).json["training_entries"]) is told
    assert ("Orchid Training Ltd" in client.get(CSV).text) is told
    assert client.get(f"{LIST}/{row.id}").status_code == (200 if told else 404)


def test_the_table_has_one_row_for_each_entry(client, world, on, enacted):
    shown(world)

    answer = client.get(CSV)

    [row] = csv.DictReader(io.StringIO(answer.text, newline=""))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert (row["name"], row["countries"], row["training"]) == (CHINESE, "CN", "no")


@pytest.mark.parametrize("url", [LIST, JSON, CSV])
def test_who_holds_the_newest_list_is_sent_nothing(client, world, on, enacted, url):
    shown(world)
    first = client.get(url)

    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    since = client.get(url, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert (again.status_code, again.data) == (304, b"")
    assert (since.status_code, since.data) == (304, b"")


@pytest.mark.parametrize("url", [LIST, JSON, CSV])
def test_who_holds_an_older_list_is_sent_the_new_one(client, world, on, enacted, url):
    row = shown(world)
    tag = client.get(url).headers["ETag"]
    take_down(
        world.db, world.case, row, ground="error", reason="Another firm.",
        by=world.publisher, at=AT + timedelta(hours=2), on=ON,
    )  # fmt: skip

    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("url", [LIST, JSON, CSV])
def test_it_answers_as_well_when_only_the_head_is_asked_for_or_it_is_packed(
    client, world, on, enacted, url
):
    shown(world)

    head = client.head(url)
    packed = client.get(url, headers={"Accept-Encoding": "gzip"})

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"]
    again = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert client.get(url, headers=again).status_code == 304


def test_anybody_may_keep_it_for_a_short_while_but_not_past_midnight(client, on, enacted):
    assert client.get(JSON).headers["Cache-Control"] == "public, max-age=60, must-revalidate"

    on(ON, 23, 59, 50)

    assert client.get(JSON).headers["Cache-Control"] == "public, max-age=10, must-revalidate"


def test_what_is_sent_with_a_session_is_kept_by_nobody_and_shows_no_officer(
    world, sign_in, on, enacted
):
    answer = sign_in(world.preparer).get(LIST)

    assert answer.headers["Cache-Control"] == "no-store"
    assert world.preparer.name not in answer.text


@pytest.mark.parametrize("url", [LIST, JSON, CSV])
def test_it_costs_three_queries_however_long_it_is(client, db, connection, on, enacted, url):
    for name in ("Orchid One", "Orchid Two", "Orchid Three"):
        shown(build(db, name=name))
    client.get(url)
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        told = client.get(url).get_data(as_text=True)
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)

    assert "Orchid Three" in told
    assert len([each for each in asked if each.lstrip().upper().startswith("SELECT")]) <= 3
