"""What officers do in a case from its opening to its findings, click by click."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser_paths.steps import ALIAS, PARTY, TITLE, done, part, press


def triage(page: Page, incident: str) -> None:
    page.get_by_role("link", name=incident).first.click()
    for decision in ("Acknowledge", "Accept"):
        page.get_by_role("link", name="Triage", exact=True).click()
        page.get_by_label(decision).check()
        press(page, "Decide")
        page.get_by_role("heading", name=TITLE, level=1).wait_for()


def record_and_link_the_party(
    page: Page, incident: str, party: str = PARTY, alias: str = ALIAS
) -> None:
    page.get_by_role("link", name="Entities", exact=True).click()
    page.get_by_role("link", name="Record an entity").click()
    page.get_by_label("Name", exact=True).fill(party)
    page.get_by_label("Language of the name").fill("zh-Hans")
    page.get_by_label("Organization").check()
    page.get_by_label("Located in").select_option("CN")
    page.get_by_label("Title of the source").fill("Register extract (invented)")
    page.get_by_label("What it is").select_option("registry")
    page.get_by_label("Invented, for training").check()
    press(page, "Record")
    page.get_by_role("link", name="Add a name").click()
    page.get_by_label("Name", exact=True).fill(alias)
    page.get_by_label("Kind of name").select_option(label="Alias")
    page.get_by_label("Source (optional)", exact=True).select_option(index=1)
    press(page, "Save")
    expect(page.get_by_role("rowheader", name=alias)).to_be_visible()
    page.goto(f"/incidents/{incident}")
    page.get_by_role("link", name="Link an entity").click()
    page.get_by_label("Name or identifier").fill(alias.removeprefix("ООО "))
    press(page, "Search")
    page.get_by_label("Entity", exact=True).select_option(label=party)
    page.get_by_label("Role that the report gives it").select_option("querier")
    press(page, "Link")
    expect(page.get_by_role("link", name=party)).to_be_visible()


def open_case(page: Page, incident: str) -> str:
    page.get_by_role("link", name="Open a case").click()
    expect(page.get_by_label("Incidents")).to_have_value(incident)
    page.get_by_label("Summary").fill(f"Northfield alleges that {PARTY} collected answers.")
    page.get_by_label("This is training material").check()
    press(page, "Open the case")
    done(page, "You lead it.")
    return page.url.rpartition("/")[2]


def add_members(page: Page, colleagues: Iterable[str]) -> None:
    page.get_by_role("link", name="Team", exact=True).click()
    for name in colleagues:
        form = page.locator("form").filter(has=page.get_by_role("heading", name="Add a member"))
        choice = form.get_by_label("Officer")
        wanted = choice.locator("option").filter(has_text=name).get_attribute("value")
        choice.select_option(wanted)
        form.get_by_role("button", name="Add").click()
        done(page, f"{name} now sees the case.")


def move(page: Page, case: str, step: str) -> None:
    page.goto(f"/cases/{case}")
    page.get_by_role("link", name=step, exact=True).click()
    page.get_by_label("Reason").fill("The record holds what this step needs.")
    press(page, step)
    done(page, "The case is now at")


def add_exhibit(page: Page, case: str, folder: Path) -> None:
    log = folder / "日志摘录.csv"
    log.write_text("account,prompts\n17,4100\n", encoding="utf-8")
    page.goto(f"/cases/{case}/evidence")
    page.get_by_role("link", name="Add an exhibit").first.click()
    page.get_by_label("File", exact=False).first.set_input_files(log)
    page.get_by_label("Title").fill("Log extract of related accounts")
    page.get_by_label("Received from").fill("Northfield Models, Inc.")
    press(page, "Add the exhibit")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Log extract")


def record_consultation(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}")
    page.get_by_role("link", name="Consultation with the owner").click()
    page.get_by_role("radio").first.check()
    page.get_by_label("Day").fill("2026-07-01")
    page.get_by_label("Note").fill("The owner was asked in a call; notes are in the file room.")
    press(page, "Put on record")
    done(page, "Recorded: Consultation with the owner.")


def answer_element(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}/findings")
    page.get_by_role("link", name="OW1").first.click()
    page.get_by_label("Met", exact=True).check()
    page.get_by_label("Reasons").fill("Exhibit 1 is a log that only the owner could make.")
    page.get_by_label("High").check()
    cited = part(page, "citations-0")
    cited.get_by_label("Exhibit").select_option(index=1)
    cited.get_by_label("Where in it").fill("row 1")
    press(page, "Save the answer")
    expect(page.get_by_role("heading", name="Current answer, revision 1")).to_be_visible()


def read_element(page: Page, case: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=case).first.click()
    page.get_by_role("link", name="Findings").first.click()
    page.get_by_role("link", name="OW1").first.click()
    page.get_by_label("I agree with the answer and its reasons").check()
    press(page, "Record my reading")
    expect(page.get_by_text("Read by Ravi Shah, who agrees")).to_be_visible()
