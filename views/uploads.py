"""Bodies larger than a form: only to views that take a file, only from signed-in officers."""

from __future__ import annotations

from flask import current_app, request, session

from views.access import View


def takes_file(view: View) -> View:
    """Let the view receive a file of up to the cap of the settings. Goes below `@requires`."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


def widen_limit() -> None:
    """Called before anything reads the body; the room of an ordinary form stays for the fields."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_file", False) and session.get("officer_id"):
        fields = current_app.config["MAX_CONTENT_LENGTH"]
        request.max_content_length = current_app.extensions["settings"].upload_cap + fields
