"""Receive exhibits, hand them out, check them: each act is an entry in the custody register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Blocker, Destroyed, Forbidden, TransitionBlocked
from casework.evidence import leaving
from casework.evidence.facts import Description, Pointer
from casework.evidence.keeping import Kept, keep
from casework.evidence.queries import exhibits as queries
from casework.evidence.queries.custody import AGREES, DIFFERS, is_released
from casework.evidence.store import BlobDamaged, BlobStore
from casework.handling.actions.first import note_first
from casework.handling.need import may_copy
from casework.handling.queries.readers import mark_of
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from models import Case, CustodyEvent, Exhibit, Marking, Officer


def receive_file(
    session: Session,
    store: BlobStore,
    case: Case,
    described: Description,
    stream: BinaryIO,
    *,
    file_name: str,
    cap: int,
    by: Officer,
    at: datetime,
    even_closed: bool = False,
    told: str = "",
) -> Exhibit:
    """Keep the bytes, then the row. Raise what `keep` raises; the blob of a transaction that is
    undone later is removed by the sweep. TransitionBlocked in a closed case, unless the caller
    has a reason for `even_closed`.
    """
    if not even_closed:
        refuse_closed(load_pack(case.text_version), case.stage)
    kept = keep(store, stream, context_of(case), file_name=file_name, cap=cap, told=told)
    return receive_kept(session, case, described, kept, by=by, at=at, even_closed=even_closed)


def receive_kept(
    session: Session,
    case: Case,
    described: Description,
    kept: Kept,
    *,
    by: Officer,
    at: datetime,
    even_closed: bool = False,
) -> Exhibit:
    """Enter a stored file as an exhibit; TransitionBlocked as `receive_file`."""
    if not even_closed:
        refuse_closed(load_pack(case.text_version), case.stage)
    exhibit = _new(session, case, described, by=by, at=at)
    exhibit.file_name, exhibit.media_type = kept.file_name, kept.media_type
    exhibit.size, exhibit.sha256 = kept.stored.size, kept.stored.sha256
    exhibit.blob_key = kept.stored.key
    exhibit.malware = "unscanned"
    return _received(session, case, exhibit, described, by=by, at=at)


def note_pointer(
    session: Session,
    case: Case,
    described: Description,
    pointer: Pointer,
    *,
    by: Officer,
    at: datetime,
) -> Exhibit:
    refuse_closed(load_pack(case.text_version), case.stage)
    exhibit = _new(session, case, described, by=by, at=at)
    exhibit.custodian, exhibit.system = pointer.custodian, pointer.system
    exhibit.registry_number = pointer.registry_number
    exhibit.malware = "not_applicable"
    return _received(session, case, exhibit, described, by=by, at=at)


def _new(
    session: Session, case: Case, described: Description, *, by: Officer, at: datetime
) -> Exhibit:
    return Exhibit(
        case_id=case.id,
        number=queries.next_number(session, case),
        title=described.title,
        description=described.description,
        bearing=described.bearing,
        basis=described.basis,
        received_from=described.received_from,
        dated_on=described.dated_on,
        received_at=at,
        received_by=by,
        file_name="",
        media_type="",
    )


def _received(
    session: Session,
    case: Case,
    exhibit: Exhibit,
    described: Description,
    *,
    by: Officer,
    at: datetime,
) -> Exhibit:
    session.add(exhibit)
    session.flush()
    _mark(session, exhibit, described, by=by, at=at)
    enter(session, exhibit, "received", f"from {described.received_from}", by=by, at=at)
    audit.record(
        session,
        by,
        "exhibit.receive",
        f"exhibit:{case.reference}/{exhibit.number}",
        at=at,
        case=case,
        title=exhibit.title,
        sha256=exhibit.sha256 or "",
        size=exhibit.size or 0,
    )
    return exhibit


def _mark(
    session: Session, exhibit: Exhibit, described: Description, *, by: Officer, at: datetime
) -> None:
    marking = Marking(
        exhibit_id=exhibit.id,
        item="file",
        owner_confidential=described.owner_confidential,
        trade_secret=described.trade_secret,
        tlp=described.tlp,
        cui_category=described.cui_category,
        cui_specified=described.cui_specified,
        dissemination=list(described.dissemination),
        releasable_to=list(described.releasable_to),
        statute=described.statute,
        personal_data=described.personal_data,
    )
    session.add(marking)
    session.flush()
    note_first(session, marking, authority="As received", by=by, at=at)


def hand_out(
    session: Session, store: BlobStore, case: Case, exhibit: Exhibit, *, by: Officer, at: datetime
) -> Iterator[bytes]:
    """The bytes, after reading them once in full against the hash at receipt; BlobDamaged when
    they differ, which is recorded too by the caller's own transaction. Forbidden for an exhibit
    that is shown and never handed over, Destroyed for one whose file is no longer kept,
    TransitionBlocked while what is known of malware keeps it back.
    """
    if kept_here(exhibit):
        raise Forbidden(f"Exhibit {exhibit.number} is DISPLAY ONLY: its file is not handed over.")
    refuse_destroyed(session, exhibit)
    refuse_kept_back(session, exhibit)
    if not check(session, store, case, exhibit, by=by, at=at):
        raise BlobDamaged(exhibit.blob_key or "")
    enter(session, exhibit, "downloaded", "", by=by, at=at)
    audit.record(
        session,
        by,
        "exhibit.download",
        f"exhibit:{case.reference}/{exhibit.number}",
        at=at,
        case=case,
    )
    return store.read(exhibit.blob_key or "", context_of(case))


def refuse_kept_back(session: Session, exhibit: Exhibit) -> None:
    """TransitionBlocked while the file may not leave the system."""
    if why := leaving.kept_back(exhibit.malware, released=is_released(session, exhibit)):
        raise TransitionBlocked([Blocker(why, "IU-8")])


def kept_here(exhibit: Exhibit) -> bool:
    """Whether the marking of the exhibit lets nobody have a copy."""
    return not all(may_copy(mark_of(row)) for row in exhibit.markings)


def check(
    session: Session,
    store: BlobStore,
    case: Case,
    exhibit: Exhibit,
    *,
    by: Officer | None,
    at: datetime,
) -> bool:
    """Hash the stored bytes again and enter the outcome in the register. Destroyed for an
    exhibit whose file is no longer kept.
    """
    refuse_destroyed(session, exhibit)
    try:
        found = store.sha256(exhibit.blob_key or "", context_of(case))
    except BlobDamaged:
        found = ""
    holds = found == exhibit.sha256
    note = AGREES if holds else DIFFERS
    enter(session, exhibit, "rehashed", note, by=by, at=at, sha256=found or None)
    return holds


def refuse_destroyed(session: Session, exhibit: Exhibit) -> None:
    if event := queries.destruction_of(session, exhibit):
        raise Destroyed(
            f"The file of exhibit {exhibit.number} was destroyed under: {event.note}. Its hash,"
            " its register and what was decided on it are kept."
        )


def enter(
    session: Session,
    exhibit: Exhibit,
    kind: str,
    note: str,
    *,
    by: Officer | None,
    at: datetime,
    sha256: str | None = None,
) -> None:
    """Enter an act in the custody register; `kind` as the column names them."""
    session.add(
        CustodyEvent(
            exhibit_id=exhibit.id,
            kind=kind,
            by_id=by.id if by else None,
            at=at,
            sha256=sha256 or exhibit.sha256,
            note=note,
        )
    )
    session.flush()


def context_of(case: Case) -> str:
    """What binds a blob to its case."""
    return f"case:{case.id}"
