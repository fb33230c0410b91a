"""The main job, done in Chromium as newcomers would do it: from a report to an issued packet."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser_paths.desk import Desks
from tests.browser_paths.steps import (
    ALIAS,
    PARTY,
    TITLE,
    begin_report,
    done,
    fill_report,
    part,
    press,
    submit_report,
)

pytestmark = pytest.mark.browser

COLLEAGUES = ("Ana Ortiz", "Ravi Shah", "Rita Boone", "Sam Whitfield")


def test_newcomers_take_a_report_to_an_issued_packet(desks: Desks, tmp_path: Path):
    incident = report_with_a_draft(desks.sit_down("reporter"))
    officer = desks.sit_down("officer")
    triage(officer, incident)
    record_and_link_the_party(officer, incident)
    case = open_case(officer, incident)
    add_members(officer)
    move(officer, case, "Accept the report")
    add_exhibit(officer, case, tmp_path)
    move(officer, case, "Invite the owner to consult")
    record_consultation(officer, case)
    move(officer, case, "Begin on the elements")
    answer_element(desks.sit_down("analyst"), case)
    read_element(desks.sit_down("reviewer"), case)
    comment_and_set_a_task(officer, case)
    packet = prepare_packet(officer, case)
    desks.docket.work_off_jobs()
    words = issue_and_read(desks.sit_down("signing"), packet, tmp_path)

    assert PARTY in words
    assert case in words
    assert desks.said == []


def report_with_a_draft(page: Page) -> str:
    begin_report(page)
    press(page, "Save draft")
    done(page, "The draft is kept.")
    page.reload()
    expect(part(page, "who").get_by_label("Title")).to_have_value(TITLE)
    fill_report(page)
    return submit_report(page)


def triage(page: Page, incident: str) -> None:
    page.get_by_role("link", name=incident).first.click()
    for decision in ("Acknowledge", "Accept"):
        page.get_by_role("link", name="Triage", exact=True).click()
        page.get_by_label(decision).check()
        press(page, "Decide")
        page.get_by_role("heading", name=TITLE, level=1).wait_for()


def record_and_link_the_party(page: Page, incident: str) -> None:
    page.get_by_role("link", name="Entities", exact=True).click()
    page.get_by_role("link", name="Record an entity").click()
    page.get_by_label("Name", exact=True).fill(PARTY)
    page.get_by_label("Language of the name").fill("zh-Hans")
    page.get_by_label("Organization").check()
    page.get_by_label("Located in").select_option("CN")
    page.get_by_label("Title of the source").fill("Register extract (invented)")
    page.get_by_label("What it is").select_option("registry")
    page.get_by_label("Invented, for training").check()
    press(page, "Record")
    page.get_by_role("link", name="Add a name").click()
    page.get_by_label("Name", exact=True).fill(ALIAS)
    page.get_by_label("Kind of name").select_option(label="Alias")
    page.get_by_label("Source (optional)", exact=True).select_option(index=1)
    press(page, "Save")
    expect(page.get_by_role("rowheader", name=ALIAS)).to_be_visible()
    page.goto(f"/incidents/{incident}")
    page.get_by_role("link", name="Link an entity").click()
    page.get_by_label("Name or identifier").fill("Пример глубокого")
    press(page, "Search")
    page.get_by_label("Entity", exact=True).select_option(label=PARTY)
    page.get_by_label("Role that the report gives it").select_option("querier")
    press(page, "Link")
    expect(page.get_by_role("link", name=PARTY)).to_be_visible()


def open_case(page: Page, incident: str) -> str:
    page.get_by_role("link", name="Open a case").click()
    expect(page.get_by_label("Incidents")).to_have_value(incident)
    page.get_by_label("Summary").fill(f"Northfield alleges that {PARTY} collected answers.")
    page.get_by_label("This is training material").check()
    press(page, "Open the case")
    done(page, "You lead it.")
    return page.url.rpartition("/")[2]


def add_members(page: Page) -> None:
    page.get_by_role("link", name="Team", exact=True).click()
    for name in COLLEAGUES:
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
    page.get_by_role("link", name=case).first.click()
    page.get_by_role("link", name="Findings").first.click()
    page.get_by_role("link", name="OW1").first.click()
    page.get_by_label("I agree with the answer and its reasons").check()
    press(page, "Record my reading")
    expect(page.get_by_text("Read by Ravi Shah, who agrees")).to_be_visible()


def comment_and_set_a_task(page: Page, case: str) -> None:
    page.goto(f"/cases/{case}")
    page.get_by_label("Comment").fill("请复核支付指纹。")
    press(page, "Add comment")
    expect(page.get_by_text("请复核支付指纹。")).to_be_visible()
    page.get_by_role("link", name="Set a task").click()
    page.get_by_label("What is to be done").fill("Ask the owner for the terms of use")
    page.get_by_label("Who does it").select_option(index=1)
    page.get_by_label("Due").fill("2027-01-15")
    press(page, "Set the task")
    expect(page.get_by_text("Ask the owner for the terms of use")).to_be_visible()


def prepare_packet(page: Page, case: str) -> str:
    """The path of the packet."""
    page.goto(f"/cases/{case}/packets")
    page.get_by_role("link", name="Prepare a packet").first.click()
    page.get_by_label("Recipient", exact=True).select_option("justice")
    page.get_by_label("Purpose").fill("To read, for training.")
    press(page, "Prepare the packet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Packet, version 1")
    return page.url


def issue_and_read(page: Page, packet: str, folder: Path) -> str:
    """The words of the PDF that the second person has issued and downloaded."""
    page.goto(packet)
    page.get_by_role("link", name="Review and issue").click()
    page.get_by_label("I have read the contents").check()
    press(page, "Issue the packet")
    done(page, "issued")
    with page.expect_download() as download:
        press(page, "Download the PDF")
    pdf = folder / "packet.pdf"
    download.value.save_as(pdf)
    assert pdf.read_bytes().startswith(b"%PDF-")
    read = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, text=True)
    return read.stdout
