"""Sealed files in a bucket that speaks S3. Credentials come from the usual environment of boto3.

A file is there once its upload is completed; a broken multipart upload is invisible and is cleared
later. Destroying is what the bucket makes of it: where versions or locks are on, the operator ends
them, and what is left opens to nobody who has not the key of the store.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from casework.evidence.places.place import BlobUnavailable

PART = 16 * 1024 * 1024  # bytes; what is larger is sent in parts
TRIES = 3
SECONDS = 10  # to connect; an answer may take six times as long
_MISSING = {"404", "NoSuchKey", "NotFound"}
_TRANSFER = TransferConfig(
    multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=1, use_threads=False
)


class S3Place:
    """Objects `prefix` + name of one bucket; `endpoint` empty means that of Amazon."""

    def __init__(self, bucket: str, prefix: str, *, endpoint: str, region: str) -> None:
        self._bucket, self._prefix = bucket, prefix
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=region or None,
            config=Config(
                connect_timeout=SECONDS,
                read_timeout=6 * SECONDS,
                retries={"max_attempts": TRIES, "mode": "standard"},
            ),
        )

    def _of(self, name: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + name}

    def write(self, name: str, pieces: Iterator[bytes]) -> None:
        with _told():
            self._client.upload_fileobj(_Joined(pieces), **self._of(name), Config=_TRANSFER)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        with _told():
            body = self._client.get_object(**self._of(name))["Body"]
        try:
            yield cast("BinaryIO", _Body(body))
        finally:
            body.close()

    def renew(self, name: str) -> bool:
        """The object is copied onto itself, since its age cannot be set."""
        own = self._of(name)
        try:
            with _told():
                self._client.copy(
                    own, **own, ExtraArgs={"MetadataDirective": "REPLACE"}, Config=_TRANSFER
                )
        except FileNotFoundError:
            return False
        return True

    def remove(self, name: str, *, head: int) -> bool:
        try:
            with _told():
                self._client.head_object(**self._of(name))
                self._client.delete_object(**self._of(name))
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[tuple[str, float]]:
        for one in self._listed("list_objects_v2", "Contents"):
            yield one["Key"].removeprefix(self._prefix), one["LastModified"].timestamp()

    def clear_unfinished(self, older_than: float) -> int:
        old = [
            one
            for one in self._listed("list_multipart_uploads", "Uploads")
            if one["Initiated"].timestamp() < older_than
        ]
        for one in old:
            with _told():
                self._client.abort_multipart_upload(
                    Bucket=self._bucket, Key=one["Key"], UploadId=one["UploadId"]
                )
        return len(old)

    def _listed(self, act: str, within: str) -> Iterator[dict[str, Any]]:
        with _told():
            pages = self._client.get_paginator(act)
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                yield from page.get(within, ())

    def works(self) -> bool:
        try:
            with _told():
                self._client.head_bucket(Bucket=self._bucket)
        except (BlobUnavailable, FileNotFoundError):
            return False
        return True


@contextmanager
def _told() -> Iterator[None]:
    """Tell a missing object as FileNotFoundError, and all else as BlobUnavailable."""
    try:
        yield
    except ClientError as fault:
        code = str(fault.response.get("Error", {}).get("Code", ""))
        if code in _MISSING:
            raise FileNotFoundError(code) from None
        raise BlobUnavailable(f"the exhibits bucket refuses: {code}") from fault
    except (BotoCoreError, Boto3Error) as fault:
        raise BlobUnavailable(f"the exhibits bucket: {type(fault).__name__}") from fault


class _Joined(io.RawIOBase):
    """Pieces as one stream that is read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, wanted = [self._rest], size - len(self._rest)
        while size < 0 or wanted > 0:
            piece = next(self._pieces, b"")
            if not piece:
                break
            parts.append(piece)
            wanted -= len(piece)
        whole = b"".join(parts)
        cut = len(whole) if size < 0 else size
        self._rest = whole[cut:]
        return whole[:cut]


class _Body:
    """The answer of the bucket; a connection that breaks is told as such."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        """Exactly `size` bytes, fewer only at the end."""
        parts, wanted = [], size
        with _told():
            while size < 0 or wanted > 0:
                piece = self._body.read(None if size < 0 else wanted)
                if not piece:
                    break
                parts.append(piece)
                wanted -= len(piece)
        return b"".join(parts)
