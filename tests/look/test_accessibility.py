"""Every page of the gallery, in every state, as Chromium and axe-core see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.chromium import overhang, unseen_focus, violations
from tests.look.gallery import PAGES

pytestmark = pytest.mark.browser

MARK = "CUI//SP-PROPIN/INV//FED ONLY"
WIDTHS = (1280, 640, 320)
Opener = Callable[..., tuple[Page, list[str]]]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens a page and collects what the console says, but for the status of a 422 page."""
    contexts = []

    def open_page(path: str, **options: Any) -> tuple[Page, list[str]]:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.status in (200, 422)
        return page, [text for text in said if "422" not in text]

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGES)
def test_page_breaks_no_rule_of_wcag(visit: Opener, axe: str, name, width, scheme):
    page, said = visit(
        f"/gallery/{name}", viewport={"width": width, "height": 900}, color_scheme=scheme
    )

    assert violations(page, axe) == []
    assert said == []


def test_axe_reports_a_page_that_is_broken(visit: Opener, axe: str):
    page, _ = visit("/gallery/sign-in")
    page.evaluate("document.querySelector('label').remove()")

    assert [found[0] for found in violations(page, axe)] == ["label"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(visit: Opener, name, width):
    page, _ = visit(f"/gallery/{name}", viewport={"width": width, "height": 900})

    assert overhang(page) == 0


@pytest.mark.parametrize("name", PAGES)
def test_every_stop_of_the_tab_key_shows_its_focus(visit: Opener, name):
    page, _ = visit(f"/gallery/{name}")
    unseen = []

    for _ in range(40):
        page.keyboard.press("Tab")
        unseen += filter(None, [unseen_focus(page)])

    assert unseen == []


def test_menu_opens_on_a_phone_without_javascript(visit: Opener):
    page, _ = visit(
        "/gallery/list", viewport={"width": 320, "height": 700}, java_script_enabled=False
    )
    reports = page.get_by_role("link", name="Reports")
    before = reports.is_visible()

    page.get_by_role("button", name="Menu").click()

    assert not before
    assert reports.is_visible()


def test_page_in_forced_colors_keeps_edges_of_status_and_buttons(visit: Opener):
    page, _ = visit("/gallery/case", forced_colors="active")

    edges = page.evaluate(
        "[...document.querySelectorAll('.status, .button')]"
        ".map((e) => getComputedStyle(e).borderTopColor)"
    )

    assert edges
    assert "rgba(0, 0, 0, 0)" not in edges


def test_paper_carries_the_mark_and_the_closed_details_but_no_controls(visit: Opener):
    page, _ = visit("/gallery/findings")

    page.emulate_media(media="print")

    assert page.locator(".marking--top").is_visible()
    assert page.get_by_text("61,400").is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert not page.get_by_role("button", name="Sign out").is_visible()


def test_every_sheet_of_paper_carries_the_mark_twice(visit: Opener):
    page, _ = visit("/gallery/case-long")

    sheets = PdfReader(BytesIO(page.pdf(format="Letter"))).pages

    marks = [sheet.extract_text().count(MARK) for sheet in sheets]
    assert len(marks) > 1
    assert all(count >= 2 for count in marks)


def test_browser_reported_nothing_against_the_policy(visit: Opener, gallery: Flask):
    gallery.config["REPORTS"].clear()
    for name in PAGES:
        visit(f"/gallery/{name}")
    page, _ = visit("/gallery/plain")
    page.wait_for_timeout(300)
    reported = list(gallery.config["REPORTS"])

    with page.expect_request("**/csp"):
        page.evaluate("document.body.setAttribute('style', 'color: red')")

    assert reported == []


def test_public_sans_is_the_face_that_draws_the_text(visit: Opener):
    page, _ = visit("/gallery/list")

    faces = page.evaluate(
        "document.fonts.ready.then((all) => [...all].map((f) => [f.family, f.style, f.status]))"
    )

    assert ["Public Sans", "normal", "loaded"] in [
        [family.strip('"'), style, status] for family, style, status in faces
    ]
