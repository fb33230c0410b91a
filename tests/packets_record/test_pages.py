from __future__ import annotations

import re

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from casework.access import Role
from casework.packets import actions
from casework.packets.box import Rendered
from models import AuditEntry, Job, Packet
from tests.conftest import SignIn
from tests.factories import AT, make_case, make_officer
from tests.packets_record.rich_case import RichCase
from views.wake import next_call

PDF = b"%PDF-1.7 stands for the pages"


def address(rich: RichCase, end: str = "") -> str:
    return f"/cases/{rich.case.reference}/packets{end}"


def a_packet(db: Session, rich: RichCase, app: Flask, *, drawn: bool = True) -> Packet:
    packet = actions.prepare_packet(
        db, rich.case, recipient="bis", purpose="For the vote.", by=rich.preparer, at=AT
    )
    if drawn:
        rendered = Rendered(PDF, pages=12, sha256="", isolated=True)
        actions.keep_rendered(db, app.extensions["blobs"], packet.id, rendered, at=AT)
    db.flush()
    return packet


def key_of(page: str) -> str:
    found = re.search(r'name="submission_key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_packet_is_prepared_from_the_form_and_once_only(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    browser = sign_in(rich.preparer)
    key = key_of(browser.get(address(rich, "/new")).text)
    fields = {"recipient": "state", "purpose": "For the determination.", "submission_key": key}

    first = browser.post_form(address(rich, "/new"), data=fields)
    again = browser.post_form(address(rich, "/new"), data=fields)

    assert (first.status_code, again.location) == (303, first.location)
    packet = db.scalars(sa.select(Packet)).one()
    assert (packet.recipient, packet.purpose) == ("state", "For the determination.")
    assert packet.prepared_by_id == rich.preparer.id
    job = db.scalars(sa.select(Job)).one()
    assert job.kind == "render_packet"
    with app.app_context():
        assert next_call() == job.id


def test_a_form_without_a_purpose_is_shown_again(rich: RichCase, sign_in: SignIn) -> None:
    browser = sign_in(rich.preparer)
    key = key_of(browser.get(address(rich, "/new")).text)

    answer = browser.post_form(
        address(rich, "/new"), data={"recipient": "bis", "purpose": " ", "submission_key": key}
    )

    assert answer.status_code == 422
    assert "Say what the recipient is to use it for." in answer.text


def test_a_packet_that_waits_says_so_and_can_be_looked_at_again(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app, drawn=False)

    page = sign_in(rich.preparer).get(address(rich, "/1")).text

    assert "Waiting for a worker" in page
    assert "Check again" in page
    assert "data-refresh-seconds" in page


def test_a_ready_packet_is_called_not_issued_and_shows_its_contents(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    packet = a_packet(db, rich, app)

    page = sign_in(rich.issuer).get(address(rich, "/1")).text

    assert "Not issued" in page
    assert packet.contents_sha256 in page
    assert "Chronology of reported incidents" in page
    assert "CUI//PROPIN//TLP:AMBER" in page


def test_issuing_is_reviewed_first_and_then_done(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    packet = a_packet(db, rich, app)
    browser = sign_in(rich.issuer)
    assert "What will happen" in browser.get(address(rich, "/1/issue")).text

    answer = browser.post_form(
        address(rich, "/1/issue"), data={"contents_sha256": packet.contents_sha256, "read": "y"}
    )

    assert answer.status_code == 303
    db.refresh(packet)
    assert (packet.state, packet.issued_by_id) == ("issued", rich.issuer.id)


def test_issuing_without_having_read_is_shown_again(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    packet = a_packet(db, rich, app)

    answer = sign_in(rich.issuer).post_form(
        address(rich, "/1/issue"), data={"contents_sha256": packet.contents_sha256}
    )

    assert answer.status_code == 422
    db.refresh(packet)
    assert packet.state == "ready"


def test_issuing_with_another_hash_is_a_conflict(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app)

    answer = sign_in(rich.issuer).post_form(
        address(rich, "/1/issue"), data={"contents_sha256": "0" * 64, "read": "y"}
    )

    assert answer.status_code == 409


def test_a_case_officer_may_not_issue(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app)

    assert sign_in(rich.preparer).get(address(rich, "/1/issue")).status_code == 403


def test_a_download_gives_the_pages_and_is_on_record(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app)

    answer = sign_in(rich.reader).post_form(address(rich, "/1/download"))

    assert answer.data == PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    logged = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert logged is not None
    assert (logged.action, logged.actor_id) == ("packet.download", rich.reader.id)


def test_pages_that_are_not_drawn_cannot_be_downloaded(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app, drawn=False)

    assert sign_in(rich.reader).post_form(address(rich, "/1/download")).status_code == 404


def test_a_failed_packet_shows_why_and_is_tried_again(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    packet = a_packet(db, rich, app, drawn=False)
    actions.give_up_rendering(db, packet.id, "no installed font can draw 龘", at=AT)
    browser = sign_in(rich.preparer)
    assert "no installed font can draw 龘" in browser.get(address(rich, "/1")).text

    browser.post_form(address(rich, "/1/retry"))

    db.refresh(packet)
    assert packet.state == "queued"


def test_nobody_sees_packets_of_a_case_without_need_to_know(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app)
    browser = sign_in(make_officer(db, Role.CASE_OFFICER))

    assert browser.get(address(rich, "/1")).status_code == 404
    assert rich.case.reference not in browser.get("/packets").text


def test_the_list_shows_and_filters_what_the_officer_may_see(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    a_packet(db, rich, app)
    browser = sign_in(rich.reader)

    assert rich.case.reference in browser.get("/packets?state=ready").text
    assert rich.case.reference not in browser.get("/packets?state=issued").text
    assert browser.get("/packets?after=nonsense&state=nonsense").status_code == 200


def test_a_long_list_is_read_page_by_page(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    for _ in range(27):
        a_packet(db, rich, app, drawn=False)
    browser = sign_in(rich.reader)

    first = browser.get("/packets").text
    found = re.search(r'rel="next" href="([^"]+)"', first)
    assert found
    second = browser.get(found[1].replace("&amp;", "&")).text

    numbers = re.findall(r"version (\d+)", first + second)
    assert sorted(int(number) for number in numbers) == list(range(1, 28))


def test_the_packets_of_a_case_are_listed_and_an_empty_case_says_how_to_begin(
    db: Session, rich: RichCase, app: Flask, sign_in: SignIn
) -> None:
    empty = make_case(db, rich.preparer)
    a_packet(db, rich, app)
    browser = sign_in(rich.preparer)

    assert "Version 1" in browser.get(address(rich)).text
    assert "No packets yet" in browser.get(f"/cases/{empty.reference}/packets").text
