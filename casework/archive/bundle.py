"""What is in a backup: the database, then the blobs and the keys, then a manifest. Pure.

The database is copied before the blobs are listed, and blobs are stored before the rows that name
them: so every row in the copy finds its blob.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from casework.archive.sealing import SealBroken, SealedReader, SealedWriter

FORMAT = "extraction-docket/backup/1"
DATABASE, KEY, MANIFEST = "database", "keys/blob.key", "manifest.json"
# Without the key of the log old checkpoints could not be continued, without those of the programme
# no earlier log be compared.
KEYS = re.compile(r"keys/(audit|blob|programme-\d{4}H[12])\.key")
_NAMES = re.compile(rf"{DATABASE}|{KEYS.pattern}|{MANIFEST}|blobs/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class About:
    """`database` is `sqlite` or `postgresql`; the audit log's size and last hash are those of the
    copy; `made_at` is ISO 8601 with zone.
    """

    database: str
    revision: str
    audit_size: int
    audit_root: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Member:
    sha256: str
    size: int


def blob_files(root: Path) -> Iterable[tuple[str, Path]]:
    """Name in the archive and path of every blob under `root`, in a fixed order."""
    for path in sorted(root.glob("[0-9a-f][0-9a-f]/*")):
        yield f"blobs/{path.parent.name}/{path.name}", path


def key_files(data_dir: Path) -> Iterable[tuple[str, Path]]:
    """Name in the archive and path of every key that a backup holds, in a fixed order."""
    for path in sorted((data_dir / "keys").glob("*.key")):
        if KEYS.fullmatch(f"keys/{path.name}"):
            yield f"keys/{path.name}", path


def write(
    target: BinaryIO,
    key: bytes,
    *,
    database: Path,
    data_dir: Path,
    blobs: Path,
    about: About,
    at: datetime,
) -> dict[str, Member]:
    """Seal a backup into `target`; return what is in it. `data_dir` holds the folder of the keys;
    `at` dates the members.
    """
    sealed = SealedWriter(target, key)
    members: dict[str, Member] = {}
    with tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="w|") as tar:
        files = [(DATABASE, database), *key_files(data_dir), *blob_files(blobs)]
        for name, path in files:
            try:
                members[name] = _add(tar, name, path, at)
            except FileNotFoundError:
                if not name.startswith("blobs/"):
                    raise
                continue  # the sweep removed an orphan meanwhile; no row ever named it
        manifest = json.dumps(_manifest(about, members), sort_keys=True).encode()
        header = _header(MANIFEST, len(manifest), at)
        tar.addfile(header, io.BytesIO(manifest))
    sealed.close()
    return members


def _add(tar: tarfile.TarFile, name: str, path: Path, at: datetime) -> Member:
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        hashed = _Hashing(file)
        tar.addfile(_header(name, size, at), cast("IO[bytes]", hashed))
    return Member(hashed.digest.hexdigest(), size)


class _Hashing:
    """Hashes what is read through it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, count: int = -1) -> bytes:
        data = self._source.read(count)
        self.digest.update(data)
        return data


def _header(name: str, size: int, at: datetime) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, 0o400, int(at.timestamp())
    return header


def _manifest(about: About, members: Mapping[str, Member]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "about": {name: getattr(about, name) for name in About.__slots__},
        "members": {name: [one.sha256, one.size] for name, one in members.items()},
    }


def unpack(source: BinaryIO, key: bytes, folder: Path) -> About:
    """Open a backup into an empty `folder`, every member against its hash; raises SealBroken."""
    found: dict[str, Member] = {}
    manifest: dict[str, Any] = {}
    try:
        sealed = cast("IO[bytes]", SealedReader(source, key))
        with tarfile.open(fileobj=sealed, mode="r|") as tar:
            for header in tar:
                if not header.isreg() or not _NAMES.fullmatch(header.name):
                    raise SealBroken(f"it holds {header.name!r}, which no backup holds")
                file = cast("BinaryIO", tar.extractfile(header))
                if header.name == MANIFEST:
                    manifest = json.loads(file.read())
                else:
                    found[header.name] = _save(file, folder / header.name)
    except (tarfile.TarError, ValueError) as fault:
        raise SealBroken(f"the archive inside cannot be read: {fault}") from None
    return _checked(manifest, found)


def _save(file: BinaryIO, path: Path) -> Member:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as kept:
        path.chmod(0o600)
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            kept.write(piece)
    return Member(digest.hexdigest(), size)


def _checked(manifest: dict[str, Any], found: Mapping[str, Member]) -> About:
    if manifest.get("format") != FORMAT:
        raise SealBroken("it ends without a manifest of a known form")
    named = {name: Member(*member) for name, member in manifest["members"].items()}
    if wrong := sorted(
        name for name in named.keys() | found.keys() if named.get(name) != found.get(name)
    ):
        raise SealBroken(f"{len(wrong)} members differ from the manifest, first {wrong[0]}")
    return About(**manifest["about"])
