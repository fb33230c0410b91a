"""`flask scrub` and `flask scan`: watching over stored exhibits from the command line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

from casework.evidence.actions import scans, scrubs
from casework.evidence.places.place import BlobUnavailable
from casework.evidence.queries.custody import damaged_anywhere
from casework.evidence.store import BlobStore
from models import ScrubRound
from views.cli.answers import BadInput, NotDone, answer, as_json
from views.clock import now
from views.transaction import Session, own_transaction

scrub_cli = AppGroup("scrub", help="Read every stored exhibit again, against its hash at receipt.")
scan_cli = AppGroup("scan", help="Have exhibits scanned for malware.")


@dataclass(frozen=True, slots=True)
class _Here:
    """What a round needs, lent by a command."""

    blobs: BlobStore
    transaction: Callable[[], AbstractContextManager[Session]] = own_transaction
    now: Callable[[], datetime] = now

    def progress(self, words: str) -> None:
        click.echo(words, err=True)


@scrub_cli.command("run")
@as_json
def run(*, as_json: bool) -> None:
    """Go through a round, or on with one that was broken off; exit 1 if a file is damaged."""
    with own_transaction() as session:
        round_id = scrubs.start(session, by=None, at=now()).id
    try:
        scrubs.run(_Here(current_app.extensions["blobs"]), round_id)
    except BlobUnavailable as fault:
        raise NotDone(f"{fault}. The round goes on from here when this is run again.") from None
    with own_transaction() as session:
        found = session.get_one(ScrubRound, round_id)
        read, bad = found.checked, found.damaged
        named = damaged_anywhere(session)
    words = [f"{read} exhibits read, {bad} damaged or missing", *named]
    document = {"checked": read, "damaged": bad, "now_damaged": named}
    answer(as_json, document, "\n".join(words))
    if named:
        raise NotDone("Fetch what is damaged from a backup in which it holds. Change nothing here.")


@scan_cli.command("ask")
@as_json
def ask(*, as_json: bool) -> None:
    """Ask for a scan of every stored file that was not scanned; the worker does it."""
    if not current_app.extensions["settings"].scanner_url:
        raise BadInput("DOCKET_SCANNER_URL names no scanner")
    with own_transaction() as session:
        count = len(scans.ask_for_unscanned(session, at=now()))
    answer(as_json, {"asked": count}, f"{count} files wait for the scanner")
