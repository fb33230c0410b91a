"""What is decided about a report at the door, its withdrawal, and the answer of the accused."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.incidents.actions import incidents as actions
from casework.incidents.queries import incidents as queries
from casework.incidents.triage import STATES
from models import Incident
from views.access import current_officer, requires
from views.claims import claim_of
from views.clock import now, today
from views.forms.incident_answer import AnswerForm
from views.forms.incident_withdrawal import WithdrawalForm
from views.forms.triage import TriageForm
from views.incident_page import back_to
from views.incidents_blueprint import incidents
from views.once import once
from views.seen_items import note_incidents
from views.transaction import db


@incidents.get("/<incident_ref>/triage")
@requires(Permission.INCIDENT_TRIAGE)
def triage_page(incident: Incident) -> str:
    return _triage(_triage_form(incident), incident)


@incidents.post("/<incident_ref>/triage")
@requires(Permission.INCIDENT_TRIAGE)
@once
def triage(incident: Incident) -> ResponseReturnValue:
    """Take a decision. One that was overtaken by another officer is told with the reasons."""
    form = _triage_form(incident)
    if form.version.data != str(incident.version):
        return _triage(form, incident, overtaken=True), 409
    if not form.validate():
        return _triage(form, incident), 422
    decision, reason = form.answer()
    actions.triage(db, incident, decision, reason=reason, by=current_officer, at=now())
    flash(f"{incident.reference}: {STATES[incident.state].lower()}.", "success")
    return redirect(back_to(incident), 303)


@incidents.get("/<incident_ref>/withdrawal")
@requires(Permission.INCIDENT_WITHDRAW)
def withdrawal_page(incident: Incident) -> str:
    return _act("incidents/withdraw.html", WithdrawalForm(), incident)


@incidents.post("/<incident_ref>/withdrawal")
@requires(Permission.INCIDENT_WITHDRAW)
@once
def withdraw(incident: Incident) -> ResponseReturnValue:
    form = WithdrawalForm()
    if not form.validate():
        return _act("incidents/withdraw.html", form, incident), 422
    actions.withdraw(db, incident, reason=form.answer(), by=current_officer, at=now())
    flash(f"{incident.reference} is withdrawn. It stays on record.", "success")
    return redirect(back_to(incident), 303)


@incidents.get("/<incident_ref>/answer")
@requires(Permission.INCIDENT_EDIT)
def answer_page(incident: Incident) -> str:
    queries.refuse_veiled(db, incident)
    now_told = queries.answer_of(incident)
    form = AnswerForm(
        response=now_told.kind,
        response_text=now_told.text,
        response_on=now_told.on,
        response_source=now_told.source,
        version=incident.version,
    )
    return _act("incidents/answer.html", form, incident)


@incidents.post("/<incident_ref>/answer")
@requires(Permission.INCIDENT_EDIT)
@once
def answer(incident: Incident) -> ResponseReturnValue:
    queries.refuse_veiled(db, incident)
    form = AnswerForm()
    if not form.sound(today()):
        return _act("incidents/answer.html", form, incident), 422
    if form.version.data != str(incident.version):
        form.version.data = str(incident.version)
        return _act("incidents/answer.html", form, incident, overtaken=True), 409
    actions.set_response(db, incident, form.answer(), by=current_officer, at=now())
    flash("The answer of the accused is recorded; the earlier one is kept.", "success")
    return redirect(back_to(incident), 303)


def _triage_form(incident: Incident) -> TriageForm:
    form = TriageForm()
    form.offer(incident.state)
    return form


def _triage(form: TriageForm, incident: Incident, *, overtaken: bool = False) -> str:
    form.version.data = str(incident.version)
    return _act("incidents/triage.html", form, incident, overtaken=overtaken)


def _act(template: str, form: object, incident: Incident, **more: object) -> str:
    note_incidents([incident])
    [seen] = queries.as_seen(db, [incident])
    return render_template(
        template,
        form=form,
        incident=seen,
        training=incident.training,
        claim=claim_of(seen, today()),
        last=queries.history_of(db, incident)[-1:],
        **{"overtaken": False} | more,
    )
