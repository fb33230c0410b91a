"""`flask demo load`: public allegations and one invented case, told apart, once."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from flask.cli import AppGroup

from casework.packets import actions as packets
from casework.packets.queries import packets as packet_queries
from casework.packets.render import render_packet
from casework.people import queries as people
from casework.statute.loader import default_text
from config import Settings
from models import Packet
from views.cli.answers import BadInput, answer, as_json
from views.cli.demo.people import DOMAIN, add_cast
from views.cli.demo.reported import add_reported
from views.cli.demo.training import walk_training_case
from views.cli.demo.training_after import go_on_after_referral
from views.cli.demo.training_reports import write_reports
from views.cli.demo.training_vote import vote_and_hear_a_petition
from views.cli.demo.walk import Walk
from views.clock import now, today
from views.evidence import blob_store
from views.transaction import Session, cli_transaction

demo_cli = AppGroup("demo", help="Training data.")


@demo_cli.command("load")
@as_json
def load(as_json: bool) -> None:  # noqa: FBT001
    """Load the demo records unless they are there, and write the invented case's packet."""
    settings: Settings = current_app.extensions["settings"]
    folder = settings.data_dir / "demo"
    with cli_transaction() as session:
        fresh = people.officer_by_email(session, f"officer@{DOMAIN}") is None
        if fresh:
            _load(session, folder, settings.upload_cap)
        where = folder / "referral-packet.pdf"
        if not where.exists():
            _write(session, where)
    words = f"Demo loaded; the packet is {where}" if fresh else "The demo is loaded already."
    answer(as_json, {"loaded": fresh, "packet": str(where)}, words)


def _load(session: Session, folder: Path, cap: int) -> None:
    officers = add_cast(session, folder / "accounts.txt", at=now())
    text_version = default_text()
    add_reported(session, officers["officer"], text_version=text_version, at=now())
    walk = Walk(
        session=session,
        store=blob_store(),
        officers=officers,
        text_version=text_version,
        at=now(),
        on=today(),
        cap=cap,
    )
    case, respondent = walk_training_case(walk)
    packet = packets.prepare_packet(
        session,
        case,
        recipient="justice",
        purpose="Referral of the invented case, for training.",
        store=walk.store,
        **walk.by("records"),
    )
    _render_and_issue(session, packet, walk)
    go_on_after_referral(walk, case, respondent)
    vote_and_hear_a_petition(walk, case, respondent)
    write_reports(walk, case)


def _render_and_issue(session: Session, packet: Packet, walk: Walk) -> None:
    """In this process, so that the demo needs no worker; the packet itself is an ordinary one."""
    contents = packets.begin_rendering(session, packet.id)
    if contents is not None:
        cache = current_app.extensions["settings"].data_dir / "cache"
        rendered = render_packet(contents, cache=cache)
        packets.keep_rendered(session, walk.store, packet.id, rendered, at=walk.at)
    packets.issue_packet(
        session, packet, contents_sha256=packet.contents_sha256, **walk.by("signing")
    )


def _write(session: Session, path: Path) -> None:
    """The stored bytes of the issued packet; they are never made again."""
    packet = packet_queries.issued_for_training(session)
    records = people.officer_by_email(session, f"records@{DOMAIN}")
    if packet is None or records is None:
        raise BadInput(
            "The demo packet is gone. Remove the data directory and load the demo again."
        )
    content = packets.hand_out(session, blob_store(), packet, by=records, at=now())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(b"".join(content))
