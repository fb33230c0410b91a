"""A docket on its first day: every list is empty, says what would be here, and is sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from casework.access import Role
from tests.browser_paths.docket import serve
from tests.browser_paths.tour import Tour

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def first_day(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    with serve(tmp_path_factory.mktemp("first_day"), demo=False) as docket:
        tour = Tour(docket)
        for role in Role:
            tour.walk_as(role)
        yield tour


def test_no_page_of_an_empty_docket_is_refused(first_day: Tour):
    assert [visit for visit in first_day.visits if visit.status >= 400] == []


def test_empty_lists_are_sound(browser: Browser, first_day: Tour, axe: str):
    lists = [visit for visit in first_day.visits if visit.kind.endswith((".index", "work.home"))]
    once_each = list({visit.kind: visit for visit in lists}.values())

    assert {visit.kind for visit in once_each} >= {"cases.index", "entities.index", "work.home"}
    assert first_day.faults(browser, axe, once_each) == {}


@pytest.mark.parametrize(
    "path", ["/", "/incidents", "/cases", "/entities", "/evidence", "/packets"]
)
def test_empty_list_says_what_would_be_there(browser: Browser, first_day: Tour, path):
    with first_day.window(browser, Role.CASE_OFFICER) as page:
        page.goto(path)

        assert page.locator(".empty").inner_text().count("\n") >= 1
