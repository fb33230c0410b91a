"""What a database says about itself before and after it is copied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.audit.verification import verify
from casework.evidence.actions.exhibits import context_of
from casework.evidence.store import BlobDamaged, BlobStore
from models import AuditHead, Case, Exhibit, Packet
from models.engine import open_engine


@contextmanager
def database_at(url: str) -> Iterator[Session]:
    """A session on another database than the application's; nothing in it is kept."""
    engine = open_engine(url)
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def table_count(session: Session) -> int:
    return len(sa.inspect(session.connection()).get_table_names())


def revision(session: Session) -> str:
    """The revision of the schema, as migrations note it."""
    return str(session.scalar(sa.text("SELECT version_num FROM alembic_version")))


def audit_head(session: Session) -> tuple[int, str]:
    """Size of the log and hash of its last entry, 64 hex digits."""
    head = session.scalars(sa.select(AuditHead)).one()
    return head.size, head.last_hash.hex()


def faults(session: Session, store: BlobStore, *, size: int, root: str) -> list[str]:
    """Everything wrong with a copy: its pages, keys, blobs, and log; empty when it is whole."""
    return [*_structure(session), *_blobs(session, store), *_log(session, size, root)]


def _structure(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL checks keys as it restores
    told = session.scalars(sa.text("PRAGMA integrity_check")).all()
    if told != ["ok"]:
        yield f"integrity check: {'; '.join(told[:3])}"
    strays = session.execute(sa.text("PRAGMA foreign_key_check")).all()
    if strays:
        yield f"{len(strays)} rows point at rows that are not there"


def _blobs(session: Session, store: BlobStore) -> Iterator[str]:
    for kind in (Exhibit, Packet):
        wanted = (
            sa.select(Case, kind.number, kind.blob_key, kind.sha256)
            .join(Case, Case.id == kind.case_id)
            .where(kind.blob_key.is_not(None))
        )
        if kind is Exhibit:
            wanted = wanted.where(Exhibit.disposed_at.is_(None))
        rows = session.execute(wanted)
        for case, number, key, sha256 in rows:
            try:
                found = store.sha256(key or "", context_of(case))
            except BlobDamaged:
                found = ""
            if found != sha256:
                yield f"{kind.__tablename__} {number} of {case.reference}: the file is not whole"


def _log(session: Session, size: int, root: str) -> Iterator[str]:
    verified = verify(session)
    if not verified.ok:
        yield f"audit log, entry {verified.first_bad}: {verified.reason}"
    elif (verified.size, verified.last_hash) != (size, root):
        yield "the audit log is not the one that the backup was made of"
