from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.workflow.queries import chronicle as queries
from models import Case
from views.access import requires
from views.casebar import case_page
from views.cases_blueprint import cases
from views.numbers import entry_number
from views.transaction import db


@cases.get("/<case_ref>/history")
@requires(Permission.CASE_READ)
def history(case: Case) -> ResponseReturnValue:
    before = request.args.get("before", type=entry_number)
    return render_template(
        "cases/history.html",
        chronicle=queries.chronicle_of(db, case, before=before),
        paged=before is not None,
        **case_page(case, "history"),
    )
