"""The whole path in Chromium, by officers of all nine roles: from a filing to a removal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from models import Case, Officer, PositionRequest
from tests.browser_paths import case_steps as steps
from tests.browser_paths import committee_steps as committee
from tests.browser_paths import list_steps as listing
from tests.browser_paths.desk import Desks
from tests.browser_paths.docket import Docket
from tests.browser_paths.steps import (
    LISTED,
    LISTED_ALIAS,
    begin_report,
    done,
    fill_report,
    press,
    submit_report,
)
from tests.cases import ready
from views.clock import today

pytestmark = pytest.mark.browser

MEMBERS = ("Ana Ortiz", "Ravi Shah", "Rita Boone", "Sam Whitfield", "Carol Winter", "Lena Fox")
ASKED = (
    "Department of State",
    "Commerce, Bureau of Industry and Security",
    "Department of Defense",
)
SILENT = "ENERGY"
# How each delegate votes, by the word in the key.
DELEGATES = {"state": "Yes", "commerce": "Yes", "defense": "No", "energy": "Abstains"}


def test_nine_roles_take_a_report_to_a_public_entry_and_off_the_list_again(
    desks: Desks, tmp_path: Path
):
    incident = file_report(desks.sit_down("reporter"))
    officer, official = desks.sit_down("officer"), desks.sit_down("signing")
    analyst, reviewer = desks.sit_down("analyst"), desks.sit_down("reviewer")
    case = open_and_develop(officer, analyst, reviewer, incident, tmp_path)
    finish_the_elements(desks.docket, case)
    listing.hear_the_accused(official, officer, case, today())
    delegates = coordinate(desks, officer, case)
    listing.sign_determination(official, case)
    listing.approve(reviewer, listing.recommend_the_list(officer, case))
    records = desks.sit_down("records")
    listing.record_permission(records, case, incident, today())
    steps.move(official, case, "Take up the public list")
    listing.publish_entry(official, listing.propose_entry(records, case, incident))
    expect_public(desks, listed=True)
    desks.leave(analyst, reviewer, official, records)
    carry_a_vote(desks, officer, delegates, case)
    petition = committee.record_petition(officer, case, today())
    committee.grant_petition(desks.sit_down("second-reviewer"), petition)
    expect_public(desks, listed=False)
    verify_the_log(desks.sit_down("auditor"))
    expect_no_case(desks.sit_down("administrator"), case)

    assert desks.said == []


def file_report(page: Page) -> str:
    begin_report(page)
    fill_report(page)
    return submit_report(page)


def open_and_develop(
    officer: Page, analyst: Page, reviewer: Page, incident: str, folder: Path
) -> str:
    steps.triage(officer, incident)
    steps.record_and_link_the_party(officer, incident, LISTED, LISTED_ALIAS)
    case = steps.open_case(officer, incident)
    steps.add_members(officer, MEMBERS)
    steps.move(officer, case, "Accept the report")
    steps.add_exhibit(officer, case, folder)
    listing.mark_more_strictly(officer, case)
    steps.move(officer, case, "Invite the owner to consult")
    steps.record_consultation(officer, case)
    steps.move(officer, case, "Begin on the elements")
    steps.answer_element(analyst, case)
    steps.read_element(reviewer, case)
    listing.record_last_attack(analyst, case)
    return case


def finish_the_elements(docket: Docket, case_ref: str) -> None:
    """Every further element, answered and read as the first one was on its page; and one agency,
    asked so long ago that its day has passed.
    """
    with docket.sessions.begin() as db:
        case = db.scalars(sa.select(Case).where(Case.reference == case_ref)).one()
        named = {row.name: row for row in db.scalars(sa.select(Officer))}
        entity = next(row.entity for row in case.subjects if row.examined)
        author, reader = named["Ana Ortiz"], named["Ravi Shah"]
        ready.answer_all(db, case, entity, author, reader, but={"OW1"})
        ready.state_purpose(db, case, entity, author)
        ready.recommend(db, case, "entity_list", named["Casey Morgan"], reader)
        asked = ready.act(case, named["Casey Morgan"])
        db.add(PositionRequest(**asked, agency=SILENT, due_on=today() - timedelta(days=1)))


def coordinate(desks: Desks, officer: Page, case: str) -> dict[str, Page]:
    """The windows of the delegates, by the word in their keys."""
    steps.move(officer, case, "Put the draft finding to the agencies")
    listing.ask_agencies(officer, case, ASKED, today())
    delegates = {name: desks.sit_down(f"delegate-{name}") for name in DELEGATES}
    listing.state_position(delegates["state"], case, "Concurs")
    listing.state_position(delegates["commerce"], case, "No comment")
    listing.state_position(delegates["defense"], case, "Does not concur", committee.DISSENT)
    listing.log_silence(officer, case)
    steps.move(officer, case, "Submit for the first assessment")
    return delegates


def carry_a_vote(desks: Desks, officer: Page, delegates: dict[str, Page], case: str) -> None:
    steps.move(officer, case, "Take up the vote under existing power")
    motion = committee.move_to_add(delegates["state"], case)
    for name, choice in DELEGATES.items():
        dissent = committee.DISSENT if choice == "No" else ""
        committee.vote(delegates[name], motion, choice, dissent)
    desks.leave(*delegates.values())
    committee.close_vote(desks.sit_down("chair"), motion)


def expect_public(desks: Desks, *, listed: bool) -> None:
    """What somebody reads who has not signed in."""
    page = desks.open()
    page.goto("/attackers-list")
    expect(page.get_by_text(listing.SENTENCE)).to_have_count(1 if listed else 0)
    if listed:
        entry = page.get_by_role("article").filter(has_text=listing.SENTENCE)
        expect(entry).to_contain_text(LISTED)
        expect(entry).to_contain_text("What the entity answers")
    desks.leave(page)


def verify_the_log(page: Page) -> None:
    page.goto("/audit")
    press(page, "Verify the whole log")
    done(page, "entries")


def expect_no_case(page: Page, case: str) -> None:
    for path in ("/cases", f"/cases/{case}"):
        answer = page.request.get(path)
        assert answer.status in {403, 404}
        assert LISTED not in answer.text()
