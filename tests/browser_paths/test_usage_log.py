"""From an owner's file to a cited fact, in Chromium: add, map, take in, analyse, read, cite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from models import Officer
from tests.browser_paths.desk import Desks
from tests.browser_paths.docket import Docket, serve
from tests.browser_paths.steps import part, press
from tests.factories import make_case, make_entity
from tests.usage_logs.small_log import log_file

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Docket]:
    with serve(tmp_path_factory.mktemp("office"), demo=False) as served:
        yield served


@pytest.fixture
def windows(browser: Browser, office: Docket) -> Iterator[Desks]:
    opened = Desks(browser, office)
    yield opened
    opened.close()


@pytest.fixture
def case(office: Docket) -> str:
    with office.sessions.begin() as db:
        email = office.accounts["analyst"].email
        analyst = db.scalars(sa.select(Officer).where(Officer.email == email)).one()
        return make_case(db, analyst, subjects=[make_entity(db, analyst)], stage="S3").reference


def test_an_owners_file_becomes_a_fact_that_a_finding_cites(
    office: Docket, windows: Desks, case: str, tmp_path: Path
):
    page = windows.sit_down("analyst", viewport=WIDE)
    add_file(page, case, tmp_path)
    open_log(page, case)
    look(page, "columns")
    press(page, "Take in")
    expect(page.get_by_text("The log is being taken in")).to_be_visible()
    look(page, "taking_in")
    office.work_off_jobs()
    page.reload()
    expect(page.get_by_text("3 set aside")).to_be_visible()
    look(page, "log")
    ask_for_analysis(page)
    office.work_off_jobs()
    page.reload()
    expect(page.get_by_text("sets no answer and shows no score")).to_be_visible()
    look(page, "run")
    page.get_by_role("link", name="C1", exact=True).click()
    expect(page.get_by_role("heading", name="Cluster C1", level=1)).to_be_visible()
    look(page, "cluster")
    page.get_by_role("link", name="Why each account is in it").click()
    look(page, "ties")
    page.go_back()
    page.get_by_role("link", name="about Orchid Compute Ltd").first.click()
    cite(page)
    look(page, "finding")

    assert windows.said == []


def add_file(page: Page, case: str, folder: Path) -> None:
    path = folder / "may.csv"
    path.write_bytes(log_file())
    page.goto(f"/cases/{case}/evidence/new")
    page.get_by_label("File", exact=False).first.set_input_files(path)
    page.get_by_label("Title").fill("Usage rows of May")
    page.get_by_label("Received from").fill("Lantern Models")
    press(page, "Add the exhibit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Usage rows of May")


def open_log(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}/evidence/logs")
    look(page, "logs")
    page.get_by_role("link", name="Take in a usage log").first.click()
    page.get_by_label("Exhibit 1: Usage rows of May").check()
    page.get_by_label("Title").fill("May")
    page.get_by_label("Owner of the model").fill("Lantern Models")
    page.get_by_label("Which rows the owner handed over").fill("All rows of the week.")
    look(page, "new")
    press(page, "Go on to the columns")
    expect(page.get_by_role("heading", name="Which column is which")).to_be_visible()
    assert page.get_by_label("capability", exact=False).first.input_value() == "task"


def ask_for_analysis(page: Page) -> None:
    page.get_by_role("link", name="Analyse").first.click()
    release = part(page, "events-0")
    release.get_by_label("What happened").select_option("own_release")
    release.get_by_label("Model").fill("lantern-2")
    release.get_by_label("When (UTC)").fill("2026-05-07 12:00")
    release.get_by_label("Source").fill("Release notes of the owner")
    look(page, "order")
    press(page, "Analyse")
    expect(page.get_by_text("The log is being analysed")).to_be_visible()


def cite(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("PU1a")
    cited = part(page, "citations-0")
    expect(cited.get_by_label("Where in it")).to_have_value("Cluster C1, factor (i)")
    assert page.locator("input[name=answer]:checked").count() == 0
    page.get_by_label("Met", exact=True).check()
    page.get_by_label("Reasons").fill("The accounts keep one rhythm; see the measures.")
    page.get_by_label("Innocent explanation weighed").fill("A nightly job; it does not fit.")
    page.get_by_label("Moderate").check()
    press(page, "Save the answer")
    expect(page.get_by_role("heading", name="Current answer, revision 1")).to_be_visible()
    expect(page.get_by_text("Cluster C1, factor (i)").first).to_be_visible()


def look(page: Page, name: str) -> None:
    """The page fits a narrow window too; `DOCKET_TEST_LOOK` names a folder for its pictures."""
    folder = os.environ.get("DOCKET_TEST_LOOK")
    if folder:
        page.screenshot(path=f"{folder}/{name}-1280.png", full_page=True)
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth")
    if folder:
        page.screenshot(path=f"{folder}/{name}-320.png", full_page=True)
    page.set_viewport_size(WIDE)
    assert wide <= NARROW["width"], f"{name} is {wide} px wide"
