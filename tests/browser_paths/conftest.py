"""Plumbing of the paths: a docket on a free port, its pages, and desks of its officers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser_paths.desk import Desks
from tests.browser_paths.docket import Docket, serve
from tests.browser_paths.further import add_further
from tests.browser_paths.tour import Tour

OFFICERS = (
    "reporter", "officer", "analyst", "reviewer", "signing", "chair", "records", "delegate-state",
    "auditor", "administrator",
)  # fmt: skip


@pytest.fixture(scope="session")
def docket(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Docket]:
    """The demo. `browser` comes first, so that nothing is loaded where there is no Chromium."""
    with serve(tmp_path_factory.mktemp("docket"), demo=True) as served:
        yield served


@pytest.fixture(scope="session")
def tour(docket: Docket) -> Tour:
    draft = add_further(docket)
    tour = Tour(docket)
    for key in OFFICERS:
        tour.walk_as(key, *([draft] if key == "officer" else []))
    return tour


@pytest.fixture
def desks(browser: Browser, docket: Docket) -> Iterator[Desks]:
    opened = Desks(browser, docket)
    yield opened
    opened.close()
