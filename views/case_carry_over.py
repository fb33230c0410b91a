"""Carry a running case over from one text of the law to another, each difference decided."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, StaleVersion
from casework.statute.loader import load_pack, packs
from casework.workflow.actions import carry_over as actions
from casework.workflow.queries.carried import carry_overs_of
from models import Case
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import refuse, version_of
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.forms.carry_over import CarryOverForm, carry_over_form
from views.once import once
from views.transaction import db

carry_over = Blueprint("carry_over", __name__, url_prefix="/cases/<case_ref>/text")


@carry_over.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    return render_template(
        "carry_over/index.html",
        pack=pack,
        others=[other for other in packs() if other is not pack],
        closed=case.stage in pack.closing,
        done=carry_overs_of(db, case),
        **case_page(case, "history", "text"),
    )


@carry_over.get("/<to_version>")
@requires(Permission.TEXT_CARRY)
def new(case: Case, to_version: str) -> ResponseReturnValue:
    met = _met(case, to_version)
    kind = carry_over_form(met.questions, met.stages)
    draft = load_draft("carry-over", f"{case.reference}:{to_version}")
    form = kind(draft) if draft else kind(None)
    form.version.data = str(case.version)
    return _page(case, met, form)


@carry_over.post("/<to_version>")
@requires(Permission.TEXT_CARRY)
@once
def carry(case: Case, to_version: str) -> ResponseReturnValue:
    met = _met(case, to_version)
    form = carry_over_form(met.questions, met.stages)()
    if not form.validate():
        return _page(case, met, form, status=422)
    try:
        _carry(case, to_version, form)
    except StaleVersion:
        form.version.data = str(case.version)
        return _page(case, met, form, status=409)
    except InvalidValue as error:
        if not form.blame(error.field, str(error)):
            refuse(form, error)
        return _page(case, met, form, status=422)
    drop_draft("carry-over", f"{case.reference}:{to_version}")
    flash(f"The case now runs under {met.to.act.title}.", "success")
    return redirect(url_for(".index", case_ref=case.reference), 303)


def _carry(case: Case, to_version: str, form: CarryOverForm) -> None:
    sent = form.answer()
    actions.carry_over(
        db,
        case,
        to_version,
        actions.Decided(reason=sent.reason, stage=sent.stage, choices=sent.choices),
        by=current_officer,
        at=now(),
        version=version_of(form.version.data),
    )


def _met(case: Case, to_version: str) -> actions.Crossing:
    """What the case meets; 404 for a text it cannot go to."""
    try:
        return actions.crossing_of(db, case, to_version)
    except InvalidValue as refusal:
        abort(404, str(refusal))


def _page(
    case: Case, met: actions.Crossing, form: CarryOverForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "carry_over/new.html",
        old=load_pack(case.text_version),
        met=met,
        form=form,
        stale=status == 409,
        **case_page(case, "history", "text"),
    )
    return page, status
