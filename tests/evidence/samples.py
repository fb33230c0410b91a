"""Small files of every kind, sound and hostile, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq

CSV = b"account,prompts\n17,4100\n"


def pdf(*, password: str = "") -> bytes:
    """One empty page."""
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(buffer, encryption=encryption)
    return buffer.getvalue()


def parquet() -> bytes:
    """One column of three rows."""
    buffer = io.BytesIO()
    pq.write_table(pa.table({"account": [1, 2, 3]}), buffer)
    return buffer.getvalue()


def png(width: int = 2, height: int = 2, *, rows: int | None = None) -> bytes:
    """A grey picture; with `rows` fewer lines than its head promises."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = (b"\0" + bytes(width)) * (height if rows is None else rows)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def png_bomb() -> bytes:
    """A few bytes that promise 50 000 by 50 000 points."""
    return png(50_000, 50_000, rows=1)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
