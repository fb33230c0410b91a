"""What a worker lends to the slow work on usage logs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casework.evidence.store import BlobStore


class Means(Protocol):
    """`transaction` gives a session whose work is kept at the end of the `with`; `progress` says
    how far the job is and raises to stop it; `cache` is a folder that nobody else can read.
    `engine` and `memory` are those of the settings; `programme_key` gives epoch and key.
    """

    @property
    def transaction(self) -> Callable[[], AbstractContextManager[Session]]: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def progress(self) -> Callable[[str], None]: ...
    @property
    def cache(self) -> Path: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def engine(self) -> str: ...
    @property
    def memory(self) -> str: ...
    @property
    def programme_key(self) -> Callable[[], tuple[str, bytes]]: ...


@contextmanager
def workspace(means: Means, key: UUID) -> Iterator[Path]:
    """An empty folder for the clear text of one job. What a killed worker left in it goes first,
    and nothing stays.
    """
    folder = means.cache / "usage" / str(key)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fetch(store: BlobStore, key: str, context: str, path: Path) -> Path:
    """The clear bytes of a blob as a file; BlobDamaged where they do not hold."""
    with path.open("wb") as file:
        for piece in store.read(key, context):
            file.write(piece)
    return path
