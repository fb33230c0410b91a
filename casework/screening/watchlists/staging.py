"""An edition got ready before the database is touched: read, compared, its names broken up. Pure.

What is new waits in a temporary file, so that the transaction that follows is short and a list of
any length needs little memory.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from casework.screening.matching.forms import forms
from casework.screening.matching.grams import grams
from casework.screening.watchlists.entry import Entry, ListRefused, Reject, digest, distinct
from casework.screening.watchlists.reading import (
    ENOUGH_ROWS,
    UNREADABLE_SHARE,
    ListFile,
)
from casework.screening.watchlists.sources import LISTS

STEP = 2500  # entries between two words of progress
IN_MEMORY = 16 * 1024 * 1024  # bytes; a longer edition waits on disk
Progress = Callable[[str], None]


@dataclass(slots=True)
class Staged:
    """An edition ready to be stored. `gone` are keys of standing entries that it changes or no
    longer holds; `fresh` gives its new wordings.
    """

    source: str
    files: list[dict[str, Any]]
    sha256: str
    _spool: IO[str]
    entries: int = 0
    names: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    gone: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def fresh(self) -> Iterator[dict[str, Any]]:
        """New wordings as rows of the entry's table, with `names`: text, quality, form,
        legal_form, grams.
        """
        self._spool.seek(0)
        return map(json.loads, self._spool)

    def keep(self, row: dict[str, Any]) -> None:
        self._spool.write(json.dumps(row, ensure_ascii=False) + "\n")

    def close(self) -> None:
        self._spool.close()


def file_facts(file: ListFile) -> dict[str, Any]:
    """Name, size in bytes and SHA-256 of a file, read once from its start."""
    found, size = hashlib.sha256(), 0
    file.stream.seek(0)
    while chunk := file.stream.read(1 << 20):
        found.update(chunk)
        size += len(chunk)
    return {"name": file.name, "size": size, "sha256": found.hexdigest()}


def edition_hash(files: Sequence[Mapping[str, Any]]) -> str:
    """One hash for all files of an edition, whatever they are called and in which order."""
    return hashlib.sha256("".join(sorted(file["sha256"] for file in files)).encode()).hexdigest()


def stage(
    source: str, files: Sequence[ListFile], standing: Mapping[str, str], progress: Progress
) -> Staged:
    """Read an edition and compare it with the one in force (content hash by key of entry).

    ListRefused when it is another list or too much of it cannot be read.
    """
    facts = [file_facts(file) for file in files]
    # The caller closes it: it outlives this call.
    spool = tempfile.SpooledTemporaryFile(  # noqa: SIM115
        IN_MEMORY, "w+", encoding="utf-8", newline="\n"
    )
    staged = Staged(source, facts, edition_hash(facts), spool)
    try:
        _read(staged, files, standing, progress)
    except BaseException:
        staged.close()
        raise
    for file, told in zip(files, facts, strict=True):
        told["encoding"] = file.encoding
    return staged


def _read(
    staged: Staged, files: Sequence[ListFile], standing: Mapping[str, str], progress: Progress
) -> None:
    seen: dict[str, str] = {}
    for made in LISTS[staged.source].parse(files, staged.source):
        if isinstance(made, Reject):
            staged.rejects.append(made)
            if len(staged.rejects) >= ENOUGH_ROWS:
                _refuse_unreadable(staged, files)
            continue
        _take(staged, made, seen, standing, files[0].name)
        if staged.entries % STEP == 0:
            progress(f"{staged.entries} entries read")
    _refuse_unreadable(staged, files)
    if not staged.entries:
        raise ListRefused(f"{files[0].name}: the file holds no entry.")
    missing = standing.keys() - seen.keys()
    staged.removed = len(missing)
    staged.gone.extend(sorted(missing))


def _refuse_unreadable(staged: Staged, files: Sequence[ListFile]) -> None:
    total, bad = staged.entries + len(staged.rejects), len(staged.rejects)
    if bad and bad * UNREADABLE_SHARE > total:
        first = staged.rejects[0]
        raise ListRefused(
            f"{first.file}: row {first.row}: {first.reason}. {bad} of the {total} rows cannot be "
            f"read; more than one in {UNREADABLE_SHARE} is too many for a list to rely on."
        )


def _take(
    staged: Staged, made: Entry, seen: dict[str, str], standing: Mapping[str, str], file: str
) -> None:
    content = made.content()
    found = digest(made, content)
    key = _key(made.entry_id, found, seen)
    if not key:
        told = json.dumps(content, ensure_ascii=False)
        fault = f"repeats the entry {made.entry_id} word for word"
        staged.rejects.append(Reject.of(file, made.row, fault, told))
        return
    seen[key] = found
    staged.entries += 1
    staged.names += len(made.names)
    before = standing.get(key)
    if before == found:
        return
    if before is None:
        staged.added += 1
    else:
        staged.changed += 1
        staged.gone.append(key)
    staged.keep(_row(made, key, content, found))


def _key(entry_id: str, found: str, seen: Mapping[str, str]) -> str:
    """The entry's key within the edition: a second, different row under one key of its list gets
    a number. Empty for a row that says the same once more.
    """
    key, number = entry_id, 1
    while key in seen:
        if seen[key] == found:
            return ""
        number += 1
        key = f"{entry_id}~{number}"
    return key


def _row(made: Entry, key: str, content: dict[str, Any], found: str) -> dict[str, Any]:
    return {
        "entry_id": key,
        "kind": made.kind,
        "caption": made.caption,
        "countries": list(made.countries),
        "content": content,
        "content_sha256": found,
        "names": [row for name in made.names for row in _forms(name.text, name.quality, made.kind)],
    }


def _forms(text: str, quality: str, kind: str) -> Iterator[dict[str, Any]]:
    for form in forms(text, kind):
        yield {
            "text": text,
            "quality": quality,
            "form": form.text,
            "legal_form": form.legal_form,
            "grams": distinct(grams(form.text, text)),
        }
