"""What was taken from a file goes with the file, as two people decided."""

from __future__ import annotations

from casework.evidence.queries.exhibits import known_blobs
from casework.evidence.store import BlobStore
from tests.architecture.log_holdings import log_of
from tests.retention.closedfile import start


def test_rows_taken_from_a_destroyed_file_are_destroyed_with_it(db, tmp_path):
    store = BlobStore(tmp_path / "blobs", bytes(range(32)))
    file = start(db, store)
    log = log_of(db, store, file.case, file.member("case_officer"))
    assert log.rejected_key in known_blobs(db)

    file.decide(file.propose())
    file.destroy()

    assert log.rejected_key not in known_blobs(db)
    assert list(store.keys()) == []
