"""What the commands on texts take in: a pack by its name, a file by its path."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from casework.statute import loader
from casework.statute.pack import StatutePack
from views.cli.answers import BadInput


def pack_of(text_version: str) -> StatutePack:
    try:
        return loader.load_pack(text_version)
    except loader.PackError as error:
        raise BadInput(str(error)) from None


def opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise BadInput(f"{file.name!r}: {error.strerror}") from None
