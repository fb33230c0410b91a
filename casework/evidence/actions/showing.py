"""Show what a text says, on a page and without handing over a file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Forbidden
from casework.evidence import leaving
from casework.evidence.actions.exhibits import check, context_of, enter
from casework.evidence.file_kinds import TEXTS
from casework.evidence.store import BlobDamaged, BlobStore
from models import Case, Exhibit, Officer

SHOWN = 64 * 1024  # bytes


def show_text(
    session: Session, store: BlobStore, case: Case, exhibit: Exhibit, *, by: Officer, at: datetime
) -> str:
    """The beginning of a text, entered as a view of its content. BlobDamaged where the file is not
    as received, Destroyed where it is gone, Forbidden for what is no text or holds malware.
    """
    if exhibit.media_type not in TEXTS or exhibit.malware == leaving.INFECTED:
        raise Forbidden(f"The content of exhibit {exhibit.number} is not shown on a page.")
    if not check(session, store, case, exhibit, by=by, at=at):
        raise BlobDamaged(exhibit.blob_key or "")
    enter(session, exhibit, "viewed", f"the first {SHOWN >> 10} KiB at most", by=by, at=at)
    subject = f"exhibit:{case.reference}/{exhibit.number}"
    audit.record(session, by, "exhibit.view", subject, at=at, case=case)
    head = next(store.read(exhibit.blob_key or "", context_of(case)))
    return head[:SHOWN].decode("utf-8-sig", "ignore")
