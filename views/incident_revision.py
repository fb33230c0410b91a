"""Correct a submitted report. Its earlier words are kept; nobody's typing is lost."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, StaleVersion
from casework.incidents.actions import incidents as actions
from casework.incidents.queries import incidents as queries
from models import Incident
from views.access import current_officer, requires
from views.clock import now, today
from views.drafts import drop_draft, keep_draft, load_draft
from views.forms.incident import IncidentForm
from views.forms.incident_fields import complain
from views.forms.incident_revision import IncidentRevisionForm
from views.incident_form import differences, form_page
from views.incident_page import back_to
from views.incidents_blueprint import incidents
from views.once import once
from views.seen_items import note_incidents
from views.transaction import db

FORM = "incident-edit"


@incidents.get("/<incident_ref>/edit")
@requires(Permission.INCIDENT_EDIT)
def edit(incident: Incident) -> str:
    """The report as it stands, or what this officer typed and has not yet saved."""
    queries.refuse_veiled(db, incident)
    note_incidents([incident])
    typed = load_draft(FORM, incident.reference)
    if typed is not None:
        return _page(IncidentRevisionForm(typed), incident, resumed=True)
    form = IncidentRevisionForm.showing(queries.report_of(incident))
    form.version.data = str(incident.version)
    return _page(form, incident)


@incidents.post("/<incident_ref>/edit")
@requires(Permission.INCIDENT_EDIT)
@once
def revise(incident: Incident) -> ResponseReturnValue:
    queries.refuse_veiled(db, incident)
    form = IncidentRevisionForm()
    if not form.sound(today()):
        return _page(form, incident), 422
    try:
        actions.revise_incident(
            db,
            incident,
            form.answer(),
            version=form.seen_version(),
            reason=str(form.reason.data),
            by=current_officer,
            at=now(),
        )
    except StaleVersion:
        return _conflict(form, incident), 409
    except InvalidValue as fault:
        complain(form, {fault.field: str(fault)})
        return _page(form, incident), 422
    drop_draft(FORM, incident.reference)
    flash("Saved. The earlier words are kept below.", "success")
    return redirect(back_to(incident), 303)


@incidents.post("/<incident_ref>/edit/draft")
@requires(Permission.INCIDENT_EDIT)
def keep_edit(incident: Incident) -> ResponseReturnValue:
    """Keep what was typed, or make room for one more source, without saving the report."""
    sent = request.form.copy()
    if sent.get("then") == "source":
        sent[f"sources-{len(IncidentRevisionForm().sources)}-title"] = ""
    keep_draft(FORM, incident.reference, sent)
    flash("Your text is kept as a draft. The report is unchanged so far.", "success")
    return redirect(f"{back_to(incident)}/edit", 303)


@incidents.post("/<incident_ref>/edit/draft-removal")
@requires(Permission.INCIDENT_EDIT)
def discard_edit(incident: Incident) -> ResponseReturnValue:
    drop_draft(FORM, incident.reference)
    flash("Your draft is discarded. The report is unchanged.", "success")
    return redirect(back_to(incident), 303)


def _conflict(form: IncidentRevisionForm, incident: Incident) -> str:
    """Both texts; what was typed stands in the form, which now answers the newer version."""
    last = queries.history_of(db, incident)[-1]
    theirs = IncidentForm.showing(queries.report_of(incident))
    form.version.data = str(incident.version)
    rows = differences(theirs, form)
    return _page(form, incident, conflict={"by": last.by, "at": last.at, "rows": rows})


def _page(form: IncidentRevisionForm, incident: Incident, **more: object) -> str:
    return form_page(
        form,
        "incidents/edit.html",
        incident=incident,
        training=incident.training,
        window=uuid4().hex,
        **{"resumed": False} | more,
    )
