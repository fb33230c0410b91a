"""Take a large file in pieces. A worker joins them (`actions.joining`) once all are there."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy.orm import Session

from casework import audit, queue
from casework.errors import Blocker, InvalidValue, NotFound, StaleVersion, TransitionBlocked
from casework.evidence import pieces
from casework.evidence.facts import Announced, Description
from casework.evidence.file_kinds import refuse_name
from casework.evidence.queries import uploads as queries
from casework.evidence.store import BlobStore, EmptyFile, FileTooLarge
from casework.statute.closing import refuse_closed
from casework.statute.loader import load_pack
from models import Case, Job, Officer, Upload, UploadPiece

JOIN = "upload.join"
OPEN_AT_ONCE = 5  # by one officer
ABANDONED_AFTER = timedelta(days=7)
_PRACTICE = "records practice"


def open_upload(
    session: Session,
    case: Case,
    described: Description,
    announced: Announced,
    *,
    cap: int,
    by: Officer,
    at: datetime,
) -> Upload:
    """Begin to take a file. Raise EmptyFile, FileTooLarge or KindRefused before a byte is sent;
    TransitionBlocked in a closed case, or while the officer has too many open.
    """
    refuse_closed(load_pack(case.text_version), case.stage)
    if announced.size <= 0:
        raise EmptyFile
    if announced.size > cap:
        raise FileTooLarge(cap)
    refuse_name(announced.file_name)
    if queries.open_count(session, by) >= OPEN_AT_ONCE:
        raise _blocked(
            f"You have {OPEN_AT_ONCE} unfinished uploads. Finish or cancel one of them first."
        )
    upload = Upload(
        case_id=case.id,
        by_id=by.id,
        file_name=announced.file_name,
        size=announced.size,
        piece_size=pieces.PIECE,
        sha256_told=announced.sha256_told,
        described=described.as_plain(),
        state=queries.OPEN,
        opened_at=at,
        touched_at=at,
    )
    session.add(upload)
    session.flush()
    note(session, "upload.open", case, upload, by=by, at=at, title=described.title)
    return upload


def put_piece(
    session: Session,
    store: BlobStore,
    case: Case,
    upload: Upload,
    number: int,
    content: bytes,
    *,
    sha256: str,
    at: datetime,
) -> UploadPiece:
    """Keep one piece, in any order; the same piece again changes nothing.

    Raise InvalidValue for a piece that is not of the file as announced or not what its hash says,
    StaleVersion where other bytes came for this place before or the upload is over.
    """
    upload = _held(session, upload)
    if upload.state != queries.OPEN:
        raise StaleVersion("This upload takes no more pieces. Load its page again.")
    refuse_closed(load_pack(case.text_version), case.stage)
    _refuse_piece(upload, number, content, sha256)
    there = queries.find_piece(session, upload, number)
    if there is not None:
        if there.sha256 != sha256:
            raise StaleVersion(
                f"Piece {number + 1} is there already with other bytes: another window sends"
                " another file here, or the file was changed. Cancel, and begin anew."
            )
        return there
    stored = store.put(BytesIO(content), context_of(upload), cap=upload.piece_size)
    piece = UploadPiece(
        upload_id=upload.id,
        number=number,
        size=stored.size,
        sha256=stored.sha256,
        blob_key=stored.key,
    )
    session.add(piece)
    upload.touched_at = at
    session.flush()
    return piece


def _refuse_piece(upload: Upload, number: int, content: bytes, sha256: str) -> None:
    wanted = pieces.size_of(number, upload.size, upload.piece_size)
    if not wanted:
        raise InvalidValue(
            f"The file was announced with {upload.size} bytes, and piece {number + 1} lies behind"
            " its end. Cancel, and begin anew with the file as it is now.",
            "number",
        )
    if len(content) != wanted:
        raise InvalidValue(
            f"Piece {number + 1} has {len(content)} bytes and not {wanted}. Send it again.",
            "content",
        )
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InvalidValue(
            f"Piece {number + 1} is not what its hash says: it was damaged on its way. Send it"
            " again.",
            "sha256",
        )


def complete(
    session: Session, case: Case, upload: Upload, *, by: Officer, at: datetime
) -> Job | None:
    """Have a worker join the pieces; None where that was asked before. InvalidValue while pieces
    are missing, StaleVersion for an upload that is over.
    """
    upload = _held(session, upload)
    if upload.state in {queries.JOINING, queries.RECEIVED}:
        return None
    if upload.state != queries.OPEN:
        raise StaleVersion("This upload is over. Begin anew.")
    refuse_closed(load_pack(case.text_version), case.stage)
    session.refresh(upload, ["pieces"])
    have = [piece.number for piece in upload.pieces]
    if lacking := pieces.missing(have, upload.size, upload.piece_size):
        raise InvalidValue(f"Not everything is there: pieces {pieces.in_words(lacking)} lack.")
    upload.state, upload.touched_at = queries.JOINING, at
    note(session, "upload.complete", case, upload, by=by, at=at)
    return queue.enqueue(session, JOIN, {"upload": str(upload.id)}, by=by, at=at)


def cancel(session: Session, case: Case, upload: Upload, *, by: Officer, at: datetime) -> list[str]:
    """End an open upload; return the blobs of its pieces, to be removed once this is kept.
    TransitionBlocked under a legal hold, StaleVersion once a worker joins the pieces.
    """
    upload = _held(session, upload)
    if upload.state != queries.OPEN:
        raise StaleVersion("This upload is over or is being joined, and is not cancelled.")
    if queries.on_hold(session, case.id):
        raise _blocked(
            "A legal hold is on this case: nothing that was sent for it is destroyed. Finish the"
            " upload, or leave it as it is."
        )
    return end(session, upload, queries.CANCELLED, "cancelled by its sender", by=by, at=at)


def give_up_abandoned(session: Session, *, at: datetime) -> int:
    """End what nobody went on with; the sweep of the store removes the pieces."""
    found = queries.abandoned(session, before=at - ABANDONED_AFTER)
    words = f"nothing came for {ABANDONED_AFTER.days} days"
    for upload in found:
        end(session, upload, queries.CANCELLED, words, by=None, at=at)
    return len(found)


def end(
    session: Session, upload: Upload, state: str, why: str, *, by: Officer | None, at: datetime
) -> list[str]:
    """Close an upload without an exhibit; return the blobs that nothing needs any more."""
    upload.state, upload.failure, upload.touched_at = state, why, at
    case = session.get_one(Case, upload.case_id)
    act = "upload.refuse" if state == queries.REFUSED else "upload.cancel"
    note(session, act, case, upload, by=by, at=at, reason=why)
    return drop_pieces(session, upload)


def drop_pieces(session: Session, upload: Upload) -> list[str]:
    """Forget the pieces, unless a legal hold keeps them; return their blobs."""
    if queries.on_hold(session, upload.case_id):
        return []
    session.refresh(upload, ["pieces"])
    keys = [piece.blob_key for piece in upload.pieces]
    for piece in upload.pieces:
        session.delete(piece)
    session.flush()
    session.expire(upload, ["pieces"])
    return keys


def note(
    session: Session,
    act: str,
    case: Case,
    upload: Upload,
    *,
    by: Officer | None,
    at: datetime,
    **told: str,
) -> None:
    subject = f"upload:{case.reference}/{upload.id}"
    facts = {"file_name": upload.file_name, "size": upload.size, **told}
    audit.record(session, by, act, subject, at=at, case=case, **facts)


def context_of(upload: Upload) -> str:
    """What binds the pieces to their upload."""
    return f"upload:{upload.id}"


def _held(session: Session, upload: Upload) -> Upload:
    found = queries.held(session, upload.id)
    if found is None:
        raise NotFound("There is no such upload.")
    return found


def _blocked(message: str) -> TransitionBlocked:
    return TransitionBlocked([Blocker(message, _PRACTICE)])
