"""Large files in pieces: what is taken, what is refused, and what is left of it afterwards."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.evidence import pieces as rules
from casework.evidence.actions import uploads as actions
from casework.evidence.queries.exhibits import known_blobs
from casework.statute.closing import closing_stages
from casework.statute.loader import load_pack
from models import AuditEntry, CaseMember, Job, LegalHold, Upload, UploadPiece
from tests.evidence.forms import blobs, custody, exhibits
from tests.evidence.pieces import CONTENT, PIECE, begin, piece, put, put_all, state
from tests.factories import AT, TEXT_VERSION, make_officer
from views import jobs
from views.clock import now

COUNT = -(-len(CONTENT) // PIECE)
CLOSED = closing_stages(load_pack(TEXT_VERSION))[0]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(rules, "PIECE", PIECE)


@pytest.fixture
def begun(client, case, fields):
    return state(client, begin(client, case, fields))


def work(app, db):
    """Do every job that waits, as a worker does."""
    db.commit()
    with app.app_context():
        while found := jobs.waiting():
            for job_id in found:
                jobs.perform(job_id)
    db.expire_all()


def finish(client, begun):
    return client.post_form(begun["complete"])


def upload_row(db) -> Upload:
    return db.scalars(sa.select(Upload)).one()


def test_a_file_in_pieces_becomes_an_exhibit_like_any_other(
    app, db, client, case, officer, begun, settings
):
    put_all(client, begun)
    answer = finish(client, begun)
    work(app, db)

    assert answer.location == begun["page"]
    exhibit = exhibits(db)[0]
    assert exhibit.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (exhibit.size, exhibit.media_type, exhibit.title) == (
        len(CONTENT),
        "text/csv",
        "Log extract",
    )
    assert (exhibit.received_by_id, custody(db)) == (officer.id, ["received"])
    assert (upload_row(db).state, upload_row(db).exhibit_id) == ("received", exhibit.id)
    assert len(blobs(settings)) == 1, "the pieces are gone"
    assert "Received as exhibit 1" in client.get(begun["page"]).text


def test_the_log_says_that_an_upload_was_begun_completed_and_received(app, db, client, begun):
    put_all(client, begun)
    finish(client, begun)
    work(app, db)

    acts = db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert [act for act in acts if act.startswith(("upload", "exhibit"))] == [
        "upload.open",
        "upload.complete",
        "exhibit.receive",
    ]


def test_pieces_come_in_any_order_and_the_state_names_those_that_are_there(client, case, begun):
    for number in (3, 0):
        assert put(client, begun, number, piece(number)).status_code == 200

    have = client.get(begun["page"] + "/state").json["have"]
    assert have == {str(n): hashlib.sha256(piece(n)).hexdigest() for n in (0, 3)}


def test_an_unfinished_upload_is_listed_for_its_sender_with_resume_and_cancel(client, case, begun):
    put(client, begun, 0, piece(0))

    page = client.get(f"/cases/{case.reference}/evidence/uploads").text
    assert "Log extract" in page
    assert "Resume" in page
    assert begun["page"] + "/cancel" in page


def test_the_same_piece_from_two_windows_is_kept_once(db, client, begun):
    first, second = (put(client, begun, 0, piece(0)) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert db.scalar(sa.select(sa.func.count()).select_from(UploadPiece)) == 1


def test_other_bytes_for_a_piece_that_is_there_are_refused(client, begun):
    put(client, begun, 0, piece(0))

    answer = put(client, begun, 0, b"x" * PIECE)

    assert answer.status_code == 409
    assert "Piece 1 is there already with other bytes" in answer.json["message"]


@pytest.mark.parametrize(
    ("number", "content", "changes", "words"),
    [
        (0, piece(0), {"sha256": "0" * 64}, "Piece 1 is not what its hash says"),
        (0, piece(0), {"sha256": ""}, "Piece 1 is not what its hash says"),
        (0, piece(0)[:-1], {}, f"Piece 1 has {PIECE - 1} bytes and not {PIECE}"),
        (0, piece(0) + b"x", {}, f"Piece 1 has {PIECE + 1} bytes and not {PIECE}"),
        (0, b"", {}, "Piece 1 has 0 bytes"),
        (COUNT, b"x", {}, f"piece {COUNT + 1} lies behind its end"),
        (COUNT - 1, b"x" * PIECE, {}, f"Piece {COUNT} has {PIECE} bytes"),
    ],
    ids=["hash", "no hash", "short", "long", "empty", "behind the end", "last too long"],
)
def test_a_piece_that_is_not_as_announced_is_refused(
    db, client, begun, settings, number, content, changes, words
):
    answer = put(client, begun, number, content, **changes)

    assert answer.status_code == 422
    assert words in answer.json["message"]
    assert blobs(settings) == []


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"size": "0"}, 422, "The file is empty"),
        ({"size": "-5"}, 422, "The file is empty"),
        ({"size": str(5 * 1024**3)}, 413, "The file is larger than"),
        ({"size": "many"}, 422, "The form is not complete"),
        ({"size": ""}, 422, "The form is not complete"),
        ({"file_name": "a.exe"}, 422, "are not accepted"),
        ({"file_name": ""}, 422, "The form is not complete"),
        ({"title": ""}, 422, "The form is not complete"),
        ({"sha256_told": "abc"}, 422, "The form is not complete"),
    ],
)
def test_what_could_never_be_kept_is_refused_before_a_byte_is_sent(
    db, client, case, fields, changes, status, words
):
    answer = begin(client, case, fields, **changes)

    assert answer.status_code == status
    assert words in answer.json["message"]
    assert db.scalars(sa.select(Upload)).all() == []


def test_one_officer_has_five_uploads_open_at_most(client, case, fields):
    answers = [begin(client, case, fields).status_code for _ in range(6)]

    assert answers == [201] * 5 + [409]


def test_the_upload_of_another_officer_is_not_found(db, client, case, begun):
    other = make_officer(db, "analyst")
    make_member(db, case, other)
    client.sign_in_as(other)

    assert client.get(begun["page"]).status_code == 404
    assert client.get(begun["page"] + "/state").status_code == 404
    assert put(client, begun, 0, piece(0)).status_code == 404
    assert client.post_form(begun["complete"]).status_code == 404
    assert client.post_form(begun["page"] + "/cancel").status_code == 404
    assert "Log extract" not in client.get(f"/cases/{case.reference}/evidence/uploads").text


def make_member(db, case, officer):
    db.add(CaseMember(case_id=case.id, officer_id=officer.id, added_by_id=officer.id, added_at=AT))
    db.flush()


def test_a_closed_case_takes_no_piece_and_no_upload(db, client, case, fields, begun):
    put(client, begun, 0, piece(0))
    case.stage = CLOSED
    db.commit()

    assert begin(client, case, fields).status_code == 409
    assert put(client, begun, 1, piece(1)).status_code == 409


def test_a_case_closed_while_the_pieces_wait_gets_no_exhibit(app, db, client, case, begun):
    put_all(client, begun)
    finish(client, begun)
    case.stage = CLOSED
    work(app, db)

    assert exhibits(db) == []
    assert upload_row(db).state == "refused"
    assert "This case is closed" in client.get(begun["page"]).text


def test_an_upload_is_not_completed_while_pieces_lack(db, client, begun):
    put(client, begun, 1, piece(1))

    answer = finish(client, begun)

    assert answer.status_code == 422
    assert "pieces 1, 3" in answer.text
    assert upload_row(db).state == "open"


def test_completing_twice_joins_once(app, db, client, begun):
    put_all(client, begun)
    assert [finish(client, begun).status_code for _ in range(2)] == [303, 303]
    work(app, db)

    assert finish(client, begun).status_code == 303
    assert len(exhibits(db)) == 1
    assert db.scalar(sa.select(sa.func.count()).select_from(Job)) == 1


@pytest.mark.parametrize(
    ("name", "told", "words"),
    [
        ("extract.pdf", "", "The name says PDF"),
        ("extract.jsonl", "", "not valid JSON lines"),
        ("extract.csv", "0" * 64, "its sender gave 0000"),
    ],
)
def test_a_whole_that_is_not_accepted_leaves_no_exhibit_and_says_why(
    app, db, client, case, fields, settings, name, told, words
):
    begun = state(client, begin(client, case, fields, file_name=name, sha256_told=told))
    put_all(client, begun)
    finish(client, begun)
    work(app, db)

    assert exhibits(db) == []
    assert upload_row(db).state == "refused"
    assert words in client.get(begun["page"]).text
    with app.app_context():
        sweep_all(app, db)
    assert blobs(settings) == []


def sweep_all(app, db):
    store = app.extensions["blobs"]
    store.sweep(known_blobs(db), older_than=(now() + timedelta(days=1)).timestamp())


def test_the_hash_that_the_sender_gave_is_compared_with_the_whole(app, db, client, case, fields):
    told = hashlib.sha256(CONTENT).hexdigest().upper()
    begun = state(client, begin(client, case, fields, sha256_told=f" {told} "))
    put_all(client, begun)
    finish(client, begun)
    work(app, db)

    assert len(exhibits(db)) == 1


def test_cancelling_destroys_what_came(db, client, begun, settings):
    put(client, begun, 0, piece(0))

    answer = client.post_form(begun["page"] + "/cancel")

    assert answer.status_code == 303
    assert (upload_row(db).state, blobs(settings)) == ("cancelled", [])
    assert put(client, begun, 1, piece(1)).status_code == 409


def hold(db, case, officer):
    act = {"case_id": case.id, "by_id": officer.id, "by_person_id": officer.person_id, "at": AT}
    db.add(LegalHold(authority="Court", reason="Litigation", **act))
    db.commit()


def test_under_a_legal_hold_nothing_that_came_is_destroyed(
    app, db, client, case, officer, begun, settings
):
    put(client, begun, 0, piece(0))
    hold(db, case, officer)

    answer = client.post_form(begun["page"] + "/cancel")
    assert actions.give_up_abandoned(db, at=now() + timedelta(days=30)) == 0
    sweep_all(app, db)

    assert answer.status_code == 409
    assert "A legal hold is on this case" in answer.text
    assert (upload_row(db).state, len(blobs(settings))) == ("open", 1)


def test_under_a_legal_hold_the_pieces_of_a_refused_file_stay(
    app, db, client, case, officer, fields, settings
):
    begun = state(client, begin(client, case, fields, file_name="extract.pdf"))
    put_all(client, begun)
    finish(client, begun)
    hold(db, case, officer)
    work(app, db)
    sweep_all(app, db)

    assert upload_row(db).state == "refused"
    assert len(blobs(settings)) == COUNT


def test_pieces_of_an_open_upload_outlive_the_sweep_and_those_of_an_abandoned_one_do_not(
    app, db, client, begun, settings
):
    put(client, begun, 0, piece(0))
    sweep_all(app, db)
    assert len(blobs(settings)) == 1

    assert actions.give_up_abandoned(db, at=now() + actions.ABANDONED_AFTER) == 1
    sweep_all(app, db)

    assert blobs(settings) == []
    assert upload_row(db).failure == "nothing came for 7 days"


def test_a_piece_that_was_damaged_in_the_store_makes_no_exhibit(app, db, client, begun, settings):
    put_all(client, begun)
    blob = blobs(settings)[0]
    blob.chmod(0o600)
    blob.write_bytes(blob.read_bytes()[:-1] + b"\0")
    finish(client, begun)
    work(app, db)

    assert exhibits(db) == []
    assert "A piece was damaged" in client.get(begun["page"]).text
