"""What each kind of job does. A handler opens short transactions of its own: none is held while
pages are drawn, or everybody else would wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.errors import CaseworkError
from casework.evidence.store import BlobStore
from casework.packets import actions as packets
from casework.packets.box import GlyphsMissing
from casework.packets.queries import packets as queries
from casework.packets.render import render_packet
from casework.reports.actions import editions as reports
from casework.reports.queries.editions import RENDER as RENDER_REPORT
from casework.reports.render import render_report
from casework.screening.actions import rescreening, watchlists
from casework.screening.queries.compared import RESCREEN, entity_count
from casework.screening.queries.watchlists import IMPORT as IMPORT_LIST
from casework.screening.watchlists.reading import ListFile

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


def _render_report(tools: Tools, payload: Payload) -> None:
    report_id = UUID(payload["report"])
    with tools.transaction() as session:
        document = reports.begin_rendering(session, report_id)
    if document is None:
        return
    tools.progress("Setting the pages")
    try:
        rendered = render_report(document, cache=tools.cache)
    except GlyphsMissing as missing:
        raise JobRefused(f"The report cannot be drawn: {missing.reason}.") from missing
    tools.progress(f"Storing {rendered.pages} pages")
    with tools.transaction() as session:
        reports.keep_rendered(session, tools.blobs, report_id, rendered, at=tools.now())


def _give_up_report(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    reports.give_up_rendering(session, UUID(payload["report"]), reason, at=at)


def _import_list(tools: Tools, payload: Payload) -> None:
    with ExitStack() as stack:
        files = [_brought(tools, stack, told) for told in payload["files"]]
        watchlists.import_edition(
            tools.transaction,
            watchlists.Order(
                source=payload["source"],
                files=files,
                dated_on=date.fromisoformat(payload["dated_on"]) if payload["dated_on"] else None,
                by=UUID(payload["by"]),
            ),
            at=tools.now(),
            on=date.fromisoformat(payload["on"]),
            progress=tools.progress,
        )


def _brought(tools: Tools, stack: ExitStack, told: Mapping[str, str]) -> ListFile:
    """A file of the store as one that can be read from its start again."""
    stream = stack.enter_context(TemporaryFile(dir=tools.cache))  # noqa: SIM115 (the stack closes)
    for piece in tools.blobs.read(told["key"], told["context"]):
        stream.write(piece)
    return ListFile(told["name"], stream)


def _give_up_list(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    watchlists.note_failure(session, payload["source"], reason, at=at)


def _rescreen(tools: Tools, payload: Payload) -> None:
    """Screen everything, a few entities in each transaction; begun again it repeats nothing."""
    last, done = None, 0
    while True:
        with tools.transaction() as session:
            last, count = rescreening.screen_batch(session, last, at=tools.now())
            total = entity_count(session)
        done += count
        tools.progress(f"{done} of {total} entities are screened")
        if last is None:
            return


def _give_up_rescreening(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    rescreening.note_failure(session, reason, at=at)


HANDLERS: dict[str, Handler] = {
    RESCREEN: Handler(_rescreen, _give_up_rescreening),
    IMPORT_LIST: Handler(_import_list, _give_up_list),
    RENDER_REPORT: Handler(_render_report, _give_up_report),
    queries.RENDER: Handler(_render, _give_up_rendering),
}
