from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.access import Role
from models import (
    JudgementConfirmation,
    Recusal,
    ScreeningJudgement,
    WatchlistEntry,
)
from tests.factories import AT, make_officer
from tests.ownership_pages.reading import get, results


def test_the_chain_to_an_identified_owner_is_told_with_each_source(
    sign_in, analyst, party, owns, identify
):
    top, middle, low = party("Top"), party("Middle 中间"), party("Low")
    owns(top, middle, 50)
    owns(middle, low, 55)
    case = identify(analyst, top)

    page = get(sign_in(analyst), low)

    assert results(page)[0] == "Caught"
    assert "Not caught" in results(page)[1:]
    assert page.index("Top</span> owns") < page.index("Middle 中间</span> owns")
    assert page.count("https://register.example/7") >= 2
    assert "55%" in page
    assert case.reference in get(sign_in(analyst), top)


def test_what_it_owns_is_told_with_the_answer_of_each_rule(sign_in, analyst, party, owns, identify):
    top, low, other = party("Top"), party("Low"), party("Other")
    owns(top, low, 30)
    owns(other, low, 30)
    identify(analyst, top)
    identify(analyst, other)

    page = get(sign_in(analyst), top)

    assert "What it owns, directly or through others" in page
    assert "60%" in page


def test_an_owner_identified_in_a_case_that_is_not_for_the_reader_does_not_count(
    sign_in, db, analyst, party, owns, identify
):
    top, low = party("Top"), party("Low")
    owns(top, low, 60)
    case = identify(analyst, top)
    db.add(
        Recusal(
            case_id=case.id,
            person_id=analyst.person_id,
            reason="Kin.",
            declared_by_id=analyst.id,
            declared_at=AT,
        )
    )
    db.flush()

    for reader in (analyst, make_officer(db, Role.ANALYST)):
        page = get(sign_in(reader), low)
        assert results(page)[0] == "Not caught"
        assert case.reference not in page


@pytest.mark.parametrize(
    ("kind", "training", "answer"),
    [
        ("identify_fanp", False, "Caught"),
        ("not_identified", False, "Not caught"),
        ("identify_mea", True, "Not caught"),
    ],
)
def test_only_a_standing_identification_of_the_same_kind_of_record_counts(
    sign_in, analyst, party, owns, identify, kind, training, answer
):
    top, low = party("Top"), party("Low")
    owns(top, low, 60)
    identify(analyst, top, kind, training=training)

    assert results(get(sign_in(analyst), low))[0] == answer


def test_the_day_chosen_decides_which_shares_stand(sign_in, analyst, party, owns, identify):
    top, low = party("Top"), party("Low")
    owns(top, low, 60, starts_on=AT.date(), ends_on=AT.date() + timedelta(days=9))
    identify(analyst, top)
    client = sign_in(analyst)

    assert results(get(client, low, on=AT.date()))[0] == "Caught"
    sold = get(client, low, on=AT.date() + timedelta(days=10))
    assert results(sold)[0] == "Not caught"
    assert "property blocked then stays blocked" in sold
    before = AT.date() - timedelta(days=1)
    assert results(get(client, low, on=before))[0] == "Not caught"


def test_an_unknown_share_is_unresolved_and_the_share_that_settles_it_is_named(
    sign_in, analyst, party, owns, identify
):
    top, low = party("Top"), party("Low")
    owns(top, low)
    identify(analyst, top)

    page = get(sign_in(analyst), low)

    assert results(page)[0] == "Unresolved"
    assert "caught from 50%, not caught below 50%" in page


def test_a_circle_and_more_than_the_whole_are_told(sign_in, analyst, party, owns, identify):
    top, first, second = party("Top"), party("First"), party("Second")
    owns(top, first, 60)
    owns(second, first, 45)
    owns(first, second, 80)
    identify(analyst, top)

    page = get(sign_in(analyst), first)

    assert "owns itself through others" in page
    assert "hold at least 105%" in page


def test_nothing_is_asked_of_an_entity_without_owners(sign_in, analyst, party):
    page = get(sign_in(analyst), party("Alone"))

    assert "No ownership recorded" in page
    assert "<figure" not in page


def test_a_confirmed_match_with_a_list_counts_and_an_unconfirmed_one_does_not(
    sign_in, db, analyst, party, owns
):
    top, low = party("Top"), party("Low")
    owns(top, low, 50)
    second = make_officer(db, Role.REVIEWER)
    db.add(
        WatchlistEntry(
            source="ofac-sdn",
            entry_id="7",
            first=1,
            kind="organization",
            caption="TOP LLC",
            countries=["RU"],
            content={"programs": ["RUSSIA-EO14024"]},
            content_sha256="0" * 64,
        )
    )
    word = ScreeningJudgement(
        entity_id=top.id,
        source="ofac-sdn",
        entry_id="7",
        basis_sha256="0" * 64,
        verdict="match",
        reason="Same number.",
        by_id=analyst.id,
        by_person_id=analyst.person_id,
        at=AT,
    )
    db.add(word)
    db.flush()
    client = sign_in(analyst)
    assert results(get(client, low)) == ["Not caught"] * 4

    db.add(
        JudgementConfirmation(
            judgement_id=word.id,
            author_person_id=analyst.person_id,
            agrees=True,
            reason="",
            by_id=second.id,
            by_person_id=second.person_id,
            at=AT,
        )
    )
    db.flush()
    db.expire_all()

    day = date(2026, 1, 5)
    assert results(get(client, low, on=day)) == ["Not caught", "Caught", "Not caught", "Not caught"]
    assert "TOP LLC" in get(client, top)


def test_a_delegate_sees_no_owner_that_is_not_for_them(sign_in, db, analyst, party, owns):
    top, low = party("Top Secret Owner"), party("Low")
    owns(top, low, 60)
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")

    assert sign_in(delegate).get(f"/entities/{low.id}/ownership").status_code == 404


def test_names_that_carry_markup_are_drawn_as_text(sign_in, analyst, party, owns):
    top = party("Top", country="")
    for number in range(6):
        owns(top, party(f"Unit <{number}>", country=""), 51)

    page = get(sign_in(analyst), top)

    assert "<svg" in page
    assert "Unit &lt;5&gt;" in page
    assert "Unit <5>" not in page
