from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from casework.incidents.actions.incidents import link_party, submit_incident
from casework.incidents.queries.listing import incident_page
from casework.incidents.report import Answer
from casework.incidents.search import SORTS, Filters
from models import Incident, IncidentParty, SavedView
from tests.factories import AT, make_entity, make_incident, make_officer
from tests.incidents.answers import report

DENIES = Answer("denies", "No.", date(2026, 6, 20), "A letter")


@pytest.fixture
def two(db, reporter, officer):
    """The report of the fixtures, and one that differs in every filter."""
    first = submit_incident(db, report(), by=reporter, at=AT)
    other = report(
        title="Relay of users’ requests",
        owner_name="Beacon AI",
        alleged_on=date(2026, 9, 10),
        claim_status="disputed",
        answer=DENIES,
        terms={
            "capability": ("math",),
            "access_path": ("relay",),
            "method": ("live_relay",),
            "basis": ("test_purchase",),
        },
    )
    second = submit_incident(db, other, by=reporter, at=AT, training=True)
    entity = make_entity(db, officer, "示范深度研究", country="CN")
    link_party(db, second, entity, "querier", "", by=officer, at=AT)
    second.state = "acknowledged"
    db.flush()
    return first, second


@pytest.mark.parametrize(
    "query",
    [
        "q=relay", "q=深度", "q=ＢＥＡＣＯＮ", "state=acknowledged", "claim_status=disputed",
        "owner=Beacon+AI", "capability=math", "access_path=relay", "method=live_relay",
        "basis=test_purchase", "country=CN", "training=yes", "since=2026-09-10",
        "since=2026-09-10&until=2026-09-10", "q=users+beacon",
    ],
)  # fmt: skip
def test_each_filter_leaves_what_it_names(sign_in, officer, two, query):
    page = sign_in(officer).get(f"/incidents?{query}").text

    assert "<strong>1</strong> incident" in page
    assert two[1].reference in page
    assert two[0].reference not in page


@pytest.mark.parametrize("query", ["q=%25", "q=_", "q=nowhere", "country=FR", "until=2020-01-01"])
def test_a_filter_that_leaves_nothing_says_so(sign_in, officer, two, query):
    page = sign_in(officer).get(f"/incidents?{query}").text

    assert "<strong>0</strong> incidents" in page
    assert "No incident matches these filters" in page


@pytest.mark.parametrize(
    "query",
    ["state=lost", "since=soon", "since=2026-02-02&until=2026-01-01", "q=" + "x" * 501,
     "after=abc", "before=%00", "q=a%00b"],
)  # fmt: skip
def test_a_filter_that_cannot_be_used_is_told(sign_in, officer, two, query):
    assert sign_in(officer).get(f"/incidents?{query}").status_code == 422


@pytest.mark.parametrize("sort", sorted(SORTS))
@pytest.mark.parametrize("descending", [True, False])
def test_pages_follow_each_other_without_gap_or_repeat(db, officer, sort, descending):
    for number in range(60):
        start = None if number % 3 == 0 else AT.date() - timedelta(days=number % 5)
        make_incident(
            db,
            officer,
            title=f"Report {number % 7}",
            submitted_at=AT + timedelta(minutes=number % 4),
            alleged_on=AT.date() - timedelta(days=number % 6),
            window_start=start,
            window_end=None,
        )
    wanted, place, read, pages = Filters(sort=sort, descending=descending), None, [], []

    while pages == [] or place:
        page = incident_page(db, officer, wanted, place)
        pages.append(page)
        read += [row.reference for row in page.rows]
        place = page.after

    assert [len(page.rows) for page in pages] == [25, 25, 10]
    assert len(set(read)) == 60
    assert {page.count for page in pages} == {60}
    back = incident_page(db, officer, wanted, pages[2].before)
    assert back.rows == pages[1].rows
    assert incident_page(db, officer, wanted, back.before).before is None


def test_the_first_page_has_no_page_before_it(db, officer, two):
    page = incident_page(db, officer, Filters())

    assert (page.before, page.after) == (None, None)


def test_the_links_of_the_page_lead_on_under_the_same_filter(db, sign_in, officer):
    for _ in range(30):
        make_incident(db, officer)
    client = sign_in(officer)

    first = client.get("/incidents?state=submitted&sort=title").text
    href = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(href).text

    assert "state=submitted" in href
    assert "sort=title" in href
    assert second.count('scope="row"') == 5


@contextmanager
def counted(engine):
    """The statements that run inside the block."""
    seen = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("path", ["/incidents", "/incidents/INC-2026-00001"])
def test_a_page_costs_the_same_however_much_it_lists(db, sign_in, officer, engine, path):
    client = sign_in(officer)
    first = make_incident(db, officer, parties=[(make_entity(db, officer, "One"), "querier")])
    client.get(path)  # what is read once per process is read
    with counted(engine) as few:
        client.get(path)
    for number in range(20):
        entity = make_entity(db, officer, f"Entity {number}")
        make_incident(db, officer, parties=[(entity, "querier")])
        db.add(IncidentParty(incident_id=first.id, entity_id=entity.id, role="shell", note=""))

    with counted(engine) as many:
        client.get(path)

    assert len([row for row in many if row.startswith("SELECT")]) == len(
        [row for row in few if row.startswith("SELECT")]
    )


def test_a_view_is_kept_used_and_removed(db, sign_in, officer, two):
    client = sign_in(officer)

    kept = client.post_form("/incidents/views?state=acknowledged&after=", {"name": "Waiting"})
    again = client.post_form("/incidents/views?state=acknowledged", {"name": "Waiting"})
    page = client.get("/incidents").text
    view = db.scalars(sa.select(SavedView)).one()
    removed = client.post_form(f"/incidents/views/{view.id}/removal")

    assert kept.location == "/incidents?state=acknowledged"
    assert again.status_code == 422
    assert "Waiting" in page
    assert removed.status_code == 303
    assert db.scalar(sa.select(sa.func.count()).select_from(SavedView)) == 0


def test_a_view_belongs_to_its_officer(db, sign_in, officer, two):
    sign_in(officer).post_form("/incidents/views?q=relay", {"name": "Mine"})
    view = db.scalars(sa.select(SavedView)).one()
    other = sign_in(make_officer(db, "reviewer"))

    assert "Mine" not in other.get("/incidents").text
    assert other.post_form(f"/incidents/views/{view.id}/removal").status_code == 404


def test_a_view_needs_a_name(db, sign_in, officer, two):
    answer = sign_in(officer).post_form("/incidents/views?q=relay", {"name": " "})

    assert answer.status_code == 422
    assert "Enter a name." in answer.text


def test_an_empty_list_says_how_to_add_the_first(db, sign_in, officer):
    assert "No incidents yet" in sign_in(officer).get("/incidents").text
    assert db.scalar(sa.select(sa.func.count()).select_from(Incident)) == 0
