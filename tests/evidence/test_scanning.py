"""What a scanner says decides whether a file leaves; unscanned files leave on a named word."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from casework.errors import TransitionBlocked
from casework.evidence import leaving
from casework.evidence.actions import scans
from casework.evidence.scanning import clamd
from models import AuditEntry, CustodyEvent, ExhibitScan
from tests.evidence import samples
from tests.evidence.clamd import EICAR, real_daemon, told
from tests.evidence.forms import custody, exhibits, release, upload
from tests.evidence.test_pieces import work
from tests.factories import AT, make_officer

needs_clamd = pytest.mark.skipif(
    not (shutil.which("clamd") or Path("/usr/sbin/clamd").exists()),
    reason="clamd is not installed (package clamav-daemon)",
)


@pytest.fixture
def scanner(app, settings):
    """Configure the scanner of an address; returns a function."""

    def configure(url: str) -> None:
        app.extensions["settings"] = replace(settings, scanner_url=url)

    return configure


@pytest.mark.parametrize(
    ("malware", "released", "words"),
    [
        ("clean", False, ""),
        ("not_applicable", False, ""),
        ("unscanned", True, ""),
        ("unscanned", False, "No scanner has looked at this file"),
        ("pending", False, "has not answered yet"),
        ("pending", True, "has not answered yet"),
        ("infected", False, "found malware"),
        ("infected", True, "found malware"),
    ],
)
def test_what_is_known_of_malware_decides_whether_a_file_leaves(malware, released, words):
    why = leaving.kept_back(malware, released=released)

    assert words in why if words else why == ""


@pytest.mark.parametrize(
    ("answer", "verdict", "detail"),
    [
        (b"stream: OK\0", "clean", ""),
        (b"stream: Eicar-Own FOUND\0", "infected", "Eicar-Own"),
        (b"INSTREAM size limit exceeded. ERROR\0", "failed", "larger than the scanner accepts"),
        (b"stream: Can't allocate memory ERROR\0", "failed", "Can't allocate memory"),
        (b"stream: OK\n", "clean", ""),
    ],
)
def test_each_answer_of_the_scanner_is_understood(answer, verdict, detail):
    with told(answer) as server:
        found = clamd.scan(server.url, [b"some", b"", b"x" * (clamd.CHUNK + 1)])

    assert server.received == b"some" + b"x" * (clamd.CHUNK + 1)
    assert (found.verdict, found.engine) == (verdict, "ClamAV 1.0.7/1/today")
    assert detail in found.detail


def test_a_scanner_that_hangs_up_is_told_as_unavailable():
    with (
        told(b"") as server,
        pytest.raises(clamd.ScannerUnavailable, match="hung up without an answer"),
    ):
        clamd.scan(server.url, [b"x"])


def test_a_scanner_that_says_nothing_is_given_up_after_a_while(monkeypatch):
    import socket

    monkeypatch.setattr(clamd, "SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(clamd.ScannerUnavailable, match="no answer within"):
            clamd.scan(url, [b"x"])


@pytest.mark.parametrize("url", ["", "http://a:1", "tcp://a", "tcp://a:x", "unix:", "clamd"])
def test_an_address_that_is_none_is_named(url):
    with pytest.raises(clamd.BadAddress, match="write tcp://host:port or unix:/path"):
        clamd.address_of(url)


def test_without_a_scanner_a_file_stays_until_an_officer_releases_it(db, client, case, fields):
    upload(client, case, fields)
    url = f"/cases/{case.reference}/evidence/1"

    assert "The file does not leave the system" in client.get(url).text
    refused = client.post_form(f"{url}/download")
    assert refused.status_code == 409
    assert "releases it with a reason" in refused.text
    assert client.post_form(f"{url}/release", {"reason": "I say so"}).status_code == 403

    release(db, case)

    assert client.post_form(f"{url}/download").data == samples.CSV
    assert "Scanned by the sender" in client.get(url).text


def test_a_release_names_officer_and_reason_in_register_and_log(db, client, case, fields, officer):
    upload(client, case, fields)
    lead = make_officer(db, "case_officer")
    scans.release(db, case, exhibits(db)[0], reason="Scanned elsewhere", by=lead, at=AT)

    event = db.scalars(sa.select(CustodyEvent).where(CustodyEvent.kind == "released")).one()
    assert (event.by_id, event.note) == (lead.id, "Scanned elsewhere")
    logged = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "exhibit.release")).one()
    assert logged.actor_id == lead.id


@pytest.mark.parametrize("malware", ["pending", "infected", "clean"])
def test_only_what_nothing_scanned_is_released(db, client, case, fields, officer, malware):
    upload(client, case, fields)
    exhibit = exhibits(db)[0]
    exhibit.malware = malware

    with pytest.raises(TransitionBlocked, match="nothing scanned"):
        scans.release(db, case, exhibit, reason="Why not", by=officer, at=AT)


def test_a_file_waits_for_the_scanner_and_leaves_once_it_is_clean(
    app, db, client, case, fields, scanner
):
    with told(b"stream: OK\0") as server:
        scanner(server.url)
        upload(client, case, fields)
        assert exhibits(db)[0].malware == "pending"
        assert client.post_form(f"/cases/{case.reference}/evidence/1/download").status_code == 409
        work(app, db)

    assert server.received == samples.CSV
    assert exhibits(db)[0].malware == "clean"
    assert sorted(custody(db)) == ["received", "scanned"]
    row = db.scalars(sa.select(ExhibitScan)).one()
    assert (row.verdict, row.engine) == ("clean", "ClamAV 1.0.7/1/today")
    assert client.post_form(f"/cases/{case.reference}/evidence/1/download").data == samples.CSV


def test_a_scanner_that_is_away_leaves_the_file_unscanned_and_says_why(
    app, db, client, case, fields, scanner
):
    scanner("tcp://127.0.0.1:1")
    upload(client, case, fields)
    work(app, db)

    assert exhibits(db)[0].malware == "unscanned"
    assert "The malware scanner does not answer" in db.scalars(sa.select(ExhibitScan.detail)).one()
    page = client.get(f"/cases/{case.reference}/evidence/1").text
    assert "The malware scanner does not answer" in page


def test_what_came_before_there_was_a_scanner_is_scanned_once_there_is_one(
    app, db, client, case, fields, scanner
):
    from views import jobs

    upload(client, case, fields)
    with told(b"stream: OK\0") as server:
        scanner(server.url)
        db.commit()
        with app.app_context():
            jobs.ask_for_scans()
            jobs.ask_for_scans()
        work(app, db)

    assert exhibits(db)[0].malware == "clean"
    assert len(db.scalars(sa.select(ExhibitScan)).all()) == 1


@needs_clamd
def test_the_real_daemon_finds_what_it_is_to_find(tmp_path, app, db, client, case, fields, scanner):
    with real_daemon(tmp_path) as url:
        scanner(url)
        upload(client, case, fields)
        upload(client, case, fields, content=EICAR, name="letter.txt")
        upload(client, case, fields, content=b"a" * (3 << 19), name="long.txt")
        work(app, db)

    found = [exhibit.malware for exhibit in exhibits(db)]
    assert found == ["clean", "infected", "unscanned"]
    details = dict(db.execute(sa.select(ExhibitScan.verdict, ExhibitScan.detail)).all())
    assert details["infected"] == "Eicar-Own.UNOFFICIAL"
    assert "larger than the scanner accepts" in details["failed"]
    infected = f"/cases/{case.reference}/evidence/2"
    assert "found malware" in client.post_form(f"{infected}/download").text
    assert client.post_form(f"{infected}/content").status_code == 403
