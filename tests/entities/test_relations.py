from __future__ import annotations

import uuid
from decimal import Decimal
from itertools import pairwise

import pytest
import sqlalchemy as sa

from casework.screening.actions import entities as actions
from casework.screening.facts import RelationFact
from models import Relation
from tests.entities.records import NEW_SOURCE, SOURCE, count, record, text
from tests.factories import AT, make_entity


def test_relations_two_steps_away_are_drawn_and_three_steps_are_not(sign_in, db, analyst):
    chain = [make_entity(db, analyst, f"Link {number}", country="") for number in range(4)]
    for owner, owned in pairwise(chain):
        share = RelationFact("owns", Decimal("50.000001"), Decimal("50.000001"))
        actions.add_relation(db, owner, owned, share, **record(analyst))

    page = text(sign_in(analyst).get(f"/entities/{chain[0].id}"))

    assert "<svg" in page
    assert "Link 1 owns Link 2 (50.000001%)" in page
    assert "Link 3" not in page


def test_shares_of_more_than_a_hundred_percent_are_told(sign_in, db, analyst):
    owned = make_entity(db, analyst, "Owned Ltd")
    for name in ("First", "Second"):
        owner = make_entity(db, analyst, name)
        share = RelationFact("owns", Decimal(60), Decimal(60))
        actions.add_relation(db, owner, owned, share, **record(analyst))

    page = text(sign_in(analyst).get(f"/entities/{owned.id}"))

    assert "Shares add up to more than 100 percent" in page
    assert "at least 120%" in page


def test_a_source_of_another_entity_cannot_be_cited(desk, db, analyst, entity):
    source = make_entity(db, analyst, "Other").names[0].source
    answers = {"text": "Orchid", "kind": "abbreviation", "source": str(source.id)}

    response = desk.post_form(f"/entities/{entity.id}/names/new", answers)

    assert response.status_code == 422


@pytest.mark.parametrize("kind", ["names", "identifiers", "addresses", "countries", "relations"])
@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_a_fact_of_another_entity_is_not_found_here(desk, db, analyst, entity, kind, act):
    stranger = make_entity(db, analyst, "Stranger")
    facts = {"names": stranger.names[0].id, "countries": stranger.countries[0].id}
    fact = facts.get(kind, uuid.uuid4())

    assert desk.get(f"/entities/{entity.id}/{kind}/{fact}/{act}").status_code == 404


@pytest.mark.parametrize(
    ("answers", "low", "high"),
    [
        ({"low": "50.000001"}, "50.000001", "50.000001"),
        ({"low": "10", "high": "25.5"}, "10", "25.5"),
        ({}, None, None),
    ],
)
def test_a_share_is_exact_a_range_or_unknown(desk, db, analyst, entity, answers, low, high):
    other = make_entity(db, analyst, "Other")
    form = {"kind": "owns", "direction": "forward", **answers, **NEW_SOURCE}

    response = desk.post_form(f"/entities/{entity.id}/relations/with/{other.id}", form)

    row = db.scalars(sa.select(Relation)).one()
    assert response.status_code == 303
    assert (row.from_id, row.to_id) == (entity.id, other.id)
    assert row.percent_min == (Decimal(low) if low else None)
    assert row.percent_max == (Decimal(high) if high else None)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"low": "100.1"}, "Write a share from 0 to 100"),
        ({"low": "33.3333333"}, "at most six decimal places"),
        ({"low": "50", "high": "40"}, "lower bound is above"),
        ({"high": "40"}, "Enter the lower bound too"),
        ({"kind": "controls", "low": "40"}, "Only ownership has a share"),
        ({"starts_on": "2026-03-01", "ends_on": "2026-02-01"}, "end lies before the start"),
        ({"starts_on": "2026-02-30"}, "Enter a day that exists"),
        ({"direction": "sideways"}, "Not a valid choice"),
    ],
)
def test_a_relation_that_cannot_be_is_told_and_kept(desk, db, analyst, entity, answers, told):
    other = make_entity(db, analyst, "Other")
    form = {"kind": "owns", "direction": "forward", "note": "kept", **answers, **NEW_SOURCE}

    response = desk.post_form(f"/entities/{entity.id}/relations/with/{other.id}", form)

    assert response.status_code == 422
    assert told in text(response)
    assert "kept" in text(response)
    assert count(db, Relation) == 0


def test_a_relation_may_read_from_the_other_entity(desk, db, analyst, entity):
    other = make_entity(db, analyst, "Ministry", kind="state_body")
    form = {"kind": "state_body_of", "direction": "backward", **NEW_SOURCE}

    desk.post_form(f"/entities/{entity.id}/relations/with/{other.id}", form)

    assert "Ministry</a> is the state body over" in text(desk.get(f"/entities/{entity.id}"))


def test_an_entity_has_no_relation_to_itself(desk, entity):
    form = {"kind": "owns", "direction": "forward", **NEW_SOURCE}
    address = f"/entities/{entity.id}/relations/with/{entity.id}"

    assert desk.post_form(address, form).status_code == 404


def test_the_other_entity_is_found_by_name(desk, db, analyst, entity):
    other = make_entity(db, analyst, "Ямайка Вычисления")

    page = text(desk.get(f"/entities/{entity.id}/relations/new?q=ямайка"))

    assert f"/entities/{entity.id}/relations/with/{other.id}" in page


def test_a_relation_is_corrected_from_either_end(desk, db, analyst, entity):
    owner = make_entity(db, analyst, "Owner")
    share = RelationFact("owns", Decimal(51), Decimal(51))
    row = actions.add_relation(db, owner, entity, share, source=SOURCE, by=analyst, at=AT)
    address = f"/entities/{entity.id}/relations/{row.id}/correct"
    assert 'value="51"' in text(desk.get(address))

    form = {"kind": "owns", "direction": "backward", "low": "49", "reason": "Filing amended."}
    response = desk.post_form(address, {**form, **NEW_SOURCE})

    page = text(desk.get(response.location))
    assert response.status_code == 303
    assert "Owner owns Orchid Compute Ltd (49%)" in page
    assert "Filing amended." in page


def test_a_relation_is_withdrawn_from_either_end(desk, db, analyst, entity):
    other = make_entity(db, analyst, "Other")
    row = actions.add_relation(
        db, other, entity, RelationFact("controls"), source=SOURCE, by=analyst, at=AT
    )

    response = desk.post_form(
        f"/entities/{entity.id}/relations/{row.id}/withdraw", {"reason": "Two firms of one name."}
    )

    page = text(desk.get(response.location))
    assert "Other controls Orchid Compute Ltd" in page
    assert "Two firms of one name." in page
    assert "<svg" not in page.partition("Relations</h2>")[2].partition("Reports that")[0]


def test_a_correction_of_a_relation_that_cannot_be_is_told(desk, db, analyst, entity):
    other = make_entity(db, analyst, "Other")
    row = actions.add_relation(
        db, other, entity, RelationFact("owns"), source=SOURCE, by=analyst, at=AT
    )
    form = {"kind": "owns", "direction": "backward", "low": "many", "reason": "x", **NEW_SOURCE}

    response = desk.post_form(f"/entities/{entity.id}/relations/{row.id}/correct", form)

    assert response.status_code == 422
    assert db.get(Relation, row.id).withdrawn_at is None


def test_the_right_share_survives_correction_to_the_sixth_place(desk, db, analyst, entity):
    other = make_entity(db, analyst, "Other")
    share = RelationFact("owns", Decimal("33.333333"), Decimal(50))
    row = actions.add_relation(db, entity, other, share, source=SOURCE, by=analyst, at=AT)

    page = text(desk.get(f"/entities/{entity.id}/relations/{row.id}/correct"))

    assert 'value="33.333333"' in page
    assert 'value="50"' in page
