"""A file that came in pieces, read as one stream without ever being whole in memory or in clear
on the disk. Pure.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

PIECE = 8 * 1024 * 1024  # bytes of every piece but the last


def count_of(size: int, piece_size: int) -> int:
    """How many pieces a file of `size` bytes has."""
    return -(-size // piece_size)


def size_of(number: int, size: int, piece_size: int) -> int:
    """Bytes of the piece `number`, from 0; 0 where there is no such piece."""
    return max(0, min(piece_size, size - number * piece_size))


def missing(have: Sequence[int], size: int, piece_size: int) -> list[int]:
    return sorted(set(range(count_of(size, piece_size))) - set(have))


def in_words(numbers: Sequence[int]) -> str:
    """Pieces as people count them, from 1; at most five are named."""
    named = ", ".join(str(number + 1) for number in numbers[:5])
    rest = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""  # noqa: PLR2004 (as above)
    return f"{named}{rest}"


class Joined(io.RawIOBase):
    """Pieces of `piece_size` bytes as one seekable stream; `load` gives the bytes of one."""

    def __init__(self, load: Callable[[int], bytes], size: int, piece_size: int) -> None:
        self._load, self._size, self._piece_size = load, size, piece_size
        self._at, self._number, self._piece = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, self._piece_size)
        if number != self._number:
            self._number, self._piece = number, self._load(number)
        part = self._piece[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


def joined(load: Callable[[int], bytes], size: int, piece_size: int) -> io.BufferedReader:
    return io.BufferedReader(Joined(load, size, piece_size), buffer_size=1 << 20)
