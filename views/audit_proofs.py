"""Checkpoints of the log, and the proof of one entry, for auditors."""

from __future__ import annotations

from flask import Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.audit import reading
from casework.audit.checkpoints import newest
from casework.audit.proofs import NotSigned, notes_of, proof_of
from views.access import requires
from views.audit_blueprint import audit
from views.transaction import db


@audit.get("/checkpoints")
@requires(Permission.AUDIT_READ)
def checkpoints() -> ResponseReturnValue:
    return render_template(
        "audit/checkpoints.html",
        checkpoints=notes_of(db),
        newest=newest(db),
        vkey=current_app.extensions["audit_signer"].vkey,
    )


@audit.get("/checkpoints/newest.txt")
@requires(Permission.AUDIT_READ)
def newest_note() -> ResponseReturnValue:
    found = newest(db)
    if found is None:
        abort(404)
    return _text(found.note, "checkpoint.txt")


@audit.get("/entries/<int:entry_number>")
@requires(Permission.AUDIT_READ)
def entry(entry_number: int) -> ResponseReturnValue:
    found = reading.entry(db, entry_number) or abort(404)
    try:
        proof = proof_of(db, found)
    except NotSigned:
        proof = None
    return render_template("audit/entry.html", entry=found, proof=proof)


@audit.get("/entries/<int:entry_number>/proof.txt")
@requires(Permission.AUDIT_READ)
def proof(entry_number: int) -> ResponseReturnValue:
    found = reading.entry(db, entry_number) or abort(404)
    try:
        return _text(proof_of(db, found).text(), f"entry-{entry_number}.tlog-proof")
    except NotSigned:
        abort(404)


def _text(words: str, name: str) -> Response:
    answer = Response(words, mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
