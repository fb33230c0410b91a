from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, StaleVersion
from casework.listing.actions.permissions import revoke_permission
from casework.listing.queries.permissions import find_permission, leave_of
from casework.listing.rules import state_of
from casework.workflow.queries.standing import facts_of
from models import OwnerPermission, PermissionRevocation, Recusal
from tests.factories import AT
from tests.listing.world import ON, TEXT, build, member
from tests.plain_report import OWNER


@pytest.fixture
def world(db):
    return build(db)


def pages(world):
    return f"/cases/{world.case.reference}/permissions"


def form(world, **changes):
    return {
        "owner": OWNER, "product": "list", "ref": world.volumes, "wording": TEXT,
        "given_by": "A. Example, general counsel", "given_on": "2026-11-20", "expires_on": "",
        "exhibit": "1", **changes,
    }  # fmt: skip


def revoke(world, row, **changes):
    fields = {"revoked_on": ON, "reason": "The owner wrote.", "by": world.preparer, **changes}
    return revoke_permission(world.db, world.case, row, at=AT, on=ON, **fields)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": "Nobody Models"}, "owner"),
        ({"product": "poster"}, "product"),
        ({"ref": "INC-1999-00001#volumes"}, "ref"),
        ({"ref": "exhibit:77"}, "ref"),
        ({"wording": "  "}, "wording"),
        ({"given_by": ""}, "given_by"),
        ({"given_on": ON + timedelta(days=1)}, "given_on"),
        ({"expires_on": ON - timedelta(days=1)}, "expires_on"),
        ({"exhibit": 99}, "exhibit"),
    ],
)
def test_a_permission_that_the_paper_cannot_give_is_refused_beside_its_field(world, changes, field):
    with pytest.raises(InvalidValue) as refused:
        world.permit(**changes)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (ON - timedelta(days=1), "not_yet"),
        (ON, "live"),
        (ON + timedelta(days=10), "live"),
        (ON + timedelta(days=11), "expired"),
    ],
)
def test_a_permission_lives_from_its_first_day_to_its_last(world, on, state):
    row = world.permit(expires_on=ON + timedelta(days=10))

    assert state_of(leave_of(row), on) == state


def test_the_stage_waits_for_every_owner_and_no_longer_once_permission_is_revoked(world):
    assert facts_of(world.db, world.case).missing_permissions == {OWNER}
    row = world.permit()
    assert facts_of(world.db, world.case).missing_permissions == frozenset()

    revoke(world, row)

    assert facts_of(world.db, world.case).missing_permissions == {OWNER}


def test_a_permission_for_something_else_opens_no_stage(world):
    world.permit(product="other")

    assert facts_of(world.db, world.case).missing_permissions == {OWNER}


@pytest.mark.parametrize("day", [ON - timedelta(days=1), ON + timedelta(days=1)])
def test_a_permission_is_revoked_between_its_day_and_today(world, day):
    with pytest.raises(InvalidValue, match="from the day"):
        revoke(world, world.permit(), revoked_on=day)


def test_a_permission_is_revoked_once(world):
    row = world.permit()
    revoke(world, row)

    with pytest.raises(StaleVersion):
        revoke(world, row)


def test_a_recused_officer_records_nothing(world):
    by = world.preparer
    world.db.add(
        Recusal(
            case_id=world.case.id, person_id=by.person_id, reason="Own firm",
            declared_by_id=by.id, declared_at=AT,
        )
    )  # fmt: skip
    world.db.flush()

    with pytest.raises(Forbidden):
        world.permit()


def test_the_pages_record_a_permission_and_its_end(world, sign_in):
    client = sign_in(world.preparer)

    made = client.post_form(f"{pages(world)}/new", form(world))
    row = world.db.scalars(sa.select(OwnerPermission)).one()
    assert made.status_code == 303
    assert (row.wording, row.given_on, row.exhibit.number) == (TEXT, date(2026, 11, 20), 1)
    shown = client.get(pages(world)).text
    assert TEXT in shown
    assert "Live" in shown

    ended = client.post_form(
        f"{pages(world)}/{row.id}/revocation", {"revoked_on": "2026-11-20", "reason": "It wrote."}
    )
    assert ended.status_code == 303
    assert world.db.scalar(sa.select(sa.func.count()).select_from(PermissionRevocation)) == 1
    assert "Revoked" in client.get(pages(world)).text
    assert find_permission(world.db, world.case, row.id).revocation.reason == "It wrote."


@pytest.mark.parametrize(
    "changes",
    [
        {"owner": ""}, {"owner": "Nobody"}, {"ref": "nonsense"}, {"wording": ""},
        {"given_on": "yesterday"}, {"given_on": "2999-01-01"}, {"expires_on": "2020-01-01"},
        {"exhibit": "77"}, {"product": ""},
    ],
)  # fmt: skip
def test_a_damaged_form_comes_back_with_everything_typed(world, sign_in, changes):
    sent = form(world, given_by="Somebody with a long name", **changes)

    answer = sign_in(world.preparer).post_form(f"{pages(world)}/new", sent)

    assert answer.status_code == 422
    assert "Somebody with a long name" in answer.text
    assert world.db.scalars(sa.select(OwnerPermission)).all() == []


def test_a_reader_sees_permissions_and_records_none(world, sign_in):
    client = sign_in(member(world, Role.REVIEWER))

    assert client.get(pages(world)).status_code == 200
    assert client.get(f"{pages(world)}/new").status_code == 403


def test_a_damaged_revocation_comes_back(world, sign_in):
    row = world.permit()

    answer = sign_in(world.preparer).post_form(
        f"{pages(world)}/{row.id}/revocation", {"revoked_on": "2020-01-01", "reason": "It wrote."}
    )

    assert answer.status_code == 422
    assert "It wrote." in answer.text
