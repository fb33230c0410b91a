"""Taking in a log, and looking at its columns, as the worker asks its child process for it: JSON
values there and back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from casework.evidence.usage.headers import columns_of
from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile

Progress = Callable[[str], None]


def take_in_files(order: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """`files` as name and path, `out` a folder; the rest as IntakeOrder has it, times in ISO form
    and the key in hex. Answers with what was taken in. Raises LogRefused.
    """
    taken = take_in(
        [LogFile(told["name"], Path(told["path"])) for told in order["files"]],
        IntakeOrder(
            mapping=order["mapping"],
            window_from=_time(order["window_from"]),
            window_to=_time(order["window_to"]),
            zone=order["zone"] or None,
            epoch_unit=order["epoch_unit"] or None,
            capability_map=order["capabilities"],
            key=bytes.fromhex(order["key"]),
            rewrite=True,
        ),
        out=Path(order["out"]),
        progress=progress,
    )
    return {
        "rows": taken.rows,
        "accepted": taken.accepted,
        "rejected": taken.rejected,
        "reasons": dict(taken.reasons),
        "minimised": dict(taken.minimised),
        "parts": [
            {"path": str(part.path), "sha256": part.sha256, "rows": part.rows}
            for part in taken.parts
        ],
        "rejected_csv": str(taken.rejected_csv),
        "input_sha256": taken.input_sha256,
    }


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def columns_of_files(order: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Every column of the files to a few values of it. Raises LogRefused."""
    columns: dict[str, list[str]] = {}
    for told in order["files"]:
        for theirs in columns_of(LogFile(told["name"], Path(told["path"]))):
            columns.setdefault(theirs.name, list(theirs.examples))
    return {"columns": columns}
