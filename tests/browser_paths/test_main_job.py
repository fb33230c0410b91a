"""The main job, done in Chromium as newcomers would do it: from a report to an issued packet."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser_paths.case_steps import (
    add_exhibit,
    add_members,
    answer_element,
    move,
    open_case,
    read_element,
    record_and_link_the_party,
    record_consultation,
    triage,
)
from tests.browser_paths.desk import Desks
from tests.browser_paths.steps import (
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
    add_members(officer, COLLEAGUES)
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
