"""Every page that any officer can open, as Chromium and axe-core see it, on a desk and a phone."""

from __future__ import annotations

from collections import defaultdict

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from models import EntityName
from tests.browser_paths.crawl import Visit, kinds
from tests.browser_paths.docket import Docket
from tests.browser_paths.further import LONG_NAME, invite_somebody
from tests.browser_paths.look import Looker
from tests.browser_paths.tour import Tour

pytestmark = pytest.mark.browser

FILES = {
    "assets.favicon", "assets.font", "calendar.read_feed", "static", "health.healthz",
    "uploads.state", "audit.newest_note", "audit.proof",
}  # fmt: skip
BEFORE_SIGN_IN = {"session.sign_in", "session.invitation"}
FAR_LESS = 0.7
AREAS = (
    "analysis_runs", "attackers_list", "audit", "calendar", "carry_over", "case_clocks",
    "case_reports", "cases", "correlations", "custody", "determinations", "disposition",
    "entities", "entity_list", "escalations", "evidence", "findings", "incidents", "listing",
    "markings", "measure_decisions", "measure_holds", "measures", "motions", "notices", "packets",
    "people", "permissions", "petition_answers", "petitions", "report_editions", "reports",
    "retention", "screening", "session", "statute", "statute_comparison", "uploads", "usage_logs",
    "votes", "work",
)  # fmt: skip


def test_looking_finds_a_lost_label_an_overhang_and_a_breach_of_the_policy(
    browser: Browser, docket: Docket, axe: str
):
    with browser.new_context(base_url=docket.address) as context:
        page = context.new_page()
        looker = Looker(page, axe)
        sound = looker.faults_at("/sign-in")
        page.evaluate("document.querySelector('label').remove()")
        page.evaluate("document.querySelector('h1').textContent = '_'.repeat(900)")
        page.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
        page.evaluate("document.body.setAttribute('style', 'color: red')")

        found = " ".join(map(str, looker.faults()))

    assert sound == []
    assert "'label'" in found
    assert "pixels too wide at 320" in found
    assert "Content Security Policy" in found


def test_every_page_is_reached_by_links_from_the_front_page(tour: Tour):
    reached = {visit.kind for visit in tour.visits if visit.status == 200}

    assert kinds(tour.docket.app) - reached - FILES == BEFORE_SIGN_IN


def test_no_link_leads_to_a_page_that_is_refused(tour: Tour):
    refused = [visit for visit in tour.visits if visit.status >= 400]

    assert refused == []


def test_areas_below_are_all_that_the_application_has(docket: Docket):
    pages = kinds(docket.app) - FILES

    assert {kind.partition(".")[0] for kind in pages} == set(AREAS)


@pytest.mark.parametrize("area", AREAS)
def test_pages_break_no_rule_of_wcag_never_scroll_sideways_and_do_not_complain(
    browser: Browser, tour: Tour, axe: str, area
):
    chosen = [visit for visit in _extremes(tour.visits) if visit.kind.startswith(f"{area}.")]

    assert chosen
    assert tour.faults(browser, axe, chosen) == {}


def test_pages_before_signing_in_are_as_sound(browser: Browser, tour: Tour, axe: str):
    link = invite_somebody(tour.docket)
    chosen = [
        Visit("session.sign_in", "", "/sign-in", 200, 0),
        Visit("session.invitation", "", link, 200, 0),
        Visit("session.invitation", "", "/invitation/used-before", 404, 0),
    ]

    assert tour.faults(browser, axe, chosen) == {}


@pytest.mark.parametrize(
    "page",
    ["", "/edit", "/names/new", "/relations/new?q=Example"],
)
def test_name_of_500_characters_fits_on_every_page_about_it(
    browser: Browser, tour: Tour, axe: str, page
):
    with tour.docket.sessions() as db:
        entity = db.scalars(
            sa.select(EntityName.entity_id).where(EntityName.text == LONG_NAME)
        ).one()
    visit = Visit("long name", "officer", f"/entities/{entity}{page}", 200, 0)

    assert tour.faults(browser, axe, [visit]) == {}


def _extremes(visits: list[Visit]) -> list[Visit]:
    """Of each kind of page the one that says most, and the one that says least if it says far
    less.
    """
    by_kind = defaultdict(list)
    for visit in visits:
        if visit.status == 200 and visit.on_screen:
            by_kind[visit.kind].append(visit)
    chosen = []
    for group in by_kind.values():
        most = max(group, key=lambda visit: visit.length)
        least = min(group, key=lambda visit: visit.length)
        chosen += [most, least] if least.length < FAR_LESS * most.length else [most]
    return list({visit.path: visit for visit in chosen}.values())
