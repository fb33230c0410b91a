"""Bodies larger than a form: only to views that take one, only from signed-in officers."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, request, session

from casework.evidence.pieces import PIECE
from views.access import View


def takes_file(view: View) -> View:
    """Let the view receive a file of up to the cap of the settings. Goes below `@requires`."""
    return _with_cap(view, lambda: int(current_app.extensions["settings"].upload_cap))


def takes_piece(view: View) -> View:
    """Let the view receive one piece of a large file. Goes below `@requires`."""
    return _with_cap(view, lambda: PIECE)


def _with_cap(view: View, cap: Callable[[], int]) -> View:
    view.body_cap = cap  # type: ignore[attr-defined]
    return view


def widen_limit() -> None:
    """Called before anything reads the body; the room of an ordinary form stays for the fields."""
    view = current_app.view_functions.get(request.endpoint or "")
    cap: Callable[[], int] | None = getattr(view, "body_cap", None)
    if cap and session.get("officer_id"):
        request.max_content_length = cap() + current_app.config["MAX_CONTENT_LENGTH"]
