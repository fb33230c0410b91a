"""Work without a mouse: every stop of the tab key is seen, and the first task is soon reached."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_paths.desk import Desks
from tests.chromium import unseen_focus

pytestmark = pytest.mark.browser

NAMED = """() => {
  const at = document.activeElement;
  if (!at.matches("a, button, input")) return "";
  return at.ariaLabel ?? at.labels?.[0]?.innerText ?? at.innerText;
}"""
SOON = 40  # stops of the tab key


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus says `words`; every stop on the way must be seen."""
    for _ in range(SOON):
        page.keyboard.press("Tab")
        assert unseen_focus(page) == ""
        if words in page.evaluate(NAMED):
            return
    pytest.fail(f"{words!r} was not reached in {SOON} stops at {page.url}")


def sign_in_by_keyboard(desks: Desks, key: str) -> Page:
    account = desks.docket.accounts[key]
    page = desks.open()
    page.goto("/")
    tab_to(page, "E-mail address")
    page.keyboard.type(account.email)
    tab_to(page, "Password")
    page.keyboard.type(account.password)
    tab_to(page, "I have read the notice above")
    page.keyboard.press("Space")
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="My work", level=1).wait_for()
    return page


def test_officer_signs_in_and_opens_the_first_task_by_keyboard(desks: Desks):
    page = sign_in_by_keyboard(desks, "officer")
    first = page.get_by_role("main").get_by_role("link", name="INC-").first.inner_text()

    tab_to(page, first)
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/incidents/{first}")


def test_skip_link_is_the_first_stop_and_leads_past_the_navigation(desks: Desks):
    page = desks.sit_down("officer")
    skip = page.get_by_role("link", name="Skip to main content")

    page.goto("/cases")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.get_by_role("main").locator(":focus").count() == 1
