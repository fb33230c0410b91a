"""The exhibits store of the settings: a folder of the data directory, or a bucket. The key that
seals it lies in the data directory in either case, never with the files.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from casework.evidence.places.local import LocalPlace
from casework.evidence.places.place import Place
from casework.evidence.store import BlobStore
from config import Settings, UnsafeSettings
from views.key_files import kept

KEY_BYTES = 32


def open_blobs(settings: Settings) -> BlobStore:
    return BlobStore(place_of(settings), key_encryption_key(settings.data_dir))


def place_of(settings: Settings) -> Place:
    """The place that the settings name; UnsafeSettings where the address cannot be read."""
    if not settings.blob_url:
        return LocalPlace(settings.data_dir / "blobs")
    url = urlsplit(settings.blob_url)
    asked = parse_qs(url.query, keep_blank_values=True)
    if url.scheme != "s3" or not url.hostname or asked.keys() - {"endpoint", "region"}:
        raise UnsafeSettings(
            f"DOCKET_BLOB_URL is {settings.blob_url!r}: write"
            " s3://bucket/prefix?endpoint=https://host&region=name, or leave it empty."
        )
    # Imported on use: boto3 takes half a second to load, and most installations keep files here.
    from casework.evidence.places.s3 import S3Place  # noqa: PLC0415

    prefix = url.path.strip("/")
    return S3Place(
        url.netloc,
        f"{prefix}/" if prefix else "",
        endpoint=asked.get("endpoint", [""])[0],
        region=asked.get("region", [""])[0],
    )


def key_encryption_key(data_dir: Path) -> bytes:
    """The key that wraps the key of every blob; made on first use, readable by its owner only."""
    return kept(data_dir, "blob.key", secrets.token_bytes(KEY_BYTES))
