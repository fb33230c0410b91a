"""Mark more strictly, lift a marking, and keep the list of who may read an item."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.disclosure.queries.notices import covers
from casework.errors import InvalidValue, StaleVersion
from casework.handling.actions import markings as actions
from casework.handling.queries import markings as queries
from casework.handling.queries.readers import mark_of
from casework.people.queries import officer as find_officer
from casework.workflow.queries.team import team_of
from models import Case, Marking, Officer
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.forms.marking import MarkingForm, Wanted, shown
from views.forms.officer_choice import OfficerChoiceForm
from views.markings_blueprint import back_to, item_of, markings
from views.once import once
from views.transaction import db

ADDRESS = "/cases/<case_ref>/markings/<uuid:marking_id>"
DRAFT = "marking"


@markings.get(f"{ADDRESS}/change")
@requires(Permission.MARKING_SET)
def ask_change(case: Case, marking_id: UUID) -> ResponseReturnValue:
    return _page(case, marking_id, _form(case, marking_id, "change"), "change")


@markings.post(f"{ADDRESS}/change")
@requires(Permission.MARKING_SET)
@once
def change(case: Case, marking_id: UUID) -> ResponseReturnValue:
    return _save(case, marking_id, "change")


@markings.get(f"{ADDRESS}/decontrol")
@requires(Permission.DECONTROL)
def ask_decontrol(case: Case, marking_id: UUID) -> ResponseReturnValue:
    return _page(case, marking_id, _form(case, marking_id, "decontrol"), "decontrol")


@markings.post(f"{ADDRESS}/decontrol")
@requires(Permission.DECONTROL)
@once
def decontrol(case: Case, marking_id: UUID) -> ResponseReturnValue:
    return _save(case, marking_id, "decontrol")


def _save(case: Case, marking_id: UUID, act: str) -> ResponseReturnValue:
    marking, form = item_of(case, marking_id).marking, MarkingForm(**_offered())
    if not form.validate():
        return _page(case, marking_id, form, act, status=422)
    try:
        _do(case, marking, form.answer(), act)
    except StaleVersion:
        form.seen.data = str(queries.count_changes(db, marking))
        return _page(case, marking_id, form, act, status=409)
    except InvalidValue as fault:
        refuse(form, fault)
        return _page(case, marking_id, form, act, status=422)
    drop_draft(DRAFT, _draft_subject(marking_id, act))
    flash("The marking is changed; the earlier one is kept below.", "success")
    return back_to(case, marking_id)


def _do(case: Case, marking: Marking, wanted: Wanted, act: str) -> None:
    told: dict[str, Any] = {
        "seen": wanted.seen,
        "reason": wanted.reason,
        "authority": wanted.authority,
        "case": case,
        "by": current_officer,
        "at": now(),
    }
    if act == "change":
        actions.change_marking(db, marking, wanted.mark, **told)
    else:
        lifted = covers(db, marking, today())
        actions.decontrol(db, marking, wanted.mark, lifted=lifted, **told)


def _offered() -> dict[str, Any]:
    return {
        "cuis": choices("cui_category"),
        "controls": choices("cui_dissemination"),
        "labels": choices("tlp"),
    }


def _form(case: Case, marking_id: UUID, act: str) -> MarkingForm:
    """What this officer typed and has not saved, else the marking as it stands."""
    marking = item_of(case, marking_id).marking
    draft = load_draft(DRAFT, _draft_subject(marking_id, act))
    if draft:
        return MarkingForm(draft, **_offered())
    seen = str(queries.count_changes(db, marking))
    return MarkingForm(None, data=shown(mark_of(marking)) | {"seen": seen}, **_offered())


def _draft_subject(marking_id: UUID, act: str) -> str:
    return f"{marking_id}:{act}"


def _page(
    case: Case, marking_id: UUID, form: MarkingForm, act: str, *, status: int = 200
) -> ResponseReturnValue:
    item = item_of(case, marking_id)
    page = render_template(
        "handling/change.html",
        item=item,
        mark=mark_of(item.marking),
        last=queries.changes_of(db, [marking_id])[:1],
        form=form,
        act=act,
        stale=status == 409,
        draft_subject=_draft_subject(marking_id, act),
        **case_page(case, "evidence", "markings"),
    )
    return page, status


@markings.get(f"{ADDRESS}/readers")
@requires(Permission.MARKING_SET)
def ask_readers(case: Case, marking_id: UUID) -> ResponseReturnValue:
    return _readers_page(case, marking_id, _choice(case, formdata=None))


@markings.post(f"{ADDRESS}/readers")
@requires(Permission.MARKING_SET)
@once
def add_reader(case: Case, marking_id: UUID) -> ResponseReturnValue:
    item, form = item_of(case, marking_id), _choice(case)
    if not form.validate():
        return _readers_page(case, marking_id, form, status=422)
    reader = _reader(form.answer())
    try:
        actions.list_reader(db, item.marking, reader, case=case, by=current_officer, at=now())
    except InvalidValue as fault:
        refuse(form, fault)
        return _readers_page(case, marking_id, form, status=422)
    flash(f"{reader.name} is on the list.", "success")
    return back_to(case, marking_id)


@markings.post(f"{ADDRESS}/readers/removal")
@requires(Permission.MARKING_SET)
@once
def remove_reader(case: Case, marking_id: UUID) -> ResponseReturnValue:
    item = item_of(case, marking_id)
    reader = _reader(request.form.get("officer", type=UUID) or abort(400))
    form = _choice(case, formdata=None)
    try:
        actions.unlist_reader(db, item.marking, reader, case=case, by=current_officer, at=now())
    except InvalidValue as fault:
        refuse(form, fault)
        return _readers_page(case, marking_id, form, status=422)
    flash(f"{reader.name} is off the list.", "success")
    return back_to(case, marking_id)


def _choice(case: Case, **given: Any) -> OfficerChoiceForm:
    people = [(str(row.id), f"{row.name}, {row.organization.name}") for row in team_of(db, case)]
    return OfficerChoiceForm(officers=people, **given)


def _reader(officer_id: UUID) -> Officer:
    return find_officer(db, officer_id) or abort(404)


def _readers_page(
    case: Case, marking_id: UUID, form: OfficerChoiceForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "handling/readers.html",
        item=item_of(case, marking_id),
        listed=queries.lists_of(db, [marking_id]).get(marking_id, []),
        form=form,
        **case_page(case, "evidence", "markings"),
    )
    return page, status
