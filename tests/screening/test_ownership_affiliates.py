from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.access import Role
from casework.screening.queries.affiliates import affiliates_of
from models import Relation, Source
from tests.factories import AT, make_entity, make_officer

ON = date(2026, 11, 24)


@pytest.fixture
def world(db):
    officer = make_officer(db, Role.ANALYST)
    return {name: make_entity(db, officer, name) for name in ("Owner", "Second", "A", "B", "C")}


def owns(db, world, owner, owned, least, most=None, *, kind="owns", **changes):
    row = Relation(
        from_id=world[owner].id,
        to_id=world[owned].id,
        kind=kind,
        percent_min=None if least is None else Decimal(least),
        percent_max=None if least is None else Decimal(most or least),
        note="",
        source=Source(title="Register", publisher="", url="", basis="owner_telemetry", note=""),
        **changes,
    )
    db.add(row)
    db.flush()
    return row


def answers(db, world, *owners):
    found = affiliates_of(db, [world[name] for name in owners or ("Owner",)], ON)
    return {row.entity.name: row.result.answer for row in found.rows}


def test_a_chain_of_halves_is_followed_and_each_link_cites_its_source(db, world):
    owns(db, world, "Owner", "A", "50")
    owns(db, world, "A", "B", "50")
    owns(db, world, "B", "C", "49.999999")

    found = affiliates_of(db, [world["Owner"]], ON)

    assert {row.entity.name: row.result.answer for row in found.rows} == {
        "A": "caught",
        "B": "caught",
        "C": "not_caught",
    }
    links = {row.entity.name: row.relations for row in found.rows}
    assert [each.owned.name for each in links["B"]] == ["A", "B"]
    assert {each.source.title for each in links["B"]} == {"Register"}


def test_owners_add_up_when_they_are_looked_at_together(db, world):
    owns(db, world, "Owner", "A", "30")
    owns(db, world, "Second", "A", "20")

    assert answers(db, world) == {"A": "not_caught"}
    assert answers(db, world, "Owner", "Second") == {"A": "caught"}


def test_several_statements_of_one_holding_are_a_band_and_no_sum(db, world):
    owns(db, world, "Owner", "A", "30")
    owns(db, world, "Owner", "A", "40")
    assert answers(db, world) == {"A": "not_caught"}

    owns(db, world, "Owner", "A", "60")
    assert answers(db, world) == {"A": "unresolved"}


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"ends_on": ON}, "caught"),
        ({"ends_on": date(2026, 11, 23)}, "not_caught"),
        ({"starts_on": date(2026, 11, 25)}, None),
        ({"withdrawn_at": AT, "withdrawn_reason": "Misread"}, None),
        ({"kind": "controls"}, "not_caught"),
        ({"kind": "supplies_accounts_to"}, None),
    ],
)
def test_only_ownership_that_stands_on_the_day_carries(db, world, changes, answer):
    owns(db, world, "Owner", "A", "60", **changes)

    assert answers(db, world).get("A") == answer


def test_an_unknown_share_stays_unresolved_and_a_circle_ends(db, world):
    owns(db, world, "Owner", "A", None)
    owns(db, world, "A", "B", "60")
    owns(db, world, "B", "A", "30")

    assert answers(db, world) == {"A": "unresolved", "B": "unresolved"}


def test_the_list_says_when_it_is_cut(db, world, monkeypatch):
    monkeypatch.setattr("casework.screening.queries.affiliates.LIMIT", 1)
    owns(db, world, "Owner", "A", "60")
    owns(db, world, "Owner", "B", "60")

    found = affiliates_of(db, [world["Owner"]], ON)

    assert found.cut
    assert len(found.rows) == 1
