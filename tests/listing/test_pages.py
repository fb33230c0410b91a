from __future__ import annotations

import re
from importlib import import_module

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.listing.actions.permissions import revoke_permission
from models import ActEvent, ListProposal, ListPublication, ListTakedown, Recusal
from tests.factories import AT, TEXT_VERSION
from tests.listing.world import ENACTED, ON, TEXT, build, member


@pytest.fixture
def world(db, monkeypatch):
    for module in ("views.listing", "views.listing_entry", "views.permissions"):
        monkeypatch.setattr(import_module(module), "today", lambda: ON)
    return build(db)


def enact(world):
    by = world.publisher
    world.db.add(
        ActEvent(
            text_version=TEXT_VERSION, kind="enactment", happened_on=ENACTED, note="",
            by_id=by.id, at=AT,
        )
    )  # fmt: skip
    world.db.flush()


def pages(world):
    return f"/cases/{world.case.reference}/listing"


def new(world):
    return f"{pages(world)}/propose?subject={world.entity.id}"


def form(world, **changes):
    return {
        "supersedes": "", "part": "conducted", "reading": "determination",
        "lines-0-text": TEXT, "lines-0-sources": world.volumes,
        "correction": "Write to the Department.", **changes,
    }  # fmt: skip


def one(world, table):
    return world.db.scalars(sa.select(table)).one_or_none()


def test_the_page_shows_who_may_be_proposed_and_why(world, sign_in):
    page = sign_in(world.preparer).get(pages(world)).text

    assert "A signed determination names it an attacker" in page
    assert "Past year, strict reading" in page
    assert "Propose an entry" in page


def test_a_provider_is_offered_no_proposal(db, sign_in, monkeypatch):
    world = build(db, kind="identify_fanp")

    page = sign_in(world.preparer).get(pages(world)).text

    assert "No signed determination in force names it an attacker" in page
    assert "Propose an entry" not in page


def test_from_proposal_to_publication_and_removal(world, sign_in):
    enact(world)
    world.permit()
    client = sign_in(world.preparer)
    made = client.post_form(new(world), form(world))
    row = one(world, ListProposal)
    assert made.status_code == 303
    assert "You proposed" not in client.get(made.location).text  # records officers publish nothing

    client = sign_in(world.publisher)
    page = client.get(made.location).text
    assert row.content_sha256 in page
    sent = {"content_sha256": row.content_sha256, "read": "y"}
    done = client.post_form(f"{pages(world)}/{row.id}/publication", sent)
    assert done.status_code == 303
    published = one(world, ListPublication)

    away = f"{pages(world)}/publications/{published.id}/removal"
    assert client.get(away).status_code == 200
    gone = client.post_form(away, {"ground": "error", "reason": "Another firm."})
    assert gone.status_code == 303
    assert one(world, ListTakedown).ground == "error"
    assert "Taken down" in client.get(pages(world)).text


def test_a_closed_gate_is_shown_and_blocks(world, sign_in):
    proposal = world.propose()
    client = sign_in(world.publisher)

    page = client.get(f"{pages(world)}/{proposal.id}").text
    assert "No enactment date is recorded" in page
    assert "has not permitted these very words" in page
    assert "content_sha256" not in page

    sent = {"content_sha256": proposal.content_sha256, "read": "y"}
    answer = client.post_form(f"{pages(world)}/{proposal.id}/publication", sent)
    assert answer.status_code == 409
    assert "No enactment date is recorded" in answer.text
    assert one(world, ListPublication) is None


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"content_sha256": "0" * 64, "read": "y"}, 409), ({"content_sha256": "", "read": ""}, 422)],
)
def test_other_words_or_no_confirmation_publish_nothing(world, sign_in, sent, status):
    enact(world)
    world.permit()
    proposal = world.propose()

    answer = sign_in(world.publisher).post_form(f"{pages(world)}/{proposal.id}/publication", sent)

    assert answer.status_code == status
    assert one(world, ListPublication) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"part": ""}, {"part": "facilitated"}, {"reading": "x"}, {"lines-0-text": ""},
        {"lines-0-sources": ""}, {"lines-0-sources": "exhibit:99"}, {"lines-0-text": "It stole."},
        {"lines-0-parallel": "exhibit:99"}, {"correction": ""}, {"supersedes": "nonsense"},
        {"lines-0-text": "x" * 1001}, {"lines-0-text": "hidden\u202etext"},
    ],
)  # fmt: skip
def test_a_damaged_proposal_comes_back_with_everything_typed(world, sign_in, changes):
    sent = form(world, **{"privacy": "Kept as it was typed.", **changes})

    answer = sign_in(world.preparer).post_form(new(world), sent)

    assert answer.status_code == 422
    assert "Kept as it was typed." in answer.text
    assert 'aria-invalid="true"' in answer.text or "error-summary" in answer.text
    assert one(world, ListProposal) is None


def test_rows_left_empty_do_not_shift_the_message(world, sign_in):
    sent = form(world) | {"lines-0-text": "", "lines-0-sources": []}
    sent |= {"lines-1-text": "", "lines-2-text": "It stole.", "lines-2-sources": world.volumes}

    answer = sign_in(world.preparer).post_form(new(world), sent)

    assert re.search(r'id="lines-2-text-error"', answer.text)


def test_one_more_row_is_had_without_losing_a_word(world, sign_in):
    answer = sign_in(world.preparer).post_form(new(world), form(world, step="row"))

    assert answer.status_code == 200
    assert TEXT in answer.text
    assert "lines-3-text" in answer.text


def test_a_stale_proposal_shows_both_texts(world, sign_in):
    world.permit()
    first = world.propose()

    answer = sign_in(world.preparer).post_form(
        new(world), form(world, **{"lines-0-text": "Mine is another text."})
    )

    assert answer.status_code == 409
    assert TEXT in answer.text
    assert "Mine is another text." in answer.text
    assert str(first.id) in answer.text


def test_the_form_of_a_correction_begins_with_the_words_it_replaces(world, sign_in):
    first = world.propose()

    page = sign_in(world.preparer).get(new(world)).text

    assert TEXT in page
    assert f'value="{first.id}"' in page


def test_an_ended_permission_is_told_with_what_to_do(world, sign_in):
    leave = world.permit()
    world.publish(world.propose())
    revoke_permission(
        world.db, world.case, leave, revoked_on=ON, reason="The owner wrote.",
        by=world.preparer, at=AT, on=ON,
    )  # fmt: skip

    page = sign_in(world.preparer).get(pages(world)).text

    assert "A permission for a published entry has ended" in page
    assert "ground=permission" in page


def test_a_recused_officer_sees_nothing(world, sign_in):
    proposal = world.propose()
    stranger = member(world, Role.SIGNING_OFFICIAL)
    world.db.add(
        Recusal(
            case_id=world.case.id, person_id=stranger.person_id, reason="Own firm",
            declared_by_id=stranger.id, declared_at=AT,
        )
    )  # fmt: skip
    client = sign_in(stranger)

    assert client.get(pages(world)).status_code == 404
    assert client.get(f"{pages(world)}/{proposal.id}").status_code == 404
