"""Heavy work in a process of its own: its memory is given back, and its death is noticed.

The order goes in as one line of JSON, words of progress and one answer come out, a line each. The
pipe in stays open, so that the child ends itself when its parent is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from casework.errors import CaseworkError

CHILD = "casework.evidence.boxed_work"
ROOT = Path(__file__).parents[2]
SECONDS_BETWEEN_WORDS = 2.0  # how often the parent tells that the child lives, and hears a stop


class WorkRefused(CaseworkError):
    """What was handed in cannot be worked on; the message names file, row and field."""


class ChildDied(Exception):
    """The process ended without an answer; the message says how."""


def work_apart(
    kind: str, order: Mapping[str, Any], *, progress: Callable[[str], None]
) -> dict[str, Any]:
    """The answer of the child to an order of JSON values. Raises WorkRefused, ChildDied and
    whatever `progress` raises; the child is dead in every case.
    """
    with _started(kind) as (child, lines):
        _send(child.stdin, order)
        words = ""
        while (line := _next(lines)) is not None:
            told = json.loads(line) if line else {}
            if "refused" in told:
                raise WorkRefused(told["refused"])
            if "done" in told:
                return dict(told["done"])
            words = told.get("progress", words)
            progress(words)
        raise ChildDied(_how(child.wait()))


Child = subprocess.Popen[bytes]
Lines = SimpleQueue[bytes | None]


@contextmanager
def _started(kind: str) -> Iterator[tuple[Child, Lines]]:
    """The child, and its lines as they come, None at the end. It is killed when the block ends."""
    child = subprocess.Popen(  # noqa: S603 (our own program, fixed arguments)
        [sys.executable, "-m", CHILD, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=_environment(),
    )
    lines: Lines = SimpleQueue()
    reader = Thread(target=_read, args=(child.stdout, lines), daemon=True)
    reader.start()
    try:
        yield child, lines
    finally:
        child.kill()
        child.wait()
        reader.join()
        for pipe in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):
                pipe.close() if pipe else None


def _environment() -> dict[str, str]:
    """What the parent has, less the settings of the application and the secrets in them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DOCKET_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _send(pipe: IO[bytes] | None, order: Mapping[str, Any]) -> None:
    """A child that is dead by now says so by the end of its lines."""
    with suppress(BrokenPipeError):
        if pipe is not None:
            pipe.write(json.dumps(order).encode() + b"\n")
            pipe.flush()


def _read(pipe: IO[bytes] | None, lines: Lines) -> None:
    for line in pipe or ():
        lines.put(line)
    lines.put(None)


def _next(lines: Lines) -> bytes | None:
    """The next line, an empty one when nothing was said for a while, None at the end."""
    try:
        return lines.get(timeout=SECONDS_BETWEEN_WORDS)
    except Empty:
        return b""


def _how(code: int) -> str:
    if code < 0:
        return (
            f"The process that did the work was killed (signal {-code}). It may have needed more"
            " memory than there is"
        )
    return f"The process that did the work ended with code {code} and without an answer"
