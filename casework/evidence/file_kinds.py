"""The kind of a file by its content. The ending of its name must agree; neither is trusted alone.

PDF, images and the index at the end of a Parquet file are parsed by a child process with limits on
time and memory, since a hostile file is aimed at the parser. Text is read in chunks. So a file of
many gigabytes is judged in the same memory as a small one.
"""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

CHILD = str(PurePath(__file__).with_name("boxed_parse.py"))
SECONDS = 20
HEAD = 4096
CHUNK = 1 << 20
PARSED_WHOLE = 128 * 1024 * 1024  # bytes of a file that must be in memory to be parsed
LINE = 16 * 1024 * 1024  # bytes of one line of JSON lines
INDEX = 64 * 1024 * 1024  # bytes of the index of a Parquet file


class KindRefused(Exception):
    """The file is of no accepted kind, or not what its name says; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    media_type: str
    endings: tuple[str, ...]
    signature: bytes = b""
    word: str = ""


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
TEXTS = frozenset(kind.media_type for kind in KINDS if not kind.signature)
ACCEPTED = "PDF, PNG, JPEG, Parquet, CSV, JSON, JSON lines or plain text (UTF-8)"


def kind_of(stream: BinaryIO, file_name: str) -> Kind:
    """The kind of a seekable stream, or KindRefused."""
    named = refuse_name(file_name)
    stream.seek(0)
    head = stream.read(HEAD)
    signed = next((k for k in KINDS if k.signature and head.startswith(k.signature)), None)
    if (signed or named) is not named or (named.signature and signed is None):
        found = signed.word if signed else _guess(head)
        raise KindRefused(
            f"The name says {named.word}, the content is {found}. Send the real file."
        )
    EXAMINERS.get(named.media_type, _parse_in_a_box)(stream, named)
    stream.seek(0)
    return named


def refuse_name(file_name: str) -> Kind:
    """The kind that the ending of a name stands for; KindRefused where it stands for none."""
    ending = PurePath(file_name).suffix.lower()
    named = next((kind for kind in KINDS if ending in kind.endings), None)
    if named is None:
        raise KindRefused(
            f"Files ending in {ending or 'nothing'} are not accepted. Send {ACCEPTED}."
        )
    return named


def _guess(head: bytes) -> str:
    known = ((b"MZ", "a Windows program"), (b"\x7fELF", "a Linux program"), (b"PK", "an archive"))
    return next((word for start, word in known if head.startswith(start)), "something else")


def _read_as_text(stream: BinaryIO, kind: Kind) -> None:
    stream.seek(0)
    decoder, number = codecs.getincrementaldecoder("utf-8-sig")(), 1
    chunk = stream.read(CHUNK)
    while True:
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as fault:
            raise _not_utf8(number + fault.object[: fault.start].count(b"\n")) from None
        before, nul, _ = text.partition("\0")
        if nul:
            raise _holds_nul(number + before.count("\n"), kind)
        if not chunk:
            return
        number += text.count("\n")
        chunk = stream.read(CHUNK)


def _read_as_json(stream: BinaryIO, kind: Kind) -> None:
    _refuse_larger(stream, kind, "Send it as JSON lines, one record a line")
    _read_as_text(stream, kind)
    stream.seek(0)
    try:
        json.load(stream)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        raise KindRefused(f"The content is not valid {kind.word} (near line {line}).") from None


def _read_as_json_lines(stream: BinaryIO, kind: Kind) -> None:
    stream.seek(0)
    number = 0
    while line := stream.readline(LINE + 1):
        number += 1
        if len(line) > LINE:
            raise KindRefused(
                f"Line {number} is longer than {LINE >> 20} MiB, so this is not {kind.word}."
            )
        _read_record(line, number, kind)


def _read_record(line: bytes, number: int, kind: Kind) -> None:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        if "\0" in text:
            raise _holds_nul(number, kind)
        if text.strip():
            json.loads(text)
    except UnicodeDecodeError:
        raise _not_utf8(number) from None
    except (ValueError, RecursionError):
        raise KindRefused(f"The content is not valid {kind.word} (near line {number}).") from None


def _not_utf8(number: int) -> KindRefused:
    return KindRefused(f"Line {number} is not UTF-8. Save the file as UTF-8 and send it again.")


def _holds_nul(number: int, kind: Kind) -> KindRefused:
    return KindRefused(f"Line {number} holds a NUL character, so this is not {kind.word}.")


def _refuse_larger(stream: BinaryIO, kind: Kind, advice: str) -> None:
    if stream.seek(0, os.SEEK_END) > PARSED_WHOLE:
        raise KindRefused(
            f"A {kind.word} of more than {PARSED_WHOLE >> 20} MiB cannot be examined. {advice}."
        )


def _parse_index(stream: BinaryIO, kind: Kind) -> None:
    """Only the index at the end of a Parquet file is parsed: it names every column and page."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 8))
    tail = stream.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != kind.signature or not 0 < length <= min(INDEX, size - 12):
        raise _unreadable(kind)
    stream.seek(size - 8 - length)
    _parse(kind, kind.signature + stream.read(length) + tail)


def _parse_in_a_box(stream: BinaryIO, kind: Kind) -> None:
    _refuse_larger(stream, kind, "Split it")
    stream.seek(0)
    _parse(kind, stream.read())


def _parse(kind: Kind, content: bytes) -> None:
    try:
        done = subprocess.run(  # noqa: S603 (our own program, fixed arguments)
            [sys.executable, "-I", CHILD, kind.media_type],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PATH": "/usr/bin:/bin"},
        )
    except subprocess.TimeoutExpired:
        raise KindRefused(f"The {kind.word} could not be read in {SECONDS} seconds.") from None
    if done.returncode:
        raise _unreadable(kind)


def _unreadable(kind: Kind) -> KindRefused:
    return KindRefused(f"The {kind.word} cannot be read: it is damaged, encrypted or too complex.")


EXAMINERS: dict[str, Callable[[BinaryIO, Kind], None]] = {
    "application/vnd.apache.parquet": _parse_index,
    "application/json": _read_as_json,
    "application/x-ndjson": _read_as_json_lines,
    "text/csv": _read_as_text,
    "text/plain": _read_as_text,
}
