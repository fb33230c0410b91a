"""Notices to those who submitted information, before any of it is released."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.disclosure import rules
from casework.disclosure.actions import notices as actions
from casework.disclosure.queries import notices as queries
from casework.errors import InvalidValue
from casework.evidence.queries.exhibits import exhibits_of, find_exhibit
from casework.statute.loader import load_pack
from models import Case, Incident, SubmitterNotice
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.forms.base import PlainForm
from views.forms.submitter_notice import NoticeAnswerForm, NoticeForm, NoticeRulingForm
from views.once import once
from views.transaction import db

notices = Blueprint("notices", __name__, url_prefix="/cases/<case_ref>/notices")
DRAFT = "notice"


@notices.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    return render_template(
        "handling/notices.html",
        notices=queries.notices_of(db, case),
        reports=queries.linked_reports(db, case),
        **_shared(case),
    )


@notices.get("/to/<reference>")
@requires(Permission.NOTICE_SEND)
def new(case: Case, reference: str) -> ResponseReturnValue:
    incident = _report(case, reference)
    return _new_page(case, incident, _notice_form(case, incident, _draft(case, reference)))


@notices.post("/to/<reference>")
@requires(Permission.NOTICE_SEND)
@once
def send(case: Case, reference: str) -> ResponseReturnValue:
    incident = _report(case, reference)
    form = _notice_form(case, incident)
    if not form.validate():
        return _new_page(case, incident, form, status=422)
    given = form.answer()
    try:
        notice = actions.send_notice(
            db,
            case,
            incident,
            requested_by=given.requested_by,
            described=given.described,
            items=given.items,
            sent_on=given.sent_on,
            **_signed(),
        )
    except InvalidValue as fault:
        refuse(form, fault)
        return _new_page(case, incident, form, status=422)
    drop_draft(DRAFT, f"{case.reference}:{reference}")
    flash("The notice is on record.", "success")
    return _to(case, notice)


@notices.get("/<uuid:notice_id>")
@requires(Permission.CASE_READ)
def show(case: Case, notice_id: UUID) -> ResponseReturnValue:
    return _page(case, _found(case, notice_id))


@notices.post("/<uuid:notice_id>/answer")
@requires(Permission.NOTICE_SEND)
@once
def answer(case: Case, notice_id: UUID) -> ResponseReturnValue:
    notice, form = _found(case, notice_id), _answer_form(case)
    if not form.validate():
        return _page(case, notice, answering=form, status=422)
    given = form.answer()
    try:
        actions.record_answer(
            db,
            case,
            notice,
            kind=given.kind,
            text=given.text,
            received_on=given.received_on,
            exhibit=find_exhibit(db, case, given.exhibit) if given.exhibit else None,
            **_signed(),
        )
    except InvalidValue as fault:
        refuse(form, fault)
        return _page(case, notice, answering=form, status=422)
    flash("The answer is on record.", "success")
    return _to(case, notice)


@notices.post("/<uuid:notice_id>/ruling")
@requires(Permission.NOTICE_RULE)
@once
def rule(case: Case, notice_id: UUID) -> ResponseReturnValue:
    notice, form = _found(case, notice_id), NoticeRulingForm()
    if not form.validate():
        return _page(case, notice, ruling=form, status=422)
    given = form.answer()
    try:
        actions.rule_on(
            db,
            case,
            notice,
            released=given.released,
            reasons=given.reasons,
            release_on=given.release_on,
            **_signed(),
        )
    except InvalidValue as fault:
        refuse(form, fault)
        return _page(case, notice, ruling=form, status=422)
    flash("The ruling is on record. Send its reasons to the submitter.", "success")
    return _to(case, notice)


def _signed() -> dict[str, Any]:
    return {"by": current_officer, "at": now(), "on": today()}


def _shared(case: Case) -> dict[str, Any]:
    return {
        "course_of": queries.course_of,
        "standings": rules.STANDINGS,
        "answers": rules.ANSWERS,
        "today": today(),
        "after_ruling": rules.AFTER_RULING,
        "time_to_object": load_pack(case.text_version).reading_for(rules.OBJECTION),
        "citation_text": rules.CITATION,
        **case_page(case, "evidence", "notices"),
    }


def _report(case: Case, reference: str) -> Incident:
    found = (row for row in queries.linked_reports(db, case) if row.reference == reference)
    return next(found, None) or abort(404)


def _found(case: Case, notice_id: UUID) -> SubmitterNotice:
    return queries.find_notice(db, case, notice_id) or abort(404)


def _to(case: Case, notice: SubmitterNotice) -> ResponseReturnValue:
    return redirect(url_for(".show", case_ref=case.reference, notice_id=notice.id), 303)


def _draft(case: Case, reference: str) -> dict[str, Any]:
    return {"formdata": load_draft(DRAFT, f"{case.reference}:{reference}")}


def _notice_form(case: Case, incident: Incident, given: dict[str, Any] | None = None) -> NoticeForm:
    return NoticeForm(items=queries.items_of(db, case, incident), **(given or {}))


def _answer_form(case: Case, **given: Any) -> NoticeAnswerForm:
    exhibits = [(str(row.number), f"{row.number}. {row.title}") for row in exhibits_of(db, case)]
    return NoticeAnswerForm(exhibits=exhibits, **given)


def _new_page(
    case: Case, incident: Incident, form: NoticeForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "handling/notice_new.html", incident=incident, form=form, **_shared(case)
    )
    return page, status


def _page(
    case: Case,
    notice: SubmitterNotice,
    *,
    answering: PlainForm | None = None,
    ruling: PlainForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "handling/notice.html",
        notice=notice,
        course=queries.course_of(notice),
        answering=answering or _answer_form(case, formdata=None),
        ruling=ruling or NoticeRulingForm(formdata=None, prefix=""),
        first_day=rules.earliest_release(queries.course_of(notice), today()),
        took_part=current_officer.person_id
        in {notice.by_person_id, notice.answer.by_person_id if notice.answer else None},
        **_shared(case),
    )
    return page, status
