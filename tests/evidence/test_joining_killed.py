"""A worker that is killed while it joins an upload leaves no half exhibit; the next one ends it."""

from __future__ import annotations

import hashlib
import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.evidence import pieces
from casework.evidence.actions import uploads as actions
from casework.evidence.facts import Announced, Description
from casework.evidence.store import BlobStore
from models import Case, CustodyEvent, Exhibit, Upload, UploadPiece
from tests.factories import AT, make_case, make_officer

ROOT = Path(__file__).parents[2]
KEY = bytes(range(32))
PIECE = 1000
CONTENT = b"account,prompts\n" + b"1,2\n" * 900
# Joins the upload; dies by SIGKILL at the word of progress, or the act, with the given number.
WORKER = """
import os, signal, sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID
from sqlalchemy.orm import Session
from casework.evidence.actions.joining import join_upload
from casework.evidence.store import BlobStore
from models.engine import open_engine

url, blobs, upload, deadly = sys.argv[1:]
engine, acts = open_engine(url), 0

def step():
    global acts
    acts += 1
    if acts == int(deadly):
        os.kill(os.getpid(), signal.SIGKILL)

@contextmanager
def transaction():
    with Session(engine) as session:
        with session.begin():
            yield session
            step()

join_upload(SimpleNamespace(
    transaction=transaction, blobs=BlobStore(Path(blobs), bytes(range(32))),
    progress=lambda words: step(), now=lambda: datetime.now(UTC)), UUID(upload))
"""


@pytest.fixture
def waiting(own_engine, tmp_path, monkeypatch):
    """An upload of which every piece is there and which waits to be joined."""
    monkeypatch.setattr(pieces, "PIECE", PIECE)
    store = BlobStore(tmp_path / "blobs", KEY)
    described = Description(
        title="Log", bearing="supports", basis="owner_telemetry", received_from="Owner"
    )
    announced = Announced(file_name="log.csv", size=len(CONTENT))
    with Session(own_engine) as db, db.begin():
        by = make_officer(db, "analyst")
        case = make_case(db, by)
        upload = actions.open_upload(db, case, described, announced, cap=10**6, by=by, at=AT)
        for number in range(pieces.count_of(len(CONTENT), PIECE)):
            part = CONTENT[number * PIECE : (number + 1) * PIECE]
            digest = hashlib.sha256(part).hexdigest()
            actions.put_piece(db, store, case, upload, number, part, sha256=digest, at=AT)
        actions.complete(db, case, upload, by=by, at=AT)
        return str(upload.id)


def join(own_url: str, folder: Path, upload: str, *, deadly: int) -> int:
    arguments = [own_url, str(folder / "blobs"), upload, str(deadly)]
    done = subprocess.run([sys.executable, "-c", WORKER, *arguments], cwd=ROOT, check=False)
    return done.returncode


# 1 is the end of the first transaction, 2 to 13 the words of progress of three readings of the
# four pieces, 14 the last transaction a moment before it is kept.
@pytest.mark.parametrize("deadly", [1, 2, 7, 14])
def test_a_killed_worker_leaves_no_half_exhibit_and_the_next_one_ends_the_work(
    own_engine, own_url, waiting, tmp_path, deadly
):
    assert join(own_url, tmp_path, waiting, deadly=deadly) == -signal.SIGKILL
    with Session(own_engine) as db:
        assert db.scalars(sa.select(Exhibit)).all() == []
        assert db.scalars(sa.select(Upload.state)).one() == "joining"
        assert len(db.scalars(sa.select(UploadPiece)).all()) == 4

    assert join(own_url, tmp_path, waiting, deadly=0) == 0
    store = BlobStore(tmp_path / "blobs", KEY)
    with Session(own_engine) as db:
        exhibit = db.scalars(sa.select(Exhibit)).one()
        case = db.scalars(sa.select(Case)).one()
        whole = io.BytesIO(b"".join(store.read(exhibit.blob_key, f"case:{case.id}")))
        assert whole.getvalue() == CONTENT
        assert db.scalars(sa.select(CustodyEvent.kind)).all() == ["received"]
        assert db.scalars(sa.select(Upload.state)).one() == "received"
    assert set(store.keys()) == {exhibit.blob_key}
