"""Votes of a committee: what is open and closed, one motion, the ballot, the closing."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.committee.actions import ballots, motions
from casework.committee.motions import may_move, questions
from casework.committee.queries import escalations
from casework.committee.queries import motions as queries
from casework.committee.queries.closing import differences
from casework.errors import InvalidValue, StaleVersion
from casework.findings.queries import examined
from casework.statute.clocks import rule_for
from casework.statute.loader import load_pack
from casework.statute.uses import COMMITTEE_VOTE
from models import Case, Motion
from views.access import current_officer, requires
from views.assembly import choices
from views.casebar import case_page
from views.cases_blueprint import refuse
from views.clock import now, today
from views.drafts import drop_draft, load_draft
from views.forms.ballot import BallotForm, Vote
from views.forms.postponement import PostponementForm
from views.forms.seen import Seen
from views.once import once
from views.transaction import db
from views.votes_page import address, consent_of, found_motion, sheet_of

votes = Blueprint("votes", __name__, url_prefix="/cases/<case_ref>/votes")


@votes.get("")
@requires(Permission.CASE_READ)
def index(case: Case) -> ResponseReturnValue:
    pack, rows = load_pack(case.text_version), queries.motions_of(db, case)
    agency, roles = current_officer.agency or "", current_officer.roles
    return render_template(
        "committee/index.html",
        rows=rows,
        members={row.id: queries.members_of(case, row) for row in rows},
        voted={row.id: queries.voted(row) for row in rows},
        last_day={row.id: queries.last_day_of(case, row) for row in rows},
        matters={row.key: row for row in escalations.matters_of(db, case, today())},
        faults=differences(db, case),
        questions=questions(pack, case.stage),
        movable={row.id for row in pack.ballots.values() if may_move(pack, row.id, agency, roles)},
        subjects=examined(db, case),
        stage=pack.stages[case.stage],
        pack=pack,
        today=today(),
        **case_page(case, "measures", "votes"),
    )


@votes.get("/<uuid:motion_id>")
@requires(Permission.CASE_READ)
def show(case: Case, motion_id: UUID) -> ResponseReturnValue:
    motion = found_motion(case, motion_id)
    draft = load_draft("ballot", draft_subject(case, motion))
    return motion_page(case, motion, ballot=_bound(motion, _form(draft)))


@votes.post("/<uuid:motion_id>/ballots")
@requires(Permission.BALLOT_CAST)
@once
def cast(case: Case, motion_id: UUID) -> ResponseReturnValue:
    motion, form = found_motion(case, motion_id), _form()
    if not form.validate():
        return motion_page(case, motion, ballot=form, status=422)
    try:
        _cast(case, motion, form.answer())
    except InvalidValue as error:
        refuse(form, error)
        return motion_page(case, motion, ballot=form, status=422)
    except StaleVersion as error:
        motion = found_motion(case, motion_id)
        return motion_page(case, motion, ballot=_bound(motion, form), status=409, stale=str(error))
    drop_draft("ballot", draft_subject(case, motion))
    flash("The ballot of your agency is cast. It stays sealed until the vote is closed.", "success")
    return redirect(address(case, motion), 303)


@votes.post("/<uuid:motion_id>/close")
@requires(Permission.MOTION_CLOSE)
@once
def close(case: Case, motion_id: UUID) -> ResponseReturnValue:
    motion = found_motion(case, motion_id)
    if not request.form.get("content_sha256"):
        raise InvalidValue("Open the motion, read it, and close the vote from its page.")
    motions.close(
        db,
        case,
        motion,
        content_sha256=request.form["content_sha256"],
        by=current_officer,
        at=now(),
        on=today(),
    )
    flash("The vote is closed. The record is frozen.", "success")
    return redirect(address(case, motion), 303)


def _cast(case: Case, motion: Motion, answer: Vote) -> None:
    ballots.cast(
        db,
        case,
        motion,
        choice=answer.choice,
        dissent=answer.dissent,
        content_sha256=answer.content_sha256,
        expected=answer.seen,
        by=current_officer,
        at=now(),
    )


def _form(*draft: object) -> BallotForm:
    return BallotForm(*draft, options=choices("ballot_choice"))


def _bound(motion: Motion, form: BallotForm) -> BallotForm:
    """The form on the words and the own ballots that the page shows now."""
    own = len(queries.own_ballots(motion, current_officer))
    form.show(Seen(motion.content_sha256, own))
    return form


def draft_subject(case: Case, motion: Motion) -> str:
    return f"{case.reference}:{motion.id}"


def motion_page(
    case: Case,
    motion: Motion,
    *,
    ballot: BallotForm | None = None,
    later: PostponementForm | None = None,
    status: int = 200,
    stale: str = "",
) -> ResponseReturnValue:
    """The page of a motion; a form that was refused is handed in with what was typed."""
    page = render_template(
        "committee/motion.html",
        sheet=sheet_of(case, motion),
        motion=motion,
        ballot=ballot or _bound(motion, _form(None)),
        later=later or PostponementForm(None),
        consents={row.id: consent_of(case, motion, row) for row in motion.postponements},
        stale=stale,
        draft_subject=draft_subject(case, motion),
        clock=rule_for(load_pack(case.text_version), COMMITTEE_VOTE),
        own_agency=current_officer.agency,
        **case_page(case, "measures", "votes"),
    )
    return page, status
