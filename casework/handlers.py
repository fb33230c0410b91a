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
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from casework.errors import CaseworkError
from casework.evidence.actions import joining, log_intake, run_analysis, scans, scrubs
from casework.evidence.actions.uploads import JOIN
from casework.evidence.queries.logs import TAKE_IN
from casework.evidence.queries.runs import ANALYSE
from casework.evidence.store import BlobStore
from casework.packets import actions as packets
from casework.packets.box import GlyphsMissing, Rendered
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
Contents = TypeVar("Contents")


class JobRefused(CaseworkError):
    """Trying again would change nothing; the message says why in plain words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tools:
    """What the worker lends to a handler.

    `transaction` gives a session whose work is kept at the end of the `with`; `progress` says
    how far the job is and raises queue.Cancelled when it is to stop; `cache` is a writable folder;
    `now` an aware UTC time. `engine` and `memory` are for the analysis of usage logs,
    `programme_key` gives the epoch and the key under which identifiers become tokens. `scanner_url`
    is empty where no malware scanner is configured.
    """

    transaction: Callable[[], AbstractContextManager[Session]]
    blobs: BlobStore
    progress: Callable[[str], None]
    cache: Path
    now: Callable[[], datetime]
    engine: str = "duckdb"
    memory: str = "2GB"
    programme_key: Callable[[], tuple[str, bytes]] = lambda: ("", b"")
    scanner_url: str = ""


@dataclass(frozen=True, slots=True)
class Handler:
    """`run` does the work and may be run again after a crash; `give_up` (session, payload,
    reason, time) notes on the subject that it failed for good, `stopped` (session, payload, time)
    that it ended because somebody asked for it.
    """

    run: Callable[[Tools, Payload], None]
    give_up: Callable[[Session, Payload, str, datetime], None]
    stopped: Callable[[Session, Payload, datetime], None] = lambda session, payload, at: None


def _draw(
    tools: Tools,
    what: str,
    begin: Callable[[Session], Contents | None],
    render: Callable[[Contents], Rendered],
    keep: Callable[[Session, Rendered], None],
) -> None:
    """Set the pages of a document between two short transactions; `what` names it in a refusal."""
    with tools.transaction() as session:
        contents = begin(session)
    if contents is None:
        return
    tools.progress("Setting the pages")
    try:
        rendered = render(contents)
    except GlyphsMissing as missing:
        raise JobRefused(f"The {what} cannot be drawn: {missing.reason}.") from missing
    tools.progress(f"Storing {rendered.pages} pages")
    with tools.transaction() as session:
        keep(session, rendered)


def _render(tools: Tools, payload: Payload) -> None:
    packet_id = UUID(payload["packet"])
    _draw(
        tools,
        "packet",
        lambda session: packets.begin_rendering(session, packet_id),
        lambda contents: render_packet(contents, cache=tools.cache),
        lambda session, rendered: packets.keep_rendered(
            session, tools.blobs, packet_id, rendered, at=tools.now()
        ),
    )


def _give_up_rendering(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    packets.give_up_rendering(session, UUID(payload["packet"]), reason, at=at)


def _render_report(tools: Tools, payload: Payload) -> None:
    report_id = UUID(payload["report"])
    _draw(
        tools,
        "report",
        lambda session: reports.begin_rendering(session, report_id),
        lambda document: render_report(document, cache=tools.cache),
        lambda session, rendered: reports.keep_rendered(
            session, tools.blobs, report_id, rendered, at=tools.now()
        ),
    )


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


def _take_in(tools: Tools, payload: Payload) -> None:
    log_intake.take_in_log(tools, UUID(payload["log"]))


def _give_up_intake(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    log_intake.give_up_intake(session, UUID(payload["log"]), reason, at=at)


def _intake_stopped(session: Session, payload: Payload, at: datetime) -> None:
    log_intake.note_intake_stopped(session, UUID(payload["log"]), at=at)


def _analyse(tools: Tools, payload: Payload) -> None:
    run_analysis.run_analysis(tools, UUID(payload["run"]))


def _give_up_run(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    run_analysis.give_up_run(session, UUID(payload["run"]), reason, at=at)


def _run_stopped(session: Session, payload: Payload, at: datetime) -> None:
    run_analysis.note_run_stopped(session, UUID(payload["run"]), at=at)


def _join_upload(tools: Tools, payload: Payload) -> None:
    joining.join_upload(tools, UUID(payload["upload"]))


def _give_up_joining(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    joining.refuse(session, UUID(payload["upload"]), reason, at=at)


def _joining_stopped(session: Session, payload: Payload, at: datetime) -> None:
    joining.refuse(session, UUID(payload["upload"]), "It was stopped while being joined.", at=at)


def _scan(tools: Tools, payload: Payload) -> None:
    scans.scan_exhibit(tools, tools.scanner_url, UUID(payload["exhibit"]))


def _give_up_scan(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    scans.give_up(session, UUID(payload["exhibit"]), reason, at=at)


def _scrub(tools: Tools, payload: Payload) -> None:
    scrubs.run(tools, UUID(payload["round"]))


def _give_up_scrub(session: Session, payload: Payload, reason: str, at: datetime) -> None:
    """The round stays unfinished, which its page shows with the reason of the job."""


HANDLERS: dict[str, Handler] = {
    JOIN: Handler(_join_upload, _give_up_joining, _joining_stopped),
    scans.SCAN: Handler(_scan, _give_up_scan),
    scrubs.SCRUB: Handler(_scrub, _give_up_scrub),
    TAKE_IN: Handler(_take_in, _give_up_intake, _intake_stopped),
    ANALYSE: Handler(_analyse, _give_up_run, _run_stopped),
    RESCREEN: Handler(_rescreen, _give_up_rescreening),
    IMPORT_LIST: Handler(_import_list, _give_up_list),
    RENDER_REPORT: Handler(_render_report, _give_up_report),
    queries.RENDER: Handler(_render, _give_up_rendering),
}
