"""The pages of a vote: what each reader sees before and after the closing, and what is refused."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.committee.actions import escalations
from casework.committee.queries.moving import grounds
from casework.decisions.queries.freezing import record_before
from casework.packets.actions import prepare_packet
from casework.packets.queries.packets import contents_in
from models import Ballot, Escalation, Motion, MotionClosing, Postponement
from tests.cases import ready
from tests.committee.votefile import LATE, MEMO, OBSERVER, VoteFile
from tests.conftest import SignIn
from tests.factories import AT, add_member, make_officer
from views.clock import today

SEALED = ("Abstains", "Veto-memorandum", "Replaced by a later one")


def recent(file: VoteFile) -> Motion:
    """A motion whose last day is still to come, whatever day the tests run on."""
    return file.move(on=today())


def address(file: VoteFile, motion: Motion | None = None) -> str:
    return f"/cases/{file.case.reference}/votes" + (f"/{motion.id}" if motion else "")


def ballot_fields(motion: Motion, **changes: object) -> dict[str, object]:
    return {
        "content_sha256": motion.content_sha256,
        "seen": "0",
        "choice": "yes",
        "dissent": "",
        **changes,
    }


def test_a_vote_from_the_motion_to_the_closing_through_pages(
    file: VoteFile, sign_in: SignIn
) -> None:
    client = sign_in(file.delegates["STATE"])
    index = client.get(address(file))
    assert "Put a question to the vote" in index.text
    new = f"{address(file)}/new/add?subject={file.entity.id}"
    ground = re.search(
        r'name="ground"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="ground"', client.get(new).text
    )
    assert ground
    fields = {"ground": ground[1] or ground[2], "statement": "Add <b>Orchid</b> 兰花 Орхидея."}

    moved = client.post_form(new, fields)

    assert moved.status_code == 303
    motion = file.db.scalars(sa.select(Motion)).one()
    assert "&lt;b&gt;Orchid" in client.get(moved.location).text
    for agency in ("COMMERCE_BIS", "DEFENSE", "ENERGY", "STATE"):
        client = sign_in(file.delegates[agency])
        assert file.case.reference in client.get("/").text
        cast = client.post_form(f"{address(file, motion)}/ballots", ballot_fields(motion))
        assert cast.status_code == 303
        assert "Ballots of your agency" in client.get(address(file, motion)).text
    chair = sign_in(file.chair)
    assert "Close the vote and count" in chair.get(address(file, motion)).text
    closed = {"content_sha256": motion.content_sha256}
    assert chair.post_form(f"{address(file, motion)}/close", closed).status_code == 303
    assert chair.post_form(f"{address(file, motion)}/close", closed).status_code == 409

    page = chair.get(address(file, motion)).text
    assert "Carried" in page
    assert "Added to the Entity List" in page
    assert "Closed the vote" in chair.get(f"/cases/{file.case.reference}/history").text


@pytest.mark.parametrize("role", [*Role, "seated elsewhere", "mover"])
def test_no_page_shows_a_choice_before_the_closing(
    file: VoteFile, sign_in: SignIn, role: str
) -> None:
    motion = recent(file)
    file.cast(motion, "ENERGY", "no")
    file.cast(motion, "ENERGY", "abstain")
    reader = {"seated elsewhere": file.delegates[OBSERVER], "mover": file.delegates["STATE"]}.get(
        role
    )
    if reader is None:
        agency = None if role == Role.REPORTER else "DEFENSE"
        reader = make_officer(file.db, role, agency=agency)
        add_member(file.db, file.case, reader)
    client = sign_in(reader)
    case = f"/cases/{file.case.reference}"
    pages = ("", "/history", "/votes", f"/votes/{motion.id}", "/positions", "/measures", "/packets")
    for place in (*(case + page for page in pages), f"{case}/escalations", "/", "/audit"):
        text = re.sub(r"<form.*?</form>", "", client.get(place).text, flags=re.DOTALL)
        assert not [word for word in SEALED if word in text], place


def test_the_own_agency_sees_its_own_ballots_and_everybody_all_after_the_closing(
    file: VoteFile, sign_in: SignIn
) -> None:
    motion = recent(file)
    file.cast(motion, "ENERGY", "no")
    file.cast(motion, "ENERGY", "abstain")
    own = sign_in(file.delegates["ENERGY"]).get(address(file, motion)).text
    assert all(word in own for word in SEALED)
    file.close(motion, on=motion.due_on + timedelta(days=1))

    for reader in (file.delegates["STATE"], file.reviewer, file.officer):
        text = sign_in(reader).get(address(file, motion)).text
        assert all(word in text for word in SEALED)
        assert "No quorum" in text


def test_no_record_and_no_packet_holds_a_choice_before_the_closing(file: VoteFile) -> None:
    motion = recent(file)
    file.cast(motion, "ENERGY", "no")

    packet = prepare_packet(
        file.db, file.case, recipient="justice", purpose="Look into it.", by=file.officer, at=AT
    )

    assert "Veto-memorandum" not in repr(contents_in(packet))
    frozen = record_before(file.db, file.case, file.entity)
    assert "Veto-memorandum" not in json.dumps(frozen, default=str)


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"choice": ""}, 422, "Choose one"),
        ({"choice": "maybe"}, 422, "Not a valid choice"),
        ({"choice": "no"}, 422, "Write the dissent"),
        ({"choice": "yes", "dissent": MEMO}, 422, "Clear it"),
        ({"seen": "x"}, 422, "Open the form again"),
        ({"seen": "4"}, 409, "A colleague has voted"),
        ({"content_sha256": "0" * 64}, 409, "not the words on record"),
        ({"choice": "no", "dissent": "x" * 20_001}, 422, "20,000"),
        ({"choice": "no", "dissent": "a\u202eb"}, 422, "U+202E"),
    ],
)
def test_a_ballot_that_is_refused_keeps_what_was_typed(
    file: VoteFile, sign_in: SignIn, changes: dict[str, object], status: int, words: str
) -> None:
    motion = recent(file)

    answer = sign_in(file.delegates["ENERGY"]).post_form(
        f"{address(file, motion)}/ballots", ballot_fields(motion, **changes)
    )

    assert answer.status_code == status
    assert words in answer.text
    assert str(changes.get("dissent", ""))[:12] in answer.text
    assert file.count(Ballot) == 0


def test_of_two_delegates_the_second_is_shown_the_first_ballot(
    file: VoteFile, sign_in: SignIn
) -> None:
    motion = recent(file)
    colleague = make_officer(file.db, Role.AGENCY_DELEGATE, agency="ENERGY", name="Noor Colleague")
    file.cast(motion, "ENERGY", "yes", by=colleague)

    answer = sign_in(file.delegates["ENERGY"]).post_form(
        f"{address(file, motion)}/ballots", ballot_fields(motion, choice="no", dissent=MEMO)
    )

    assert answer.status_code == 409
    assert "Noor Colleague" in answer.text
    assert MEMO in answer.text
    assert 'name="seen" type="hidden" value="1"' in answer.text


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"statement": ""}, 422, "own words"),
        ({"ground": ""}, 422, "rests on"),
        ({"seated": [OBSERVER], "statement": "Kept words"}, 422, "Say why this observer"),
        ({"seated": ["CISA"], "statement": "Kept words"}, 422, "valid choice"),
    ],
)
def test_a_motion_that_is_refused_keeps_what_was_typed(
    file: VoteFile, sign_in: SignIn, changes: dict[str, object], status: int, words: str
) -> None:
    ground = str(grounds(file.db, file.case, "add", file.entity)[0].id)
    fields = {"ground": ground, "statement": "Add it.", **changes}

    answer = sign_in(file.delegates["STATE"]).post_form(
        f"{address(file)}/new/add?subject={file.entity.id}", fields
    )

    assert answer.status_code == status
    assert words in answer.text
    assert str(fields["statement"]) in answer.text
    assert file.count(Motion) == 0


def test_what_blocks_a_motion_is_told_with_its_authority(file: VoteFile, sign_in: SignIn) -> None:
    file.case.stage = "S8"
    page = sign_in(file.delegates["STATE"]).get(f"{address(file)}/new/add?subject={file.entity.id}")

    assert page.status_code == 200
    assert "puts no such question to the vote" in page.text


def test_putting_off_through_pages(file: VoteFile, sign_in: SignIn) -> None:
    motion = recent(file)
    place = f"{address(file, motion)}/postponements"
    until = (motion.due_on + timedelta(days=9)).isoformat()
    client = sign_in(file.delegates["ENERGY"])
    short = client.post_form(place, {"until": motion.due_on.isoformat(), "reason": "Kept words"})
    assert (short.status_code, "Kept words" in short.text) == (422, True)
    assert client.post_form(place, {"until": until, "reason": "A log."}).status_code == 303
    row = file.db.scalars(sa.select(Postponement)).one()
    assert client.post_form(f"{place}/{row.id}", {"answer": "yes"}).status_code == 409
    assert client.post_form(f"{place}/{row.id}", {}).status_code == 422
    for agency in ("COMMERCE_BIS", "DEFENSE", "STATE"):
        other = sign_in(file.delegates[agency])
        assert "has not answered" in other.get(address(file, motion)).text
        assert other.post_form(f"{place}/{row.id}", {"answer": "yes"}).status_code == 303

    assert "put off by all members" in other.get(address(file, motion)).text


def test_the_ladder_through_pages(file: VoteFile, sign_in: SignIn) -> None:
    motion = file.move(on=today() - timedelta(days=31))
    file.vote(motion, "yes yes no yes")
    file.close(motion, on=today())
    place = f"/cases/{file.case.reference}/escalations"
    client = sign_in(file.delegates["ENERGY"])
    fields = {"matter": str(motion.id), "level": "ACEP", "reason": "Too thin."}
    assert "Ask the Advisory Committee" in client.get(place).text
    assert client.post_form(place, {**fields, "reason": ""}).status_code == 422
    stale = client.post_form(place, {**fields, "level": "EARB"})
    assert (stale.status_code, "Too thin." in stale.text) == (409, True)
    assert client.post_form(place, fields).status_code == 303
    row = file.db.scalars(sa.select(Escalation)).one()
    officer, settle = sign_in(file.officer), f"{place}/{row.id}/outcome"
    outcome = {"outcome": "reversed", "happened_on": today().isoformat(), "reasons": "Minutes."}
    future = {**outcome, "happened_on": (today() + timedelta(days=2)).isoformat()}
    early = officer.post_form(settle, future)
    assert (early.status_code, "Minutes." in early.text) == (422, True)
    assert officer.post_form(settle, outcome).status_code == 303
    assert officer.post_form(settle, outcome).status_code == 409

    assert "Not added to the Entity List" in officer.get(address(file, motion)).text
    assert "Not added to the Entity List" in officer.get(place).text


def test_a_missed_level_is_told_and_the_next_offered(file: VoteFile, sign_in: SignIn) -> None:
    asked = today() - timedelta(days=12)
    motion = file.move(on=asked - timedelta(days=31))
    file.vote(motion, "yes yes no yes")
    file.close(motion, on=asked)
    by, words = file.delegates["ENERGY"], {"level": "ACEP", "reason": "Too thin."}
    matter = str(motion.id)
    escalations.escalate(file.db, file.case, matter=matter, by=by, at=AT, on=asked, **words)

    page = sign_in(by).get(f"/cases/{file.case.reference}/escalations").text

    assert "let its day pass" in page
    assert "Ask the Export Administration Review Board" in page


def test_a_count_that_does_not_come_out_is_shown(file: VoteFile, sign_in: SignIn) -> None:
    motion = file.move()
    file.vote(motion, "yes no no no")
    file.db.add(
        MotionClosing(
            **ready.act(file.case, file.chair),
            motion_id=motion.id,
            outcome="carried",
            decision="el_add",
            tally={},
            closed_on=LATE,
            record={},
            record_sha256="0" * 64,
        )
    )
    client = sign_in(file.officer)

    assert "A count does not come out" in client.get(address(file)).text
    assert "The count does not come out" in client.get(address(file, motion)).text
