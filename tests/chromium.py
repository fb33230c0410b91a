"""One Chromium for all tests that look at pages, and the questions that are put to each page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RUN = """async (tags) => {
  const asked = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]};
  const result = await axe.run(document, asked);
  return result.violations.map((v) => [v.id, ...v.nodes.map((n) => n.html.slice(0, 160))]);
}"""
UNSEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return "";
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const seen = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3
    && box.bottom > 0 && box.top < innerHeight;
  return seen ? "" : at.outerHTML.slice(0, 120);
}"""
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    source = Path(axe_playwright_python.__file__).with_name("axe.min.js")
    return source.read_text(encoding="utf-8") + ";0"


def violations(page: Page, axe: str) -> list[list[str]]:
    """Each broken rule of WCAG 2.2 AA with the beginnings of the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found: list[list[str]] = page.evaluate(RUN, list(RULES))
    return found


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the window, with all its details open."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    return int(page.evaluate(OVERHANG))


def unseen_focus(page: Page) -> str:
    """The beginning of the element that has the focus without showing it; empty when it shows."""
    return str(page.evaluate(UNSEEN))
