"""Nothing typed is lost: drafts saved by hand, by themselves, and when a session has ended."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, g, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from casework.access import Permission
from casework.desk import actions, queries
from casework.errors import StaleVersion
from views.access import current_officer, requires
from views.clock import now
from views.sessions import current_session
from views.transaction import db, own_transaction
from views.typed import NOT_TYPED

drafts = Blueprint("drafts", __name__, url_prefix="/drafts")

_NAME = re.compile(r"[a-z][a-z-]{0,40}")
_SUBJECT = re.compile(r"[\w.:-]{1,120}")
MOST = 400_000  # characters of one draft


def load_draft(form: str, subject: str = "-") -> MultiDict[str, str] | None:
    """The typed fields as a form would receive them, or None."""
    draft = queries.find_draft(db, current_officer.id, form, subject)
    if draft is None:
        return None
    return MultiDict([(name, value) for name, values in draft.data.items() for value in values])


def keep_draft(form: str, subject: str, data: MultiDict[str, str]) -> None:
    actions.keep_draft(db, current_officer.id, form, subject, _plain(data), at=now())


def drop_draft(form: str, subject: str = "-") -> None:
    actions.drop_draft(db, current_officer.id, form, subject)


def _plain(data: MultiDict[str, str]) -> dict[str, list[str]]:
    kept = {name: data.getlist(name) for name in data if name not in NOT_TYPED}
    if sum(len(value) for values in kept.values() for value in values) > MOST:
        abort(413, "The draft is too long to keep. Shorten the longest text.")
    # PostgreSQL stores no NUL; the form itself tells the officer about the character.
    return {
        name.replace("\0", "\ufffd"): [value.replace("\0", "\ufffd") for value in values]
        for name, values in kept.items()
    }


@drafts.post("/<form>/<subject>")
@requires(Permission.DESK)
def autosave(form: str, subject: str) -> tuple[dict[str, str | int], int]:
    """Autosave: answers the draft's new version, or 409 when another window saved it."""
    if not _NAME.fullmatch(form) or not _SUBJECT.fullmatch(subject):
        abort(404)
    version = request.form.get("draft_version", type=int)
    try:
        draft = actions.keep_draft(
            db, current_officer.id, form, subject, _plain(request.form), at=now(), version=version
        )
    except StaleVersion as stale:
        return {"message": str(stale)}, 409
    return {"version": draft.version, "saved_at": draft.saved_at.isoformat()}, 200


def keep_typing_of_ended_session() -> bool:
    """A form sent after the session ran out is kept for its officer, who signs in and goes on.

    The CSRF token must be the one of the ended session: nobody else can leave drafts. True when
    something was kept; `g.resume` is then the page to come back to.
    """
    form, _, subject = request.form.get("draft_place", "").partition("/")
    if not _may_keep(form, subject or "-"):
        return False
    with own_transaction(origin=g.get("origin")) as store:
        actions.keep_draft(
            store,
            UUID(current_session().ended_officer_id or ""),
            form,
            subject or "-",
            _plain(request.form),
            at=now(),
        )
    back = request.form.get("draft_back", "")
    g.resume = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
    flash("Your session had ended. What you typed is kept: sign in to go on.", "warning")
    return True


def _may_keep(form: str, subject: str) -> bool:
    ended = current_session().ended_officer_id
    if not ended or not _NAME.fullmatch(form) or not _SUBJECT.fullmatch(subject):
        return False
    return token_is_of(current_session().ended_data, request.form.get("csrf_token", ""))


def token_is_of(data: dict[str, Any], token: str) -> bool:
    """Whether the CSRF token was made for the session whose stored data is given."""
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        return bool(token) and bool(signer.loads(token) == data.get("csrf_token"))
    except BadData:
        return False
