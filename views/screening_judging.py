"""One hit: both sides beside each other, what was said of it, and a word of one's own."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion
from casework.screening import judging
from casework.screening.actions import judgements as actions
from casework.screening.queries import hits as queries
from casework.screening.queries.hits import Told
from casework.screening.queries.recused import is_recused_about
from models import Officer, ScreeningHit
from views.access import current_officer, requires
from views.cases_blueprint import refuse
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.entities_blueprint import WORDS
from views.forms.screening_judgement import ConfirmationForm, JudgementForm
from views.once import once
from views.screening_blueprint import screening
from views.transaction import db

JUDGEMENT, CONFIRMATION = "screening-judgement", "screening-confirmation"
Form = JudgementForm | ConfirmationForm


@screening.get("/hits/<uuid:hit_id>")
@requires(Permission.ENTITY_READ)
def hit(hit_id: UUID) -> ResponseReturnValue:
    return _page(_found(hit_id))


@screening.post("/hits/<uuid:hit_id>/judge")
@requires(Permission.ENTITY_EDIT)
@once
def judge(hit_id: UUID) -> ResponseReturnValue:
    row, form = _found(hit_id), JudgementForm()
    if not form.validate():
        return _page(row, judgement=form, status=422)
    word = form.answer()
    try:
        actions.judge(
            db,
            row,
            verdict=word.verdict,
            reason=word.reason,
            expected=word.expected,
            by=current_officer,
            at=now(),
        )
    except (InvalidValue, StaleVersion) as refused:
        return _refused(row, form, refused)
    drop_draft(JUDGEMENT, str(row.id))
    flash(_told(word.verdict), "success")
    return redirect(url_for(".hit", hit_id=row.id), 303)


@screening.post("/hits/<uuid:hit_id>/confirm")
@requires(Permission.MATCH_CONFIRM)
@once
def confirm(hit_id: UUID) -> ResponseReturnValue:
    row, form = _found(hit_id), ConfirmationForm()
    if not form.validate():
        return _page(row, confirmation=form, status=422)
    word = form.answer()
    try:
        actions.confirm(
            db,
            row,
            expected=word.expected,
            agrees=word.agrees,
            reason=word.reason,
            by=current_officer,
            at=now(),
        )
    except (InvalidValue, StaleVersion, SeparationOfDuties) as refused:
        return _refused(row, form, refused)
    drop_draft(CONFIRMATION, str(row.id))
    flash("Your word is on record beside the first.", "success")
    return redirect(url_for(".hit", hit_id=row.id), 303)


def _told(verdict: str) -> str:
    if verdict == judging.MATCH:
        return "The match is claimed. It counts once a second person has confirmed it."
    return "Your judgement is on record."


def _refused(row: ScreeningHit, form: Form, refused: Exception) -> ResponseReturnValue:
    """Show the page again with what was typed: 422 beside the field, 409 with what stands now."""
    status = 409
    if isinstance(refused, InvalidValue):
        refuse(form, refused)
        status = 422
    else:
        form.expected.raw_data = [str(len(queries.history_of(db, row)))]
    if isinstance(form, JudgementForm):
        return _page(row, judgement=form, status=status, refused=refused)
    return _page(row, confirmation=form, status=status, refused=refused)


def _found(hit_id: UUID) -> ScreeningHit:
    return queries.find_hit(db, current_officer, hit_id) or abort(404)


def _page(
    row: ScreeningHit,
    *,
    judgement: JudgementForm | None = None,
    confirmation: ConfirmationForm | None = None,
    status: int = 200,
    refused: Exception | None = None,
) -> ResponseReturnValue:
    told, history = queries.tell(db, [row])[0], queries.history_of(db, row)
    count, subject = len(history), str(row.id)
    page = render_template(
        "screening/hit.html",
        told=told,
        hit=row,
        entity=row.entity,
        history=history,
        judgement=judgement or JudgementForm(load_draft(JUDGEMENT, subject), expected=count),
        confirmation=confirmation
        or ConfirmationForm(load_draft(CONFIRMATION, subject), expected=count),
        may_confirm=_may_confirm(told, current_officer),
        recused=is_recused_about(db, row.entity_id, current_officer),
        stale=str(refused) if refused and status == 409 else "",
        words=WORDS,
    )
    return page, status


def _may_confirm(told: Told, officer: Officer) -> bool:
    """Whether the officer is a second person to a match that waits for one."""
    first = told.judgement
    return (
        told.state == judging.CLAIMED
        and first is not None
        and first.by_person_id != officer.person_id
    )
