"""Tell a worker that there is something to do. The job row stays the truth: a call that is lost
costs time, never work, since the sweep finds the row.

Only the key of the row travels, as text: nothing that comes out of the queue is ever unpickled.
"""

from __future__ import annotations

import uuid
from typing import Any, cast

from flask import current_app

from config import Settings

_NAME = "extraction-docket"


def _storage() -> Any:
    """Huey's store of messages: Redis where the settings name one, else a file beside the data."""
    if "wake" not in current_app.extensions:
        current_app.extensions["wake"] = _open(current_app.extensions["settings"]).storage
    return current_app.extensions["wake"]


def _open(settings: Settings) -> Any:
    # Imported on first use: it brings two database drivers, and most processes wake nobody.
    from huey import RedisHuey, SqliteHuey  # noqa: PLC0415

    if settings.redis_url:
        return RedisHuey(_NAME, url=settings.redis_url, results=False)
    return SqliteHuey(_NAME, filename=str(settings.data_dir / "queue.db"), results=False)


def wake(job_id: uuid.UUID) -> None:
    """Call after the commit. A queue that is out of order is logged and passed over."""
    try:
        _storage().enqueue(str(job_id).encode())
    except Exception:
        current_app.logger.exception("no worker could be woken for job %s", job_id)


def next_call() -> uuid.UUID | None:
    """The next job that somebody asked for, or None; Redis waits up to a second for one."""
    try:
        message = cast("bytes | None", _storage().dequeue())
        return uuid.UUID(message.decode()) if message else None
    except Exception:
        current_app.logger.exception("the queue does not answer; the sweep goes on")
        return None


def queue_answers() -> bool:
    """Whether the queue can be asked; raises what the storage raises."""
    return bool(_storage().queue_size() >= 0)
