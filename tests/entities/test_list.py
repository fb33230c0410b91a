from __future__ import annotations

import pytest

from casework.screening.actions import entities as actions
from casework.screening.facts import IdentifierFact, NameFact
from tests.entities.records import record, text
from tests.factories import make_entity


def test_an_empty_list_says_how_to_record_the_first_entity(sign_in, analyst):
    page = sign_in(analyst).get("/entities")

    assert page.status_code == 200
    assert "No entities yet" in text(page)
    assert "/entities/new" in text(page)


@pytest.mark.parametrize(
    "sought", ["示范", "深度研究", "ＳＨＩＦＡＮ", "shifan deep", "91350100m000"]
)
def test_an_entity_is_found_by_any_name_or_identifier_in_any_script(sign_in, db, analyst, sought):
    entity = make_entity(db, analyst, "示范深度研究有限公司", country="CN")
    actions.add_name(db, entity, NameFact("Shifan Deep Research"), **record(analyst))
    identifier = IdentifierFact("uscc", "91350100M000100Y43", "CN")
    actions.add_identifier(db, entity, identifier, **record(analyst))
    make_entity(db, analyst, "Пример Вычисления", country="RU")

    page = text(sign_in(analyst).get("/entities", query_string={"q": sought}))

    assert "示范深度研究有限公司" in page
    assert "Пример" not in page
    assert "<strong>1</strong> entity" in page


@pytest.mark.parametrize("sought", ["%", "_", "\\", "100%"])
def test_signs_of_the_query_language_are_sought_as_they_are(sign_in, db, analyst, sought):
    make_entity(db, analyst, "Orchid Compute")

    page = text(sign_in(analyst).get("/entities", query_string={"q": sought}))

    assert "No entity matches" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "kind=planet&country=XX&training=maybe&sort=upside-down&after=nobody",
        "after=00000000-0000-0000-0000-000000000000",
    ],
)
def test_an_address_that_means_nothing_shows_the_whole_list(sign_in, db, analyst, query):
    make_entity(db, analyst, "Orchid Compute")

    page = sign_in(analyst).get(f"/entities?{query}")

    assert page.status_code == 200
    assert "Orchid Compute" in text(page)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=person", {"Li Example"}),
        ("country=RU", {"Пример"}),
        ("training=yes", {"Invented Ltd"}),
        ("training=no", {"Li Example", "Пример"}),
        ("kind=person&country=RU", set()),
    ],
)
def test_filters_narrow_the_list(sign_in, db, analyst, query, shown):
    make_entity(db, analyst, "Li Example", kind="person", country="CN")
    make_entity(db, analyst, "Пример", country="RU")
    make_entity(db, analyst, "Invented Ltd", country="", training=True)

    page = text(sign_in(analyst).get(f"/entities?{query}"))

    assert {name for name in ("Li Example", "Пример", "Invented Ltd") if name in page} == shown


@pytest.mark.parametrize("sort", ["name", "newest"])
def test_pages_of_the_list_meet_every_entity_once(sign_in, db, analyst, sort):
    for number in range(60):
        make_entity(db, analyst, f"Party {number % 7}-{number:02}", country="")
    client, address, seen = sign_in(analyst), f"/entities?sort={sort}", []

    while address:
        page = client.get(address).get_data(as_text=True)
        seen += [f"{number:02}" for number in range(60) if f"-{number:02}<" in page]
        address = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")

    assert sorted(seen) == [f"{number:02}" for number in range(60)]


def test_the_list_costs_as_many_queries_for_two_entities_as_for_twenty(
    sign_in, db, analyst, statements
):
    client, costs = sign_in(analyst), []
    client.get("/entities")  # the first request of an application reads its schema version

    for number in range(20):
        make_entity(db, analyst, f"Party {number}")
        if number in {1, 19}:
            db.commit()
            statements.clear()
            client.get("/entities")
            costs.append(len(statements))

    assert costs[0] == costs[1]
