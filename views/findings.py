"""The matrix of elements, one element with its answer and reader, the statement on purpose."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions.queries.decisions import conclusions_of
from casework.errors import InvalidValue, StaleVersion
from casework.findings import actions, queries
from casework.findings.reopening import unsettled
from casework.workflow.queries.standing import record_of
from models import Case, Entity
from views.access import current_officer, requires
from views.casebar import case_page, counts_of, dates_of
from views.clock import now
from views.drafts import drop_draft
from views.findings_conclusions import conclusion_pages, to_confirm
from views.findings_page import (
    blank_form,
    conflict_page,
    draft_subject,
    element_page,
    sent_form,
)
from views.findings_purpose import purpose_pages
from views.findings_subject import chosen, chosen_of
from views.forms.finding import FindingForm
from views.forms.finding_review import FindingReviewForm
from views.forms.refusal import show_refusal
from views.once import once
from views.transaction import db

findings = Blueprint("findings", __name__, url_prefix="/cases/<case_ref>")
purpose_pages(findings)
conclusion_pages(findings)


@findings.get("/findings")
@requires(Permission.FINDING_READ)
def index(case: Case) -> ResponseReturnValue:
    subjects = queries.examined(db, case)
    entity = chosen(subjects) or (subjects[0].entity if subjects else None)
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    sheet = queries.sheet_of(case, entity, queries.current_findings(db, case))
    return render_template(
        "findings/index.html",
        subjects=subjects,
        entity=entity,
        sheet=sheet,
        again=to_confirm(case, entity, sheet) if entity else {},
        waiting=unsettled(sheet.pack, sheet.stands),
        conclusions=conclusions_of(case, entity.id, record) if entity else None,
        statements=queries.statements_of(db, case, entity) if entity else [],
        **case_page(case, "findings"),
    )


@findings.get("/findings/<element>")
@requires(Permission.FINDING_READ)
def element(case: Case, element: str) -> ResponseReturnValue:
    entity = chosen_of(case)
    return element_page(case, element, entity, blank_form(case, element, entity))


@findings.post("/findings/<element>")
@requires(Permission.FINDING_WRITE)
@once
def write(case: Case, element: str) -> ResponseReturnValue:
    entity = chosen_of(case)
    form = sent_form(case, element, entity)
    if "more" in request.form:
        form.add_rows()
        return element_page(case, element, entity, form)
    if not form.validate():
        return element_page(case, element, entity, form, status=422)
    try:
        _save(case, element, entity, form)
    except InvalidValue as error:
        show_refusal(form, error)
        return element_page(case, element, entity, form, status=422)
    except StaleVersion:
        return conflict_page(case, element, entity, form)
    drop_draft("finding", draft_subject(case, element, entity))
    flash("Saved as a new revision. It counts once a second person has read it.", "success")
    return redirect(_address(case, element, entity), 303)


def _save(case: Case, element: str, entity: Entity | None, form: FindingForm) -> None:
    actions.write_finding(
        db,
        case,
        entity=entity,
        element=element,
        given=form.answer_given(),
        expected_revision=form.expected_revision,
        by=current_officer,
        at=now(),
    )


@findings.post("/findings/<element>/reading")
@requires(Permission.FINDING_REVIEW)
@once
def review(case: Case, element: str) -> ResponseReturnValue:
    entity = chosen_of(case)
    form = FindingReviewForm()
    if not form.validate():
        fresh = blank_form(case, element, entity)
        return element_page(case, element, entity, fresh, reading=form, status=422)
    answer = form.answer()
    actions.review_finding(
        db,
        case,
        entity=entity,
        element=element,
        revision=answer.revision,
        agrees=answer.agrees,
        dissent=answer.dissent,
        by=current_officer,
        at=now(),
    )
    flash("Your reading is on record.", "success")
    return redirect(_address(case, element, entity), 303)


def _address(case: Case, element: str, entity: Entity | None) -> str:
    subject = entity.id if entity else None
    return url_for(".element", case_ref=case.reference, element=element, subject=subject)
