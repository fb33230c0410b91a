"""Determinations: sign with a look back first, list them, read the frozen record."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions import actions
from casework.decisions.queries import decisions as queries
from casework.decisions.signing import kinds
from casework.disclosure.queries.need_to_know import record_as_seen
from casework.findings.queries import examined
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from models import Case, Entity
from views.access import current_officer, requires
from views.assembly import label
from views.casebar import case_page, counts_of, dates_of
from views.clock import now, today
from views.findings_conclusions import to_confirm_since
from views.findings_subject import required_of
from views.forms.determination import DeterminationForm
from views.once import once
from views.since_decided import looked_at
from views.transaction import db

determinations = Blueprint("determinations", __name__, url_prefix="/cases/<case_ref>")


@determinations.get("/determinations")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    return render_template(
        "determinations/index.html",
        rows=queries.determinations_of(db, case),
        subjects=examined(db, case),
        stage=load_pack(case.text_version).stages[case.stage],
        signable=kinds(load_pack(case.text_version), case.stage),
        **case_page(case, "determinations"),
    )


@determinations.get("/determinations/sign")
@requires(Permission.DETERMINATION_SIGN)
def prepare(case: Case) -> ResponseReturnValue:
    return _page(case, required_of(case), _offered(case, DeterminationForm()))


@determinations.post("/determinations/sign")
@requires(Permission.DETERMINATION_SIGN)
@once
def sign(case: Case) -> ResponseReturnValue:
    """Show the answers once more; only a second, explicit step signs."""
    entity = required_of(case)
    form = _offered(case, DeterminationForm())
    if not form.validate():
        return _page(case, entity, form, status=422)
    if request.form.get("step") != "sign":
        checking = request.form.get("step") != "change"
        return _page(case, entity, form, checking=checking)
    answer = form.answer()
    signed = actions.sign_determination(
        db,
        case,
        entity=entity,
        kind=answer.kind,
        reasons=answer.reasons,
        by=current_officer,
        at=now(),
        on=today(),
    )
    flash("Signed. The record is frozen.", "success")
    return redirect(url_for(".show", case_ref=case.reference, determination_id=signed.id), 303)


@determinations.get("/determinations/<uuid:determination_id>")
@requires(Permission.CASE_READ)
def show(case: Case, determination_id: UUID) -> ResponseReturnValue:
    row = queries.find_determination(db, case, determination_id) or abort(404)
    seen = record_as_seen(db, case, row.record)
    return render_template(
        "determinations/show.html",
        row=row,
        looked=replace(looked_at(case, row, row.entity), record=seen),
        again=to_confirm_since(case, row),
        whole=json.dumps(seen, ensure_ascii=False, indent=2, sort_keys=True),
        pack=load_pack(case.text_version),
        **case_page(case, "determinations"),
    )


def _offered(case: Case, form: DeterminationForm) -> DeterminationForm:
    here = kinds(load_pack(case.text_version), case.stage)
    form.offer([(kind, label("decision_kind", kind)) for kind in here])
    return form


def _page(
    case: Case,
    entity: Entity,
    form: DeterminationForm,
    *,
    checking: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    page = render_template(
        "determinations/check.html" if checking else "determinations/sign.html",
        entity=entity,
        form=form,
        acts=queries.acts_of_person(db, case, entity, current_officer),
        blockers=queries.signing_blockers(db, case, entity, current_officer, record),
        conclusions=queries.conclusions_of(case, entity.id, record),
        pack=load_pack(case.text_version),
        stage=load_pack(case.text_version).stages[case.stage],
        **case_page(case, "determinations"),
    )
    return page, status
