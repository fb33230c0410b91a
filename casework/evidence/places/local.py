"""Sealed files in a folder of the local disk.

A file is written beside its final name, synced, renamed, and its folder synced (DI-5).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from casework.evidence.places.place import BlobUnavailable


class LocalPlace:
    """Files under `root`, in folders named by the first two letters."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in (root, self._incoming):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def _incoming(self) -> Path:
        return self.root / "incoming"

    def _path(self, name: str) -> Path:
        return self.root / name[:2] / name

    def write(self, name: str, pieces: Iterator[bytes]) -> None:
        incoming = self._incoming / uuid.uuid4().hex
        try:
            self._write(self._path(name), incoming, pieces)
        except OSError as fault:
            raise BlobUnavailable(f"the exhibits folder takes no file: {fault.strerror}") from fault
        finally:
            incoming.unlink(missing_ok=True)

    def _write(self, path: Path, incoming: Path, pieces: Iterator[bytes]) -> None:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW
        with os.fdopen(os.open(incoming, flags, 0o400), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        incoming.rename(path)
        for folder in (path.parent, self.root):
            _sync(folder)

    def open(self, name: str) -> BinaryIO:
        try:
            return self._path(name).open("rb")
        except FileNotFoundError:
            if not self._incoming.is_dir():  # the whole store is away, as a disk not mounted
                raise BlobUnavailable("the exhibits folder is not there") from None
            raise
        except OSError as fault:
            raise BlobUnavailable(f"the exhibits folder: {fault.strerror}") from fault

    def renew(self, name: str) -> bool:
        try:
            os.utime(self._path(name))
        except FileNotFoundError:
            return False
        return True

    def remove(self, name: str, *, head: int) -> bool:
        path = self._path(name)
        try:
            _blank(path, head)
            path.unlink()
        except FileNotFoundError:
            return False
        _sync(path.parent)
        return True

    def names(self) -> Iterator[tuple[str, float]]:
        for folder in self.root.glob("[0-9a-f][0-9a-f]"):
            yield from ((path.name, path.stat().st_mtime) for path in folder.iterdir())

    def clear_unfinished(self, older_than: float) -> int:
        old = [path for path in self._incoming.iterdir() if path.stat().st_mtime < older_than]
        for path in old:
            path.unlink()
        return len(old)

    def works(self) -> bool:
        return os.access(self._incoming, os.W_OK)


def _blank(path: Path, size: int) -> None:
    """Overwrite the head of a file, without which the rest opens to nobody."""
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.write(b"\0" * size)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
