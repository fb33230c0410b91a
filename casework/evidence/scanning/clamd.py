"""A client of ClamAV's daemon: one file is sent in chunks, one line comes back.

The protocol is that of the manual page clamd(8): commands `zVERSION` and `zINSTREAM`, each chunk
behind its length as four bytes, a length of zero at the end. Pure; no library is used, since those
on the package index were last released a decade ago.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

CHUNK = 1 << 20
SECONDS = 120  # without a word; a large archive is scanned after the last byte
MOST_ANSWER = 4096

CLEAN, INFECTED, FAILED = "clean", "infected", "failed"


class ScannerUnavailable(Exception):
    """The scanner does not answer; the message says what happened. Asking later may help."""


class BadAddress(ValueError):
    """The address of a scanner is neither tcp://host:port nor unix:/path."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`verdict` is clean, infected or failed; `engine` scanner and signatures as it names itself;
    `detail` the name of what was found, or why nothing could be said.
    """

    verdict: str
    engine: str
    detail: str


def address_of(url: str) -> tuple[str, int] | str:
    """Host and port, or the path of a socket; BadAddress for anything else."""
    found = urlsplit(url)
    if found.scheme == "unix" and found.path:
        return found.path
    try:
        host, port = found.hostname, found.port
    except ValueError:
        host, port = None, None
    if found.scheme == "tcp" and host and port:
        return host, port
    raise BadAddress(f"{url!r}: write tcp://host:port or unix:/path")


def engine_of(url: str) -> str:
    """Name and signatures of the scanner; ScannerUnavailable where it does not answer."""
    with _connected(url) as link:
        link.sendall(b"zVERSION\0")
        return _answer(link)


def scan(url: str, pieces: Iterable[bytes]) -> Answer:
    """Have the pieces scanned as one file; ScannerUnavailable where the scanner does not answer."""
    engine = engine_of(url)
    with _connected(url) as link:
        try:
            link.sendall(b"zINSTREAM\0")
            for chunk in _chunks(pieces):
                link.sendall(struct.pack(">I", len(chunk)) + chunk)
            link.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # a scanner that takes no more says why, and then hangs up
        return _verdict(_answer(link), engine)


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield from (piece[start : start + CHUNK] for start in range(0, len(piece), CHUNK))


@contextmanager
def _connected(url: str) -> Iterator[socket.socket]:
    address = address_of(url)
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    try:
        if family == socket.AF_UNIX:
            link = socket.socket(family)
            link.settimeout(SECONDS)
            link.connect(address)
        else:
            link = socket.create_connection(address, timeout=SECONDS)  # type: ignore[arg-type]
    except OSError as fault:
        raise ScannerUnavailable(f"no connection: {fault.strerror or fault}") from fault
    with link:
        try:
            yield link
        except TimeoutError as fault:
            raise ScannerUnavailable(f"no answer within {SECONDS} seconds") from fault
        except OSError as fault:
            raise ScannerUnavailable(f"broken off: {fault.strerror or fault}") from fault


def _answer(link: socket.socket) -> str:
    """One line, ended by NUL, newline or the end of the connection."""
    received = b""
    while len(received) < MOST_ANSWER and not received.endswith((b"\0", b"\n")):
        part = link.recv(MOST_ANSWER)
        if not part:
            break
        received += part
    if not received:
        raise ScannerUnavailable("it hung up without an answer")
    return received.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(line: str, engine: str) -> Answer:
    told = line.removeprefix("stream:").strip()
    if told == "OK":
        return Answer(CLEAN, engine, "")
    if told.endswith(" FOUND"):
        return Answer(INFECTED, engine, told.removesuffix(" FOUND"))
    if "size limit exceeded" in told:
        return Answer(
            FAILED, engine, "the file is larger than the scanner accepts (StreamMaxLength)"
        )
    return Answer(FAILED, engine, f"the scanner answers: {told[:200]}")
