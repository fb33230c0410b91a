"""Exhibits through the pages: what is received, and what is refused without loss."""

from __future__ import annotations

import hashlib

import pytest
import sqlalchemy as sa

from models import AuditEntry, Draft, Marking, Submission
from tests.evidence import samples
from tests.evidence.forms import FIELDS, blobs, custody, exhibits, release, upload


def test_a_received_file_has_a_number_a_hash_a_marking_and_a_custody_entry(
    db, client, case, officer, fields
):
    answer = upload(client, case, fields)

    assert answer.status_code == 303, answer.text
    assert answer.location == f"/cases/{case.reference}/evidence/1"
    exhibit = exhibits(db)[0]
    assert exhibit.sha256 == hashlib.sha256(samples.CSV).hexdigest()
    assert (exhibit.size, exhibit.media_type) == (len(samples.CSV), "text/csv")
    assert (exhibit.received_by_id, exhibit.malware) == (officer.id, "unscanned")
    assert custody(db) == ["received"]
    marking = db.scalars(sa.select(Marking).where(Marking.exhibit_id == exhibit.id)).one()
    assert marking.owner_confidential
    logged = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "exhibit.receive")).one()
    assert logged.object == f"exhibit:{case.reference}/1"


def test_exhibits_of_a_case_are_numbered_from_one_without_gaps(db, client, case, fields):
    for number in range(3):
        upload(client, case, fields, content=b"row,%d\n" % number)

    assert [exhibit.number for exhibit in exhibits(db)] == [1, 2, 3]


def test_the_page_of_an_exhibit_shows_its_hash_and_custody(db, client, case, fields):
    upload(client, case, fields)

    page = client.get(f"/cases/{case.reference}/evidence/1").text

    digest = exhibits(db)[0].sha256
    assert digest in page.replace("<wbr>", "").replace("\u200b", "").replace(" ", "")
    assert "extract.csv" in page


@pytest.mark.parametrize(
    ("name", "content", "status", "words"),
    [
        ("a.csv", b"", 422, "The file is empty"),
        ("a.exe", b"MZ" + bytes(60), 422, "are not accepted"),
        ("a.pdf", b"MZ" + bytes(60), 422, "a Windows program"),
        ("a.pdf", b"<html></html>", 422, "The name says PDF"),
        ("a.txt", "words".encode("utf-16"), 422, "is not UTF-8"),
        ("a.json", b'{"a": ', 422, "not valid JSON"),
    ],
)
def test_a_refused_file_keeps_what_was_typed_and_stores_nothing(
    db, client, case, fields, settings, name, content, status, words
):
    answer = upload(client, case, fields, content=content, name=name)

    assert answer.status_code == status
    assert words in answer.text
    assert "Lantern Models, by courier" in answer.text
    assert "Rows of one night." in answer.text
    assert exhibits(db) == []
    assert blobs(settings) == []


def test_a_form_without_a_file_is_shown_again(db, client, case, fields):
    url = f"/cases/{case.reference}/evidence/new"

    answer = client.post_form(url, fields)

    assert answer.status_code == 422
    assert "Choose a file" in answer.text
    assert "Rows of one night." in answer.text


@pytest.mark.parametrize("missing", ["title", "received_from", "bearing", "basis", "tlp"])
def test_a_form_without_a_required_field_stores_nothing(
    db, client, case, fields, settings, missing
):
    answer = upload(client, case, {**fields, missing: ""})

    assert answer.status_code == 422
    assert exhibits(db) == []
    assert blobs(settings) == []


def test_a_file_larger_than_the_form_limit_but_within_the_cap_is_received(db, client, case, fields):
    content = b"row\n" * 400_000

    assert upload(client, case, fields, content=content).status_code == 303
    assert exhibits(db)[0].size == len(content)


def test_a_file_over_the_cap_is_refused_with_413_and_leaves_nothing(
    db, client, case, fields, settings
):
    answer = upload(client, case, fields, content=b"x" * (settings.upload_cap + 1))

    assert answer.status_code == 413
    assert "Rows of one night." in answer.text
    assert exhibits(db) == []
    assert blobs(settings) == []


def test_a_body_far_over_the_cap_is_refused_unread(db, client, case, fields, settings):
    answer = upload(client, case, fields, content=b"x" * (settings.upload_cap + 2 * 1024 * 1024))

    assert answer.status_code == 413
    assert exhibits(db) == []


def test_nobody_without_a_session_may_send_a_large_body(new_client, case):
    answer = upload(new_client(), case, FIELDS, content=b"x" * 1_500_000)

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "../../x.csv",
        "..\\..\\x.csv",
        "/etc/passwd.csv",
        "x" * 300 + ".csv",
        '"><script>alert(1)</script>.csv',
        "提灯\u202e.csv",
    ],
    ids=["up", "up back", "absolute", "long", "markup", "bidi"],
)
def test_a_file_name_is_kept_as_data_and_never_used_as_a_path(
    db, client, case, fields, settings, name
):
    answer = upload(client, case, fields, name=name)

    if answer.status_code == 422:
        assert exhibits(db) == []
        return
    assert answer.status_code == 303
    inside = settings.data_dir.resolve()
    assert all(path.resolve().is_relative_to(inside) for path in blobs(settings))
    page = client.get(f"/cases/{case.reference}/evidence/1").text
    assert "<script>alert(1)" not in page
    release(db, case)
    sent = client.post_form(f"/cases/{case.reference}/evidence/1/download")
    disposition = sent.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''")
    assert disposition.isascii()
    assert not set('/\\"\r\n') & set(disposition.split("''")[1])


def test_the_same_form_sent_twice_makes_one_exhibit(db, client, case, fields):
    twice = {**fields, "submission_key": "k" * 24}

    first, second = upload(client, case, twice), upload(client, case, twice)

    assert first.location == second.location
    assert len(exhibits(db)) == 1
    assert len(db.scalars(sa.select(Submission)).all()) == 1


def test_a_draft_of_the_form_is_dropped_once_the_exhibit_is_received(
    db, client, case, fields, officer
):
    client.post_form(f"/drafts/exhibit/{case.reference}", {"title": "typed so far"})
    assert "typed so far" in client.get(f"/cases/{case.reference}/evidence/new").text

    upload(client, case, fields)

    assert db.scalars(sa.select(Draft)).all() == []
