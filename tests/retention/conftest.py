from __future__ import annotations

import pytest

from casework.evidence.store import BlobStore
from tests.retention.closedfile import start


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "blobs", bytes(range(32)))


@pytest.fixture
def file(db, store):
    return start(db, store)
