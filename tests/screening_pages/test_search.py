"""Searching the real index: what a person types, and what the page says of it."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest

from casework.access import Role
from casework.screening.actions.watchlists import Order, import_edition
from casework.screening.watchlists.reading import ListFile
from tests.entities.records import text
from tests.factories import AT, make_officer
from tests.judgements.test_screening import inside

HANGZHOU = "Hangzhou Example Depth Research Co., Ltd."
LIST = [
    {
        "id": "q-1",
        "schema": "Company",
        "caption": HANGZHOU,
        "properties": {
            "name": [HANGZHOU],
            "alias": ["杭州示范深度研究有限公司"],
            "country": ["cn"],
        },
    },
    {
        "id": "q-2",
        "schema": "Person",
        "caption": "Ivan Petrovich Sidorov",
        "properties": {"name": ["Ivan Petrovich Sidorov"], "country": ["ru"]},
    },
]


@pytest.fixture
def listed(db):
    content = "\n".join(map(json.dumps, LIST)).encode()
    return import_edition(
        lambda: inside(db),
        Order(source="ftm", files=[ListFile("list.json", BytesIO(content))]),
        at=AT,
        on=date(2026, 11, 24),
        progress=lambda words: None,
    )


@pytest.fixture
def desk(sign_in, db):
    return sign_in(make_officer(db, Role.ANALYST))


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("q=杭州示范深度研究有限公司", "Hangzhou Example Depth Research"),
        ("q=Hangzhou+Example+Depth+Research&country=CN", "Hangzhou Example Depth Research"),
        ("q=Иван+Петрович+Сидоров&kind=person", "Ivan Petrovich Sidorov"),
        ("q=Sidorov+Ivan+Petrovich", "Ivan Petrovich Sidorov"),
    ],
)
def test_a_name_in_any_script_finds_its_entry_with_reasons(desk, listed, query, entry):
    page = text(desk.get(f"/screening?{query}"))

    assert entry in page
    assert "Compared with" in page
    assert "Edition 1" in page


def test_an_edition_in_force_asks_for_everything_to_be_screened(desk, listed):
    assert "Screening of everything" in text(desk.get("/screening/hits"))


def test_what_is_far_off_is_not_shown_and_the_page_says_what_to_do(desk, listed):
    page = text(desk.get("/screening?q=Quite+Another+Bakery"))

    assert "No candidate for" in page
    assert "Try a lower score" in page


def test_without_a_list_the_page_says_where_one_is_handed_in(desk):
    assert "No list is in force yet" in text(desk.get("/screening?q=Orchid"))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 422),
        (f"q={'x' * 501}", 422),
        ("q=%E2%80%AEabc", 422),
        ("q=...", 200),
        ("q=%27%22%25_%5C", 200),
        ("q=a", 200),
        ("kind=planet&country=ZZ&threshold=9", 200),
        ("q=Orchid&threshold=nan", 200),
    ],
)
def test_odd_questions_are_answered(desk, listed, query, status):
    assert desk.get(f"/screening?{query}").status_code == status


def test_screening_stands_in_the_navigation_of_those_who_may_read_entities(sign_in, db):
    for role in (Role.ANALYST, Role.AGENCY_DELEGATE):
        assert 'href="/screening"' in text(sign_in(make_officer(db, role)).get("/"))
    assert 'href="/screening"' not in text(sign_in(make_officer(db, Role.REPORTER)).get("/"))
