"""Link a report to an entity that it names."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, NotFound
from casework.incidents.actions import incidents as actions
from casework.incidents.queries import incidents as queries
from casework.screening.queries import entities as screening
from models import Incident
from views.access import current_officer, requires
from views.claims import claim_of
from views.clock import now, today
from views.forms.incident_fields import complain
from views.forms.incident_party import PartyForm, PartySearchForm
from views.incident_page import back_to
from views.incidents_blueprint import incidents
from views.once import once
from views.seen_items import note_incidents
from views.transaction import db


@incidents.get("/<incident_ref>/parties/new")
@requires(Permission.INCIDENT_LINK)
def party_page(incident: Incident) -> ResponseReturnValue:
    search = PartySearchForm(request.args)
    return _page(incident, search, _offering(PartyForm(None), search)), (
        200 if search.validate() else 422
    )


@incidents.post("/<incident_ref>/parties/new")
@requires(Permission.INCIDENT_LINK)
@once
def link_party(incident: Incident) -> ResponseReturnValue:
    search = PartySearchForm(request.args)
    form = _offering(PartyForm(), search)
    if not form.validate():
        return _page(incident, search, form), 422
    named = form.answer()
    entity = screening.visible_entity(db, current_officer, named.entity_id)
    if entity is None:
        raise NotFound("There is no such entity, or none that you may see.")
    try:
        actions.link_party(
            db, incident, entity, named.role, named.note, by=current_officer, at=now()
        )
    except InvalidValue as fault:
        complain(form, {fault.field: str(fault)})
        return _page(incident, search, form), 409
    flash(f"{entity.name} is linked. To be named is not to be found responsible.", "success")
    return redirect(back_to(incident), 303)


def _offering(form: PartyForm, search: PartySearchForm) -> PartyForm:
    text = (search.q.data or "") if search.validate() else ""
    found = screening.search(db, current_officer, text, limit=25) if text else ()
    form.offer({str(entity.id): entity.name for entity in found})
    return form


def _page(incident: Incident, search: PartySearchForm, form: PartyForm) -> str:
    note_incidents([incident])
    [seen] = queries.as_seen(db, [incident])
    return render_template(
        "incidents/party.html",
        incident=seen,
        training=incident.training,
        claim=claim_of(seen, today()),
        search=search,
        form=form,
        sending=url_for(".link_party", incident_ref=incident.reference, q=search.q.data or None),
    )
