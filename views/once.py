"""A form submitted twice does its work once (IU-9): double click, reload, back and again."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from functools import wraps
from typing import Any

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from casework.desk import actions, queries
from views.access import View, current_officer
from views.clock import now
from views.transaction import db
from views.typed import typed_fields

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def submission_key() -> str:
    """A key for the hidden field `submission_key`; the form keeps it when it is shown again."""
    sent = request.form.get("submission_key", "") if request.method == "POST" else ""
    return sent if _KEY.fullmatch(sent) else secrets.token_urlsafe(18)


def _fields_sha256() -> str:
    return hashlib.sha256(json.dumps(typed_fields()).encode()).hexdigest()


def once(view: View) -> View:
    """Answer a key that was used before with the place it led to. Goes below `@requires`.

    The same key with other words is no repeat: 409, and the words are shown to be copied.
    """

    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        key = request.form.get("submission_key", "")
        if not _KEY.fullmatch(key):
            abort(400, "The form came without its submission key. Open it again and resend.")
        done = queries.find_submission(db, current_officer, key)
        digest = _fields_sha256()
        if done is not None:
            if done.fields_sha256 == digest:
                return redirect(done.location, 303)
            return render_template("errors/sent_already.html", typed=typed_fields(), done=done), 409
        response = view(**arguments)
        if isinstance(response, Response) and response.status_code in {302, 303}:
            actions.remember_submission(
                db, current_officer, key, digest, response.location or "/", at=now()
            )
        return response

    return guarded
