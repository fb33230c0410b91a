"""The log for auditors: who did what and when, without case content."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.audit import reading
from casework.audit.verification import verify as verify_log
from casework.people import queries as people
from views.access import requires
from views.audit_blueprint import audit
from views.clock import now
from views.numbers import entry_number
from views.transaction import db


@audit.get("")
@requires(Permission.AUDIT_READ)
def index() -> ResponseReturnValue:
    before = request.args.get("before", type=entry_number)
    action, actor = request.args.get("action", ""), request.args.get("actor", type=UUID)
    page = reading.page(db, action=action, actor=actor, before=before)
    return render_template(
        "audit/index.html",
        page=page,
        actions=reading.action_words(db),
        officers=people.officers(db),
        chosen={"action": action, "actor": str(actor or "")},
    )


@audit.post("/verify")
@requires(Permission.AUDIT_READ)
def verify() -> ResponseReturnValue:
    found = verify_log(db)
    if found.ok:
        flash(f"All {found.size:,} entries hold, as of {now():%H:%M:%S} UTC.", "success")
    else:
        flash(f"Entry {found.first_bad} does not hold: {found.reason}.", "error")
    return redirect(url_for(".index"), 303)
