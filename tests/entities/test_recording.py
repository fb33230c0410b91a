from __future__ import annotations

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.errors import InvalidValue
from casework.screening.actions import entities as actions
from casework.screening.facts import NameFact, RelationFact
from models import Entity, Source
from tests.entities.records import NEW_SOURCE, SOURCE, count, text
from tests.factories import AT, make_entity, make_officer

NEW_ENTITY = {"text": "示范深度研究有限公司", "name_kind": "legal", "language": "zh-Hans"}
NEW_ENTITY |= {"kind": "organization", "located": "CN", **NEW_SOURCE}


def test_a_recorded_entity_has_its_name_its_country_and_one_source(desk, db, analyst):
    response = desk.post_form("/entities/new", NEW_ENTITY)

    entity = db.scalars(sa.select(Entity)).one()
    assert response.status_code == 303
    assert response.location == f"/entities/{entity.id}"
    assert (entity.name, entity.created_by_id) == ("示范深度研究有限公司", analyst.id)
    assert [(tie.country, tie.tie) for tie in entity.countries] == [("CN", "located")]
    assert entity.names[0].source is entity.countries[0].source
    assert "示范深度研究有限公司" in text(desk.get(response.location))


def test_a_form_sent_twice_records_one_entity(desk, db):
    form = {**NEW_ENTITY, "submission_key": "k" * 24}

    first, second = (desk.post_form("/entities/new", form) for _ in range(2))

    assert first.location == second.location
    assert count(db, Entity) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": ""}, "Enter the name."),
        ({"text": "x" * 501}, "at most 500 characters; this has 501"),
        ({"text": "Orchid\u202eLtd"}, "RIGHT-TO-LEFT OVERRIDE"),
        ({"text": "Orchid\0Ltd"}, "U+0000"),
        ({"language": "Chinese"}, "Write the language as a tag"),
        ({"kind": "planet"}, "Not a valid choice"),
        ({"located": "ZZ"}, "Not a valid choice"),
        ({"source_title": ""}, "Say what the source is."),
        ({"source_basis": ""}, "Choose what kind of basis"),
        ({"source_url": "javascript:alert(1)"}, "begins with https://"),
        ({"source_published_on": "2026-02-30"}, "Enter a day that exists"),
    ],
)
def test_what_cannot_be_recorded_is_told_beside_its_field_and_kept(desk, db, change, told):
    response = desk.post_form("/entities/new", {**NEW_ENTITY, "note": "kept words", **change})

    assert response.status_code == 422
    assert told in text(response)
    assert "kept words" in text(response)
    assert count(db, Entity) == count(db, Source) == 0


def test_an_entity_of_the_same_name_is_shown_before_a_second_is_recorded(desk, db, entity):
    form = {**NEW_ENTITY, "text": "ORCHID  Compute Ltd", "language": ""}

    asked = desk.post_form("/entities/new", form)
    assert asked.status_code == 409
    assert f"/entities/{entity.id}" in text(asked)
    assert count(db, Entity) == 1

    assert desk.post_form("/entities/new", {**form, "distinct": "y"}).status_code == 303
    assert count(db, Entity) == 2


def test_a_draft_comes_back_and_goes_when_the_entity_is_recorded(desk):
    desk.post_form("/drafts/entity/-", {"text": "Half a na"})
    assert "Half a na" in text(desk.get("/entities/new"))

    desk.post_form("/entities/new", NEW_ENTITY)

    assert "Half a na" not in text(desk.get("/entities/new"))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CASE_OFFICER, 303),
        (Role.ANALYST, 303),
        (Role.REVIEWER, 403),
        (Role.SIGNING_OFFICIAL, 403),
        (Role.RECORDS_OFFICER, 403),
        (Role.AGENCY_DELEGATE, 403),
        (Role.REPORTER, 403),
        (Role.AUDITOR, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_case_officers_and_analysts_record_entities_and_nobody_else(sign_in, db, role, status):
    desk = sign_in(make_officer(db, role))

    assert desk.post_form("/entities/new", NEW_ENTITY).status_code == status
    assert count(db, Entity) == (status == 303)


def test_kind_note_and_name_shown_are_edited(desk, db, analyst, entity):
    name = actions.add_name(db, entity, NameFact("Orchid"), source=SOURCE, by=analyst, at=AT)
    form = {"kind": "state_body", "shown": str(name.id), "note": "Looked at twice."}

    response = desk.post_form(
        f"/entities/{entity.id}/edit", {**form, "version": str(entity.version)}
    )

    assert response.status_code == 303
    assert (entity.name, entity.kind, entity.note) == ("Orchid", "state_body", "Looked at twice.")


def test_an_edit_after_somebody_elses_shows_both_texts_and_can_be_saved_then(
    desk, db, analyst, entity
):
    form = {"kind": "organization", "shown": str(entity.names[0].id)}
    address, stale = f"/entities/{entity.id}/edit", str(entity.version)
    desk.post_form(address, {**form, "note": "Their words", "version": stale})

    conflict = desk.post_form(address, {**form, "note": "My words", "version": stale})

    assert conflict.status_code == 409
    assert "Their words" in text(conflict)
    assert "My words" in text(conflict)
    assert entity.note == "Their words"
    fresh = text(conflict).partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    merged = desk.post_form(address, {**form, "note": "Both", "version": fresh})
    assert merged.status_code == 303


def test_every_form_of_an_entity_opens(desk, db, analyst, entity):
    other = make_entity(db, analyst, "Other")
    row = actions.add_relation(
        db, other, entity, RelationFact("controls"), source=SOURCE, by=analyst, at=AT
    )
    name = entity.names[0]
    pages = [
        "/entities/new",
        f"/entities/{entity.id}/edit",
        f"/entities/{entity.id}/names/{name.id}/withdraw",
        f"/entities/{entity.id}/relations/{row.id}/withdraw",
        f"/entities/{entity.id}/relations/new",
        f"/entities/{entity.id}/relations/with/{other.id}",
        *(
            f"/entities/{entity.id}/{kind}/new"
            for kind in ("names", "identifiers", "addresses", "countries")
        ),
    ]

    assert {page: desk.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_actions_refuse_what_no_page_offers(db, analyst, entity):
    stranger = make_entity(db, analyst, "Stranger")
    entry = {"source": SOURCE, "by": analyst, "at": AT}

    with pytest.raises(InvalidValue):
        actions.add_relation(db, entity, entity, RelationFact("owns"), **entry)
    with pytest.raises(InvalidValue):
        actions.withdraw(db, entity, entity.countries[0], reason=" ", by=analyst, at=AT)
    with pytest.raises(InvalidValue):
        actions.describe(
            db,
            entity,
            kind="organization",
            shown=stranger.names[0],
            note="",
            version=entity.version,
            by=analyst,
            at=AT,
        )
    with pytest.raises(InvalidValue):
        actions.create_entity(db, kind="planet", name=NameFact("Mars"), **entry)
