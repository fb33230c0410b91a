"""Examine a file and store it, before any row names it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from casework.evidence.file_kinds import kind_of
from casework.evidence.store import BlobStore, Stored, refuse_size


class HashDiffers(Exception):
    """The file is not the one whose hash its sender gave; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was examined and lies in the store."""

    file_name: str
    media_type: str
    stored: Stored


def keep(
    store: BlobStore, stream: BinaryIO, context: str, *, file_name: str, cap: int, told: str = ""
) -> Kept:
    """Examine the bytes of a seekable stream and store them. Raise EmptyFile, FileTooLarge,
    KindRefused, or HashDiffers where `told`, the sender's SHA-256 in hex, is that of another file.
    """
    refuse_size(stream, cap)
    kind = kind_of(stream, file_name)
    stored = store.put(stream, context, cap=cap)
    if told and told != stored.sha256:
        raise HashDiffers(
            f"The SHA-256 of what came is {stored.sha256}, and its sender gave {told}. The file"
            " was damaged on its way or is another one. Ask the sender, and send it again."
        )
    return Kept(file_name, kind.media_type, stored)
