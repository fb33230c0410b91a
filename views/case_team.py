"""Who works on a case, and who may not."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission, Role
from casework.errors import InvalidValue
from casework.people import queries as people
from casework.workflow.actions import cases as workflow
from casework.workflow.actions import team as actions
from casework.workflow.queries import team as queries
from models import Case, Officer
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import back_to, cases, named, refuse, version_of
from views.clock import now
from views.forms.officer_choice import OfficerChoiceForm
from views.forms.recusal import RecusalForm
from views.once import once
from views.transaction import db


@cases.get("/<case_ref>/team")
@requires(Permission.CASE_READ)
def team(case: Case) -> ResponseReturnValue:
    return render_template(
        "cases/team.html",
        members=queries.team_of(db, case),
        recusals=queries.recusals_of(db, case),
        add_form=OfficerChoiceForm(None, officers=named(queries.addable(db, case)), prefix="add"),
        lead_form=OfficerChoiceForm(None, officers=named(queries.could_lead(db, case))),
        **case_page(case, "team"),
    )


@cases.post("/<case_ref>/team/add")
@requires(Permission.CASE_EDIT)
@once
def add_member(case: Case) -> ResponseReturnValue:
    form = OfficerChoiceForm(officers=named(queries.addable(db, case)), prefix="add")
    if not form.validate():
        flash("Choose an officer of the list. Nothing was changed.", "error")
        return back_to(case, "team")
    member = actions.add_member(db, case, _officer(form.answer()), by=current_officer, at=now())
    flash(f"{member.officer.name} now sees the case.", "success")
    return back_to(case, "team")


@cases.post("/<case_ref>/team/remove")
@requires(Permission.CASE_EDIT)
@once
def remove_member(case: Case) -> ResponseReturnValue:
    sent = request.form.get("officer", type=UUID) or abort(400)
    officer = _officer(sent)
    actions.remove_member(db, case, officer, by=current_officer, at=now())
    flash(f"{officer.name} no longer sees the case as a member.", "success")
    return back_to(case, "team")


@cases.post("/<case_ref>/team/lead")
@requires(Permission.CASE_EDIT)
@once
def assign_lead(case: Case) -> ResponseReturnValue:
    form = OfficerChoiceForm(officers=named(queries.could_lead(db, case)))
    if not form.validate():
        flash("Choose an officer of the list. Nothing was changed.", "error")
        return back_to(case, "team")
    officer = _officer(form.answer())
    version = version_of(request.form.get("version"))
    workflow.assign_lead(db, case, officer, by=current_officer, at=now(), version=version)
    flash(f"{officer.name} now leads the case.", "success")
    return back_to(case, "team")


@cases.get("/<case_ref>/team/recuse")
@requires(Permission.CASE_RECUSE)
def ask_recuse(case: Case) -> ResponseReturnValue:
    return _recusal_page(case, _recusal_form(case))


@cases.post("/<case_ref>/team/recuse")
@requires(Permission.CASE_RECUSE)
@once
def recuse(case: Case) -> ResponseReturnValue:
    form = _recusal_form(case)
    if not form.validate():
        return _recusal_page(case, form), 422
    answer = form.answer()
    officer = _officer(answer.officer_id)
    try:
        actions.recuse(db, case, officer, reason=answer.reason, by=current_officer, at=now())
    except InvalidValue as error:
        refuse(form, error)
        return _recusal_page(case, form), 422
    flash(f"{officer.name} is recused from {case.reference}.", "success")
    if officer.person_id == current_officer.person_id:
        return redirect(url_for("cases.index"), 303)
    return back_to(case, "team")


def _recusal_form(case: Case) -> RecusalForm:
    """Oneself; case officers may name anybody who could see the case."""
    others: list[Officer] = []
    if Role.CASE_OFFICER in current_officer.roles:
        found = [*queries.team_of(db, case), *queries.addable(db, case)]
        others = [officer for officer in found if officer.id != current_officer.id]
    myself = (str(current_officer.id), f"{current_officer.name} (myself)")
    return RecusalForm(officers=[myself, *named(others)])


def _recusal_page(case: Case, form: RecusalForm) -> str:
    return render_template("cases/recuse.html", form=form, **case_page(case, "team"))


def _officer(officer_id: UUID) -> Officer:
    return people.find_officer(db, officer_id) or abort(404)
