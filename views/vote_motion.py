"""Put a question to the vote: what stands against it, what it rests on, in whose words."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.committee.actions import motions as actions
from casework.committee.motions import may_move, observers, vote_by
from casework.committee.queries import moving
from casework.errors import InvalidValue, StaleVersion
from casework.findings.queries import examined
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from models import Case, Entity, Motion
from views.access import current_officer, requires
from views.casebar import case_page, counts_of, dates_of
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.findings_subject import required_of
from views.forms.motion import MotionForm, Proposed
from views.once import once
from views.transaction import db
from views.votes_page import address

motions = Blueprint("motions", __name__, url_prefix="/cases/<case_ref>/votes/new")


@motions.get("/<question>")
@requires(Permission.MOTION_MOVE)
def new(case: Case, question: str) -> ResponseReturnValue:
    entity = required_of(case)
    draft = load_draft("motion", _draft_subject(case, question, entity))
    return _page(case, question, entity, _form(case, question, entity, draft))


@motions.post("/<question>")
@requires(Permission.MOTION_MOVE)
@once
def move(case: Case, question: str) -> ResponseReturnValue:
    entity = required_of(case)
    form = _form(case, question, entity)
    if not form.validate():
        return _page(case, question, entity, form, status=422)
    try:
        motion = _move(case, question, entity, form.answer())
    except InvalidValue as error:
        refuse(form, error)
        return _page(case, question, entity, form, status=422)
    except StaleVersion as error:
        return _page(case, question, entity, form, status=409, stale=str(error))
    drop_draft("motion", _draft_subject(case, question, entity))
    flash("The motion is circulated. Members vote on exactly these words.", "success")
    return redirect(address(case, motion), 303)


def _move(case: Case, question: str, entity: Entity, answer: Proposed) -> Motion:
    return actions.move(
        db,
        case,
        question=question,
        entity=entity,
        ground=answer.ground,
        statement=answer.statement,
        seated=answer.seated,
        seating_reason=answer.seating_reason,
        by=current_officer,
        at=now(),
        on=today(),
    )


def _form(case: Case, question: str, entity: Entity, *draft: object) -> MotionForm:
    pack = load_pack(case.text_version)
    if question not in pack.ballots:
        abort(404)
    grounds = moving.grounds(db, case, question, entity)
    sitting = [(code, pack.agencies[code].label) for code in observers(pack, question)]
    return MotionForm(
        *draft, grounds=[(str(row.id), row.words) for row in grounds], observers=sitting
    )


def _draft_subject(case: Case, question: str, entity: Entity) -> str:
    return f"{case.reference}:{question}:{entity.id}"


def _page(
    case: Case,
    question: str,
    entity: Entity,
    form: MotionForm,
    *,
    status: int = 200,
    stale: str = "",
) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    agency, roles = current_officer.agency or "", current_officer.roles
    page = render_template(
        "committee/new.html",
        rule=pack.ballots[question],
        entity=entity,
        subjects=examined(db, case),
        blockers=moving.blockers_of(db, case, question, entity, record),
        may_move=may_move(pack, question, agency, roles),
        vote_by=vote_by(pack, today()),
        form=form,
        stale=stale,
        draft_subject=_draft_subject(case, question, entity),
        **case_page(case, "measures", "votes"),
    )
    return page, status
