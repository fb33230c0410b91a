"""Packets of a case: prepare, watch, read, issue, hand out."""

from __future__ import annotations

from functools import partial

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.disclosure.queries.need_to_know import kept_cases, kept_from
from casework.evidence.store import BlobDamaged
from casework.packets import actions
from casework.packets.outline import outline
from casework.packets.queries import packets as queries
from casework.packets.recipients import recipients
from casework.packets.release import PUBLIC
from casework.workflow.queries import cases as workflow
from models import Case, Job, Packet
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.evidence import attachment, blob_store
from views.forms.packet import IssueForm, PacketForm
from views.once import once
from views.seen_items import note_packet
from views.transaction import after_commit, db
from views.wake import wake

packets = Blueprint("packets", __name__)


@packets.get("/packets")
@requires(Permission.PACKET_READ)
def index() -> ResponseReturnValue:
    wanted = request.args.get("state", "")
    state = wanted if wanted in queries.STATES else ""
    listing = queries.seen(
        db,
        workflow.visible_to(current_officer),
        state=state,
        after=request.args.get("after", ""),
    )
    return render_template(
        "packets/index.html",
        listing=listing,
        state=state,
        recipients=recipients(),
        kept=kept_cases(db, {packet.case_id for packet in listing.packets}),
    )


@packets.get("/cases/<case_ref>/packets")
@requires(Permission.PACKET_READ)
def of_case(case: Case) -> ResponseReturnValue:
    return render_template(
        "packets/case.html",
        packets=queries.packets_of(db, case),
        recipients=recipients(),
        kept=kept_cases(db, {case.id}),
        **case_page(case, "packets"),
    )


@packets.get("/cases/<case_ref>/packets/new")
@requires(Permission.PACKET_PREPARE)
def new(case: Case) -> ResponseReturnValue:
    return _form_page(case, PacketForm(load_draft("packet", case.reference)), 200)


@packets.post("/cases/<case_ref>/packets/new")
@requires(Permission.PACKET_PREPARE)
@once
def prepare(case: Case) -> ResponseReturnValue:
    form = PacketForm()
    form.offer(recipients().values())
    if not form.validate():
        return _form_page(case, form, 422)
    asked = form.answer()
    packet = actions.prepare_packet(
        db,
        case,
        recipient=asked.recipient,
        purpose=asked.purpose,
        by=current_officer,
        at=now(),
        default_enacted=current_app.extensions["settings"].enacted,
        store=blob_store(),
    )
    _wake_for(queries.job_of(db, packet))
    drop_draft("packet", case.reference)
    flash(f"Version {packet.number} is prepared. Its pages are being set.", "success")
    return _to(packet)


def _form_page(case: Case, form: PacketForm, status: int) -> ResponseReturnValue:
    form.offer(recipients().values())
    page = render_template(
        "packets/new.html", form=form, recipients=recipients(), **case_page(case, "packets")
    )
    return page, status


def _wake_for(job: Job | None) -> None:
    if job is not None:
        after_commit(partial(wake, job.id))


def _to(packet: Packet) -> ResponseReturnValue:
    case_ref = packet.case.reference
    return redirect(url_for("packets.show", case_ref=case_ref, packet_number=packet.number), 303)


@packets.get("/cases/<case_ref>/packets/<int:packet_number>")
@requires(Permission.PACKET_READ)
def show(case: Case, packet: Packet) -> ResponseReturnValue:
    refuse_unseen(case, packet)
    note_packet(packet)
    contents = queries.contents_in(packet)
    return render_template(
        "packets/show.html",
        packet=packet,
        contents=contents,
        chapters=outline(contents),
        job=queries.job_of(db, packet),
        **{**case_page(case, "packets"), "handling": contents.cover.banner},
    )


def refuse_unseen(case: Case, packet: Packet) -> None:
    """404 for a packet that holds the record of the case, where a part of that record is kept from
    this officer; the public version holds what was released to everybody.
    """
    if packet.recipient != PUBLIC and kept_from(db, case):
        abort(404)


@packets.get("/cases/<case_ref>/packets/<int:packet_number>/issue")
@requires(Permission.PACKET_ISSUE)
def review(case: Case, packet: Packet) -> ResponseReturnValue:
    return _review_page(case, packet, IssueForm(contents_sha256=packet.contents_sha256), 200)


@packets.post("/cases/<case_ref>/packets/<int:packet_number>/issue")
@requires(Permission.PACKET_ISSUE)
def issue(case: Case, packet: Packet) -> ResponseReturnValue:
    refuse_unseen(case, packet)
    form = IssueForm()
    if not form.validate():
        return _review_page(case, packet, form, 422)
    actions.issue_packet(db, packet, contents_sha256=form.answer(), by=current_officer, at=now())
    flash(f"Version {packet.number} is issued.", "success")
    return _to(packet)


def _review_page(case: Case, packet: Packet, form: IssueForm, status: int) -> ResponseReturnValue:
    refuse_unseen(case, packet)
    note_packet(packet)
    contents = queries.contents_in(packet)
    page = render_template(
        "packets/issue.html",
        form=form,
        packet=packet,
        contents=contents,
        prepared_by_reader=packet.prepared_by_person_id == current_officer.person_id,
        **{**case_page(case, "packets"), "handling": contents.cover.banner},
    )
    return page, status


@packets.post("/cases/<case_ref>/packets/<int:packet_number>/retry")
@requires(Permission.PACKET_PREPARE)
def retry(case: Case, packet: Packet) -> ResponseReturnValue:
    _wake_for(actions.retry_packet(db, packet, by=current_officer, at=now()))
    flash(f"Version {packet.number} is tried again.", "success")
    return _to(packet)


@packets.post("/cases/<case_ref>/packets/<int:packet_number>/download")
@requires(Permission.PACKET_READ)
def download(case: Case, packet: Packet) -> ResponseReturnValue:
    """A POST, since handing out is an act that the log records."""
    refuse_unseen(case, packet)
    if packet.blob_key is None:
        abort(404, "The pages are not there yet.")
    try:
        content = actions.hand_out(db, blob_store(), packet, by=current_officer, at=now())
    except BlobDamaged:
        abort(503, "The stored pages do not agree with their hash. Tell the records officer.")
    name = f"{case.reference}-packet-{packet.number}-{packet.recipient}.pdf"
    return attachment(content, name, packet.size or 0)
