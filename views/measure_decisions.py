"""Decisions on measures: signed on an approved recommendation, with a look back first."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions.actions.measures import sign_measure
from casework.decisions.particulars import told
from casework.decisions.queries import decisions as queries
from casework.decisions.queries import measures as decided
from casework.decisions.queries.holds import standing_hold
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from models import Case, MeasureDecision, Recommendation
from views.access import current_officer, requires
from views.assembly import label
from views.casebar import case_page, counts_of, dates_of
from views.clock import now, today
from views.forms.measure_decision import MeasureDecisionForm
from views.once import once
from views.since_decided import looked_at
from views.transaction import db

measure_decisions = Blueprint("measure_decisions", __name__, url_prefix="/cases/<case_ref>")


@measure_decisions.get("/recommendations/<uuid:approved_id>/sign")
@requires(Permission.MEASURE_SIGN)
def prepare(case: Case, approved_id: UUID) -> ResponseReturnValue:
    row = _found(case, approved_id)
    form = MeasureDecisionForm(None, content_sha256=row.content_sha256)
    return _page(case, row, _offered(case, row, form))


@measure_decisions.post("/recommendations/<uuid:approved_id>/sign")
@requires(Permission.MEASURE_SIGN)
@once
def sign(case: Case, approved_id: UUID) -> ResponseReturnValue:
    """Show the answers once more; only a second, explicit step signs."""
    row = _found(case, approved_id)
    form = _offered(case, row, MeasureDecisionForm())
    if not form.validate():
        return _page(case, row, form, status=422)
    if request.form.get("step") != "sign":
        return _page(case, row, form, checking=request.form.get("step") != "change")
    signed = _sign(case, row, form)
    flash("Signed. The record is frozen.", "success")
    return redirect(url_for(".show", case_ref=case.reference, measure_decision_id=signed.id), 303)


def _sign(case: Case, row: Recommendation, form: MeasureDecisionForm) -> MeasureDecision:
    answer = form.answer()
    return sign_measure(
        db,
        case,
        row,
        kind=answer.kind,
        reasons=answer.reasons,
        content_sha256=answer.content_sha256,
        by=current_officer,
        at=now(),
        on=today(),
    )


@measure_decisions.get("/measure-decisions/<uuid:measure_decision_id>")
@requires(Permission.CASE_READ)
def show(case: Case, measure_decision_id: UUID) -> ResponseReturnValue:
    row = decided.find_measure_decision(db, case, measure_decision_id) or abort(404)
    pack = load_pack(case.text_version)
    return render_template(
        "measures/decision.html",
        row=row,
        measure=pack.measures[row.recommendation.measure],
        looked=looked_at(case, row, row.recommendation.entity),
        whole=json.dumps(row.record, ensure_ascii=False, indent=2, sort_keys=True),
        pack=pack,
        **case_page(case, "measures"),
    )


def _found(case: Case, key: UUID) -> Recommendation:
    """A recommendation of a measure that is decided by signature; 404 for any other."""
    row = queries.find_recommendation(db, case, key) or abort(404)
    if not load_pack(case.text_version).measures[row.measure].outcomes:
        abort(404)
    return row


def _offered(case: Case, row: Recommendation, form: MeasureDecisionForm) -> MeasureDecisionForm:
    kinds = load_pack(case.text_version).measures[row.measure].outcomes
    form.offer([(kind, label("decision_kind", kind)) for kind in kinds])
    return form


def _page(
    case: Case,
    row: Recommendation,
    form: MeasureDecisionForm,
    *,
    checking: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    page = render_template(
        "measures/check.html" if checking else "measures/sign.html",
        row=row,
        form=form,
        measure=pack.measures[row.measure],
        told=told(pack.measures[row.measure], row.particulars),
        own=row.by_person_id == current_officer.person_id,
        acts=queries.acts_of_person(db, case, row.entity, current_officer),
        signed=decided.decided_on(db, row),
        blockers=decided.measure_signing_blockers(db, case, row, current_officer, record),
        held=standing_hold(db, case, row.measure, row.entity),
        reached=decided.reached_by(db, case, row.measure, row.entity, today()),
        today=today(),
        pack=pack,
        **case_page(case, "measures"),
    )
    return page, status
