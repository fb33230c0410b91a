"""Accounts: who may sign in, in which roles, for which organisation."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import ROLE_TITLES, Permission
from casework.errors import InvalidValue
from casework.people import queries
from casework.people.actions import accounts as actions
from models import Officer
from views.access import current_officer, requires
from views.clock import now
from views.forms.officer import OfficerForm
from views.once import once
from views.transaction import db

people = Blueprint("people", __name__, url_prefix="/people")


@people.get("")
@requires(Permission.PEOPLE_MANAGE)
def index() -> ResponseReturnValue:
    return render_template("people/index.html", officers=queries.officers(db), titles=ROLE_TITLES)


@people.get("/new")
@requires(Permission.PEOPLE_MANAGE)
def new() -> ResponseReturnValue:
    return _form_page(OfficerForm(), 200)


@people.post("/new")
@requires(Permission.PEOPLE_MANAGE)
@once
def add() -> ResponseReturnValue:
    form = OfficerForm()
    form.offer(queries.organizations(db))
    if not form.validate():
        return _form_page(form, 422)
    answer = form.answer()
    try:
        officer = actions.add_officer(
            db,
            name=answer.name,
            email=answer.email,
            organization=queries.organization(db, answer.organization),
            roles=answer.roles,
            by=current_officer,
            at=now(),
        )
    except InvalidValue as fault:
        form[fault.field].errors = [str(fault)]
        return _form_page(form, 422)
    return _link_page(officer)


@people.post("/<uuid:officer_id>/invite")
@requires(Permission.PEOPLE_MANAGE)
def invite(officer_id: UUID) -> ResponseReturnValue:
    """Show the one-time link on this answer only; it is stored nowhere."""
    return _link_page(_officer(officer_id))


@people.post("/<uuid:officer_id>/active/<int:active>")
@requires(Permission.PEOPLE_MANAGE)
def set_active(officer_id: UUID, active: int) -> ResponseReturnValue:
    officer = _officer(officer_id)
    actions.set_active(db, officer, active=bool(active), by=current_officer, at=now())
    flash(f"{officer.name}: {'may sign in' if active else 'signed out and disabled'}.", "success")
    return redirect(url_for(".index"), 303)


def _officer(officer_id: UUID) -> Officer:
    return queries.officer(db, officer_id) or abort(404)


def _link_page(officer: Officer) -> ResponseReturnValue:
    token = actions.invite(db, officer, by=current_officer, at=now())
    link = url_for("session.invitation", token=token, _external=True)
    return render_template("people/link.html", invited=officer, link=link)


def _form_page(form: OfficerForm, status: int) -> ResponseReturnValue:
    form.offer(queries.organizations(db))
    return render_template("people/new.html", form=form), status
