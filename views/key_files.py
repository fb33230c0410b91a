"""Secrets that lie in the data directory, outside the database, each in a file of its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept(data_dir: Path, name: str, fresh: bytes) -> bytes:
    """What the key file holds, readable by its owner only; `fresh` on first use. Processes that
    start together agree on one: the file appears under its name with everything in it.
    """
    folder = data_dir / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if path.exists():
        return path.read_bytes()
    beside = folder / f".{name}.{secrets.token_hex(8)}"
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return path.read_bytes()
