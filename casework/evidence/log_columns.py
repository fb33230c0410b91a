"""What columns the files of a log have, read in a process of its own: they come from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from casework.evidence.apart import work_apart
from casework.evidence.store import BlobStore

_CHUNKS_OF_TEXT = 1  # of 1 MiB: the header and the first rows


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a log in the store; `whole` where its columns stand at its end, as in Parquet."""

    name: str
    key: str
    whole: bool


def columns_in(
    store: BlobStore, context: str, files: Sequence[Kept], cache: Path
) -> Mapping[str, Sequence[str]]:
    """Every column of the files to a few values that it holds. Raises WorkRefused for a file that
    cannot be read as a log, BlobDamaged and ChildDied.
    """
    with TemporaryDirectory(dir=cache, prefix="columns-") as folder:
        told = [
            {"name": file.name, "path": str(_head(store, context, file, Path(folder) / str(place)))}
            for place, file in enumerate(files)
        ]
        answer = work_apart("columns", {"files": told}, progress=_quiet)
    return dict(answer["columns"])


def _head(store: BlobStore, context: str, file: Kept, path: Path) -> Path:
    pieces = store.read(file.key, context)
    with path.open("wb") as stream:
        for piece in pieces if file.whole else islice(pieces, _CHUNKS_OF_TEXT):
            stream.write(piece)
    return path


def _quiet(words: str) -> None:
    """Nobody watches a look at a header."""
