"""Filters of the list of incidents that an officer keeps under a name."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.incidents.actions import saved_views as actions
from views.access import current_officer, requires
from views.clock import now
from views.forms.incident_fields import complain
from views.forms.saved_view import SavedViewForm
from views.incident_list import AREA, list_page, query_in_force
from views.incidents_blueprint import incidents
from views.once import once
from views.transaction import db


@incidents.post("/views")
@requires(Permission.INCIDENT_READ)
@once
def save_view() -> ResponseReturnValue:
    """Keep the filters of the address to which the form was sent."""
    form = SavedViewForm()
    if not form.validate():
        return list_page(form)
    query = query_in_force()
    try:
        actions.save_view(db, current_officer, AREA, form.answer(), query, at=now())
    except InvalidValue as fault:
        complain(form, {fault.field: str(fault)})
        return list_page(form)
    flash("The view is kept above the list.", "success")
    return redirect(url_for(".index") + (f"?{query}" if query else ""), 303)


@incidents.post("/views/<uuid:view_id>/removal")
@requires(Permission.INCIDENT_READ)
def remove_view(view_id: UUID) -> ResponseReturnValue:
    actions.remove_view(db, current_officer, AREA, view_id, at=now())
    flash("The view is removed. The incidents are untouched.", "success")
    return redirect(url_for(".index"), 303)
