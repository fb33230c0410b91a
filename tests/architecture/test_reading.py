"""Reading changes nothing, and odd addresses are answered without a fault."""

from __future__ import annotations

import pytest

from casework.access import Role
from tests.architecture.matrix import GUARDED, allowed

PAGES = [route for route in GUARDED if route.startswith("GET ")]
# The access log is written after the page's own transaction, which only reads.
LOG = {"INSERT INTO audit_entry", "INSERT INTO audit_detail", "UPDATE audit_head"}
# Usage logs rest on exhibits; to compare a case with those of other owners is itself logged.
CONFIDENTIAL = ("<exhibit_number>", "<packet_number>", "<log_number>", "/correlations")
ODD = (
    f"before={10**40}&after={10**40}&page={10**40}&offset=-1",
    "q=%00&before=x&after=%00&sort=%27&order=drop&state=%F0%9F%A6%A9",
    f"q={'a' * 3000}&after=2026-01-01T00:00:00%2B00:00%7Cx&lead=1&entity=1&subject=1",
    "q=%25_%5C%27%22&stage=none&country=ZZ&from=2027-02-30&to=rubbish&training=maybe",
)


def reader_of(route: str) -> str:
    """The first role, in the order of the table, that may see the page."""
    return next(role for role in Role if role in allowed(route))


@pytest.mark.parametrize("route", PAGES)
def test_a_page_writes_nothing_but_that_a_confidential_item_was_seen(caller, route):
    written = caller.statements(route, reader_of(route))

    assert set(written) <= LOG
    assert not written or any(place in route for place in CONFIDENTIAL), written


@pytest.mark.parametrize("query", ODD, ids=["huge", "signs", "long", "wildcards"])
@pytest.mark.parametrize("route", PAGES)
def test_a_page_answers_any_query_without_a_fault(caller, route, query):
    assert caller.status(route, reader_of(route), query=query) < 500
