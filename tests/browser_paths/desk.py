"""A browser window of one officer."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser_paths.docket import Docket


class Desks:
    """Opens windows, and collects in `said` what their consoles said."""

    def __init__(self, browser: Browser, docket: Docket) -> None:
        self._browser = browser
        self.docket = docket
        self.said: list[str] = []
        self._contexts: list[BrowserContext] = []

    def open(self, **options: Any) -> Page:
        """A window in which nobody is signed in."""
        context = self._browser.new_context(base_url=self.docket.address, **options)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        return page

    def sit_down(self, key: str, **options: Any) -> Page:
        """A window in which the officer has signed in by the form."""
        account = self.docket.accounts[key]
        page = self.open(**options)
        page.goto("/")
        page.get_by_label("E-mail address").fill(account.email)
        page.get_by_label("Password").fill(account.password)
        page.get_by_label("I have read the notice above").check()
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="My work", level=1).wait_for()
        return page

    def leave(self, *pages: Page) -> None:
        """Close the windows; each holds connections, of which the server takes only so many."""
        for page in pages:
            self._contexts.remove(page.context)
            page.context.close()

    def close(self) -> None:
        for context in self._contexts:
            context.close()
