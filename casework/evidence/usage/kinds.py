"""Whether a file is Parquet, CSV or JSON lines, by its content, and what to say of the others."""

from __future__ import annotations

import itertools
from typing import Final, Literal

from casework.evidence.usage.order import LogFile, LogRefused

LogKind = Literal["parquet", "csv", "jsonl"]
BOM: Final = b"\xef\xbb\xbf"
LOOKED_AT: Final = 20
_HEAD: Final = 1 << 16
_PACKED: Final = {
    b"\x1f\x8b": "packed with gzip",
    b"PK\x03\x04": "a ZIP archive (or a spreadsheet)",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"PARE": "an encrypted Parquet",
}  # fmt: skip
_WANTED: Final = "Send Parquet, CSV or JSON lines (one object on each line), in UTF-8."


def kind_of(file: LogFile) -> LogKind:
    """The kind of a file, or LogRefused with what it is instead."""
    head = _head(file)
    if head.startswith(b"PAR1"):
        return "parquet"
    packed = next((word for start, word in _PACKED.items() if head.startswith(start)), None)
    if packed:
        raise LogRefused(f"{file.name} is {packed}. Unpack it and send what is inside.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LogRefused(f"{file.name} is UTF-16. Save it as UTF-8 and send it again.")
    return _text_kind(file, head.removeprefix(BOM).lstrip())


def _head(file: LogFile) -> bytes:
    if file.path.is_dir():
        raise LogRefused(f"{file.name} is a folder, not a log.")
    try:
        with file.path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as failure:
        raise LogRefused(f"{file.name} cannot be read: {failure.strerror}.") from None
    if not head.removeprefix(BOM).strip():
        raise LogRefused(f"{file.name} is empty.")
    return head


def _text_kind(file: LogFile, head: bytes) -> LogKind:
    lines = [line.strip() for line in itertools.islice(head.splitlines(), LOOKED_AT)]
    objects = sum(line.startswith(b"{") for line in lines)
    if objects * 2 > len(lines):
        return "jsonl"
    if head.startswith((b"[", b"{")):
        raise LogRefused(f"{file.name} is one JSON document, not JSON lines. {_WANTED}")
    if b"\0" in lines[0] or not _is_text(lines[0]):
        raise LogRefused(f"{file.name} is neither Parquet, CSV nor JSON lines. {_WANTED}")
    return "csv"


def _is_text(line: bytes) -> bool:
    try:
        line[: _HEAD // 2].decode()
    except UnicodeDecodeError:
        return False
    return True
