from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.errors import InvalidValue
from casework.screening.actions import entities as entity_actions
from casework.screening.actions.interchange import record_document
from casework.screening.facts import IdentifierFact, NameFact, SourceFact
from casework.screening.interchange import bods, ftm
from casework.screening.queries import entities as screening
from casework.screening.queries.interchange import around, plan_for
from models import AuditEntry, Entity, Relation, Source
from tests.factories import AT, make_case, make_entity, make_officer
from tests.interchange.conftest import LEI, line

REGISTER = SourceFact("Export of another office", "registry")


def record(db, officer, text, *, training=False, source=REGISTER):
    return record_document(
        db,
        ftm.read(text),
        within=screening.visible_to(officer),
        source=source,
        training=training,
        by=officer,
        at=AT,
    )


def named(db, name):
    return db.scalars(sa.select(Entity).where(Entity.name == name)).one()


def test_what_a_file_says_is_recorded_with_one_source_and_audited(db, analyst, lines):
    record(db, analyst, lines)

    relation = db.scalars(sa.select(Relation)).one()
    assert (relation.percent_min, relation.percent_max) == (Decimal(50), Decimal(75))
    assert relation.owner.name == "北方集团 Group"
    child = named(db, "North Relay Ltd")
    assert [name.text for name in child.names] == ["North Relay Ltd", "NRL"]
    assert {name.source_id for name in child.names} == {relation.source_id}
    titles = db.scalars(sa.select(Source.title).where(Source.title == REGISTER.title)).all()
    assert len(titles) == 1
    acts = db.scalars(sa.select(AuditEntry.action)).all()
    assert acts.count("entity.create") == 2
    assert "entity.add_relation" in acts


def test_the_same_number_is_the_same_entity_and_only_what_is_new_is_added(db, analyst, lines):
    parent = make_entity(db, analyst, "Northern Group")
    number = IdentifierFact("lei", LEI.lower())
    entity_actions.add_identifier(db, parent, number, source=REGISTER, by=analyst, at=AT)

    plan = record(db, analyst, lines)

    first, second = plan.parties
    assert (first.entity, second.entity) == (parent, None)
    assert NameFact("北方集团 Group") in first.adds
    assert [type(fact).__name__ for fact in first.adds] == ["NameFact", "CountryFact"]
    assert db.scalars(sa.select(Relation.from_id)).one() == parent.id
    assert parent.name == "Northern Group"


def test_recording_a_file_again_adds_nothing_for_parties_with_numbers(db, analyst):
    text = "\n".join(
        [
            line("p", "Company", name=["P"], leiCode=[LEI]),
            line("c", "Company", name=["C"], innCode=["7707083893"]),
            line("o", "Ownership", owner=["p"], asset=["c"], percentage=["60"]),
        ]
    )
    record(db, analyst, text)

    again = plan_for(db, ftm.read(text), screening.visible_to(analyst), training=False)

    assert [row.adds for row in again.parties] == [(), ()]
    assert (again.links, len(again.known)) == ((), 1)


def test_the_same_name_is_told_and_makes_no_match(db, analyst, lines):
    other = make_entity(db, analyst, "NORTH RELAY LTD")

    plan = plan_for(db, ftm.read(lines), screening.visible_to(analyst), training=False)

    assert plan.parties[1].alike == (other,)
    assert plan.parties[1].entity is None


def test_training_records_and_real_ones_are_not_matched(db, analyst, lines):
    record(db, analyst, lines, training=True)

    plan = plan_for(db, ftm.read(lines), screening.visible_to(analyst), training=False)

    assert [row.entity for row in plan.parties] == [None, None]


def test_a_number_that_stands_for_two_parties_stops_everything(db, analyst):
    text = "\n".join(line(key, "Company", name=[key], leiCode=[LEI]) for key in "pq")

    with pytest.raises(InvalidValue, match="one and the same number"):
        record(db, analyst, text)
    assert db.scalars(sa.select(Entity)).all() == []


def test_a_source_without_a_title_is_refused(db, analyst, lines):
    with pytest.raises(InvalidValue):
        record(db, analyst, lines, source=SourceFact("", "registry"))


def test_the_surroundings_go_out_and_come_back(db, analyst, lines):
    record(db, analyst, lines)
    parent = named(db, "北方集团 Group")
    document = around(db, [parent], screening.visible_to(analyst))

    text, dropped = ftm.write(document)

    assert dropped == ()
    back = ftm.read(text)
    assert {party.names[0].text for party in back.parties} == {"北方集团 Group", "North Relay Ltd"}
    assert back.links == document.links
    statements = json.loads(bods.write(document, publisher="Docket", on=AT.date())[0])
    assert {each["recordType"] for each in statements} == {"entity", "relationship"}


def sent(client, text, **more):
    content = text if isinstance(text, bytes) else text.encode()
    fields = {"file_format": "ftm", "file": (BytesIO(content), "file.jsonl")} | more
    return client.post_form("/entities/import", fields)


SOURCE = {"source_title": "Export of another office", "source_basis": "registry"}


def digest_of(page):
    return page.split('name="digest"')[1].split('value="')[1].split('"')[0]


def test_a_file_is_looked_at_first_and_recorded_afterwards(sign_in, db, analyst, lines):
    client = sign_in(analyst)

    assert sent(client, lines).status_code == 303
    page = client.get("/entities/import/preview").get_data(as_text=True)
    assert "北方集团 Group" in page
    assert "Entities of the schema Vessel" in page
    assert db.scalars(sa.select(Entity)).all() == []

    answers = {**SOURCE, "digest": digest_of(page)}
    assert client.post_form("/entities/import/preview", answers).status_code == 303
    assert named(db, "北方集团 Group").names[0].source.title == SOURCE["source_title"]
    assert client.get("/entities/import/preview").status_code == 302


def test_without_a_source_nothing_is_recorded_and_the_message_says_so(sign_in, db, analyst, lines):
    client = sign_in(analyst)
    sent(client, lines)
    page = client.get("/entities/import/preview").get_data(as_text=True)

    response = client.post_form(
        "/entities/import/preview", {"source_publisher": "Kept", "digest": digest_of(page)}
    )

    assert response.status_code == 422
    assert 'value="Kept"' in response.get_data(as_text=True)
    assert db.scalars(sa.select(Entity)).all() == []


def test_another_file_looked_at_since_is_not_recorded_unseen(sign_in, db, analyst, lines):
    client = sign_in(analyst)
    sent(client, lines)
    page = client.get("/entities/import/preview").get_data(as_text=True)
    sent(client, line("x", "Person", name=["Somebody else"]))

    response = client.post_form("/entities/import/preview", {**SOURCE, "digest": digest_of(page)})

    assert response.status_code == 409
    assert "Somebody else" in response.get_data(as_text=True)
    assert db.scalars(sa.select(Entity)).all() == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "no text in UTF-8"),
        (b"", "holds no party"),
        (b'{"id": "x"}', "row 1: schema: is missing"),
        (b"a\x00b", "NUL"),
        (b'{"id": "a", "schema": "Person", "properties": {"name": ["\\ud800"]}}', "cannot be seen"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(sign_in, analyst, content, message):
    response = sent(sign_in(analyst), content)

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)


def test_the_files_are_offered_for_download_and_hold_what_the_reader_may_see(
    sign_in, db, analyst, lines
):
    record(db, analyst, lines)
    parent = named(db, "北方集团 Group")
    case = make_case(db, analyst, subjects=[parent])
    client = sign_in(analyst)

    page = client.get(f"/entities/{parent.id}/interchange").get_data(as_text=True)
    assert f"/entities/{parent.id}/interchange/bods" in page
    for path in (f"{parent.id}", f"of-case/{case.reference}"):
        answer = client.get(f"/entities/{path}/interchange/ftm")
        assert len(ftm.read(answer.get_data(as_text=True)).parties) == 2
        assert "attachment" in answer.headers["Content-Disposition"]
    stranger = make_officer(db, Role.ANALYST)
    assert (
        sign_in(stranger).get(f"/entities/of-case/{case.reference}/interchange/ftm").status_code
        == 404
    )
