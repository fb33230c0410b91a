"""What a store of sealed files asks of the place where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol


class BlobUnavailable(Exception):
    """The place does not answer, or takes no more; nothing is known to be damaged. Try later."""


class Place(Protocol):
    """Files under names of 64 hex digits. Each method raises BlobUnavailable where the place
    cannot be reached or refuses.
    """

    def write(self, name: str, pieces: Iterator[bytes]) -> None:
        """Keep the pieces in a row. After the return they outlive a crash; before it, or where
        the pieces end in an exception, there is no file of the name that was not there before.
        """

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """The file for reading from its start; FileNotFoundError where there is none."""

    def renew(self, name: str) -> bool:
        """Make the file young again; False where there is none."""

    def remove(self, name: str, *, head: int) -> bool:
        """Destroy the file; False where there is none. `head` is how many bytes at its start
        open the rest.
        """

    def names(self) -> Iterator[tuple[str, float]]:
        """Each file with the time it was written or renewed, in seconds since the epoch."""

    def clear_unfinished(self, older_than: float) -> int:
        """Remove what broken writes left; return how many went."""

    def works(self) -> bool:
        """Whether a file could be kept now."""
