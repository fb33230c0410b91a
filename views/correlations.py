"""Where a case meets those of other owners: that and where, and nothing of either's data."""

from __future__ import annotations

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.evidence.actions.correlations import note_comparison
from casework.evidence.correlation.meetings import MOST_CASES
from casework.evidence.correlation.tags import KINDS, LEAST_ACCOUNTS, MOST_ACCOUNTS
from casework.evidence.queries import logs
from casework.evidence.queries.correlations import compared
from casework.workflow.queries.cases import visible_to
from models import Case
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now
from views.programme_key import programme_key
from views.transaction import after_commit, db, own_transaction

correlations = Blueprint("correlations", __name__)


@correlations.get("/cases/<case_ref>/evidence/correlations")
@requires(Permission.CORRELATION_READ)
def index(case: Case) -> ResponseReturnValue:
    found = compared(db, case, visible_to(current_officer))
    _note(case, [other.reference for _, other in found.met])
    epoch, _ = programme_key(current_app.extensions["settings"].data_dir)
    return render_template(
        "evidence/correlations.html",
        found=found,
        kinds=KINDS,
        limits=(LEAST_ACCOUNTS, MOST_ACCOUNTS, MOST_CASES),
        earlier=[log for log in logs.logs_of(db, case) if log.epoch not in {None, epoch}],
        **case_page(case, "evidence", "correlations"),
    )


def _note(case: Case, met: list[str]) -> None:
    """Every look is logged once the page was shown; the page itself only reads."""
    case_id, officer_id, origin = case.id, current_officer.id, g.get("origin")

    def write() -> None:
        with own_transaction(origin=origin) as session:
            note_comparison(session, case_id, officer_id, met, at=now())

    after_commit(write)
