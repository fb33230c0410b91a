"""What a crash leaves behind is removed, and nothing else."""

from __future__ import annotations

import time

import pytest

from casework.evidence.store import BlobDamaged, BlobStore
from tests.evidence.test_store import KEY, put, read


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "blobs", KEY)


def test_the_sweep_removes_what_no_row_names_and_keeps_the_rest(store, tmp_path):
    kept, stray = put(store, b"named by a row"), put(store, b"named by none")
    half = tmp_path / "blobs" / "incoming" / "half-written"
    half.write_bytes(b"EVB1")

    gone = store.sweep({kept.key}, older_than=time.time() + 60)

    assert gone == 2
    assert set(store.keys()) == {kept.key}
    assert not half.exists()
    with pytest.raises(BlobDamaged):
        read(store, stray.key)


def test_the_sweep_spares_young_files_that_may_belong_to_an_open_transaction(store):
    young = put(store, b"its row is not committed yet")

    assert store.sweep(set(), older_than=time.time() - 60) == 0
    assert set(store.keys()) == {young.key}


def test_a_store_whose_folder_is_gone_says_that_it_does_not_work(store, tmp_path):
    assert store.works()
    (tmp_path / "blobs" / "incoming").rmdir()

    assert not store.works()
