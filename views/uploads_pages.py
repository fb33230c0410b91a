"""Large files in pieces: begun on the page of a new exhibit, resumed on a page of their own.

What a script sends is answered in JSON, `{"message": …}` where it is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, wraps
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import CaseworkError
from casework.evidence import pieces
from casework.evidence.actions import uploads as actions
from casework.evidence.file_kinds import KindRefused
from casework.evidence.queries import uploads as queries
from casework.evidence.store import EmptyFile, FileTooLarge
from models import Case, Upload
from views.access import View, current_officer, requires
from views.assembly import filesize
from views.casebar import case_page
from views.clock import now
from views.drafts import drop_draft
from views.errors import STATUS
from views.evidence import blob_store, large_cap, offered
from views.forms.exhibit import AnnouncedForm
from views.transaction import after_commit, db
from views.uploads import takes_piece
from views.wake import wake

uploads = Blueprint("uploads", __name__)


def _in_json(view: View) -> View:
    """Tell a refusal to a script in the words of a page."""

    @wraps(view)
    def told(**arguments: Any) -> Any:
        try:
            return view(**arguments)
        except CaseworkError as refused:
            return {"message": str(refused)}, STATUS.get(type(refused), (409, ""))[0]

    return told


def _mine(case: Case, upload_id: UUID) -> Upload:
    return queries.find_mine(db, case, current_officer, upload_id) or abort(404)


def _address(case: Case, upload: Upload, act: str = "show", number: int | None = None) -> str:
    return url_for(f".{act}", case_ref=case.reference, upload_id=upload.id, number=number)


@uploads.get("/cases/<case_ref>/evidence/uploads")
@requires(Permission.EVIDENCE_ADD)
def index(case: Case) -> ResponseReturnValue:
    return render_template(
        "evidence/uploads.html",
        uploads=queries.mine_in(db, case, current_officer, at=now()),
        have=_bytes_of,
        abandoned_after=actions.ABANDONED_AFTER.days,
        **case_page(case, "evidence"),
    )


@uploads.post("/cases/<case_ref>/evidence/uploads")
@requires(Permission.EVIDENCE_ADD)
@_in_json
def begin(case: Case) -> ResponseReturnValue:
    form = cast(AnnouncedForm, offered(AnnouncedForm()))
    if not form.validate():
        return _faults(form), 422
    try:
        upload = actions.open_upload(
            db,
            case,
            form.answer(),
            form.announced(),
            cap=large_cap(),
            by=current_officer,
            at=now(),
        )
    except FileTooLarge as refused:
        size = filesize(refused.cap)
        return {"message": f"The file is larger than {size}. Split it, or send a pointer."}, 413
    except EmptyFile:
        return {"message": "The file is empty. Send one that holds something."}, 422
    except KindRefused as refused:
        return {"message": str(refused)}, 422
    drop_draft("exhibit", case.reference)
    return {"state": _address(case, upload, "state"), "page": _address(case, upload)}, 201


def _faults(form: AnnouncedForm) -> dict[str, Any]:
    """The errors of the form by the ids of its fields, with their labels."""
    named = [
        {"field": field.id, "message": f"{field.label.text}: {error}"}
        for field in form
        for error in field.errors
    ]
    return {"message": "The form is not complete.", "errors": named}


@uploads.get("/cases/<case_ref>/evidence/uploads/<uuid:upload_id>")
@requires(Permission.EVIDENCE_ADD)
def show(case: Case, upload_id: UUID) -> ResponseReturnValue:
    upload = _mine(case, upload_id)
    return render_template(
        "evidence/upload.html",
        upload=upload,
        title=upload.described["title"],
        have=_bytes_of(upload),
        lacking=len(_lacking(upload)),
        exhibit=queries.exhibit_of(db, upload),
        **case_page(case, "evidence"),
    )


@uploads.get("/cases/<case_ref>/evidence/uploads/<uuid:upload_id>/state")
@requires(Permission.EVIDENCE_ADD)
def state(case: Case, upload_id: UUID) -> ResponseReturnValue:
    """What a script needs to go on: the pieces that are there, with their hashes."""
    upload = _mine(case, upload_id)
    return {
        "state": upload.state,
        "file_name": upload.file_name,
        "size": upload.size,
        "piece_size": upload.piece_size,
        "have": {str(piece.number): piece.sha256 for piece in upload.pieces},
        "put": _address(case, upload, "put", number=0).removesuffix("0"),
        "complete": _address(case, upload, "complete"),
        "page": _address(case, upload),
    }, 200


@uploads.post("/cases/<case_ref>/evidence/uploads/<uuid:upload_id>/pieces/<int:number>")
@requires(Permission.EVIDENCE_ADD)
@takes_piece
@_in_json
def put(case: Case, upload_id: UUID, number: int) -> ResponseReturnValue:
    upload = _mine(case, upload_id)
    content = request.stream.read(upload.piece_size + 1)
    sha256 = request.headers.get("X-Piece-SHA256", "")
    piece = actions.put_piece(
        db, blob_store(), case, upload, number, content, sha256=sha256, at=now()
    )
    return {"number": piece.number, "sha256": piece.sha256}, 200


@uploads.post("/cases/<case_ref>/evidence/uploads/<uuid:upload_id>/complete")
@requires(Permission.EVIDENCE_ADD)
def complete(case: Case, upload_id: UUID) -> ResponseReturnValue:
    upload = _mine(case, upload_id)
    job = actions.complete(db, case, upload, by=current_officer, at=now())
    if job is not None:
        after_commit(partial(wake, job.id))
    return redirect(_address(case, upload), 303)


@uploads.post("/cases/<case_ref>/evidence/uploads/<uuid:upload_id>/cancel")
@requires(Permission.EVIDENCE_ADD)
def cancel(case: Case, upload_id: UUID) -> ResponseReturnValue:
    upload = _mine(case, upload_id)
    spent = actions.cancel(db, case, upload, by=current_officer, at=now())
    after_commit(partial(_remove, spent))
    flash("The upload is cancelled; what had come of it is destroyed.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _remove(keys: Sequence[str]) -> None:
    for key in keys:
        blob_store().remove(key)


def _lacking(upload: Upload) -> list[int]:
    have = [piece.number for piece in upload.pieces]
    return pieces.missing(have, upload.size, upload.piece_size)


def _bytes_of(upload: Upload) -> int:
    """How much of the file is there."""
    return sum(piece.size for piece in upload.pieces)
