"""One petition: what it says, the written answer, and the letter to the petitioner."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, StaleVersion
from casework.evidence.queries.exhibits import Cites, veil
from casework.petitions import actions, rules
from casework.petitions.queries import petitions as queries
from casework.petitions.queries.participation import part_taken
from casework.statute.loader import load_pack
from models import Case, Petition
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.forms.petition_answer import PetitionAnswerForm
from views.once import once
from views.transaction import db

petition_answers = Blueprint("petition_answers", __name__, url_prefix="/cases/<case_ref>/petitions")

DRAFT = "petition-answer"


@petition_answers.get("/<uuid:petition_id>")
@requires(Permission.CASE_READ)
def show(case: Case, petition_id: UUID) -> ResponseReturnValue:
    petition = _found(case, petition_id)
    return _page(case, petition, _form(load_draft(DRAFT, _draft_subject(case, petition))))


@petition_answers.post("/<uuid:petition_id>/answer")
@requires(Permission.PETITION_DECIDE)
@once
def answer(case: Case, petition_id: UUID) -> ResponseReturnValue:
    petition, form = _found(case, petition_id), _form()
    if not form.validate():
        return _page(case, petition, form, status=422)
    try:
        _answer(case, petition, form)
    except InvalidValue as refused:
        refuse(form, refused)
        return _page(case, petition, form, status=422)
    except StaleVersion:
        return _page(case, petition, form, status=409)
    drop_draft(DRAFT, _draft_subject(case, petition))
    flash("The answer is on record. Send the letter to the petitioner.", "success")
    return redirect(url_for(".show", case_ref=case.reference, petition_id=petition.id), 303)


@petition_answers.get("/<uuid:petition_id>/letter")
@requires(Permission.CASE_READ)
def letter(case: Case, petition_id: UUID) -> ResponseReturnValue:
    petition = _found(case, petition_id)
    if petition.decision is None:
        abort(404)
    pack = load_pack(case.text_version)
    return render_template(
        "petitions/letter.html",
        petition=petition,
        decision=petition.decision,
        measure=pack.measures[petition.measure],
        rule=pack.petitions[petition.measure],
        **case_page(case, "measures", "petitions"),
    )


def _answer(case: Case, petition: Petition, form: PetitionAnswerForm) -> None:
    given = form.answer()
    actions.answer_petition(
        db,
        case,
        petition,
        outcome=given.outcome,
        reasons=given.reasons,
        by=current_officer,
        at=now(),
        on=today(),
    )


def _found(case: Case, key: UUID) -> Petition:
    petition = queries.find_petition(db, case, key) or abort(404)
    if petition.exhibit_id is not None:
        veil(db, [cast(Cites, petition)])
    return petition


def _draft_subject(case: Case, petition: Petition) -> str:
    return f"{case.reference}:{petition.id}"


def _form(*arguments: object) -> PetitionAnswerForm:
    return PetitionAnswerForm(*arguments, outcomes=choices("review_outcome"))


def _page(
    case: Case, petition: Petition, form: PetitionAnswerForm, *, status: int = 200
) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    votes = queries.votes_on(db, case, petition)
    standing = frozenset(decision for _, decision in votes)
    rule = pack.petitions[petition.measure]
    page = render_template(
        "petitions/show.html",
        petition=petition,
        form=form,
        measure=pack.measures[petition.measure],
        rule=rule,
        clock=pack.clock_for(rule.clock),
        votes=[(motion, pack.ballots[motion.question], found) for motion, found in votes],
        closed_ways={
            outcome: rules.answer_blockers(pack, rule, outcome, standing)
            for outcome in (rules.GRANT, rules.MODIFY)
        },
        part_taken=part_taken(db, petition, current_officer),
        late=queries.is_late(petition, today()),
        intact=petition.decision is None or queries.is_intact(petition.decision),
        stale=status == 409,
        draft_subject=_draft_subject(case, petition),
        proofs=rules.PROOFS,
        **case_page(case, "measures", "petitions"),
    )
    return page, status
