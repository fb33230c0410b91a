"""What and whom a case is about."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.incidents.queries import incidents as incidents_
from casework.screening.queries import entities as screening
from casework.screening.queries.hits import confirmed_of
from casework.workflow.actions import scope as actions
from casework.workflow.actions.scope import NewSubject
from casework.workflow.queries import cases as queries
from casework.workflow.queries.acts import acts_of
from casework.workflow.record import window_of
from models import Case, CaseSubject
from views.access import current_officer, requires
from views.assembly import choices
from views.case_overview import claims_of, reports_of
from views.case_steps import standing_record
from views.casebar import case_page
from views.cases_blueprint import back_to, cases, refuse
from views.clock import now
from views.forms.case_subject import CaseSubjectForm
from views.forms.incident_link import IncidentLinkForm
from views.forms.removal import RemovalForm
from views.once import once
from views.screening_blueprint import TERMS
from views.transaction import db


@cases.get("/<case_ref>/subjects")
@requires(Permission.CASE_READ)
def subjects(case: Case) -> ResponseReturnValue:
    named, acts = queries.subjects_of(db, case), acts_of(db, case)
    matches = confirmed_of(db, [each.entity_id for each in named])
    return render_template(
        "cases/subjects.html",
        subjects=named,
        windows={each.entity_id: window_of(acts, each.entity_id) for each in named},
        matches=[row for each in named for row in matches.get(each.entity_id, ())],
        terms=TERMS,
        **case_page(case, "subjects"),
    )


@cases.get("/<case_ref>/subjects/add")
@requires(Permission.CASE_EDIT)
def new_subject(case: Case) -> ResponseReturnValue:
    return _subject_page(case, _subject_form())


@cases.post("/<case_ref>/subjects/add")
@requires(Permission.CASE_EDIT)
@once
def add_subject(case: Case) -> ResponseReturnValue:
    form = _subject_form()
    if not form.validate():
        return _subject_page(case, form), 422
    answer = form.answer()
    entity = screening.visible_entity(db, current_officer, answer.entity_id) or abort(404)
    subject = NewSubject(entity, answer.role, answer.examined, answer.note)
    try:
        actions.add_subject(db, case, subject, by=current_officer, at=now())
    except InvalidValue as error:
        refuse(form, error)
        return _subject_page(case, form), 422
    flash(f"{entity.name} is now a subject.", "success")
    return back_to(case, "subjects")


def _subject_form() -> CaseSubjectForm:
    """The entities that match the words of the address; with the form sent, the one chosen."""
    words = request.values.get("q", "").strip()
    found = screening.search(db, current_officer, words) if words else []
    return CaseSubjectForm(
        entities=[(str(entity.id), entity.name) for entity in found],
        roles=choices("actor_role"),
        examined=True,
    )


def _subject_page(case: Case, form: CaseSubjectForm) -> str:
    return render_template(
        "cases/subject.html",
        form=form,
        q=request.values.get("q", "").strip(),
        **case_page(case, "subjects"),
    )


@cases.get("/<case_ref>/subjects/<uuid:subject_id>/remove")
@requires(Permission.CASE_EDIT)
def ask_remove_subject(case: Case, subject_id: UUID) -> ResponseReturnValue:
    return _removal(case, subject_of(case, subject_id).entity.name, RemovalForm(), "subjects")


@cases.post("/<case_ref>/subjects/<uuid:subject_id>/remove")
@requires(Permission.CASE_EDIT)
@once
def remove_subject(case: Case, subject_id: UUID) -> ResponseReturnValue:
    form, subject = RemovalForm(), subject_of(case, subject_id)
    name = subject.entity.name
    if not form.validate():
        return _removal(case, name, form, "subjects"), 422
    try:
        actions.remove_subject(
            db, case, subject, reason=form.answer(), by=current_officer, at=now()
        )
    except InvalidValue as error:
        refuse(form, error)
        return _removal(case, name, form, "subjects"), 422
    flash(f"{name} is no longer a subject.", "success")
    return back_to(case, "subjects")


def subject_of(case: Case, subject_id: UUID) -> CaseSubject:
    """404 when the case has no such subject."""
    found = queries.subjects_of(db, case)
    return next((each for each in found if each.id == subject_id), None) or abort(404)


@cases.get("/<case_ref>/incidents")
@requires(Permission.CASE_READ)
def incidents(case: Case) -> ResponseReturnValue:
    return _incidents_page(case, IncidentLinkForm(formdata=None))


@cases.post("/<case_ref>/incidents/link")
@requires(Permission.CASE_EDIT)
@once
def link_incident(case: Case) -> ResponseReturnValue:
    form = IncidentLinkForm()
    if not form.validate():
        return _incidents_page(case, form), 422
    incident = incidents_.visible_incident(db, current_officer, form.answer())
    if incident is None:
        refuse(form, InvalidValue("There is no such incident.", "incident"))
        return _incidents_page(case, form), 422
    try:
        actions.link_incident(db, case, incident, by=current_officer, at=now())
    except InvalidValue as error:
        refuse(form, error)
        return _incidents_page(case, form), 422
    flash(f"Linked {incident.reference}.", "success")
    return back_to(case, "incidents")


@cases.get("/<case_ref>/incidents/<reference>/unlink")
@requires(Permission.CASE_EDIT)
def ask_unlink(case: Case, reference: str) -> ResponseReturnValue:
    return _removal(case, reference, RemovalForm(), "incidents")


@cases.post("/<case_ref>/incidents/<reference>/unlink")
@requires(Permission.CASE_EDIT)
@once
def unlink_incident(case: Case, reference: str) -> ResponseReturnValue:
    form = RemovalForm()
    if not form.validate():
        return _removal(case, reference, form, "incidents"), 422
    incident = incidents_.visible_incident(db, current_officer, reference) or abort(404)
    actions.unlink_incident(db, case, incident, reason=form.answer(), by=current_officer, at=now())
    flash(f"{reference} is no longer linked.", "success")
    return back_to(case, "incidents")


def _incidents_page(case: Case, form: IncidentLinkForm) -> str:
    links = queries.links_of(db, case)
    claims = claims_of(case, links, standing_record(case))
    seen = reports_of(case, links)
    return render_template(
        "cases/incidents.html",
        pairs=list(zip(seen, claims, strict=True)),
        form=form,
        **case_page(case, "incidents"),
    )


def _removal(case: Case, what: str, form: RemovalForm, page: str) -> str:
    return render_template(
        "cases/removal.html", what=what, form=form, page=page, **case_page(case, page)
    )
