"""Vote later than the clock says: one member asks, every member answers."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.committee.actions import postponements as actions
from casework.errors import InvalidValue
from models import Case
from views.access import current_officer, requires
from views.cases_blueprint import refuse
from views.clock import now, today
from views.forms.postponement import PostponementForm
from views.once import once
from views.transaction import db
from views.votes import motion_page
from views.votes_page import address, found_motion

postponements = Blueprint(
    "postponements", __name__, url_prefix="/cases/<case_ref>/votes/<uuid:motion_id>/postponements"
)


@postponements.post("")
@requires(Permission.BALLOT_CAST)
@once
def ask(case: Case, motion_id: UUID) -> ResponseReturnValue:
    motion, form = found_motion(case, motion_id), PostponementForm()
    if not form.validate():
        return motion_page(case, motion, later=form, status=422)
    later = form.answer()
    try:
        actions.ask(
            db,
            case,
            motion,
            until=later.until,
            reason=later.reason,
            by=current_officer,
            at=now(),
            on=today(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return motion_page(case, motion, later=form, status=422)
    flash("Asked. The vote is put off only if every member agrees.", "success")
    return redirect(address(case, motion), 303)


@postponements.post("/<uuid:postponement_id>")
@requires(Permission.BALLOT_CAST)
@once
def answer(case: Case, motion_id: UUID, postponement_id: UUID) -> ResponseReturnValue:
    motion = found_motion(case, motion_id)
    row = next((each for each in motion.postponements if each.id == postponement_id), None)
    if row is None:
        abort(404)
    said = request.form.get("answer", "")
    if said not in {"yes", "no"}:
        raise InvalidValue("Say whether your agency agrees to vote later.", "answer")
    agrees = said == "yes"
    actions.answer(db, case, motion, row, agrees=agrees, by=current_officer, at=now())
    flash("The answer of your agency is on record.", "success")
    return redirect(address(case, motion), 303)
