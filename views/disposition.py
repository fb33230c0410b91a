"""Destroying the stored files of a closed case: one person proposes, another decides."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import StaleVersion
from casework.evidence.queries.exhibits import withheld_of
from casework.retention import rules
from casework.retention.actions import disposition as actions
from casework.retention.queries import case as queries
from casework.retention.schedule import find_item, schedule
from models import Case, Disposition
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now, today
from views.evidence import blob_store
from views.forms.disposition import DispositionDecisionForm, DispositionForm, Verdict
from views.once import once
from views.retention import PLACE
from views.transaction import after_commit, db, own_transaction

disposition = Blueprint("disposition", __name__, url_prefix=f"{PLACE}/dispositions")


@disposition.get("/new")
@requires(Permission.DISPOSITION_PROPOSE)
def new(case: Case) -> ResponseReturnValue:
    return _proposal_page(case, _form())


@disposition.post("/new")
@requires(Permission.DISPOSITION_PROPOSE)
@once
def propose(case: Case) -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _proposal_page(case, form, status=422)
    made = actions.propose(
        db,
        case,
        item=str(form.item.data),
        reason=str(form.reason.data),
        by=current_officer,
        at=now(),
        on=today(),
    )
    flash("Proposed. Another person decides on this very list.", "success")
    return redirect(url_for(".show", case_ref=case.reference, disposition_id=made.id), 303)


@disposition.get("/<uuid:disposition_id>")
@requires(Permission.CASE_READ)
def show(case: Case, disposition_id: UUID) -> ResponseReturnValue:
    row = _found(case, disposition_id)
    return _page(case, row, DispositionDecisionForm(None, content_sha256=row.content_sha256))


@disposition.post("/<uuid:disposition_id>/decision")
@requires(Permission.DISPOSITION_DECIDE)
@once
def decide(case: Case, disposition_id: UUID) -> ResponseReturnValue:
    """The files go only once the decision is kept; what a crash leaves, a worker's sweep takes."""
    row, form = _found(case, disposition_id), DispositionDecisionForm()
    if not form.validate():
        return _page(case, row, form, status=422)
    given = form.answer()
    try:
        _decide(case, row, given)
    except StaleVersion as stale:
        form.form_errors = [*form.form_errors, str(stale)]
        return _page(case, row, form, status=409)
    if given.approved:
        after_commit(lambda: _destroy(case))
    flash("The files are destroyed." if given.approved else "The files are kept.", "success")
    return redirect(url_for(".show", case_ref=case.reference, disposition_id=row.id), 303)


def _decide(case: Case, row: Disposition, given: Verdict) -> None:
    actions.decide(
        db,
        case,
        row,
        approved=given.approved,
        reasons=given.reasons,
        content_sha256=given.content_sha256,
        by=current_officer,
        at=now(),
        on=today(),
    )


def _destroy(case: Case) -> None:
    try:
        with own_transaction() as session:
            actions.destroy_files(session, blob_store(), case)
    except OSError:
        current_app.logger.exception("files of %s wait for the sweep", case.reference)


def _found(case: Case, key: UUID) -> Disposition:
    return queries.find_disposition(db, case, key) or abort(404)


def _form() -> DispositionForm:
    return DispositionForm(items=[(row.id, row.words) for row in schedule()])


def _proposal_page(case: Case, form: DispositionForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "retention/propose.html",
        form=form,
        item=schedule()[0],
        blockers=rules.disposal_blockers(queries.standing_of(db, case), schedule()[0], today()),
        listed=queries.listed(queries.stored(db, case)),
        withheld={row.number: row.control for row in withheld_of(db, case)},
        **case_page(case, "history", "retention"),
    )
    return page, status


def _page(
    case: Case, row: Disposition, form: DispositionDecisionForm, *, status: int = 200
) -> ResponseReturnValue:
    item = find_item(row.content["item"])
    page = render_template(
        "retention/show.html",
        row=row,
        form=form,
        blockers=rules.disposal_blockers(queries.standing_of(db, case), item, today())
        if item
        else [],
        listed=rules.listed_in(row.content),
        withheld={each.number: each.control for each in withheld_of(db, case)},
        own=row.by_person_id == current_officer.person_id,
        **case_page(case, "history", "retention"),
    )
    return page, status
