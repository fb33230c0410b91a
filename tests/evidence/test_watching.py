"""Rounds of reading every stored exhibit again, and the register as people take it away."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from casework.evidence.actions import scrubs
from casework.evidence.places.place import BlobUnavailable
from casework.evidence.queries import custody as queries
from models import AuditEntry, CustodyEvent, Exhibit, Job, Recusal, ScrubRound
from tests.evidence import samples
from tests.evidence.forms import blobs, custody, exhibits, upload
from tests.evidence.test_pieces import make_member, work
from tests.factories import AT, make_case, make_officer
from views import jobs
from views.clock import now


@pytest.fixture
def records(db, case):
    officer = make_officer(db, "records_officer")
    make_member(db, case, officer)
    return officer


@pytest.fixture
def three(client, case, fields):
    for number in range(3):
        upload(client, case, fields, content=b"row,%d\n" % number, name=f"{number}.csv")


def damage(settings, db, number: int, *, missing: bool = False) -> None:
    key = db.scalars(sa.select(Exhibit.blob_key).where(Exhibit.number == number)).one()
    blob = next(path for path in blobs(settings) if path.name == key)
    if missing:
        blob.unlink()
        return
    blob.chmod(0o600)
    content = bytearray(blob.read_bytes())
    content[-1] ^= 1
    blob.write_bytes(bytes(content))


def means(app, db, *, stop_after: int = 0):
    """What a round needs; raises at the given transaction, as a killed worker would end there."""
    ended = 0

    @contextmanager
    def transaction():
        nonlocal ended
        ended += 1
        if ended == stop_after:
            raise KeyboardInterrupt
        yield db
        db.flush()

    return SimpleNamespace(
        transaction=transaction, blobs=app.extensions["blobs"], progress=lambda words: None, now=now
    )


@pytest.mark.parametrize("missing", [False, True], ids=["flipped byte", "missing file"])
def test_a_round_finds_the_damaged_file_and_no_other(
    app, db, client, three, records, settings, missing
):
    damage(settings, db, 2, missing=missing)
    client.sign_in_as(records)

    client.post_form("/evidence/integrity")
    work(app, db)

    found = db.scalars(sa.select(ScrubRound)).one()
    assert (found.checked, found.damaged, found.asked_by_id) == (3, 1, records.id)
    assert found.finished_at is not None
    page = client.get("/evidence/integrity").text
    assert "Ex. 2" in page
    assert "Ex. 1" not in page
    assert "fetch the file from" in page
    assert (
        db.scalars(sa.select(CustodyEvent.note).where(CustodyEvent.kind == "rehashed"))
        .all()
        .count(queries.DIFFERS)
        == 1
    )
    acts = db.scalars(sa.select(AuditEntry.action)).all()
    assert {"evidence.scrub_start", "evidence.scrub_finish"} <= set(acts)


def test_a_file_that_holds_again_leaves_the_list(app, db, client, three, records, settings):
    key = exhibits(db)[0].blob_key
    blob = next(path for path in blobs(settings) if path.name == key)
    sound = blob.read_bytes()
    damage(settings, db, 1)
    client.sign_in_as(records)
    client.post_form("/evidence/integrity")
    work(app, db)
    assert "Ex. 1" in client.get("/evidence/integrity").text

    blob.write_bytes(sound)
    client.post_form("/evidence/integrity")
    work(app, db)

    assert (
        "No exhibit that you may see is known to be damaged"
        in client.get("/evidence/integrity").text
    )


def recuse(db, case, officer):
    db.add(
        Recusal(
            case_id=case.id,
            person_id=officer.person_id,
            reason="invented for the test",
            declared_by_id=officer.id,
            declared_at=AT,
        )
    )
    db.commit()


def test_damage_in_a_case_that_the_officer_does_not_see_is_not_named(
    app, db, client, fields, records, settings
):
    other = make_officer(db, "analyst")
    hidden = make_case(db, other)
    recuse(db, hidden, records)
    client.sign_in_as(other)
    upload(client, hidden, {**fields, "title": "Hidden log"})
    damage(settings, db, 1)
    client.sign_in_as(records)
    client.post_form("/evidence/integrity")
    work(app, db)

    page = client.get("/evidence/integrity").text
    assert "Hidden log" not in page
    assert hidden.reference not in page
    assert queries.damaged_anywhere(db) == [f"exhibit 1 of {hidden.reference}"]


@pytest.mark.parametrize("stop_after", [2, 3, 4, 5])
def test_a_round_goes_on_from_where_a_crash_left_it(
    app, db, three, records, monkeypatch, stop_after
):
    monkeypatch.setattr(scrubs, "BATCH", 1)
    found = scrubs.start(db, by=records, at=now())
    with pytest.raises(KeyboardInterrupt):
        scrubs.run(means(app, db, stop_after=stop_after), found.id)
    assert scrubs.start(db, by=records, at=now()) is found

    scrubs.run(means(app, db), found.id)

    assert (found.checked, found.damaged) == (3, 0)
    assert custody(db).count("rehashed") == 3, "nothing was read twice"


def test_a_store_that_is_away_is_not_damage(app, db, client, three, records, settings):
    found = scrubs.start(db, by=records, at=now())
    (settings.data_dir / "blobs").rename(settings.data_dir / "unmounted")

    with pytest.raises(BlobUnavailable):
        scrubs.run(means(app, db), found.id)

    assert (found.checked, found.damaged, found.finished_at) == (0, 0, None)
    assert "rehashed" not in custody(db)


def test_a_round_changes_no_file_not_even_a_damaged_one(app, db, three, records, settings):
    damage(settings, db, 1)
    before = {path: path.read_bytes() for path in blobs(settings)}

    scrubs.run(means(app, db), scrubs.start(db, by=records, at=now()).id)

    assert {path: path.read_bytes() for path in blobs(settings)} == before


@pytest.mark.parametrize(("days", "asked"), [(29, 0), (31, 1)])
def test_the_worker_begins_a_round_when_a_month_has_passed(app, db, three, days, asked):
    for exhibit in exhibits(db):
        exhibit.received_at = now() - timedelta(days=days)
    db.commit()

    with app.app_context():
        jobs.ask_for_scrub()
        jobs.ask_for_scrub()

    assert len(db.scalars(sa.select(Job).where(Job.kind == scrubs.SCRUB)).all()) == asked


def test_nothing_stored_needs_no_round(app, db):
    assert scrubs.ask_if_due(db, at=now()) is None


def test_the_register_is_had_as_a_file_without_formulas(db, client, case, fields):
    upload(client, case, {**fields, "received_from": "=1+1"})
    client.post_form(f"/cases/{case.reference}/evidence/1/check")

    answer = client.get(f"/cases/{case.reference}/evidence/1/custody.csv")

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["act"] for row in rows] == ["received", "hash checked"]
    assert rows[0]["note"] == "from =1+1"
    assert rows[0]["at_utc"].endswith("+00:00")
    assert rows[0]["exhibit"] == f"{case.reference}/1"
    assert answer.mimetype == "text/csv"


def test_seeing_the_page_is_no_view_and_reading_the_content_is(db, client, case, fields):
    upload(client, case, fields, content=b"<script>alert(1)</script>,2\n")
    client.get(f"/cases/{case.reference}/evidence/1")
    assert custody(db) == ["received"]

    page = client.post_form(f"/cases/{case.reference}/evidence/1/content").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;,2" in page
    assert custody(db) == ["received", "rehashed", "viewed"]


def test_what_is_no_text_is_not_shown_on_a_page(db, client, case, fields):
    upload(client, case, fields, content=samples.pdf(), name="a.pdf")

    assert client.post_form(f"/cases/{case.reference}/evidence/1/content").status_code == 403
    assert "viewed" not in custody(db)


def test_damaged_content_is_not_shown_and_the_finding_is_kept(db, client, case, fields, settings):
    upload(client, case, fields)
    damage(settings, db, 1)

    answer = client.post_form(f"/cases/{case.reference}/evidence/1/content", follow_redirects=True)

    assert "are not shown" in answer.text
    assert custody(db) == ["received", "rehashed"]
