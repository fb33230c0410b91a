"""Parse standard input as the media type of the first argument, under limits. Exit 0: it holds.

Started as a program of its own by `file_kinds`; nothing imports it.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

MEMORY = 1 << 30
CPU_SECONDS = 15
PIXELS = 40_000_000


def parse(media_type: str, content: bytes) -> None:
    if media_type == "application/pdf":
        import pikepdf  # noqa: PLC0415 (only what the file needs is loaded)

        with pikepdf.open(io.BytesIO(content)) as document:
            len(document.pages)
    elif media_type.startswith("image/"):
        from PIL import Image  # noqa: PLC0415

        Image.MAX_IMAGE_PIXELS = PIXELS
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            image.verify()
    else:
        import pyarrow.parquet  # noqa: PLC0415

        pyarrow.parquet.read_metadata(pyarrow.BufferReader(content))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        parse(sys.argv[1], sys.stdin.buffer.read())
    except Exception:  # noqa: BLE001 (whatever the parser raises, the answer is no)
        sys.exit(1)
