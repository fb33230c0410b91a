"""What officers do between the findings and the public list, click by click."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page

from tests.browser_paths.case_steps import move
from tests.browser_paths.steps import LISTED, done, part, press

SENTENCE = "It sent over 1,250,000 prompts to the model."
WHY = "The exhibits carry it, and the answer was weighed."


def record_last_attack(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}/record/last_attack")
    page.get_by_role("radio").first.check()
    page.get_by_label("Day", exact=True).fill("2026-05-17")
    page.get_by_label("Note").fill("Exhibit 1, row 1.")
    press(page, "Put on record")
    done(page, "Recorded")


def mark_more_strictly(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}/markings")
    page.get_by_role("link", name="Open Exhibit 1").click()
    page.get_by_role("link", name="Mark more strictly").click()
    page.get_by_label("Holds personal data of third persons").check()
    page.get_by_label("Reason").fill("The rows name account holders.")
    page.get_by_label("Authority").fill("5 U.S.C. 552a")
    press(page, "Save the marking")
    done(page, "The marking is changed")


def step_of_the_window(page: Page, case: str, step: str, **given: str) -> None:
    page.goto(f"/cases/{case}/subjects")
    page.get_by_role("link", name=f"Response of {LISTED}").click()
    page.get_by_label(step).check()
    for label, words in given.items():
        field = page.get_by_label(label.replace("_", " "), exact=False)
        if label.startswith("Exhibit"):
            field.select_option(index=1)
        else:
            field.fill(words)
    press(page, "Record")
    done(page, "Recorded for")


def hear_the_accused(official: Page, officer: Page, case: str, on: date) -> None:
    summary = "Did your accounts collect answers of the model? You may answer in writing."
    step_of_the_window(official, case, "The unclassified summary is cleared", Words=summary)
    move(officer, case, "Give the accused time to answer")
    closes = (on + timedelta(days=21)).isoformat()
    step_of_the_window(officer, case, "Notice went out", Last_day_to_answer=closes)
    said = "The accounts were bought by a contractor. 我方否认。"
    step_of_the_window(officer, case, "An answer came", Exhibit_that_holds="", Words=said)


def ask_agencies(page: Page, case: str, agencies: tuple[str, ...], on: date) -> None:
    page.goto(f"/cases/{case}/positions")
    for agency in agencies:
        page.get_by_label(agency).check()
    page.get_by_label("Answer by").fill((on + timedelta(days=30)).isoformat())
    press(page, "Ask")
    done(page, "Asked.")


def state_position(page: Page, case: str, position: str, comment: str = "") -> None:
    page.goto(f"/cases/{case}/positions")
    page.get_by_label(position, exact=True).check()
    page.get_by_role("textbox", name="Comment").fill(comment)
    press(page, "State the position")
    done(page, "on record")


def log_silence(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}/positions")
    press(page, "Log silence")
    done(page, "Silence is never read as consent.")


def sign_determination(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}/determinations")
    page.get_by_role("link", name="Determine about").first.click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Reasons").fill(WHY)
    press(page, "Check your answers")
    press(page, "Sign and freeze the record")
    done(page, "Signed.")


def recommend_the_list(page: Page, case: str) -> str:
    """The path of the recommendation."""
    page.goto(f"/cases/{case}/measures")
    page.get_by_role("link", name="Consider Attackers List entry").click()
    page.get_by_label("Recommend it").check()
    page.get_by_label("Reasons").fill(WHY)
    page.get_by_label("Wording of the entry").fill("Identified by the determination.")
    page.get_by_label("Conducted an attack").check()
    for choice in page.get_by_label("Yes", exact=True).all():
        choice.check()
    for words in page.get_by_label("How it was considered").all():
        words.fill("Looked at, with the record at hand.")
    press(page, "Put on record")
    done(page, "on record")
    return page.url


def approve(page: Page, recommendation: str) -> None:
    page.goto(recommendation)
    page.get_by_label("I approve it").check()
    page.get_by_label("Reasons").fill("Each item was considered.")
    press(page, "Record the decision")
    done(page, "The decision is on record.")


def record_permission(page: Page, case: str, incident: str, on: date) -> None:
    page.goto(f"/cases/{case}/permissions/new")
    page.get_by_label("Drawn from").select_option(f"{incident}#volumes")
    page.get_by_label("Approved words").fill(SENTENCE)
    page.get_by_label("Signed for the owner by").fill("General counsel (invented)")
    page.get_by_label("Day given").fill(on.isoformat())
    press(page, "Put on record")
    done(page, "on record")


def propose_entry(page: Page, case: str, incident: str) -> str:
    """The path of the proposal."""
    page.goto(f"/cases/{case}/listing")
    page.get_by_role("link", name="Propose an entry").click()
    page.get_by_label("Conducted it").check()
    row = part(page, "lines-0")
    row.get_by_label("Sentence").fill(SENTENCE)
    row.get_by_label(f"{incident}: Volumes").check()
    press(page, "Propose")
    done(page, "Another person publishes it")
    return page.url


def publish_entry(page: Page, proposal: str) -> None:
    page.goto(proposal)
    page.get_by_label("I have read the entry above").check()
    press(page, "Publish")
    done(page, "The public list shows the entry now.")
