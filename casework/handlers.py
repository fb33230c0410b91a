"""What each kind of job does. A handler opens short transactions of its own: none is held while
pages are drawn, or everybody else would wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.errors import CaseworkError
from casework.evidence.store import BlobStore
from casework.packets import actions as packets
from casework.packets.box import GlyphsMissing
from casework.packets.queries import packets as queries
from casework.packets.render import render_packet

Payload = Mapping[str, Any]


class JobRefused(CaseworkError):
    """Trying again would change nothing; the message says why in plain words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """What the worker lends to a handler.

    `transaction` gives a session whose work is kept at the end of the `with`; `progress` says
    how far the job is; `cache` is a writable folder; `now` an aware UTC time.
    """

    transaction: Callable[[], AbstractContextManager[Session]]
    blobs: BlobStore
    progress: Callable[[str], None]
    cache: Path
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Handler:
    """`run` does the work and may be run again after a crash; `give_up` (session, payload,
    reason, time) notes on the subject that it failed for good.
    """

    run: Callable[[Tools, Payload], None]
    give_up: Callable[[Session, Payload, str, datetime], None]


def _render(tools: Tools, payload: Payload) -> None:
    packet_id = UUID(payload["packet"])
    with tools.transaction() as session:
        contents = packets.begin_rendering(session, packet_id)
    if contents is None:
        return
    tools.progress("Setting the pages")
    try:
        rendered = render_packet(contents, cache=tools.cache)
    except GlyphsMissing as missing:
        raise JobRefused(f"The packet cannot be drawn: {missing.reason}.") from missing
    tools.progress(f"Storing {rendered.pages} pages")
    with tools.transaction() as session:
        packets.keep_rendered(session, tools.blobs, packet_id, rendered, at=tools.now())


def _give_up_rendering(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    packets.give_up_rendering(session, UUID(payload["packet"]), reason, at=at)


HANDLERS: dict[str, Handler] = {
    queries.RENDER: Handler(_render, _give_up_rendering),
}
