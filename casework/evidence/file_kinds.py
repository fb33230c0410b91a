"""The kind of a file by its content. The ending of its name must agree; neither is trusted alone.

PDF and images are parsed by a child process with limits on time and memory, since a hostile file
is aimed at the parser.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

CHILD = str(PurePath(__file__).with_name("boxed_parse.py"))
SECONDS = 20
HEAD = 4096


class KindRefused(Exception):
    """The file is of no accepted kind, or not what its name says; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    media_type: str
    endings: tuple[str, ...]
    signature: bytes = b""
    word: str = ""

    @property
    def is_text(self) -> bool:
        return not self.signature


KINDS = (
    Kind("application/pdf", (".pdf",), b"%PDF-", "PDF"),
    Kind("image/png", (".png",), b"\x89PNG\r\n\x1a\n", "PNG"),
    Kind("image/jpeg", (".jpg", ".jpeg"), b"\xff\xd8\xff", "JPEG"),
    Kind("application/vnd.apache.parquet", (".parquet",), b"PAR1", "Parquet"),
    Kind("application/json", (".json",), word="JSON"),
    Kind("application/x-ndjson", (".jsonl", ".ndjson"), word="JSON lines"),
    Kind("text/csv", (".csv",), word="CSV"),
    Kind("text/plain", (".txt", ".md", ".log", ".eml"), word="text"),
)
ACCEPTED = "PDF, PNG, JPEG, Parquet, CSV, JSON, JSON lines or plain text (UTF-8)"


def kind_of(stream: BinaryIO, file_name: str) -> Kind:
    """The kind of a seekable stream, or KindRefused."""
    stream.seek(0)
    head = stream.read(HEAD)
    ending = PurePath(file_name).suffix.lower()
    named = next((kind for kind in KINDS if ending in kind.endings), None)
    if named is None:
        raise KindRefused(
            f"Files ending in {ending or 'nothing'} are not accepted. Send {ACCEPTED}."
        )
    signed = next((k for k in KINDS if k.signature and head.startswith(k.signature)), None)
    if (signed or named) is not named or (named.signature and signed is None):
        found = signed.word if signed else _guess(head)
        raise KindRefused(
            f"The name says {named.word}, the content is {found}. Send the real file."
        )
    if named.is_text:
        _read_as_text(stream, named)
    else:
        _parse_in_a_box(stream, named)
    stream.seek(0)
    return named


def _guess(head: bytes) -> str:
    known = ((b"MZ", "a Windows program"), (b"\x7fELF", "a Linux program"), (b"PK", "an archive"))
    return next((word for start, word in known if head.startswith(start)), "something else")


def _read_as_text(stream: BinaryIO, kind: Kind) -> None:
    stream.seek(0)
    number = 0
    try:
        for number, line in enumerate(stream, start=1):
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            if "\0" in text:
                raise KindRefused(
                    f"Line {number} holds a NUL character, so this is not {kind.word}."
                )
            if kind.media_type == "application/x-ndjson" and text.strip():
                json.loads(text)
        if kind.media_type == "application/json":
            stream.seek(0)
            json.load(stream)
    except UnicodeDecodeError:
        raise KindRefused(
            f"Line {number} is not UTF-8. Save the file as UTF-8 and send it again."
        ) from None
    except (ValueError, RecursionError):
        raise KindRefused(f"The content is not valid {kind.word} (near line {number}).") from None


def _parse_in_a_box(stream: BinaryIO, kind: Kind) -> None:
    stream.seek(0)
    try:
        done = subprocess.run(  # noqa: S603 (our own program, fixed arguments)
            [sys.executable, "-I", CHILD, kind.media_type],
            input=stream.read(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired:
        raise KindRefused(f"The {kind.word} could not be read in {SECONDS} seconds.") from None
    if done.returncode:
        raise KindRefused(
            f"The {kind.word} cannot be read: it is damaged, encrypted or too complex."
        )
