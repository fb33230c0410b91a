"""The dispute ladder: what went up, by when it is decided, and what then stands."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission, Role
from casework.committee.actions import escalations as actions
from casework.committee.ladder import Offer, ladder
from casework.committee.queries import escalations as queries
from casework.committee.queries.escalations import Matter
from casework.errors import InvalidValue, StaleVersion
from casework.statute.loader import load_pack
from casework.statute.uses import DISPUTE_LADDER
from models import Case, Escalation
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.forms.escalation import EscalationForm, EscalationOutcomeForm, Settled
from views.once import once
from views.transaction import db

escalations = Blueprint("escalations", __name__, url_prefix="/cases/<case_ref>/escalations")


@escalations.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    return _index(case)


@escalations.post("")
@requires(Permission.ESCALATION_RAISE)
@once
def escalate(case: Case) -> ResponseReturnValue:
    form = EscalationForm()
    if not form.validate():
        return _index(case, form, status=422)
    asked = form.answer()
    try:
        actions.escalate(
            db,
            case,
            matter=asked.matter,
            level=asked.level,
            reason=asked.reason,
            by=current_officer,
            at=now(),
            on=today(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return _index(case, form, status=422)
    except StaleVersion as error:
        return _index(case, form, status=409, stale=str(error))
    flash("The next level is asked.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


@escalations.get("/<uuid:escalation_id>")
@requires(Permission.CASE_READ)
def show(case: Case, escalation_id: UUID) -> ResponseReturnValue:
    return _show(case, _found(case, escalation_id), _outcome_form(None))


@escalations.post("/<uuid:escalation_id>/outcome")
@requires(Permission.ESCALATION_SETTLE)
@once
def settle(case: Case, escalation_id: UUID) -> ResponseReturnValue:
    row, form = _found(case, escalation_id), _outcome_form()
    if not form.validate():
        return _show(case, row, form, status=422)
    try:
        _settle(case, row, form.answer())
    except InvalidValue as error:
        refuse(form, error)
        return _show(case, row, form, status=422)
    except StaleVersion as error:
        return _show(case, _found(case, escalation_id), form, status=409, stale=str(error))
    flash("What the level decided is on record.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _settle(case: Case, row: Escalation, answer: Settled) -> None:
    actions.settle(
        db,
        case,
        row,
        outcome=answer.outcome,
        reasons=answer.reasons,
        happened_on=answer.happened_on,
        by=current_officer,
        at=now(),
        on=today(),
    )


def _found(case: Case, key: UUID) -> Escalation:
    return queries.find_escalation(db, case, key) or abort(404)


def _outcome_form(*data: object) -> EscalationOutcomeForm:
    return EscalationOutcomeForm(*data, outcomes=choices("escalation_outcome"))


def _forms(matters: list[Matter], sent: EscalationForm | None) -> dict[str, EscalationForm]:
    """One form for each matter that the officer may take up; what was typed stays in its own."""
    found = {}
    for place, matter in enumerate(matters, start=1):
        if matter.offer is None or not _may_raise(matter, matter.offer):
            continue
        own = sent is not None and (sent.matter.data or "") == matter.key
        form = sent if sent is not None and own else EscalationForm(None)
        form.show(matter.key, matter.offer.level, place)
        found[matter.key] = form
    return found


def _may_raise(matter: Matter, offer: Offer) -> bool:
    speaks = Role.AGENCY_DELEGATE in current_officer.roles
    return speaks and offer.is_open(today()) and current_officer.agency in matter.may_raise


def _index(
    case: Case, form: EscalationForm | None = None, *, status: int = 200, stale: str = ""
) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    matters = queries.matters_of(db, case, today())
    page = render_template(
        "committee/escalations.html",
        matters=matters,
        forms=_forms(matters, form),
        sent=form,
        stale=stale,
        clock=pack.clock_for(DISPUTE_LADDER),
        rungs=ladder(pack),
        pack=pack,
        today=today(),
        **case_page(case, "positions", "escalations"),
    )
    return page, status


def _show(
    case: Case, row: Escalation, form: EscalationOutcomeForm, *, status: int = 200, stale: str = ""
) -> ResponseReturnValue:
    matter = queries.find_matter(db, case, str(row.motion_id or ""), today())
    page = render_template(
        "committee/escalation.html",
        row=row,
        form=form,
        stale=stale,
        newest=matter is not None and matter.rows[-1].id == row.id,
        own=row.by_person_id == current_officer.person_id,
        pack=load_pack(case.text_version),
        today=today(),
        **case_page(case, "positions", "escalations"),
    )
    return page, status
