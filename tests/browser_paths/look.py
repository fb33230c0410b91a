"""What is wrong with a page on screen."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.chromium import overhang, violations

WIDTHS = (1280, 320)


class Looker:
    """Looks at pages in one window, and hears what its console says."""

    def __init__(self, page: Page, axe: str) -> None:
        self._page, self._axe = page, axe
        self._said: list[str] = []
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self._hear(str(error)))

    def faults_at(self, path: str, status: int = 200) -> list[object]:
        answer = self._page.goto(path)
        assert answer
        unlike = [f"answered {answer.status}"] if answer.status != status else []
        return [*unlike, *self.faults()]

    def faults(self) -> list[object]:
        """Broken rules of WCAG and scrolling sideways at both widths, with all details open, and
        what the console said since the last look.
        """
        found: list[object] = []
        for width in WIDTHS:
            self._page.set_viewport_size({"width": width, "height": 900})
            excess = overhang(self._page)
            found += [f"{excess} pixels too wide at {width}"] if excess else []
            found += [(width, *broken) for broken in violations(self._page, self._axe)]
        found += self._said
        self._said.clear()
        return found

    def _hear(self, text: str) -> None:
        """The console tells of every page that is an error page; those are asked for here."""
        if "the server responded with a status of 4" not in text:
            self._said.append(text)
