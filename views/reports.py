"""The reports that the text asks for: whom they go to, what is in them, when they are due."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.legislation import queries
from casework.statute.loader import load_pack
from views.access import requires
from views.assembly import newest_text_version
from views.transaction import db

reports = Blueprint("reports", __name__, url_prefix="/reports")


@reports.get("")
@requires(Permission.STATUTE_READ)
def index() -> ResponseReturnValue:
    text_version = newest_text_version()
    default = current_app.extensions["settings"].enacted
    return render_template(
        "statute/reports.html",
        pack=load_pack(text_version),
        dues=[due for due in queries.clocks_of(db, text_version, default) if due.default],
    )
