"""Measures: what was recommended or left, what was considered, who decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions import actions
from casework.decisions.measures import items_of
from casework.decisions.particulars import told, typed
from casework.decisions.queries import decisions as queries
from casework.decisions.queries import holds
from casework.decisions.queries import measures as decided
from casework.decisions.queries.offers import offers_for
from casework.errors import InvalidValue, StaleVersion
from casework.findings.queries import examined
from casework.statute.loader import load_pack
from models import Case, Entity, Recommendation
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.findings_subject import chosen_of
from views.forms.particulars import FIELD, beside
from views.forms.recommendation import Proposal, RecommendationForm, recommendation_form
from views.forms.recommendation_decision import RecommendationDecisionForm
from views.once import once
from views.since_decided import looked_at
from views.transaction import db

measures = Blueprint("measures", __name__, url_prefix="/cases/<case_ref>")


@measures.get("/measures")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    rows = queries.recommendations_of(db, case)
    return render_template(
        "measures/index.html",
        current=queries.in_force(rows),
        earlier=len(rows) - len(queries.in_force(rows)),
        state_of=queries.state_of,
        subjects=examined(db, case),
        pack=load_pack(case.text_version),
        signed={row.recommendation_id: row for row in decided.measure_decisions_of(db, case)},
        holds=holds.standing(holds.holds_of(db, case)),
        unseen={row.id for row in decided.never_considered(case, rows)},
        today=today(),
        **case_page(case, "measures"),
    )


@measures.get("/measures/<measure>")
@requires(Permission.RECOMMENDATION_MAKE)
def new(case: Case, measure: str) -> ResponseReturnValue:
    kind, entity = _form(case, measure), chosen_of(case)
    draft = load_draft("recommendation", _draft_subject(case, measure, entity))
    form = kind(draft) if draft else kind(None, data=_begun(case, measure, entity))
    return _page(case, measure, entity, form)


def _begun(case: Case, measure: str, entity: Entity | None) -> dict[str, str]:
    """What the form starts from: the recommendation in force, else what the record offers."""
    current = queries.current_recommendation(db, case, measure, entity)
    if current is None:
        offered = offers_for(load_pack(case.text_version).measures[measure], entity)
        return {f"{FIELD}{name}": text for name, text in offered.items()}
    written = {f"{FIELD}{name}": typed(value) for name, value in current.particulars.items()}
    return {"supersedes": str(current.id), **written}


@measures.post("/measures/<measure>")
@requires(Permission.RECOMMENDATION_MAKE)
@once
def recommend(case: Case, measure: str) -> ResponseReturnValue:
    form, entity = _form(case, measure)(), chosen_of(case)
    if not form.validate():
        return _page(case, measure, entity, form, status=422)
    try:
        made = _save(case, measure, entity, form.answer())
    except StaleVersion:
        return _conflict(case, measure, entity, form)
    except InvalidValue as error:
        refuse(form, beside(form, error))
        return _page(case, measure, entity, form, status=422)
    drop_draft("recommendation", _draft_subject(case, measure, entity))
    flash("The recommendation is on record. Another person decides on it.", "success")
    return redirect(_address(case, made), 303)


def _save(case: Case, measure: str, entity: Entity | None, given: Proposal) -> Recommendation:
    return actions.recommend(
        db,
        case,
        measure=measure,
        entity=entity,
        taken=given.taken,
        reasons=given.reasons,
        considered=given.considered,
        particulars=given.particulars,
        supersedes=given.supersedes,
        by=current_officer,
        at=now(),
    )


@measures.get("/recommendations/<uuid:recommendation_id>")
@requires(Permission.CASE_READ)
def show(case: Case, recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(case, recommendation_id)
    form = RecommendationDecisionForm(None, content_sha256=found.content_sha256)
    return _decision_page(case, found, form)


@measures.post("/recommendations/<uuid:recommendation_id>/decision")
@requires(Permission.RECOMMENDATION_DECIDE)
@once
def decide(case: Case, recommendation_id: UUID) -> ResponseReturnValue:
    found = _found(case, recommendation_id)
    form = RecommendationDecisionForm()
    if not form.validate():
        return _decision_page(case, found, form, status=422)
    answer = form.answer()
    actions.decide_recommendation(
        db,
        case,
        found,
        approved=answer.approved,
        reasons=answer.reasons,
        content_sha256=answer.content_sha256,
        by=current_officer,
        at=now(),
    )
    flash("The decision is on record.", "success")
    return redirect(_address(case, found), 303)


def _form(case: Case, measure: str) -> type[RecommendationForm]:
    pack = load_pack(case.text_version)
    if measure not in pack.measures:
        abort(404)
    return recommendation_form(items_of(pack, measure), pack.measures[measure].fields)


def _found(case: Case, key: UUID) -> Recommendation:
    return queries.find_recommendation(db, case, key) or abort(404)


def _address(case: Case, row: Recommendation) -> str:
    return url_for("measures.show", case_ref=case.reference, recommendation_id=row.id)


def _draft_subject(case: Case, measure: str, entity: Entity | None) -> str:
    return f"{case.reference}:{measure}:{entity.id if entity else '-'}"


def _conflict(
    case: Case, measure: str, entity: Entity | None, form: RecommendationForm
) -> ResponseReturnValue:
    """409 with the saved recommendation beside the form, which now replaces that one."""
    current = queries.current_recommendation(db, case, measure, entity)
    form.supersedes.data = str(current.id) if current else ""
    return _page(case, measure, entity, form, status=409)


def _page(
    case: Case,
    measure: str,
    entity: Entity | None,
    form: RecommendationForm,
    *,
    status: int = 200,
) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    page = render_template(
        "measures/new.html",
        measure=pack.measures[measure],
        items=items_of(pack, measure),
        entity=entity,
        subjects=examined(db, case),
        form=form,
        current=queries.current_recommendation(db, case, measure, entity),
        held=holds.standing_hold(db, case, measure, entity),
        reached=decided.reached_by(db, case, measure, entity, today()),
        today=today(),
        stale=status == 409,
        draft_subject=_draft_subject(case, measure, entity),
        **case_page(case, "measures"),
    )
    return page, status


def _decision_page(
    case: Case, row: Recommendation, form: RecommendationDecisionForm, *, status: int = 200
) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    context: dict[str, Any] = {
        "row": row,
        "form": form,
        "measure": pack.measures[row.measure],
        "items": {item.id: item for item in items_of(pack, row.measure)},
        "state": queries.state_of(row),
        "replaced": row not in queries.in_force(queries.recommendations_of(db, case)),
        "own": row.by_person_id == current_officer.person_id,
        "told": told(pack.measures[row.measure], row.particulars),
        "held": holds.standing_hold(db, case, row.measure, row.entity),
        "reached": decided.reached_by(db, case, row.measure, row.entity, today()),
        "signed": decided.decided_on(db, row),
        "looked": [(each, looked_at(case, each, row.entity)) for each in row.decisions],
        "today": today(),
    }
    return render_template("measures/show.html", **context, **case_page(case, "measures")), status
