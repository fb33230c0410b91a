"""What a file holds, counted without any of the readers, so that no row is lost unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework.evidence.usage.kinds import LogKind
from casework.evidence.usage.order import LogFile, LogRefused

_PIECE = 8 << 20


@dataclass(frozen=True, slots=True)
class Count:
    """SHA-256 of the bytes (hex), and the physical lines of a text: a last one needs no end."""

    sha256: str
    lines: int


def count(file: LogFile, kind: LogKind, progress: Callable[[str], None]) -> Count:
    """Read the file once from end to end. Lines of a Parquet are not counted (0)."""
    digest, lines, last = hashlib.sha256(), 0, b"\n"
    progress(f"{file.name}: counting")
    with file.path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            if kind != "parquet":
                lines += piece.count(b"\n")
                last = piece[-1:]
    if kind != "parquet" and last != b"\n":
        lines += 1
    return Count(digest.hexdigest(), lines)


def joined(files: Sequence[LogFile], counts: Sequence[Count]) -> str:
    """One digest for all files; LogRefused when two are the same file."""
    seen: dict[str, str] = {}
    for file, found in zip(files, counts, strict=True):
        if found.sha256 in seen:
            raise LogRefused(
                f"{file.name} and {seen[found.sha256]} have the same content; every exchange "
                "would count twice. Leave one out."
            )
        seen[found.sha256] = file.name
    if len(counts) == 1:
        return counts[0].sha256
    return hashlib.sha256("\n".join(found.sha256 for found in counts).encode()).hexdigest()
