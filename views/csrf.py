"""Requests that change something must come from our own pages (HD-4)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from views.access import officer_or_none, to_sign_in
from views.drafts import keep_typing_of_ended_session
from views.refusals import note_refusal
from views.transaction import READING_METHODS
from views.typed import typed_fields
from views.uploads import widen_limit

WORTH_COPYING = 3  # characters


def _comes_from_elsewhere() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def protect(app: Flask) -> None:
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session, which has its own limits
        WTF_CSRF_CHECK_DEFAULT=False,  # checked below, after ended sessions were dealt with
        WTF_CSRF_SSL_STRICT=True,
    )
    csrf = CSRFProtect(app)

    @app.before_request
    def check() -> ResponseReturnValue | None:
        if request.method in READING_METHODS:
            return None
        if _comes_from_elsewhere():
            note_refusal(None, "cross_site")
            abort(403)
        widen_limit()
        if keep_typing_of_ended_session():
            return to_sign_in()
        try:
            csrf.protect()
        except CSRFError:
            return _refused()
        return None


def _refused() -> ResponseReturnValue:
    """Without a session, show what was typed so that it can be copied into a new form."""
    note_refusal(officer_or_none(), "csrf")
    if officer_or_none() is not None:
        abort(400, "This form is out of date. Go back, reload the page and send it again.")
    typed = typed_fields(WORTH_COPYING)
    return render_template("errors/signed_out.html", typed=typed), 401
