"""A large file goes in through real Chromium, over a broken connection, and in two sittings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, Route, expect

from casework.evidence.pieces import PIECE
from models import Exhibit, Officer, Upload, UploadPiece
from tests.browser_paths.desk import Desks
from tests.browser_paths.docket import Docket, serve
from tests.factories import make_case

pytestmark = pytest.mark.browser

LARGE = b"account,prompts\n" + b"17,4100\n" * (PIECE // 8)  # one piece and a little


@pytest.fixture(scope="module")
def docket(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Docket]:
    with serve(tmp_path_factory.mktemp("docket"), demo=False) as served:
        yield served


@pytest.fixture
def case(docket) -> str:
    """The reference of a case of the analyst."""
    email = docket.accounts["analyst"].email
    with docket.sessions.begin() as db:
        officer = db.scalars(sa.select(Officer).where(Officer.email == email)).one()
        return make_case(db, officer).reference


@pytest.fixture
def desks(browser, docket) -> Iterator[Desks]:
    opened = Desks(browser, docket)
    yield opened
    opened.close()


@pytest.fixture
def large(tmp_path) -> Path:
    path = tmp_path / "extract.csv"
    path.write_bytes(LARGE)
    return path


def describe(page: Page, case: str, file: Path) -> None:
    page.goto(f"/cases/{case}/evidence/new")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("Title").fill("Log extract")
    page.get_by_label("Received from").fill("Lantern Models")


def received(docket: Docket, page: Page, case: str) -> Exhibit:
    page.get_by_text("A worker joins the pieces").wait_for()
    docket.work_off_jobs()
    page.get_by_text("Received as exhibit").first.wait_for()  # the page loads itself again
    with docket.sessions() as db:
        wanted = sa.select(Exhibit).order_by(Exhibit.received_at.desc()).limit(1)
        return db.scalars(wanted).one()


def test_a_piece_that_is_lost_on_its_way_is_sent_again(desks, case, large):
    page = desks.sit_down("analyst")
    lost: list[str] = []

    def lose_the_second_once(route: Route) -> None:
        if route.request.url.endswith("/1") and not lost:
            lost.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/pieces/*", lose_the_second_once)
    describe(page, case, large)
    page.get_by_role("button", name="Add the exhibit").click()

    page.get_by_text("A worker joins the pieces").wait_for()
    assert len(lost) == 1


def test_an_upload_is_resumed_in_another_browser_where_it_broke_off(docket, desks, case, large):
    page = desks.sit_down("analyst")
    page.route("**/pieces/1", lambda route: None)  # the connection hangs for good
    describe(page, case, large)
    page.get_by_role("button", name="Add the exhibit").click()
    page.get_by_text("Sending piece 2 of 2").wait_for()
    expect(page.get_by_label("How much was sent")).to_have_attribute("value", "99")
    desks.leave(page)

    later = desks.sit_down("analyst")
    sent: list[str] = []
    later.on("request", lambda request: sent.append(request.url))
    later.goto(f"/cases/{case}/evidence/new")
    later.get_by_role("link", name="Unfinished uploads of yours: 1").click()
    later.get_by_role("link", name="Resume").click()
    later.get_by_label("The same file again").set_input_files(large)
    later.get_by_role("button", name="Resume").click()

    exhibit = received(docket, later, case)
    assert [url[-2:] for url in sent if "/pieces/" in url] == ["/1"]
    assert exhibit.sha256 == hashlib.sha256(LARGE).hexdigest()


def test_another_file_of_the_same_size_is_not_mixed_in_and_the_upload_can_be_cancelled(
    docket, desks, case, large
):
    page = desks.sit_down("analyst")
    page.route("**/pieces/1", lambda route: None)
    describe(page, case, large)
    page.get_by_role("button", name="Add the exhibit").click()
    page.get_by_text("Sending piece 2 of 2").wait_for()
    page.get_by_role("button", name="Stop sending").click()
    page.get_by_role("heading", name="Resume").wait_for()
    page.unroute("**/pieces/1")

    large.write_bytes(LARGE.replace(b"17", b"18"))
    page.get_by_label("The same file again").set_input_files(large)
    page.get_by_role("button", name="Resume").click()
    page.get_by_text("This is another file than the one begun").wait_for()
    page.get_by_role("button", name="Cancel the upload").click()
    page.get_by_text("The upload is cancelled").wait_for()

    with docket.sessions() as db:
        states = db.scalars(
            sa.select(Upload.state).where(Upload.state.not_in(("received", "joining")))
        ).all()
        assert states == ["cancelled"]
        assert db.scalars(sa.select(UploadPiece)).all() == []
    assert [said for said in desks.said if "ERR_" not in said] == []


def test_without_a_script_a_file_goes_in_by_the_ordinary_form(docket, desks, case, tmp_path):
    small = tmp_path / "small.csv"
    small.write_bytes(b"account\n1\n")
    page = desks.sit_down("analyst", java_script_enabled=False)
    describe(page, case, small)
    page.get_by_role("button", name="Add the exhibit").click()

    page.get_by_text("Received as exhibit 1").wait_for()


def test_what_the_form_lacks_is_told_before_a_byte_is_sent(desks, case, large):
    page = desks.sit_down("analyst")
    page.goto(f"/cases/{case}/evidence/new")
    page.get_by_label("File", exact=True).set_input_files(large)
    page.get_by_role("button", name="Add the exhibit").click()

    page.get_by_role("alert").get_by_text("Title: Say what this is.").wait_for()
