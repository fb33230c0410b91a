"""Each refusal has a page that says what happened and what to do. No traceback reaches a page."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from casework import errors
from casework.evidence.places.place import BlobUnavailable
from views.access import officer_or_none
from views.refusals import note_refusal
from views.transaction import CONFLICTS, REFUSED_BY_DATABASE, UNAVAILABLE, UNREADABLE

STATUS: dict[type[errors.CaseworkError], tuple[int, str]] = {
    errors.NotFound: (404, "Not found"),
    errors.Forbidden: (403, "Not allowed"),
    errors.Destroyed: (410, "No longer kept"),
    errors.SeparationOfDuties: (409, "Another person must do this"),
    errors.StaleVersion: (409, "Somebody saved this in the meantime"),
    errors.TransitionBlocked: (409, "This step is not open yet"),
    errors.InvalidValue: (422, "A value cannot be used"),
}
WORDS = {
    400: ("The request could not be read", "Go back, reload the page and send it again."),
    401: ("Sign in first", "This page is for signed-in officers."),
    403: ("Not allowed", "Your roles do not include this. Ask the lead of the case who may do it."),
    404: ("Not found", "There is no such page, or none that you may see."),
    405: ("Not possible this way", "Use the buttons of the page."),
    409: ("Somebody was faster", "The record was changed in the meantime. Reload and try again."),
    413: ("Too large", "What was sent is larger than this page accepts. Nothing was stored."),
    415: ("Unknown kind of content", "Send a form or JSON."),
    422: ("A value cannot be used", "Correct the field and send again."),
    429: ("Too many requests", "Wait a moment and try again."),
    500: ("Something went wrong", "Nothing was changed. The fault has been logged."),
    503: ("Not available", "The database is busy or being updated. Try again in a moment."),
}


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(errors.CaseworkError, _refused)
    app.register_error_handler(HTTPException, _http)
    for kind in (*CONFLICTS, *REFUSED_BY_DATABASE):
        app.register_error_handler(kind, _conflict)
    for kind in UNREADABLE:
        app.register_error_handler(kind, _unreadable)
    app.register_error_handler(BlobUnavailable, _store_unavailable)
    for kind in UNAVAILABLE:
        app.register_error_handler(kind, _unavailable)
    app.register_error_handler(Exception, _crash)


def _refused(error: errors.CaseworkError) -> ResponseReturnValue:
    status, heading = STATUS.get(type(error), (409, "Not done"))
    note_refusal(officer_or_none(), type(error).__name__)
    return _page(status, heading, str(error), blockers=getattr(error, "blockers", []))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, SecurityError):  # under a foreign host no address of ours can be written
        return "This host is not served here.", status, {"Content-Type": "text/plain"}
    heading, text = WORDS.get(status, (error.name, ""))
    own = error.description if error.description != type(error).description else None
    return _page(status, heading, own or text)


def _conflict(error: Exception) -> ResponseReturnValue:
    current_app.logger.info("refused by the database: %s", type(error).__name__)
    return _page(409, *WORDS[409])


def _unreadable(error: Exception) -> ResponseReturnValue:
    return _page(400, *WORDS[400])


def _unavailable(error: Exception) -> ResponseReturnValue:
    current_app.logger.warning("database unavailable: %s", type(error).__name__)
    return (*_page(503, *WORDS[503]), {"Retry-After": "5"})


def _store_unavailable(error: Exception) -> ResponseReturnValue:
    current_app.logger.warning("exhibits store unavailable: %s", error)
    text = "The store of files does not answer or is full. Nothing was changed. Try again later."
    return (*_page(503, WORDS[503][0], text), {"Retry-After": "30"})


def _crash(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unhandled error at %s", request.endpoint, exc_info=error)
    return _page(500, *WORDS[500])


def _page(
    status: int, heading: str, text: str, *, blockers: list[errors.Blocker] | None = None
) -> tuple[str, int]:
    g.page_without_database = True  # the transaction may be broken, or the database away
    page = render_template(
        "errors/page.html", status=status, heading=heading, text=text, blockers=blockers or []
    )
    return page, status
