"""All pages of a docket, as its officers reach them, to be looked at one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.browser_paths.crawl import Visit, signed_in, walk
from tests.browser_paths.docket import Docket
from tests.browser_paths.look import Looker


@dataclass(frozen=True)
class Tour:
    docket: Docket
    visits: list[Visit] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    def walk_as(self, key: str, *start: str) -> None:
        client = signed_in(self.docket, key)
        cookie = client.get_cookie(self._cookie)
        assert cookie
        self.tokens[key] = cookie.value
        self.visits.extend(walk(client, key, ("/", *start)))

    @contextmanager
    def window(self, browser: Browser, key: str) -> Iterator[Page]:
        """A window of that officer; with an empty key nobody is signed in."""
        address = self.docket.address
        with browser.new_context(base_url=address) as context:
            if key:
                value = self.tokens[key]
                context.add_cookies([{"name": self._cookie, "value": value, "url": address}])
            yield context.new_page()

    def faults(self, browser: Browser, axe: str, visits: list[Visit]) -> dict[Visit, list[object]]:
        """What is wrong with the pages on screen; sound ones are left out."""
        found: dict[Visit, list[object]] = {}
        for key in dict.fromkeys(visit.key for visit in visits):
            with self.window(browser, key) as page:
                looker = Looker(page, axe)
                mine = [visit for visit in visits if visit.key == key]
                found |= {visit: looker.faults_at(visit.path, visit.status) for visit in mine}
        return {visit: wrong for visit, wrong in found.items() if wrong}

    @property
    def _cookie(self) -> str:
        return str(self.docket.app.session_interface.cookie)
