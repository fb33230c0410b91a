"""The exhibits store of the settings: local disk under the data directory, key beside it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from casework.evidence.store import BlobStore
from config import Settings

KEY_BYTES = 32


def open_blobs(settings: Settings) -> BlobStore:
    return BlobStore(settings.data_dir / "blobs", key_encryption_key(settings.data_dir))


def key_encryption_key(data_dir: Path) -> bytes:
    """The key that wraps the key of every blob; made on first use, readable by its owner only."""
    folder = data_dir / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "blob.key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key)
    return key
