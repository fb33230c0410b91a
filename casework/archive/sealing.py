"""A stream under AES-256-GCM in chunks, for archives too large to hold in memory. Pure.

Frame: magic, a random prefix, then chunks of 1 MiB whose nonce is the prefix, a counter and a flag
on the last one: a file that was cut, reordered or lengthened does not open. The key is used for
many archives, so each gets a key of its own, derived from it with the random salt of the frame.
"""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"EDBK1\n"
KEY_BYTES = 32
CHUNK = 1 << 20
TAG = 16
_SALT, _PREFIX = 32, 7


class SealBroken(Exception):
    """The archive was not made with this key, or is not what was written."""


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, b"extraction-docket backup").derive(key))


class SealedWriter:
    """Seals what is written to it into `target`; `close` seals the rest and must be called."""

    def __init__(self, target: BinaryIO, key: bytes) -> None:
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._target, self._cipher = target, _cipher(key, salt)
        self._buffer, self._number = bytearray(), 0
        target.write(MAGIC + salt + self._prefix)

    def write(self, data: bytes) -> int:
        self._buffer += data
        while len(self._buffer) > CHUNK:  # a full chunk stays until it is known not to be the last
            self._seal(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._buffer), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = self._prefix + struct.pack(">IB", self._number, last)
        self._target.write(self._cipher.encrypt(nonce, chunk, MAGIC))
        self._number += 1


class SealedReader:
    """Opens `source`; raises SealBroken at the first chunk that does not hold."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise SealBroken("this is no backup of this system")
        self._cipher = _cipher(key, source.read(_SALT))
        self._source, self._prefix = source, source.read(_PREFIX)
        self._buffer, self._number = bytearray(), 0
        self._following = source.read(CHUNK + TAG)

    def read(self, count: int) -> bytes:
        """Up to `count` bytes; fewer only at the end."""
        while len(self._buffer) < count and self._following:
            self._open()
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data

    def _open(self) -> None:
        sealed, self._following = self._following, self._source.read(CHUNK + TAG)
        try:
            nonce = self._prefix + struct.pack(">IB", self._number, not self._following)
            self._buffer += self._cipher.decrypt(nonce, sealed, MAGIC)
        except (InvalidTag, ValueError):
            raise SealBroken(
                "the key is another one, or the file was cut or changed since it was written"
            ) from None
        self._number += 1
