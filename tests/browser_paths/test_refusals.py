"""Pages that refuse something are as sound as the others, and lose nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser_paths.crawl import Visit
from tests.browser_paths.desk import Desks
from tests.browser_paths.look import Looker
from tests.browser_paths.steps import press
from tests.browser_paths.tour import Tour

pytestmark = pytest.mark.browser

CASE = "/cases/MEA-2026-00002"
# Who opens which form and presses which button without having answered anything.
EMPTY_FORMS = (
    ("officer", "/incidents/new", "Review"),
    ("officer", "/cases/new", "Open the case"),
    ("officer", "/entities/new", "Record"),
    ("officer", f"{CASE}/evidence/new", "Add the exhibit"),
    ("officer", f"{CASE}/evidence/pointer", "Note the pointer"),
    ("officer", f"{CASE}/tasks/new", "Set the task"),
    ("officer", f"{CASE}/team/recuse", "Record the recusal"),
    ("records", f"{CASE}/packets/new", "Prepare the packet"),
    ("administrator", "/people/new", "Add and make a link"),
    ("", "/sign-in", "Sign in"),
)


@pytest.mark.parametrize(
    ("key", "path", "status"),
    [("officer", "/no-such-page", 404), ("officer", "/cases/MEA-1999-00001", 404),
     ("officer", "/audit", 403), ("reporter", "/entities", 403)],
)  # fmt: skip
def test_page_that_is_refused_is_sound(browser, tour: Tour, axe: str, key, path, status):
    assert tour.faults(browser, axe, [Visit("refused", key, path, status, 0)]) == {}


def test_form_with_errors_is_sound_and_its_summary_leads_to_each_field(
    browser, tour: Tour, axe: str
):
    found = {}

    for key, path, button in EMPTY_FORMS:
        with tour.window(browser, key) as page:
            looker = Looker(page, axe)
            page.goto(path)
            press(page, button)
            summary = page.get_by_role("alert")
            expect(summary.get_by_role("link")).not_to_have_count(0)
            found[path] = [*looker.faults(), *dangling_links(page)]

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def dangling_links(page: Page) -> list[str]:
    """Links of the summary whose target is no field of the page."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll(".error-summary a")]
              .map((link) => link.getAttribute("href"))
              .filter((href) => !document.getElementById(href.slice(1))
                ?.matches("input, select, textarea"))"""
        )
    )


def test_step_that_is_blocked_says_what_blocks_it(desks: Desks, axe: str):
    page = desks.sit_down("records")
    looker = Looker(page, axe)
    page.goto(f"{CASE}/steps/refer")
    page.get_by_label("Reason").fill("Sent to another step than the page offers.")
    other = f"{CASE}/steps/archive"
    page.get_by_label("Reason").evaluate("(field, other) => { field.form.action = other; }", other)

    press(page, "Refer to prosecutors")

    expect(page.get_by_role("heading", level=1)).to_have_text("This step is not open yet")
    assert page.get_by_role("main").get_by_role("listitem").count() > 0
    assert looker.faults() == []


def test_stale_form_shows_both_texts_and_loses_neither(desks: Desks, axe: str):
    first, second = desks.sit_down("officer"), desks.sit_down("officer")
    looker = Looker(second, axe)
    for page in (first, second):
        page.goto(f"{CASE}/edit")
    first.get_by_label("Summary").fill("先保存的摘要。")
    press(first, "Save")
    second.get_by_label("Summary").fill("后写的摘要。")

    press(second, "Save")

    main = second.get_by_role("main")
    expect(main).to_contain_text("先保存的摘要。")
    expect(main).to_contain_text("后写的摘要。")
    assert looker.faults() == []
