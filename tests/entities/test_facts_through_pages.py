from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.audit.verification import verify
from casework.screening.actions import entities as actions
from casework.screening.facts import NameFact
from models import AuditEntry, Entity, EntityName
from tests.entities.records import NEW_SOURCE, SOURCE, count, text
from tests.factories import AT


@pytest.mark.parametrize(
    ("kind", "answers", "shown"),
    [
        ("names", {"text": "Пример", "kind": "alias", "language": "ru"}, "Cyrillic"),
        ("names", {"text": "Orсhid", "kind": "alias"}, "mixes letters of scripts"),
        ("identifiers", {"kind": "lei", "value": "5493001KJTIIGC8Y1R12"}, "5493001KJTIIGC8Y1R12"),
        ("identifiers", {"kind": "lei", "value": "5493001KJTIIGC8Y1R13"}, "check digits do not"),
        ("addresses", {"text": "1 Example Road\nShenzhen", "country": "CN"}, "Shenzhen"),
        ("countries", {"country": "HK", "tie": "incorporated"}, "Hong Kong"),
    ],
)
def test_a_fact_is_added_with_its_source(desk, db, entity, kind, answers, shown):
    response = desk.post_form(f"/entities/{entity.id}/{kind}/new", {**answers, **NEW_SOURCE})

    page = text(desk.get(response.location))
    assert response.status_code == 303
    assert shown in page
    assert 'href="https://register.example/7"' in page
    assert verify(db).ok


@pytest.mark.parametrize("kind", ["names", "identifiers", "addresses", "countries"])
def test_a_fact_without_a_source_is_not_recorded(desk, db, entity, kind):
    answers = {"text": "x", "kind": "alias", "value": "x", "country": "CN", "tie": "located"}
    if kind == "identifiers":
        answers["kind"] = "tax"
    before = count(db, AuditEntry)

    response = desk.post_form(f"/entities/{entity.id}/{kind}/new", answers)

    assert response.status_code == 422
    assert "Say what the source is." in text(response)
    assert count(db, AuditEntry) == before


def test_a_source_on_record_may_be_cited_again(desk, db, entity):
    source = entity.names[0].source
    answers = {"text": "Orchid", "kind": "abbreviation", "source": str(source.id)}

    response = desk.post_form(f"/entities/{entity.id}/names/new", answers)

    assert response.status_code == 303
    assert {name.source_id for name in db.scalars(sa.select(EntityName))} == {source.id}


def test_a_corrected_name_takes_the_place_of_the_earlier_which_stays_on_record(desk, db, entity):
    name = entity.names[0]
    source = str(name.source_id)
    address = f"/entities/{entity.id}/names/{name.id}/correct"
    assert "Orchid Compute Ltd" in text(desk.get(address))

    response = desk.post_form(
        address,
        {"text": "Orchid Compute Pte", "kind": "legal", "source": source, "reason": "Misread."},
    )

    page = text(desk.get(response.location))
    assert db.get(Entity, entity.id).name == "Orchid Compute Pte"
    assert "Withdrawn entries" in page
    assert "Misread." in page
    assert "Orchid Compute Pte" in text(desk.get("/entities?q=pte"))
    assert "No entity matches" in text(desk.get("/entities?q=compute+ltd"))


def test_a_correction_needs_a_reason(desk, db, entity):
    name = entity.names[0]
    answers = {"text": "Other", "kind": "legal", "source": str(name.source_id), "reason": ""}

    response = desk.post_form(f"/entities/{entity.id}/names/{name.id}/correct", answers)

    assert response.status_code == 422
    assert count(db, EntityName) == 1


def test_the_last_name_cannot_be_withdrawn(desk, db, entity):
    address = f"/entities/{entity.id}/names/{entity.names[0].id}/withdraw"

    response = desk.post_form(address, {"reason": "Wrong."})

    assert response.status_code == 422
    assert "keeps at least one name" in text(response)
    assert db.scalars(sa.select(EntityName)).one().withdrawn_at is None


def test_a_fact_withdrawn_in_the_meantime_is_told_and_the_typing_stays(desk, db, analyst, entity):
    second = actions.add_name(db, entity, NameFact("Orchid"), source=SOURCE, by=analyst, at=AT)
    actions.withdraw(db, entity, second, reason="Misread.", by=analyst, at=AT)
    answers = {"text": "My words", "kind": "alias", "source": str(second.source_id)}

    correct = f"/entities/{entity.id}/names/{second.id}/correct"
    corrected = desk.post_form(correct, {**answers, "reason": "Mine."})
    withdraw = f"/entities/{entity.id}/names/{second.id}/withdraw"
    withdrawn = desk.post_form(withdraw, {"reason": "Mine."})

    assert (corrected.status_code, withdrawn.status_code) == (409, 409)
    assert "My words" in text(corrected)
    assert count(db, EntityName) == 2


def test_every_change_is_in_the_audit_log(desk, db, analyst, entity):
    desk.post_form(f"/entities/{entity.id}/names/new", {"text": "O", "kind": "alias", **NEW_SOURCE})
    name = db.scalars(sa.select(EntityName).where(EntityName.text == "O")).one()
    desk.post_form(f"/entities/{entity.id}/names/{name.id}/withdraw", {"reason": "Wrong."})

    mine = sa.select(AuditEntry.action).where(AuditEntry.object == f"entity:{entity.id}")
    assert db.scalars(mine.order_by(AuditEntry.seq)).all() == [
        "entity.create",
        "entity.add_name",
        "entity.add_country",
        "entity.add_name",
        "entity.withdraw_name",
    ]
    assert verify(db).ok
