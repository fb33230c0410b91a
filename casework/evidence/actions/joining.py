"""Make one exhibit of the pieces of an upload. May be broken off anywhere and run again: until the
last transaction there is no exhibit, after it there is the whole.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import CaseworkError, TransitionBlocked
from casework.evidence import pieces
from casework.evidence.actions import exhibits, uploads
from casework.evidence.facts import Description
from casework.evidence.file_kinds import KindRefused
from casework.evidence.keeping import HashDiffers, Kept, keep
from casework.evidence.means import Means
from casework.evidence.queries import uploads as queries
from casework.evidence.store import BlobDamaged, BlobStore
from models import Case, Officer, Upload, UploadPiece


class UploadRefused(CaseworkError):
    """What came is not kept; the message says why and what to do."""


def join_upload(means: Means, upload_id: uuid.UUID) -> None:
    """Read the pieces as one file, examine and store it, then enter the exhibit; the pieces go
    last. UploadRefused with why the file is not kept.
    """
    with means.transaction() as session:
        found = plan(session, upload_id)
    if found is None:
        return
    kept = join(means.blobs, found, means.progress)
    with means.transaction() as session:
        spent = receive(session, upload_id, kept, at=means.now())
    for key in spent:
        means.blobs.remove(key)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is needed to read the pieces without the database. `keys` are by number."""

    case_context: str
    context: str
    keys: tuple[str, ...]
    file_name: str
    size: int
    piece_size: int
    sha256_told: str


def plan(session: Session, upload_id: uuid.UUID) -> Plan | None:
    """None where there is nothing to join, since that was done or the upload is over."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.state != queries.JOINING:
        return None
    keys = session.scalars(
        sa.select(UploadPiece.blob_key)
        .where(UploadPiece.upload_id == upload.id)
        .order_by(UploadPiece.number)
    ).all()
    return Plan(
        exhibits.context_of(session.get_one(Case, upload.case_id)),
        uploads.context_of(upload),
        tuple(keys),
        upload.file_name,
        upload.size,
        upload.piece_size,
        upload.sha256_told,
    )


def join(store: BlobStore, plan: Plan, progress: Callable[[str], None]) -> Kept:
    """Read the pieces as one file, examine it, and store it; UploadRefused with why it is not
    kept. Nothing is written to the database meanwhile, since a large file takes minutes.
    """

    def load(number: int) -> bytes:
        progress(f"Reading piece {number + 1} of {len(plan.keys)}")
        return b"".join(store.read(plan.keys[number], plan.context))

    try:
        with pieces.joined(load, plan.size, plan.piece_size) as stream:
            return keep(
                store,
                stream,
                plan.case_context,
                file_name=plan.file_name,
                cap=plan.size,
                told=plan.sha256_told,
            )
    except (KindRefused, HashDiffers) as refused:
        raise UploadRefused(str(refused)) from refused
    except BlobDamaged as damaged:
        raise UploadRefused(
            "A piece was damaged in the store. Begin anew, and tell the administrator."
        ) from damaged


def receive(session: Session, upload_id: uuid.UUID, kept: Kept, *, at: datetime) -> list[str]:
    """Enter the exhibit and end the upload; return the blobs of the pieces, to be removed once
    this is kept. Nothing where another worker was faster; UploadRefused where the case was closed
    in the meantime.
    """
    upload = queries.held(session, upload_id)
    if upload is None or upload.state != queries.JOINING:
        return []
    case = session.get_one(Case, upload.case_id)
    described = Description.from_plain(upload.described)
    by = session.get_one(Officer, upload.by_id)
    try:
        exhibit = exhibits.receive_kept(session, case, described, kept, by=by, at=at)
    except TransitionBlocked as blocked:
        raise UploadRefused(str(blocked)) from blocked
    upload.state, upload.exhibit_id, upload.touched_at = queries.RECEIVED, exhibit.id, at
    return uploads.drop_pieces(session, upload)


def refuse(session: Session, upload_id: uuid.UUID, why: str, *, at: datetime) -> None:
    """End an upload that a worker could not join; why is shown to its sender."""
    upload = queries.held(session, upload_id)
    if upload is not None and upload.state == queries.JOINING:
        uploads.end(session, upload, queries.REFUSED, why, by=None, at=at)
