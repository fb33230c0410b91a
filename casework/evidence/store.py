"""Exhibits and packets at rest: encrypted files that survive a crash at any moment.

A file is written beside its final name, synced, renamed, and its folder synced, before any row
names it (DI-5). Frame: `EVB1`, a random key for this file wrapped by the store's key, then chunks
of 1 MiB under AES-256-GCM whose nonce carries a counter and a last-chunk flag, so that cutting,
reordering or lengthening is noticed (CF-3). The additional data is the file's key and its context,
so that a file moved to another case does not open. Names on disk are keyed hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"EVB1"
CHUNK = 1 << 20
TAG = 16
_WRAPPED = 32 + TAG


class BlobDamaged(Exception):
    """The stored bytes are missing or are not those that were written."""


class EmptyFile(Exception):
    """A file without a byte is no exhibit."""


class FileTooLarge(Exception):
    """More bytes than the cap; nothing was kept. `cap` is in bytes."""

    def __init__(self, cap: int) -> None:
        super().__init__(f"larger than {cap} bytes")
        self.cap = cap


@dataclass(frozen=True, slots=True)
class Stored:
    """`sha256` is of the plain bytes, in hex; `size` is theirs."""

    key: str
    sha256: str
    size: int


class BlobStore:
    """Blobs under `root`, encrypted with `kek` (32 bytes)."""

    def __init__(self, root: Path, kek: bytes) -> None:
        self._root = root
        self._kek = AESGCM(kek)
        self._naming = hmac.digest(kek, b"names of blobs", "sha256")
        for folder in (root, root / "incoming"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, stream: BinaryIO, context: str, *, cap: int) -> Stored:
        """Keep a seekable stream. Raise EmptyFile or FileTooLarge before anything is written."""
        refuse_size(stream, cap)
        digest, size = _measure(stream)
        key = hmac.digest(self._naming, f"{context}|{digest}".encode(), "sha256").hex()
        path = self._path(key)
        if path.exists():
            path.touch()  # young again: the sweep leaves it to the transaction that is open
        else:
            stream.seek(0)
            self._write(path, self._sealed(stream, f"{key}|{context}".encode()))
        return Stored(key, digest, size)

    def read(self, key: str, context: str) -> Iterator[bytes]:
        """The plain bytes in chunks; BlobDamaged at the first that does not hold."""
        try:
            with self._path(key).open("rb") as file:
                yield from self._opened(file, f"{key}|{context}".encode())
        except (OSError, InvalidTag, struct.error):
            raise BlobDamaged(key) from None

    def sha256(self, key: str, context: str) -> str:
        """Read everything again and hash it (a custody check)."""
        digest = hashlib.sha256()
        for chunk in self.read(key, context):
            digest.update(chunk)
        return digest.hexdigest()

    def remove(self, key: str) -> bool:
        """Destroy a file for good, its own key first; False where there is none."""
        path = self._path(key)
        try:
            _blank(path, len(MAGIC) + 12 + _WRAPPED)
            path.unlink()
        except FileNotFoundError:
            return False
        _sync(path.parent)
        return True

    def keys(self) -> Iterator[str]:
        for folder in self._root.glob("[0-9a-f][0-9a-f]"):
            yield from (path.name for path in folder.iterdir())

    def sweep(self, known: set[str], *, older_than: float) -> int:
        """Remove what a crash left: half-written files and blobs that no row names.

        `older_than` is a time in seconds since the epoch; younger files may belong to a
        transaction that is still open. Return how many went.
        """
        stray = list((self._root / "incoming").iterdir())
        stray += [self._path(key) for key in self.keys() if key not in known]
        old = [path for path in stray if path.stat().st_mtime < older_than]
        for path in old:
            path.unlink()
        return len(old)

    def works(self) -> bool:
        return os.access(self._root / "incoming", os.W_OK)

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key

    def _write(self, path: Path, pieces: Iterator[bytes]) -> None:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        incoming = self._root / "incoming" / uuid.uuid4().hex
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW
        try:
            with os.fdopen(os.open(incoming, flags, 0o400), "wb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            incoming.rename(path)
        finally:
            incoming.unlink(missing_ok=True)
        for folder in (path.parent, self._root):
            _sync(folder)

    def _sealed(self, stream: BinaryIO, bound: bytes) -> Iterator[bytes]:
        own, wrap, prefix = AESGCM.generate_key(256), os.urandom(12), os.urandom(7)
        yield MAGIC + wrap + self._kek.encrypt(wrap, own, b"key|" + bound) + prefix
        cipher, number, chunk = AESGCM(own), 0, stream.read(CHUNK)
        while chunk:
            following = stream.read(CHUNK)
            nonce = prefix + struct.pack(">IB", number, not following)
            yield cipher.encrypt(nonce, chunk, bound)
            chunk, number = following, number + 1

    def _opened(self, file: BinaryIO, bound: bytes) -> Iterator[bytes]:
        if file.read(len(MAGIC)) != MAGIC:
            raise InvalidTag
        wrap = file.read(12)
        cipher = AESGCM(self._kek.decrypt(wrap, file.read(_WRAPPED), b"key|" + bound))
        prefix, number = file.read(7), 0
        chunk = file.read(CHUNK + TAG)
        if not chunk:
            raise InvalidTag
        while chunk:
            following = file.read(CHUNK + TAG)
            nonce = prefix + struct.pack(">IB", number, not following)
            yield cipher.decrypt(nonce, chunk, bound)
            chunk, number = following, number + 1


def refuse_size(stream: BinaryIO, cap: int) -> None:
    """Raise EmptyFile or FileTooLarge from the length of a seekable stream alone."""
    size = stream.seek(0, os.SEEK_END)
    if size > cap:
        raise FileTooLarge(cap)
    if size == 0:
        raise EmptyFile


def _measure(stream: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        digest.update(chunk)
    return digest.hexdigest(), size


def _blank(path: Path, size: int) -> None:
    """Overwrite the head of a file, without which the rest opens to nobody."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.write(b"\0" * size)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
