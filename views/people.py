"""Accounts: who may sign in, in which roles, for which organisation."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import ROLE_TITLES, Permission
from casework.errors import InvalidValue
from casework.handling.limits import AFFILIATIONS
from casework.people import queries
from casework.people.actions import accounts as actions
from casework.people.actions.standing import set_standing as save_standing
from models import Officer
from views.access import current_officer, requires
from views.clock import now
from views.forms.officer import OfficerForm, StandingForm
from views.once import once
from views.transaction import db

people = Blueprint("people", __name__, url_prefix="/people")


@people.get("")
@requires(Permission.PEOPLE_MANAGE)
def index() -> ResponseReturnValue:
    return render_template(
        "people/index.html",
        officers=queries.officers(db),
        titles=ROLE_TITLES,
        affiliations=AFFILIATIONS,
    )


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
            affiliation=answer.affiliation,
            nationality=answer.nationality,
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


@people.get("/<uuid:officer_id>/standing")
@requires(Permission.PEOPLE_MANAGE)
def standing(officer_id: UUID) -> ResponseReturnValue:
    person = _officer(officer_id)
    known = {"affiliation": person.affiliation, "nationality": person.nationality}
    return _standing_page(person, StandingForm(None, data=known), 200)


@people.post("/<uuid:officer_id>/standing")
@requires(Permission.PEOPLE_MANAGE)
@once
def set_standing(officer_id: UUID) -> ResponseReturnValue:
    """What dissemination controls ask about the person: affiliation and nationality."""
    person, form = _officer(officer_id), StandingForm()
    if not form.validate():
        return _standing_page(person, form, 422)
    affiliation, nationality = form.standing()
    try:
        save_standing(
            db,
            person,
            affiliation=affiliation,
            nationality=nationality,
            by=current_officer,
            at=now(),
        )
    except InvalidValue as fault:
        form[fault.field].errors = [str(fault)]
        return _standing_page(person, form, 422)
    flash(f"{person.name}: affiliation and nationality are on record.", "success")
    return redirect(url_for(".index"), 303)


def _standing_page(person: Officer, form: StandingForm, status: int) -> ResponseReturnValue:
    return render_template("people/standing.html", person=person, form=form), status


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
