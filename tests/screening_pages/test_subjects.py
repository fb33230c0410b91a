"""What a case and its packet say of confirmed matches."""

from __future__ import annotations

import pytest

from casework.packets.queries.parties import parties_of
from casework.screening.actions.judgements import confirm, judge
from casework.statute.loader import load_pack
from tests.entities.records import text
from tests.factories import AT, TEXT_VERSION, make_case


@pytest.fixture
def case(db, analyst, second, entity):
    return make_case(db, second, subjects=[entity], members=[analyst])


@pytest.fixture
def confirmed(db, analyst, second, hit):
    judge(db, hit, verdict="match", reason="Same number", expected=0, by=analyst, at=AT)
    confirm(db, hit, expected=1, agrees=True, reason="", by=second, at=AT)


def packet(db, case, recipient):
    found = parties_of(db, case, load_pack(TEXT_VERSION), recipient=recipient)
    return [fact for fact in found.entities[0].identifiers if "match" in fact.label]


def test_a_case_shows_the_confirmed_matches_of_its_subjects(desk, case, analyst, second, confirmed):
    page = text(desk.get(f"/cases/{case.reference}/subjects"))

    for told in ("Confirmed matches with lists", "ORCHID COMPUTE LIMITED", "Entry 7"):
        assert told in page
    assert "Edition 1" in page
    assert page.index(analyst.name) < page.rindex(second.name)


def test_a_claim_that_nobody_confirmed_is_in_neither(desk, db, case, analyst, hit):
    judge(db, hit, verdict="match", reason="Same number", expected=0, by=analyst, at=AT)

    assert "Confirmed matches" not in text(desk.get(f"/cases/{case.reference}/subjects"))
    assert packet(db, case, "bis") == []


def test_a_packet_names_list_edition_entry_and_both_persons(db, case, analyst, second, confirmed):
    (fact,) = packet(db, case, "bis")

    assert "Specially Designated Nationals" in fact.value
    assert "entry 7" in fact.value
    assert "Edition of 2026-10-01" in fact.source
    assert f"Judged by {analyst.name}" in fact.source
    assert f"confirmed by {second.name}" in fact.source


def test_the_public_version_names_no_officer(db, case, analyst, second, confirmed):
    (fact,) = packet(db, case, "public")

    assert "entry 7" in fact.value
    assert analyst.name not in fact.source
    assert second.name not in fact.source


def test_what_tells_a_person_apart_is_held_back_from_the_public(db, case, entity, confirmed):
    entity.kind = "person"
    db.flush()

    (fact,) = packet(db, case, "public")
    assert fact.value == "[REDACTED (b)(6)]"
