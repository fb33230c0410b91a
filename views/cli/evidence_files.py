"""Files that `flask evidence analyze` is given, and the folder it fills."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from casework.evidence.analysis.markers import NO_MARKERS, Markers, MarkersRefused, read_markers
from casework.evidence.usage.columns import BY_NAME
from views.cli.answers import BadInput

_HASH = re.compile(r"[0-9a-f]{16,64}")


def markers_of(path: Path | None) -> Markers:
    """The markers of a file. Raises BadInput naming the file, and the entry or the line."""
    if path is None:
        return NO_MARKERS
    try:
        return read_markers(json.loads(_text_of(path)))
    except json.JSONDecodeError as fault:
        raise BadInput(f"{path}: line {fault.lineno}: no JSON: {fault.msg}") from None
    except MarkersRefused as refusal:
        raise BadInput(f"{path}: {refusal}") from None


def prompts_of(path: Path | None) -> frozenset[str]:
    """Template hashes, one on a line; blank lines and those from # on say nothing."""
    if path is None:
        return frozenset()
    found = set()
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        told = line.partition("#")[0].strip().lower()
        if told and not _HASH.fullmatch(told):
            raise BadInput(f"{path}: line {number}: {told!r} is no hash of 16 to 64 hex digits")
        if told:
            found.add(told)
    return frozenset(found)


def mapping_of(pairs: Sequence[str]) -> dict[str, str]:
    """Columns of ours to columns of theirs, from `ours=theirs`."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        ours, equals, theirs = pair.partition("=")
        if not equals or not theirs:
            raise BadInput(f"--map: {pair!r}: write OURS=THEIRS")
        if ours not in BY_NAME:
            raise BadInput(f"--map: {ours!r} is no column; they are {', '.join(BY_NAME)}")
        if ours in mapping:
            raise BadInput(f"--map: {ours} is given twice")
        mapping[ours] = theirs
    return mapping


@contextmanager
def opened_folder(path: Path) -> Iterator[Path]:
    """The folder for results, made when it is not there; it must be empty.

    Nothing is overwritten. When the work fails, only rejected.csv stays, with a folder around it.
    """
    if path.exists() and not path.is_dir():
        raise BadInput(f"--out: {path} is a file; name a folder")
    try:
        made = not path.exists()
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise BadInput(f"--out: {path} is not empty; name a new folder, nothing is overwritten")
        (path / ".writable").touch()
        (path / ".writable").unlink()
    except OSError as failure:
        raise BadInput(f"--out: {path}: {failure.strerror}") from None
    try:
        yield path
    except BaseException:
        _leave_nothing_half_done(path, made=made)
        raise


def _leave_nothing_half_done(path: Path, *, made: bool) -> None:
    for found in path.iterdir():
        if found.is_dir():
            shutil.rmtree(found)
        elif found.name != "rejected.csv":
            found.unlink()
    if made and not any(path.iterdir()):
        path.rmdir()


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as failure:
        raise BadInput(f"{path}: {failure.strerror}") from None
    except UnicodeDecodeError as fault:
        raise BadInput(f"{path}: byte {fault.start + 1}: not UTF-8") from None
