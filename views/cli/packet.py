"""`flask packet …`: write a packet to a file, and check a file that claims to be one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from casework.audit import reading
from casework.evidence.store import BlobDamaged
from casework.packets import actions
from casework.packets.queries import packets as queries
from casework.packets.recipients import recipient as find_recipient
from casework.packets.recipients import recipients
from casework.packets.verification import Check, Examined, NoPdf, examine
from casework.people.actions.machine import command_line_officer
from models import Packet
from views.cli.answers import BadInput, NotDone, answer, as_json
from views.cli.document_file import case_named, draw, refuse_output, replace_file
from views.cli.packet_report import document, words
from views.clock import now
from views.transaction import UNAVAILABLE, cli_transaction, own_transaction

packet_cli = AppGroup("packet", help="Referral packets: write one to a file, check one.")


@dataclass(frozen=True, slots=True)
class _Written:
    reference: str
    number: int
    pages: int
    sha256: str


@packet_cli.command("export")
@click.argument("case_ref")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write."
)
@click.option(
    "--recipient", type=click.Choice(list(recipients())), default="bis", show_default=True
)
@as_json
def export(case_ref: str, output: Path, recipient: str, *, as_json: bool) -> None:
    """Write the issued packet of a case, or prepare and draw a new version."""
    refuse_output(output)
    try:
        packet_id = _issued(case_ref, recipient) or _prepared(case_ref, recipient)
        written = _write(packet_id, output)
    except UNAVAILABLE:
        raise NotDone("The database does not answer, or is not there. Try: flask doctor") from None
    except BlobDamaged:
        raise NotDone(
            "The stored pages do not agree with their hash. Nothing was written."
        ) from None
    document = {
        "packet": f"{written.reference}/{written.number}",
        "version": written.number,
        "pages": written.pages,
        "sha256": written.sha256,
        "signed": False,
    }
    words = f"{output}: {case_ref}, version {written.number}, {written.pages} pages, unsigned"
    answer(as_json, document, f"{words}\nSHA-256 {written.sha256}")


def _issued(case_ref: str, recipient: str) -> UUID | None:
    """The newest packet of the recipient if it is issued; a later draft asks for a new version."""
    with cli_transaction(reading=True) as session:
        case = case_named(session, case_ref)
        packet = queries.newest_for(session, case, recipient)
        return packet.id if packet is not None and packet.state == "issued" else None


def _prepared(case_ref: str, recipient: str) -> UUID:
    with own_transaction() as session:
        case = case_named(session, case_ref)
        packet = actions.prepare_packet(
            session,
            case,
            recipient=recipient,
            purpose=find_recipient(recipient).purpose,
            by=command_line_officer(session, at=now()),
            at=now(),
            default_enacted=current_app.extensions["settings"].enacted,
            store=current_app.extensions["blobs"],
        )
        job = queries.job_of(session, packet)
        packet_id, job_id = packet.id, job.id if job else None
    if job_id is not None:
        draw(job_id)
    return packet_id


def _write(packet_id: UUID, output: Path) -> _Written:
    with own_transaction() as session:
        packet = session.get_one(Packet, packet_id)
        if packet.sha256 is None:
            job = queries.job_of(session, packet)
            raise NotDone(packet.failure or (job.failure if job else "") or "It is not drawn yet.")
        pieces = actions.hand_out(
            session,
            current_app.extensions["blobs"],
            packet,
            by=command_line_officer(session, at=now()),
            at=now(),
        )
        replace_file(output, pieces)
        return _Written(packet.case.reference, packet.number, packet.pages or 0, packet.sha256)


@packet_cli.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@click.pass_context
def verify(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Check what the file says about itself, and against this database where it has the packet."""
    try:
        found = examine(
            file.read_bytes(), cache=current_app.extensions["settings"].data_dir / "cache"
        )
    except OSError as fault:
        raise BadInput(f"{file}: {fault.strerror}") from None
    except NoPdf:
        raise BadInput(f"{file}: not a PDF") from None
    recorded = _recorded(found)
    checks = (*found.checks, *recorded)
    failed = [check for check in checks if check.holds is False]
    answer(as_json, document(found, checks), words(file, checks))
    context.exit(1 if failed else 0)


def _recorded(found: Examined) -> tuple[Check, ...]:
    """What this database knows about the packet; unknown where there is none at hand."""
    if found.contents is None:
        return ()
    try:
        with cli_transaction(reading=True) as session:
            case = queries.find_case(session, found.contents.cover.reference)
            version = found.contents.cover.version
            packet = queries.find_packet(session, case, version) if case else None
            head = found.contents.audit
            holds = reading.held(session, head.size, head.last_hash) if case else None
    except UNAVAILABLE:
        return (Check("stored", "no database is at hand", holds=None),)
    if packet is None:
        return (Check("stored", "this database has no such packet", holds=None),)
    return (
        Check(
            "stored", "SHA-256 of the file against the record", holds=packet.sha256 == found.sha256
        ),
        Check("checkpoint", "the audit head printed in it against the log", holds=holds),
    )
