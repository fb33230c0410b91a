"""What agencies and the public do after an entry is listed, click by click."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.browser_paths.steps import LISTED, done, press

DISSENT = "Независимая разработка не исключена: the timeline was not weighed."


def move_to_add(page: Page, case: str) -> str:
    """The path of the motion."""
    page.goto(f"/cases/{case}/votes")
    page.get_by_role("link", name=f"Add to the Entity List: {LISTED}").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("What is put to the vote").fill("Add it for the facts in exhibit 1.")
    press(page, "Circulate the motion")
    page.get_by_text("How each voted is sealed").wait_for()
    return page.url


def vote(page: Page, motion: str, choice: str, dissent: str = "") -> None:
    page.goto(motion)
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("Dissent").fill(dissent)
    press(page, "Cast the ballot")
    expect(page.get_by_text("Ballots of your agency")).to_be_visible()


def close_vote(page: Page, motion: str) -> None:
    page.goto(motion)
    expect(page.get_by_text("How each voted is sealed")).to_be_visible()
    expect(page.get_by_text(DISSENT)).to_have_count(0)
    press(page, "Close the vote and count")
    expect(page.get_by_text(DISSENT)).to_be_visible()
    expect(page.get_by_text("Carried").first).to_be_visible()


def record_petition(page: Page, case: str, on: date) -> str:
    """The path of the petition against the public entry."""
    page.goto(f"/cases/{case}/petitions/new")
    page.get_by_label("Attackers List").first.check()
    page.get_by_label("Lift it").check()
    page.get_by_label("Petitioner", exact=True).fill("律师 for the accused")
    page.get_by_label("Received on").fill(on.isoformat())
    page.get_by_label("What it says").fill("Our registration number is another one.")
    press(page, "Put on record")
    done(page, "on record")
    page.get_by_role("heading", name="律师 for the accused", level=1).wait_for()
    return page.url


def grant_petition(page: Page, petition: str) -> None:
    page.goto(petition)
    page.get_by_label("Granted").check()
    page.get_by_label("Reasons").fill("The register extract names another firm.")
    press(page, "Record the answer")
    done(page, "The answer is on record.")
