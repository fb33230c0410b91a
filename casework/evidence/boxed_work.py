"""Look at the columns of a usage log, take it in, or analyse it.

The kind is the first argument, the order the first line of standard input. Started as a program of
its own by `apart`; nothing imports it.
"""

from __future__ import annotations

import json
import os
import sys
from threading import Thread
from typing import Any

from casework.evidence.usage.order import LogRefused


def do(kind: str, order: dict[str, Any]) -> dict[str, Any]:
    """The answer to an order. Only what the kind needs is loaded: libraries cost memory."""
    if kind == "analyse":
        from casework.evidence import work_analysis  # noqa: PLC0415

        return work_analysis.analyse_rows(order, _progress)
    from casework.evidence import work_intake  # noqa: PLC0415

    asked = {"take_in": work_intake.take_in_files, "columns": work_intake.columns_of_files}
    return asked[kind](order, _progress)


def _say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _progress(words: str) -> None:
    _say(progress=words)


def _end_with_the_parent() -> None:
    # Unbuffered: a thread that waits inside the buffer would keep it locked at the very end.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def main(kind: str) -> None:
    order = json.loads(sys.stdin.buffer.readline())
    Thread(target=_end_with_the_parent, daemon=True).start()
    try:
        _say(done=do(kind, order))
    except LogRefused as refused:
        _say(refused=str(refused))


if __name__ == "__main__":
    main(sys.argv[1])
