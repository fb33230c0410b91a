from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.incidents.queries import incidents
from casework.workflow.actions import cases as actions
from models import Case, Incident
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import back_to, cases, refuse, version_of
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.forms.case_edit import CaseEditForm
from views.forms.case_open import CaseOpenForm, Opening
from views.once import once
from views.transaction import db


@cases.get("/new")
@requires(Permission.CASE_OPEN)
def new() -> ResponseReturnValue:
    wanted = request.args.getlist("incident")
    form = CaseOpenForm(load_draft("case-open") if not wanted else None)
    found = _find(wanted)
    if found:
        form.incidents.data = ", ".join(incident.reference for incident in found)
        form.title.data = found[0].title
        form.training.data = all(incident.training for incident in found)
    return render_template("cases/new.html", form=form)


@cases.post("/new")
@requires(Permission.CASE_OPEN)
@once
def open_new() -> ResponseReturnValue:
    form = CaseOpenForm()
    if not form.validate():
        return render_template("cases/new.html", form=form), 422
    answer = form.answer()
    found = _find(answer.incidents)
    missing = set(answer.incidents) - {incident.reference for incident in found}
    if missing:
        absent = InvalidValue(f"There is no incident {', '.join(sorted(missing))}.", "incidents")
        refuse(form, absent)
        return render_template("cases/new.html", form=form), 422
    try:
        case = _open(answer, found)
    except InvalidValue as error:
        refuse(form, error)
        return render_template("cases/new.html", form=form), 422
    drop_draft("case-open")
    flash(f"Opened {case.reference}. You lead it.", "success")
    return redirect(url_for("cases.show", case_ref=case.reference), 303)


def _open(answer: Opening, found: list[Incident]) -> Case:
    return actions.open_case(
        db,
        found,
        title=answer.title,
        summary=answer.summary,
        text_version=answer.text_version,
        training=answer.training,
        by=current_officer,
        at=now(),
    )


def _find(references: list[str] | tuple[str, ...]) -> list[Incident]:
    found = (incidents.visible_incident(db, current_officer, each) for each in references)
    return [incident for incident in found if incident]


@cases.get("/<case_ref>/edit")
@requires(Permission.CASE_EDIT)
def edit(case: Case) -> ResponseReturnValue:
    form = CaseEditForm(load_draft("case-edit", case.reference), obj=case)
    return render_template("cases/edit.html", form=form, **case_page(case, "overview"))


@cases.post("/<case_ref>/edit")
@requires(Permission.CASE_EDIT)
@once
def save(case: Case) -> ResponseReturnValue:
    form = CaseEditForm()
    if not form.validate():
        return render_template("cases/edit.html", form=form, **case_page(case, "overview")), 422
    answer = form.answer()
    if version_of(form.version.data) != case.version:
        page = render_template("cases/conflict.html", form=form, **case_page(case, "overview"))
        return page, 409
    actions.edit_case(
        db,
        case,
        title=answer.title,
        summary=answer.summary,
        next_review_on=answer.next_review_on,
        by=current_officer,
        at=now(),
        version=version_of(form.version.data),
    )
    drop_draft("case-edit", case.reference)
    flash("Saved.", "success")
    return back_to(case)
