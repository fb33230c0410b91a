from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import queue
from casework.errors import (
    InvalidValue,
    NotFound,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.evidence.store import BlobDamaged, BlobStore
from casework.packets import actions
from casework.packets.box import Rendered
from casework.packets.queries import packets as queries
from casework.people.actions.machine import command_line_officer
from models import AuditEntry, CustodyEvent, Packet
from tests.factories import AT, make_officer
from tests.packets_record.rich_case import RichCase

LATER = AT + timedelta(hours=1)
PDF = b"%PDF-1.7 stands for the pages"


def prepared(db: Session, rich: RichCase, *, recipient: str = "bis") -> Packet:
    return actions.prepare_packet(
        db, rich.case, recipient=recipient, purpose="For the vote.", by=rich.preparer, at=AT
    )


def ready(db: Session, rich: RichCase, blobs: BlobStore, *, recipient: str = "bis") -> Packet:
    packet = prepared(db, rich, recipient=recipient)
    actions.begin_rendering(db, packet.id)
    drawn(db, packet, blobs)
    return packet


def drawn(db: Session, packet: Packet, blobs: BlobStore, pdf: bytes = PDF) -> None:
    rendered = Rendered(pdf, pages=12, sha256="", isolated=True)
    actions.keep_rendered(db, blobs, packet.id, rendered, at=AT)


def issue(db: Session, packet: Packet, rich: RichCase, **changes: str) -> None:
    seen = changes.get("contents_sha256", packet.contents_sha256)
    actions.issue_packet(db, packet, contents_sha256=seen, by=rich.issuer, at=LATER)


def words_logged(db: Session) -> list[str]:
    return list(db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)))


def test_preparing_freezes_the_contents_and_asks_for_the_pages(db: Session, rich: RichCase) -> None:
    packet = prepared(db, rich)

    job = queries.job_of(db, packet)
    assert (packet.number, packet.state) == (1, "queued")
    assert queries.contents_in(packet).cover.recipient.purpose == "For the vote."
    assert job is not None
    assert (job.kind, job.state, job.created_by_id) == ("render_packet", "queued", rich.preparer.id)
    assert "packet.prepare" in words_logged(db)


def test_what_changes_afterwards_does_not_change_a_prepared_packet(
    db: Session, rich: RichCase
) -> None:
    packet = prepared(db, rich)
    rich.case.title = "Another title"
    db.flush()

    assert queries.contents_in(packet).cover.title == "Alleged copying of reasoning abilities"


def test_a_packet_without_a_purpose_is_refused(db: Session, rich: RichCase) -> None:
    with pytest.raises(InvalidValue, match="what the recipient"):
        actions.prepare_packet(db, rich.case, recipient="bis", purpose=" ", by=rich.preparer, at=AT)


def test_contents_that_were_tampered_with_are_not_drawn(db: Session, rich: RichCase) -> None:
    packet = prepared(db, rich)
    packet.contents = {**packet.contents, "limits": ["Nothing is limited."]}
    db.flush()

    with pytest.raises(InvalidValue, match="differ from the hash"):
        actions.begin_rendering(db, packet.id)


def test_a_packet_is_drawn_once_only(db: Session, rich: RichCase, blobs: BlobStore) -> None:
    packet = ready(db, rich, blobs)
    first = packet.sha256

    drawn(db, packet, blobs, b"%PDF-1.7 other pages")

    assert actions.begin_rendering(db, packet.id) is None
    assert packet.sha256 == first


def test_an_issued_packet_is_bound_to_its_issuer_and_its_exhibits(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    packet = ready(db, rich, blobs)

    issue(db, packet, rich)

    custody = db.scalars(sa.select(CustodyEvent).where(CustodyEvent.kind == "embedded")).all()
    assert (packet.state, packet.issued_at) == ("issued", LATER)
    assert packet.issued_by_person_id == rich.issuer.person_id
    assert {event.exhibit_id for event in custody} == {rich.exhibit.id, rich.contrary.id}
    assert words_logged(db)[-1] == "packet.issue"


def test_whoever_prepared_a_packet_does_not_issue_it_under_another_account(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    packet = ready(db, rich, blobs)
    second_account = make_officer(db, "records_officer", person=rich.preparer.person)

    with pytest.raises(SeparationOfDuties):
        actions.issue_packet(
            db, packet, contents_sha256=packet.contents_sha256, by=second_account, at=LATER
        )


def test_an_issuer_who_saw_other_contents_is_refused(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    packet = ready(db, rich, blobs)

    with pytest.raises(StaleVersion):
        issue(db, packet, rich, contents_sha256="0" * 64)


@pytest.mark.parametrize("state", ["queued", "issued"])
def test_only_a_ready_packet_is_issued(
    db: Session, rich: RichCase, blobs: BlobStore, state: str
) -> None:
    packet = prepared(db, rich) if state == "queued" else ready(db, rich, blobs)
    if state == "issued":
        issue(db, packet, rich)

    with pytest.raises(TransitionBlocked):
        issue(db, packet, rich)


def test_a_correction_is_a_new_version_that_cites_the_issued_one(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    first = ready(db, rich, blobs)
    issue(db, first, rich)

    second = prepared(db, rich)

    cited = queries.contents_in(second).cover.supersedes
    assert cited is not None
    assert (cited.version, cited.sha256) == (1, first.sha256)
    assert second.supersedes_id == first.id


def test_another_recipient_s_packet_supersedes_nothing(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    issue(db, ready(db, rich, blobs), rich)

    other = prepared(db, rich, recipient="state")

    assert (other.number, other.supersedes_id) == (2, None)


def test_a_version_that_does_not_cite_the_last_issued_one_is_refused(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    older, newer = ready(db, rich, blobs), ready(db, rich, blobs)
    issue(db, newer, rich)

    with pytest.raises(TransitionBlocked, match="Prepare a new version"):
        issue(db, older, rich)


def test_a_failed_packet_says_why_and_can_be_tried_again(db: Session, rich: RichCase) -> None:
    packet = prepared(db, rich)
    actions.give_up_rendering(db, packet.id, "No font has this sign.", at=AT)
    assert (packet.state, packet.failure) == ("failed", "No font has this sign.")

    job = actions.retry_packet(db, packet, by=rich.preparer, at=LATER)

    assert (packet.state, packet.failure, job.state) == ("queued", "", "queued")
    assert queries.job_of(db, packet) is job


def test_a_packet_that_did_not_fail_is_not_tried_again(db: Session, rich: RichCase) -> None:
    with pytest.raises(TransitionBlocked):
        actions.retry_packet(db, prepared(db, rich), by=rich.preparer, at=AT)


def test_handing_out_gives_the_bytes_and_is_recorded(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    packet = ready(db, rich, blobs)

    pieces = actions.hand_out(db, blobs, packet, by=rich.issuer, at=LATER)

    assert b"".join(pieces) == PDF
    assert words_logged(db)[-1] == "packet.download"


def test_bytes_that_differ_from_the_record_are_not_handed_out(
    db: Session, rich: RichCase, blobs: BlobStore
) -> None:
    packet = ready(db, rich, blobs)
    packet.sha256 = "0" * 64

    with pytest.raises(BlobDamaged):
        actions.hand_out(db, blobs, packet, by=rich.issuer, at=LATER)


def test_a_packet_that_is_not_there_is_not_drawn(db: Session, rich: RichCase) -> None:
    with pytest.raises(NotFound):
        actions.begin_rendering(db, rich.case.id)


def test_the_command_line_acts_under_one_account_of_its_own(db: Session) -> None:
    officer = command_line_officer(db, at=AT)

    again = command_line_officer(db, at=LATER)

    assert again is officer
    assert (officer.roles, officer.active, officer.password_hash) == (frozenset(), False, None)


def test_a_report_keeps_a_long_job_from_being_taken_for_dead(db: Session, rich: RichCase) -> None:
    job = queue.enqueue(db, "x", {}, by=None, at=AT)
    queue.claim(db, job.id, at=AT)
    much_later = AT + queue.LEASE + timedelta(minutes=1)

    queue.report(db, job.id, "half way", at=much_later)

    db.refresh(job)
    assert job.progress == "half way"
    assert queue.waiting(db, at=much_later) == []
