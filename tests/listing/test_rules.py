from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.listing.rules import (
    Candidate,
    Permission,
    Sentence,
    Source,
    ceiling_citation,
    drops_on,
    is_shown,
    listing_blockers,
    missing_permissions,
)
from casework.statute.clocks import attackers_list_window
from casework.statute.loader import load_pack
from models import AnnexPointer

PACK = load_pack("hr8283_ih_2026_04_15")
TODAY = date(2027, 8, 2)
ATTACKER = Candidate(
    conclusions={"identified": "met", "model_extraction_attack": "met"},
    part="conducted",
    last_attack=date(2026, 8, 2),
    determined_on=TODAY,
)
SECRET = Source(ref="exhibit 4", owners=frozenset({"Aster", "Birch"}))
LINE = Sentence(text="It queried the model through 40 accounts.", sources=(SECRET,))
LEAVE = [
    Permission(owner=owner, ref="exhibit 4", product="list", wording=LINE.text, given=TODAY)
    for owner in ("Aster", "Birch")
]


def lacking(sentence: Sentence, leaves: list[Permission], product: str = "list") -> list[str]:
    found = missing_permissions([sentence], leaves, product=product, on=TODAY)
    return [row.owner for row in found]


@pytest.mark.parametrize("part", ["conducted", "directed"])
def test_an_attacker_or_director_of_the_past_year_may_be_listed(part):
    assert listing_blockers(replace(ATTACKER, part=part), PACK) == []


@pytest.mark.parametrize("part", ["conducted", "directed", "facilitated"])
def test_invariant_03_a_provider_alone_is_never_listed(part):
    provider = replace(
        ATTACKER,
        part=part,
        conclusions={
            "identified": "met",
            "model_extraction_attack": "not_met",
            "fraudulent_account_network_provider": "met",
            "attackers_list": "met",
        },
    )

    assert listing_blockers(provider, PACK)


@pytest.mark.parametrize(
    "change",
    [
        {"part": "facilitated"},
        {"part": ""},
        {"last_attack": date(2026, 8, 1)},
        {"last_attack": None},
        {"determined_on": None},
        {"conclusions": {"model_extraction_attack": "met"}},
        {"conclusions": {"identified": "met", "model_extraction_attack": "insufficient"}},
    ],
)
def test_each_condition_alone_keeps_an_entity_off_the_list(change):
    [told] = listing_blockers(replace(ATTACKER, **change), PACK)

    assert (told.citation, told.authority) == ("4(g)(1)(A)", "statute")


def test_the_strict_reading_counts_back_from_publication():
    assert listing_blockers(ATTACKER, PACK, published=TODAY + timedelta(days=1))


def test_the_gate_opens_when_every_owner_has_agreed_to_the_wording():
    assert lacking(LINE, LEAVE) == []


@pytest.mark.parametrize(
    ("change", "product"),
    [
        ({"revoked": TODAY}, "list"),
        ({"expires": TODAY - timedelta(days=1)}, "list"),
        ({"given": TODAY + timedelta(days=1)}, "list"),
        ({"wording": "It queried the model."}, "list"),
        ({"ref": "exhibit 5"}, "list"),
        ({"owner": "Cedar"}, "list"),
        ({"product": "guide"}, "list"),
    ],
)
def test_invariant_04_one_permission_short_blocks_publication(change, product):
    leaves = [replace(LEAVE[0], **change), LEAVE[1]]

    assert lacking(LINE, leaves, product) == ["Aster"]


def test_invariant_04_every_owner_of_a_shared_fact_must_agree():
    assert lacking(LINE, LEAVE[:1]) == ["Birch"]


def test_a_permission_for_the_list_does_not_cover_the_guide():
    assert lacking(LINE, LEAVE, "guide") == ["Aster", "Birch"]


@pytest.mark.parametrize(
    "source", [replace(SECRET, confidential=False), replace(SECRET, parallel="press, 3 May")]
)
def test_what_is_public_needs_no_permission(source):
    assert lacking(replace(LINE, sources=(source,)), []) == []


@pytest.mark.parametrize("sources", [(), (replace(SECRET, owners=frozenset()),)])
def test_a_sentence_that_nobody_can_clear_stays_blocked(sources):
    assert lacking(replace(LINE, sources=sources), LEAVE) == [""]


def test_invariant_09_an_entry_drops_on_its_last_day():
    drop = drops_on(PACK, first_publication=TODAY, entry_shown=date(2029, 1, 10))

    assert drop == date(2032, 8, 2)
    assert is_shown(drop, on=date(2032, 8, 1))
    assert not is_shown(drop, on=drop)
    assert ceiling_citation(PACK) == "4(g)(1)(B)"


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)))
def test_invariant_09_on_the_strict_reading_an_entry_drops_when_its_year_is_over(last_attack):
    drop = drops_on(
        PACK,
        first_publication=last_attack,
        entry_shown=last_attack,
        strict_last_attack=last_attack,
    )

    assert attackers_list_window(PACK, drop)[0] > last_attack
    assert attackers_list_window(PACK, drop - timedelta(days=1))[0] <= last_attack


def test_invariant_10_an_annex_is_a_pointer_without_text():
    columns = {column.name for column in AnnexPointer.__table__.columns}

    assert columns >= {"title", "system", "custodian", "registry_number"}
    assert not columns & {"text", "content", "body", "words", "note"}


def test_invariant_10_words_cannot_be_put_into_an_annex():
    with pytest.raises(TypeError):
        AnnexPointer(title="A", system="B", custodian="C", registry_number="D", text="secret")
