"""Exhibits of a case, and the register of all that an officer may see."""

from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import quote

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from casework.access import Permission
from casework.evidence import leaving
from casework.evidence.actions import exhibits as actions
from casework.evidence.file_kinds import ACCEPTED, TEXTS, KindRefused
from casework.evidence.keeping import HashDiffers
from casework.evidence.pieces import PIECE
from casework.evidence.queries import custody, uploads
from casework.evidence.queries import exhibits as queries
from casework.evidence.store import BlobDamaged, BlobStore, EmptyFile, FileTooLarge
from casework.workflow.queries import cases as workflow
from models import Case, Exhibit
from views.access import current_officer, requires
from views.assembly import choices, filesize
from views.casebar import case_page
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.forms.exhibit import DescriptionForm, ExhibitForm, PointerForm
from views.once import once
from views.scanner import ask_for_scan
from views.seen_items import note_exhibit
from views.transaction import db
from views.uploads import takes_file

evidence = Blueprint("evidence", __name__)


def blob_store() -> BlobStore:
    return cast(BlobStore, current_app.extensions["blobs"])


def upload_cap() -> int:
    """Bytes that one exhibit may have."""
    return cast(int, current_app.extensions["settings"].upload_cap)


def large_cap() -> int:
    """Bytes that an exhibit sent in pieces may have."""
    return cast(int, current_app.extensions["settings"].large_cap)


def offered(form: DescriptionForm) -> DescriptionForm:
    form.offer(
        basis=choices("basis"), tlp=choices("tlp"), cui=choices("cui_category", empty="Not CUI")
    )
    return form


@evidence.get("/evidence")
@requires(Permission.EVIDENCE_READ)
def index() -> ResponseReturnValue:
    listing = queries.seen(
        db,
        workflow.visible_to(current_officer),
        text=request.args.get("q", ""),
        after=request.args.get("after", ""),
    )
    return render_template("evidence/index.html", listing=listing, q=request.args.get("q", ""))


@evidence.get("/cases/<case_ref>/evidence")
@requires(Permission.EVIDENCE_READ)
def of_case(case: Case) -> ResponseReturnValue:
    return render_template(
        "evidence/case.html",
        exhibits=queries.exhibits_of(db, case),
        withheld=queries.withheld_of(db, case),
        **case_page(case, "evidence"),
    )


@evidence.get("/cases/<case_ref>/evidence/new")
@requires(Permission.EVIDENCE_ADD)
def new(case: Case) -> ResponseReturnValue:
    kept = load_draft("exhibit", case.reference)
    return _form_page(case, ExhibitForm(kept), 200)


@evidence.post("/cases/<case_ref>/evidence/new")
@requires(Permission.EVIDENCE_ADD)
@takes_file
@once
def add(case: Case) -> ResponseReturnValue:
    form = cast(ExhibitForm, offered(ExhibitForm()))
    if not form.validate():
        return _form_page(case, form, 422)
    try:
        exhibit = _receive(case, form, request.files["file"])
    except (EmptyFile, FileTooLarge, HashDiffers, KindRefused) as refused:
        return _refused_file(case, form, refused)
    drop_draft("exhibit", case.reference)
    ask_for_scan(case, exhibit)
    flash(f"Received as exhibit {exhibit.number}.", "success")
    return redirect(url_for(".show", case_ref=case.reference, exhibit_number=exhibit.number), 303)


def _receive(case: Case, form: ExhibitForm, sent: FileStorage) -> Exhibit:
    return actions.receive_file(
        db,
        blob_store(),
        case,
        form.answer(),
        cast(BinaryIO, sent.stream),
        file_name=sent.filename or "",
        cap=upload_cap(),
        by=current_officer,
        at=now(),
        told=form.told(),
    )


def _refused_file(case: Case, form: DescriptionForm, refused: Exception) -> ResponseReturnValue:
    text, status = str(refused), 422
    if isinstance(refused, EmptyFile):
        text = "The file is empty. Send one that holds something."
    if isinstance(refused, FileTooLarge):
        text = f"The file is larger than {filesize(refused.cap)}. Split it, or send a pointer."
        status = 413
    form.file.errors = [text]
    return _form_page(case, form, status)


def _form_page(case: Case, form: DescriptionForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "evidence/new.html",
        form=offered(form),
        accepted=ACCEPTED,
        cap=upload_cap(),
        large_cap=large_cap(),
        piece_size=PIECE,
        unfinished=len(uploads.mine_in(db, case, current_officer, at=now())),
        **case_page(case, "evidence"),
    )
    return page, status


@evidence.route("/cases/<case_ref>/evidence/pointer", methods=["GET"])
@requires(Permission.EVIDENCE_ADD)
def new_pointer(case: Case) -> ResponseReturnValue:
    form = offered(PointerForm())
    return render_template("evidence/pointer.html", form=form, **case_page(case, "evidence"))


@evidence.post("/cases/<case_ref>/evidence/pointer")
@requires(Permission.EVIDENCE_ADD)
@once
def add_pointer(case: Case) -> ResponseReturnValue:
    form = cast(PointerForm, offered(PointerForm()))
    if not form.validate():
        page = render_template("evidence/pointer.html", form=form, **case_page(case, "evidence"))
        return page, 422
    exhibit = actions.note_pointer(
        db, case, form.answer(), form.pointer(), by=current_officer, at=now()
    )
    flash(f"Noted as exhibit {exhibit.number}.", "success")
    return redirect(url_for(".show", case_ref=case.reference, exhibit_number=exhibit.number), 303)


@evidence.get("/cases/<case_ref>/evidence/<int:exhibit_number>")
@requires(Permission.EVIDENCE_READ)
def show(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    note_exhibit(case, exhibit)
    return render_template(
        "evidence/show.html",
        exhibit=exhibit,
        custody=queries.custody_of(db, exhibit),
        kinds=custody.KINDS,
        scan=custody.newest_scan(db, exhibit),
        malware=leaving.WORDS[exhibit.malware],
        kept_back=leaving.kept_back(exhibit.malware, released=custody.is_released(db, exhibit)),
        shows_text=exhibit.media_type in TEXTS and exhibit.malware != leaving.INFECTED,
        kept_here=actions.kept_here(exhibit),
        today=today(),
        destroyed=queries.destruction_of(db, exhibit),
        **case_page(case, "evidence"),
    )


@evidence.post("/cases/<case_ref>/evidence/<int:exhibit_number>/download")
@requires(Permission.EVIDENCE_READ)
def download(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    """A POST, since handing out is an act that the custody register records."""
    if exhibit.blob_key is None:
        abort(404)
    try:
        content = actions.hand_out(db, blob_store(), case, exhibit, by=current_officer, at=now())
    except BlobDamaged:  # a redirect keeps the finding in the register; an error would undo it
        return _told(case, exhibit, holds=False)
    return attachment(content, exhibit.file_name, exhibit.size or 0)


@evidence.post("/cases/<case_ref>/evidence/<int:exhibit_number>/check")
@requires(Permission.EVIDENCE_READ)
def check(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    if exhibit.blob_key is None:
        abort(404)
    holds = actions.check(db, blob_store(), case, exhibit, by=current_officer, at=now())
    return _told(case, exhibit, holds=holds)


def _told(case: Case, exhibit: Exhibit, *, holds: bool) -> ResponseReturnValue:
    if holds:
        flash("The stored bytes agree with the hash at receipt.", "success")
    else:
        flash(
            "The stored bytes DIFFER from the hash at receipt. Tell the records officer.", "error"
        )
    return redirect(url_for(".show", case_ref=case.reference, exhibit_number=exhibit.number), 303)


def attachment(content: object, file_name: str, size: int) -> Response:
    """Bytes from outside leave as a download only; no browser renders them here (IU-7)."""
    response = Response(content, mimetype="application/octet-stream", direct_passthrough=False)  # type: ignore[arg-type]
    name = quote(file_name.replace("/", "_").replace("\\", "_"), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.content_length = size
    return response
