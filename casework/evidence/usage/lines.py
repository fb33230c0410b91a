"""A text log in chunks of whole lines. A row is a physical line: nothing may reach across one.

A reader that lets a quoted field run over line ends swallows every row after a lost quote; so
lines are told apart first, by their bytes, and only sound ones are given to a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from casework.evidence.usage.order import LogFile, LogRefused

CHUNK: Final = 48 << 20
_NEWLINE, _RETURN, _NUL, _ASCII = 10, 13, 0, 128
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines of a file, each ended by a newline.

    `starts` holds the place of every line's first byte and, last, the length of `content`;
    `first` is the number of the first line, the file's first line being 1.
    """

    content: bytes
    starts: Places
    first: int

    @property
    def size(self) -> int:
        return len(self.starts) - 1

    @property
    def codes(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.content, np.uint8)

    def text(self, at: int) -> str:
        """The line without its end; a byte that is no text stands as its number."""
        line = self.content[self.starts[at] : self.starts[at + 1]].removesuffix(b"\n")
        return line.removesuffix(b"\r").decode(errors="backslashreplace").replace("\0", "\\x00")

    def texts(self, places: Sequence[int]) -> list[str]:
        return [self.text(at) for at in places]

    def lines_of(self, places: Places) -> Places:
        """The line in which each byte stands."""
        found: Places = np.searchsorted(self.starts, places, side="right") - 1
        return found

    def only(self, kept: Mask) -> bytes:
        """The content of the lines for which `kept` is true."""
        if kept.all():
            return self.content
        return self.codes[np.repeat(kept, np.diff(self.starts))].tobytes()


def split(content: bytes, first: int) -> Lines:
    ends = np.flatnonzero(np.frombuffer(content, np.uint8) == _NEWLINE)
    starts = np.empty(len(ends) + 1, np.int64)
    starts[0] = 0
    starts[1:] = ends + 1
    return Lines(content, starts, first)


def chunks(stream: BinaryIO, file: LogFile, *, first: int, size: int = CHUNK) -> Iterator[Lines]:
    """The rest of the stream, in chunks of about `size` bytes; the next line has number `first`.

    Raises LogRefused for a line longer than a chunk, which no row of a log is.
    """
    rest = b""
    while piece := stream.read(size):
        cut = piece.rfind(b"\n") + 1
        if not cut:
            rest += piece
            if len(rest) > size:
                raise LogRefused(
                    f"{file.name}, line {first}: longer than {size:,} bytes. A log has one "
                    "row on each line, ended by a newline (LF or CR LF)."
                )
            continue
        found = split(rest + piece[:cut], first)
        rest = piece[cut:]
        yield found
        first += found.size
    if rest:
        yield split(rest + b"\n", first)


def faults_of_bytes(lines: Lines) -> dict[int, str]:
    """Reason code of each line that no reader of text may be given, by its place."""
    faults = dict.fromkeys(_not_utf8(lines), "E19")
    codes, broken = lines.codes, np.empty(0, np.int64)
    if b"\0" in lines.content:
        broken = np.flatnonzero(codes == _NUL)
    if b"\r" in lines.content:
        returns = np.flatnonzero(codes == _RETURN)
        inside = returns[codes[returns + 1] != _NEWLINE]  # the last byte is always a newline
        broken = np.concatenate((broken, inside))
    faults.update(dict.fromkeys(_unique(lines.lines_of(broken)), "E17"))
    return faults


def _not_utf8(lines: Lines) -> Iterable[int]:
    if lines.content.isascii():
        return []
    try:
        lines.content.decode()
    except UnicodeDecodeError:
        beyond = _unique(lines.lines_of(np.flatnonzero(lines.codes >= _ASCII)))
        return [at for at in beyond if not _decodes(lines, at)]
    return []


def _decodes(lines: Lines, at: int) -> bool:
    try:
        lines.content[lines.starts[at] : lines.starts[at + 1]].decode()
    except UnicodeDecodeError:
        return False
    return True


def _unique(places: Places) -> list[int]:
    found: list[int] = np.unique(places).tolist()
    return found
