"""Checkpoints of the log as signed notes (C2SP `signed-note` and `tlog-checkpoint`): three lines of
text that other programs read and check too. Ed25519, which FIPS 186-5 approves. Pure.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
ROOT_BYTES = KEY_BYTES = 32
_LINES = 3
_DASH = "\N{EM DASH}"


class NoteRefused(ValueError):
    """The text is no checkpoint of this log, or its signature does not hold."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`root` is the root of the first `size` entries, 32 bytes; `origin` names the log."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


class Signer:
    """Signs for the log `origin` with a key of 32 bytes that lies outside the database."""

    def __init__(self, origin: str, seed: bytes) -> None:
        self.origin = origin
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, size: int, root: bytes) -> str:
        """The signed note."""
        body = Checkpoint(self.origin, size, root).body
        signed = _key_id(self.origin, self.public) + self._key.sign(body.encode())
        return f"{body}\n{_DASH} {self.origin} {base64.b64encode(signed).decode()}\n"

    @property
    def vkey(self) -> str:
        """What an outsider checks signatures with, as the standard writes it."""
        key = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.origin}+{_key_id(self.origin, self.public).hex()}+{key}"


def _key_id(origin: str, public: bytes) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + ED25519 + public).digest()[:4]


def read(note: str) -> Checkpoint:
    """What a note says, whoever signed it. NoteRefused when it is none."""
    body, _, _signatures = note.rpartition("\n\n")
    lines = body.split("\n")
    if len(lines) < _LINES or not lines[0]:
        raise NoteRefused("three lines are expected: name of the log, size, root")
    try:
        size, root = int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("the size is no number, or the root is not written in base64") from None
    if str(size) != lines[1] or size < 0 or len(root) != ROOT_BYTES:
        raise NoteRefused("the size is no plain number, or the root has not 32 bytes")
    return Checkpoint(lines[0], size, root)


def open_note(note: str, vkey: str) -> Checkpoint:
    """What a note says that the key of `vkey` has signed; NoteRefused otherwise."""
    name, public = _parse_vkey(vkey)
    body, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        if _signed(line, name, public, f"{body}\n"):
            found = read(note)
            if found.origin != name:
                raise NoteRefused(f"the note is of another log, {found.origin}")
            return found
    raise NoteRefused("no signature on it was made with the key of this log")


def _signed(line: str, name: str, public: bytes, body: str) -> bool:
    dash, _, rest = line.partition(" ")
    signer, _, encoded = rest.partition(" ")
    if dash != _DASH or signer != name:
        return False
    try:
        raw = base64.b64decode(encoded, validate=True)
        if raw[:4] != _key_id(name, public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], body.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def _parse_vkey(vkey: str) -> tuple[str, bytes]:
    name, _, rest = vkey.strip().partition("+")
    told, _, encoded = rest.partition("+")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise NoteRefused("the verification key cannot be read") from None
    if raw[:1] != ED25519 or len(raw) != 1 + KEY_BYTES or _key_id(name, raw[1:]).hex() != told:
        raise NoteRefused("the verification key cannot be read")
    return name, raw[1:]
