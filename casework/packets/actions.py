"""A packet from its preparation to its issue.

Contents are frozen when the packet is prepared, bytes once when they are drawn; an issued packet
is never drawn again, a correction is a new version that cites it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from sqlalchemy.orm import Session

from casework import audit, queue
from casework.disclosure.queries.need_to_know import refuse_past_need
from casework.errors import (
    Blocker,
    InvalidValue,
    NotFound,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.evidence.actions.exhibits import context_of
from casework.evidence.store import BlobDamaged, BlobStore
from casework.packets.box import Rendered
from casework.packets.contents import PacketContents, Supersedes, to_plain
from casework.packets.manifest import contents_digest
from casework.packets.queries import packets as queries
from casework.packets.queries.assembling import Request, contents_of
from models import Case, CustodyEvent, Job, Officer, Packet

_PRACTICE = "Case practice"


def prepare_packet(
    session: Session,
    case: Case,
    *,
    recipient: str,
    purpose: str,
    by: Officer,
    at: datetime,
    default_enacted: date | None = None,
    store: BlobStore | None = None,
) -> Packet:
    """A packet with its contents frozen, and the job that draws it.

    `default_enacted` is the date of enactment of the settings, if any; `store` is needed where the
    case has an analysis of a usage log. Raises NotFound for an
    unknown recipient, InvalidValue without a purpose, TransitionBlocked where an item of the case
    is kept from the preparer or the
    result of an analysis is damaged.
    """
    refuse_past_need(session, case, by)
    if not purpose.strip():
        raise InvalidValue("Say what the recipient is to use the packet for.", "purpose")
    issued = queries.newest_issued(session, case, recipient)
    asked = Request(
        recipient=recipient,
        purpose=purpose,
        version=queries.next_number(session, case),
        supersedes=Supersedes(issued.number, issued.sha256 or "") if issued else None,
        prepared_by=f"{by.name}, {by.organization.name}",
        default_enacted=default_enacted,
        store=store,
    )
    contents = contents_of(session, case, asked, at=at)
    packet = Packet(
        case=case,
        number=asked.version,
        recipient=recipient,
        purpose=purpose,
        state="queued",
        contents=to_plain(contents),
        contents_sha256=contents_digest(contents),
        supersedes=issued,
        prepared_by=by,
        prepared_by_person_id=by.person_id,
        prepared_at=at,
    )
    session.add(packet)
    session.flush()
    _job(session, packet, by=by, at=at)
    _note(session, "packet.prepare", packet, by=by, at=at, recipient=recipient, purpose=purpose)
    return packet


def _job(session: Session, packet: Packet, *, by: Officer, at: datetime) -> Job:
    return queue.enqueue(session, queries.RENDER, {"packet": str(packet.id)}, by=by, at=at)


def _note(
    session: Session,
    action: str,
    packet: Packet,
    *,
    by: Officer | None,
    at: datetime,
    **details: str | int,
) -> None:
    audit.record(
        session,
        by,
        action,
        f"packet:{packet.case.reference}/{packet.number}",
        at=at,
        case=packet.case,
        contents_sha256=packet.contents_sha256,
        **details,
    )


def begin_rendering(session: Session, packet_id: uuid.UUID) -> PacketContents | None:
    """The contents to draw, or None when the bytes are there already.

    Raises NotFound for no such packet, InvalidValue when the frozen contents have changed.
    """
    packet = _get(session, packet_id)
    if packet.sha256:
        return None
    contents = queries.contents_in(packet)
    if contents_digest(contents) != packet.contents_sha256:
        raise InvalidValue("The stored contents differ from the hash under which they were frozen.")
    packet.state, packet.failure = "rendering", ""
    return contents


def keep_rendered(
    session: Session, store: BlobStore, packet_id: uuid.UUID, rendered: Rendered, *, at: datetime
) -> None:
    """Store the bytes, then name them in the row; bytes that are there already stay."""
    packet = _get(session, packet_id)
    if packet.sha256:
        return
    size = len(rendered.pdf)
    stored = store.put(BytesIO(rendered.pdf), context_of(packet.case), cap=size)
    packet.state, packet.pages, packet.size = "ready", rendered.pages, size
    packet.sha256, packet.blob_key = stored.sha256, stored.key
    _note(session, "packet.render", packet, by=None, at=at, sha256=stored.sha256)


def give_up_rendering(session: Session, packet_id: uuid.UUID, reason: str, *, at: datetime) -> None:
    packet = _get(session, packet_id)
    if packet.sha256:
        return
    packet.state, packet.failure = "failed", reason
    _note(session, "packet.fail", packet, by=None, at=at, reason=reason)


def retry_packet(session: Session, packet: Packet, *, by: Officer, at: datetime) -> Job:
    """A new job for a packet that could not be drawn; raises TransitionBlocked for any other."""
    if packet.state != "failed":
        raise _blocked("Only a packet that could not be drawn is tried again.")
    packet.state, packet.failure = "queued", ""
    _note(session, "packet.retry", packet, by=by, at=at)
    return _job(session, packet, by=by, at=at)


def issue_packet(
    session: Session, packet: Packet, *, contents_sha256: str, by: Officer, at: datetime
) -> None:
    """Release the packet for its recipient; nothing about it changes from then on.

    `contents_sha256` is the hash that was shown to the issuer. Raises StaleVersion when it is
    another, SeparationOfDuties for the preparer, TransitionBlocked when the packet is not ready.
    """
    queries.hold(session, packet)
    if packet.contents_sha256 != contents_sha256:
        raise StaleVersion("The contents are not those that were shown. Read them again.")
    if packet.prepared_by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever prepared a packet does not issue it.")
    _refuse_unready(session, packet)
    packet.state, packet.issued_at = "issued", at
    packet.issued_by, packet.issued_by_person_id = by, by.person_id
    for exhibit in queries.exhibits_listed(session, packet):
        session.add(
            CustodyEvent(
                exhibit_id=exhibit.id,
                kind="embedded",
                by_id=by.id,
                at=at,
                sha256=exhibit.sha256,
                note=f"listed in packet {packet.number} for {packet.recipient}",
            )
        )
    _note(
        session,
        "packet.issue",
        packet,
        by=by,
        at=at,
        recipient=packet.recipient,
        purpose=packet.purpose,
        sha256=packet.sha256 or "",
    )


def _refuse_unready(session: Session, packet: Packet) -> None:
    if packet.state == "issued":
        raise _blocked("This packet has been issued already.")
    if packet.state != "ready":
        raise _blocked("The pages are not there yet. Wait until the packet is ready.")
    issued = queries.newest_issued(session, packet.case, packet.recipient)
    if issued is not None and issued.id != packet.supersedes_id:
        raise _blocked(
            f"Version {issued.number} was issued in the meantime, which this one does not cite. "
            "Prepare a new version."
        )


def _blocked(message: str) -> TransitionBlocked:
    return TransitionBlocked([Blocker(message, _PRACTICE)])


def hand_out(
    session: Session, store: BlobStore, packet: Packet, *, by: Officer, at: datetime
) -> Iterator[bytes]:
    """The stored bytes, read once in full against their hash first; raises BlobDamaged."""
    key, context = packet.blob_key or "", context_of(packet.case)
    if store.sha256(key, context) != packet.sha256:
        raise BlobDamaged(key)
    _note(
        session,
        "packet.download",
        packet,
        by=by,
        at=at,
        recipient=packet.recipient,
        state=packet.state,
    )
    return store.read(key, context)


def _get(session: Session, packet_id: uuid.UUID) -> Packet:
    packet = session.get(Packet, packet_id)
    if packet is None:
        raise NotFound("There is no such packet.")
    return packet
