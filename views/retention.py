"""How long a case is kept: what is due across cases, and the legal holds of one."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from casework.access import Permission
from casework.errors import SeparationOfDuties
from casework.evidence.queries.exhibits import exhibits_of
from casework.retention import rules
from casework.retention.actions import holds as actions
from casework.retention.queries import case as queries
from casework.retention.queries import overview as due
from casework.retention.schedule import period_ends, schedule
from models import Case, LegalHold
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now, today
from views.forms.legal_hold import HoldReleaseForm, LegalHoldForm
from views.once import once
from views.transaction import db

retention = Blueprint("retention", __name__)

PLACE = "/cases/<case_ref>/retention"


@retention.get("/retention")
@requires(Permission.CASE_LIST)
def overview() -> ResponseReturnValue:
    item, on = schedule()[0], today()
    return render_template(
        "retention/overview.html",
        item=item,
        today=on,
        endings=due.entries_ending(db, current_officer, on),
        ready=due.ready_to_archive(db, current_officer),
        ended=due.periods_ended(db, current_officer, item, on),
        holds=due.holds_standing(db, current_officer),
        waiting=due.proposals_waiting(db, current_officer),
    )


@retention.get(PLACE)
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    item = schedule()[0]
    standing = queries.standing_of(db, case)
    return render_template(
        "retention/index.html",
        item=item,
        standing=standing,
        ends=period_ends(item, standing.closed_on) if standing.closed_on else None,
        blockers=rules.disposal_blockers(standing, item, today()),
        holds=queries.holds_of(db, case),
        dispositions=queries.dispositions_of(db, case),
        destroyed=[row for row in exhibits_of(db, case) if row.disposed_at],
        **case_page(case, "history", "retention"),
    )


@retention.get(f"{PLACE}/holds/new")
@requires(Permission.LEGAL_HOLD)
def new_hold(case: Case) -> ResponseReturnValue:
    return _hold_page(case, LegalHoldForm())


@retention.post(f"{PLACE}/holds/new")
@requires(Permission.LEGAL_HOLD)
@once
def place_hold(case: Case) -> ResponseReturnValue:
    form = LegalHoldForm()
    if not form.validate():
        return _hold_page(case, form, status=422)
    given = form.answer()
    actions.place_hold(
        db,
        case,
        authority=given.authority,
        reason=given.reason,
        by=current_officer,
        at=now(),
    )
    flash("The hold stands. Nothing of this case is disposed of.", "success")
    return back(case)


@retention.get(f"{PLACE}/holds/<uuid:hold_id>/release")
@requires(Permission.LEGAL_HOLD)
def ask_release(case: Case, hold_id: UUID) -> ResponseReturnValue:
    return _release_page(case, _hold(case, hold_id), HoldReleaseForm())


@retention.post(f"{PLACE}/holds/<uuid:hold_id>/release")
@requires(Permission.LEGAL_HOLD)
@once
def release_hold(case: Case, hold_id: UUID) -> ResponseReturnValue:
    row, form = _hold(case, hold_id), HoldReleaseForm()
    if not form.validate():
        return _release_page(case, row, form, status=422)
    try:
        reason = str(form.reason.data)
        actions.release_hold(db, case, row, reason=reason, by=current_officer, at=now())
    except SeparationOfDuties:
        return _release_page(case, row, form, status=409)
    flash("The hold is released.", "success")
    return back(case)


def back(case: Case) -> Response:
    return redirect(url_for("retention.index", case_ref=case.reference), 303)


def _hold(case: Case, key: UUID) -> LegalHold:
    return queries.find_hold(db, case, key) or abort(404)


def _hold_page(case: Case, form: LegalHoldForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "retention/hold.html", form=form, **case_page(case, "history", "retention")
    )
    return page, status


def _release_page(
    case: Case, row: LegalHold, form: HoldReleaseForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "retention/release.html",
        row=row,
        form=form,
        own=row.by_person_id == current_officer.person_id,
        **case_page(case, "history", "retention"),
    )
    return page, status
