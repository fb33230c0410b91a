"""The store keeps bytes exactly, or says that it does not (DI-5, CF-3)."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casework.evidence.places.place import BlobUnavailable
from casework.evidence.store import (
    CHUNK,
    BlobDamaged,
    BlobStore,
    EmptyFile,
    FileTooLarge,
    Stored,
)

KEY = bytes(range(32))
CASE = "case:1"
CAP = 8 * CHUNK
SIZES = [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5]


@pytest.fixture
def store(tmp_path):
    return BlobStore(tmp_path / "blobs", KEY)


def content_of(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


def put(store: BlobStore, content: bytes, context: str = CASE) -> Stored:
    return store.put(io.BytesIO(content), context, cap=CAP)


def read(store: BlobStore, key: str, context: str = CASE) -> bytes:
    return b"".join(store.read(key, context))


def path_of(tmp_path: Path, stored: Stored) -> Path:
    return tmp_path / "blobs" / stored.key[:2] / stored.key


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


@pytest.mark.parametrize("size", SIZES)
def test_bytes_come_back_as_they_were_put(store, size):
    content = content_of(size)

    stored = put(store, content)

    assert read(store, stored.key) == content
    assert stored.size == size
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert store.sha256(stored.key, CASE) == stored.sha256


@given(content=st.binary(min_size=1, max_size=300))
@hypothesis_settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_come_back(store, content):
    assert read(store, put(store, content).key) == content


def test_an_empty_file_is_refused_and_nothing_is_kept(store, tmp_path):
    with pytest.raises(EmptyFile):
        put(store, b"")

    assert files_in(tmp_path / "blobs") == []


def test_a_file_of_the_cap_is_kept_and_one_byte_more_is_not(store, tmp_path):
    assert put(store, content_of(CAP)).size == CAP
    kept = files_in(tmp_path / "blobs")

    with pytest.raises(FileTooLarge) as refused:
        put(store, content_of(CAP + 1))

    assert refused.value.cap == CAP
    assert files_in(tmp_path / "blobs") == kept


@pytest.mark.parametrize("size", [1, CHUNK, 3 * CHUNK + 5])
@pytest.mark.parametrize("lost", [1, 16, 17, CHUNK + 16])
def test_a_shortened_file_is_noticed(store, tmp_path, size, lost):
    stored = put(store, content_of(size))
    path = path_of(tmp_path, stored)
    rewrite(path, path.read_bytes()[:-lost])

    with pytest.raises(BlobDamaged):
        read(store, stored.key)


def test_a_file_cut_exactly_between_two_chunks_is_noticed(store, tmp_path):
    stored = put(store, content_of(3 * CHUNK))
    path = path_of(tmp_path, stored)
    rewrite(path, path.read_bytes()[: -(CHUNK + 16)])

    with pytest.raises(BlobDamaged):
        read(store, stored.key)


@pytest.mark.parametrize("size", [1, CHUNK, CHUNK + 1])
@pytest.mark.parametrize("added", [b"\0", b"\0" * 17, b"\0" * (CHUNK + 16)])
def test_a_lengthened_file_is_noticed(store, tmp_path, size, added):
    stored = put(store, content_of(size))
    path = path_of(tmp_path, stored)
    rewrite(path, path.read_bytes() + added)

    with pytest.raises(BlobDamaged):
        read(store, stored.key)


def test_two_chunks_that_changed_places_are_noticed(store, tmp_path):
    stored = put(store, os.urandom(3 * CHUNK))
    path = path_of(tmp_path, stored)
    whole = path.read_bytes()
    sealed = CHUNK + 16
    start = len(whole) - 3 * sealed
    first, second = whole[start : start + sealed], whole[start + sealed : start + 2 * sealed]
    rewrite(path, whole[:start] + second + first + whole[start + 2 * sealed :])

    with pytest.raises(BlobDamaged):
        read(store, stored.key)


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_single_flipped_bit_is_noticed_wherever_it_is(store, tmp_path, place, bit):
    stored = put(store, b"an exhibit of some length, kept as it was handed over")
    path = path_of(tmp_path, stored)
    sound = path.read_bytes()
    damaged = bytearray(sound)
    damaged[place % len(sound)] ^= 1 << bit
    rewrite(path, bytes(damaged))

    with pytest.raises(BlobDamaged):
        read(store, stored.key)
    rewrite(path, sound)


def test_a_missing_file_is_told_as_damage(store, tmp_path):
    stored = put(store, b"here and gone")
    path_of(tmp_path, stored).unlink()

    with pytest.raises(BlobDamaged):
        store.sha256(stored.key, CASE)


def test_a_file_moved_to_another_case_does_not_open(store):
    stored = put(store, b"belongs to one case")

    with pytest.raises(BlobDamaged):
        read(store, stored.key, "case:2")


def test_a_file_put_under_another_key_does_not_open(store, tmp_path):
    one, other = put(store, b"the first exhibit"), put(store, b"the second exhibit")
    rewrite(path_of(tmp_path, other), path_of(tmp_path, one).read_bytes())

    with pytest.raises(BlobDamaged):
        read(store, other.key)


def test_another_store_key_opens_nothing(store, tmp_path):
    stored = put(store, b"sealed")

    with pytest.raises(BlobDamaged):
        read(BlobStore(tmp_path / "blobs", bytes(32)), stored.key)


def test_the_plain_bytes_and_their_hash_are_nowhere_on_disk(store, tmp_path):
    content = b"a sentence that must not lie about in clear"
    stored = put(store, content)

    for path in files_in(tmp_path / "blobs"):
        assert content not in path.read_bytes()
        assert stored.sha256 not in str(path)


def test_the_same_bytes_in_two_cases_have_two_names_that_do_not_tell_it(store):
    assert put(store, b"alike", "case:1").key != put(store, b"alike", "case:2").key


def test_the_same_bytes_again_are_stored_once(store, tmp_path):
    assert put(store, b"alike").key == put(store, b"alike").key
    assert len(files_in(tmp_path / "blobs")) == 1


def test_files_and_folders_are_closed_to_other_accounts(store, tmp_path):
    put(store, b"private")

    for path in [tmp_path / "blobs", *(tmp_path / "blobs").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_write_that_fails_midway_leaves_nothing(store, tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(BlobUnavailable, match="No space"):
        put(store, b"never quite there")

    assert files_in(tmp_path / "blobs") == []
