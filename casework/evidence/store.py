"""Exhibits and packets at rest: sealed here, kept in a place that sees no plain byte.

A file lies in its place for good before any row names it (DI-5). Frame: `EVB1`, a random key for
this file wrapped by the store's key, then chunks of 1 MiB under AES-256-GCM whose nonce carries a
counter and a last-chunk flag, so that cutting, reordering or lengthening is noticed (CF-3). The
additional data is the file's key and its context, so that a file moved to another case does not
open. Names in the place are keyed hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.evidence.places.local import LocalPlace
from casework.evidence.places.place import Place

MAGIC = b"EVB1"
CHUNK = 1 << 20
TAG = 16
_WRAPPED = 32 + TAG
_HEAD = len(MAGIC) + 12 + _WRAPPED


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
    """Blobs in a place, encrypted with `kek` (32 bytes). A path is a folder of the local disk.
    Where the place cannot be reached, every method raises BlobUnavailable.
    """

    def __init__(self, place: Place | Path, kek: bytes) -> None:
        self.place: Place = LocalPlace(place) if isinstance(place, Path) else place
        self._kek = AESGCM(kek)
        self._naming = hmac.digest(kek, b"names of blobs", "sha256")

    def put(self, stream: BinaryIO, context: str, *, cap: int) -> Stored:
        """Keep a seekable stream. Raise EmptyFile or FileTooLarge before anything is written."""
        refuse_size(stream, cap)
        digest, size = _measure(stream)
        key = hmac.digest(self._naming, f"{context}|{digest}".encode(), "sha256").hex()
        # A blob that is there becomes young again: the sweep leaves it to the open transaction.
        if not self.place.renew(key):
            stream.seek(0)
            self.place.write(key, self._sealed(stream, f"{key}|{context}".encode()))
        return Stored(key, digest, size)

    def read(self, key: str, context: str) -> Iterator[bytes]:
        """The plain bytes in chunks; BlobDamaged at the first that does not hold."""
        try:
            with self.place.open(key) as file:
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
        return self.place.remove(key, head=_HEAD)

    def keys(self) -> Iterator[str]:
        return (name for name, _ in self.place.names())

    def sweep(self, known: AbstractSet[str], *, older_than: float) -> int:
        """Remove what a crash left: half-written files and blobs that no row names.

        `older_than` is a time in seconds since the epoch; younger files may belong to a
        transaction that is still open. Return how many went.
        """
        gone = self.place.clear_unfinished(older_than)
        old = [name for name, at in self.place.names() if name not in known and at < older_than]
        return gone + sum(self.place.remove(name, head=_HEAD) for name in old)

    def works(self) -> bool:
        return self.place.works()

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
