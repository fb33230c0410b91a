"""Holds: a measure put off for a reason, which stops no clock of the Act."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions.actions import holds as actions
from casework.decisions.queries import holds as queries
from casework.errors import InvalidValue, StaleVersion
from casework.findings.queries import examined
from casework.statute.clocks import Due, clocks
from casework.statute.loader import load_pack
from models import Case, Entity, MeasureHold
from views.access import current_officer, requires
from views.casebar import case_page, dates_of
from views.cases_blueprint import refuse
from views.clock import now, today
from views.forms.measure_hold import LiftForm, MeasureHoldForm, Placed
from views.once import once
from views.transaction import db

measure_holds = Blueprint("measure_holds", __name__, url_prefix="/cases/<case_ref>/holds")


@measure_holds.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    return _page(case, _form(case), 200)


@measure_holds.post("")
@requires(Permission.MEASURE_HOLD)
@once
def place(case: Case) -> ResponseReturnValue:
    form = _form(case)
    if not form.validate():
        return _page(case, form, 422)
    try:
        _place(case, form.answer())
    except InvalidValue as error:
        refuse(form, error)
        return _page(case, form, 422)
    except StaleVersion as stale:
        form.measure.errors = [*form.measure.errors, str(stale)]
        return _page(case, form, 409)
    flash("The hold is on record. The clocks of the Act go on.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _place(case: Case, given: Placed) -> MeasureHold:
    return actions.place_hold(
        db,
        case,
        measure=given.measure,
        entity=_subject(case, given.subject),
        authority=given.authority,
        reason=given.reason,
        review_on=given.review_on,
        by=current_officer,
        at=now(),
        on=today(),
    )


@measure_holds.get("/<uuid:measure_hold_id>/lift")
@requires(Permission.MEASURE_HOLD)
def lifting(case: Case, measure_hold_id: UUID) -> ResponseReturnValue:
    return _lift_page(case, _found(case, measure_hold_id), LiftForm())


@measure_holds.post("/<uuid:measure_hold_id>/lift")
@requires(Permission.MEASURE_HOLD)
@once
def lift(case: Case, measure_hold_id: UUID) -> ResponseReturnValue:
    row, form = _found(case, measure_hold_id), LiftForm()
    if not form.validate():
        return _lift_page(case, row, form), 422
    actions.lift_hold(db, case, row, reason=str(form.reason.data), by=current_officer, at=now())
    flash("The hold is lifted.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _found(case: Case, key: UUID) -> MeasureHold:
    return queries.find_hold(db, case, key) or abort(404)


def _subject(case: Case, chosen: str) -> Entity | None:
    return next((row.entity for row in examined(db, case) if str(row.entity_id) == chosen), None)


def _form(case: Case) -> MeasureHoldForm:
    measures = load_pack(case.text_version).measures.values()
    return MeasureHoldForm(
        measures=[(row.id, row.title) for row in measures],
        subjects=[(str(row.entity_id), row.entity.name) for row in examined(db, case)],
    )


def _running(case: Case) -> list[Due]:
    """The clocks of the text that a day still ends, or may end; a hold stops none of them."""
    dates = dates_of(case)
    dues = clocks(load_pack(case.text_version), dates.enacted, dates.events)
    return [
        row
        for row in dues
        if row.authority == "statute"
        and row.opens is None
        and (row.due is None or row.due >= today())
    ]


def _page(case: Case, form: MeasureHoldForm, status: int) -> ResponseReturnValue:
    page = render_template(
        "measures/holds.html",
        rows=queries.holds_of(db, case),
        form=form,
        running=_running(case),
        today=today(),
        pack=load_pack(case.text_version),
        **case_page(case, "measures", "holds"),
    )
    return page, status


def _lift_page(case: Case, row: MeasureHold, form: LiftForm) -> str:
    return render_template(
        "measures/lift.html",
        row=row,
        form=form,
        measure=load_pack(case.text_version).measures[row.measure],
        **case_page(case, "measures", "holds"),
    )
