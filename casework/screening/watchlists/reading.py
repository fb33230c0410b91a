"""Files of lists: what kind they are, and their rows with those that cannot be read. Pure.

Everything is streamed; a list is never held whole as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from casework.screening.watchlists.entry import ListRefused, Reject

HEAD = 8192  # bytes looked at to tell what a file is
ENOUGH_ROWS = 1000  # rows set aside before a list that is mostly unreadable is given up early
UNREADABLE_SHARE = 5  # one row in so many may be unreadable; beyond that the list is refused
_FIELD_MOST = 4 * 1024 * 1024  # characters of one field
csv.field_size_limit(_FIELD_MOST)

KINDS = {
    "xml": "XML",
    "json": "JSON lines",
    "csl": "CSV with the columns of the Consolidated Screening List",
    "ofac": "CSV without a header whose first column is a number, as OFAC writes it",
    "text": "text of no list that is known here",
    "binary": "no plain text: save it as UTF-8",
}
_OFAC = re.compile(rb'"?\d+"?\s*,')


@dataclass(slots=True)
class ListFile:
    """A file as it was handed in; `stream` can be read from the start again."""

    name: str
    stream: BinaryIO
    encoding: str = "utf-8"

    def lines(self) -> io.TextIOWrapper:
        """The text from the start. Bytes that are no UTF-8 come out as lone surrogates."""
        self.stream.seek(0)
        coding = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        return io.TextIOWrapper(
            _Kept(self.stream), encoding=coding, errors="surrogateescape", newline=""
        )


class _Kept(io.BufferedIOBase):
    """A stream that stays open when the text layer above it goes."""

    def __init__(self, under: BinaryIO) -> None:
        self._under, self.name = under, ""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._under.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._under.read(size)


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row that begins on line `number` (from 1), and its text."""

    number: int
    fields: list[str]
    raw: str


def kind_of(file: ListFile) -> str:
    """What the beginning of a file says it is: a key of KINDS. ListRefused when it is empty."""
    file.stream.seek(0)
    head = file.stream.read(HEAD)
    file.stream.seek(0)
    if not head.strip():
        raise ListRefused(f"{file.name}: the file is empty.")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return _kind(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def _kind(head: bytes) -> str:
    if head.startswith(b"<"):
        return "xml"
    if head.startswith(b"{"):
        return "json"
    first = head.split(b"\n", 1)[0]
    if b"\0" in first:
        return "binary"
    if b"alt_names" in first and b"addresses" in first and b"source" in first:
        return "csl"
    return "ofac" if _OFAC.match(head) else "text"


def require_kind(file: ListFile, wanted: str) -> None:
    """Raise ListRefused unless the file begins as files of that kind do."""
    found = kind_of(file)
    if found != wanted:
        raise ListRefused(f"{file.name}: this is {KINDS[found]}; the list is {KINDS[wanted]}.")


def rows(file: ListFile) -> Iterator[Row | Reject]:
    """Rows of a CSV file, the header too. A broken row costs no row after it: the lines that
    an unclosed quote had swallowed are read again on their own.
    """
    source = _Lines(file.lines())
    reader = csv.reader(source, strict=True)
    while True:
        source.begin()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number, raw = source.number + 1, source.keep_first()
            yield Reject.of(file.name, number, f"not a row of CSV: {error}", raw)
            continue
        number, raw = source.number + 1, source.keep_all()
        fault = unstorable(raw)
        if fault:
            yield Reject.of(file.name, number, fault, raw)
        elif raw.strip("\x1a\r\n "):  # files of OFAC end with the byte 0x1A
            yield Row(number, fields, raw)


def unstorable(raw: str) -> str:
    """Why a row cannot be kept as text, or empty."""
    if "\0" in raw:
        return "holds a NUL character"
    try:
        raw.encode()
    except UnicodeEncodeError:
        return "holds bytes that are not UTF-8"
    return ""


class _Lines:
    """Lines for the CSV reader, which can be handed back."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream, self._back = stream, deque[str]()
        self._taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._stream)
        self._taken.append(line)
        return line

    def begin(self) -> None:
        self._taken = []

    def keep_all(self) -> str:
        """Count all lines of the row as read; returns them."""
        self.number += len(self._taken)
        return "".join(self._taken)

    def keep_first(self) -> str:
        """Count the first line as read and hand the others back."""
        self.number += 1
        self._back.extendleft(reversed(self._taken[1:]))
        return self._taken[0] if self._taken else ""
