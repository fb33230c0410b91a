"""What agencies were asked and what they said. Silence is shown as silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue, StaleVersion
from casework.statute.loader import load_pack
from casework.workflow.actions import coordination as actions
from casework.workflow.queries import coordination as queries
from casework.workflow.queries.coordination import SILENT
from models import AgencyPosition, Case
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import back_to, cases, refuse
from views.clock import now, today
from views.forms.position_ask import PositionAskForm
from views.forms.position_state import PositionStateForm, Said
from views.forms.seen import Seen
from views.once import once
from views.transaction import db


@dataclass(frozen=True, slots=True)
class Asked:
    """One agency: the day it should answer by, and all it said, the last word last. `earlier`
    holds what it said on a draft finding that has changed since.
    """

    code: str
    label: str
    due_on: date
    overdue: bool
    said: list[AgencyPosition]
    earlier: list[AgencyPosition]


@cases.get("/<case_ref>/positions")
@requires(Permission.CASE_READ)
def positions(case: Case) -> ResponseReturnValue:
    return _page(case, _ask_form(case, blank=True), _state_form(case, blank=True))


@cases.post("/<case_ref>/positions/ask")
@requires(Permission.POSITION_ASK)
@once
def ask(case: Case) -> ResponseReturnValue:
    form = _ask_form(case)
    if not form.validate():
        return _page(case, form, _state_form(case, blank=True)), 422
    answer = form.answer()
    try:
        for agency in answer.agencies:
            actions.ask_agency(
                db, case, agency, due_on=answer.due_on, by=current_officer, at=now(), on=today()
            )
    except InvalidValue as error:
        refuse(form, error)
        return _page(case, form, _state_form(case, blank=True)), 422
    flash("Asked. The delegates of these agencies now see the case.", "success")
    return back_to(case, "positions")


@cases.post("/<case_ref>/positions/state")
@requires(Permission.POSITION_STATE)
@once
def state(case: Case) -> ResponseReturnValue:
    form = _state_form(case)
    if not form.validate():
        return _page(case, _ask_form(case, blank=True), form), 422
    try:
        _state(case, form.answer())
    except InvalidValue as error:
        refuse(form, error)
        return _page(case, _ask_form(case, blank=True), form), 422
    except StaleVersion as error:
        form.show(_seen(case))
        return _page(case, _ask_form(case, blank=True), form, stale=str(error)), 409
    flash("The position of your agency is on record.", "success")
    return back_to(case, "positions")


def _state(case: Case, answer: Said) -> None:
    actions.state_position(
        db,
        case,
        position=answer.position,
        comment=answer.comment,
        draft_sha256=answer.draft_sha256,
        expected=answer.seen,
        by=current_officer,
        at=now(),
    )


def _seen(case: Case) -> Seen:
    """What a delegate speaks on: the draft as it stands, and what the agency has said."""
    said = queries.positions_of(db, case)
    own = sum(row.agency == current_officer.agency for row in said)
    return Seen(queries.draft_sha256(db, case), own)


@cases.post("/<case_ref>/positions/<agency>/silence")
@requires(Permission.POSITION_ASK)
@once
def silence(case: Case, agency: str) -> ResponseReturnValue:
    actions.log_silence(db, case, agency, by=current_officer, at=now(), on=today())
    flash("Logged as silent. Silence is never read as consent.", "success")
    return back_to(case, "positions")


def _asked(case: Case) -> list[Asked]:
    pack = load_pack(case.text_version)
    said = queries.positions_of(db, case)
    earlier = queries.on_earlier_draft(db, case, said)
    return [
        Asked(
            request.agency,
            pack.agencies[request.agency].label,
            request.due_on,
            request.due_on < today(),
            [row for row in said if row.agency == request.agency],
            [row for row in earlier if row.agency == request.agency],
        )
        for request in queries.requests_of(db, case)
    ]


def _ask_form(case: Case, *, blank: bool = False) -> PositionAskForm:
    pack = load_pack(case.text_version)
    asked = {request.agency for request in queries.requests_of(db, case)}
    open_ = [(row.id, row.label) for row in pack.agencies.values() if row.id not in asked]
    return PositionAskForm(None, agencies=open_) if blank else PositionAskForm(agencies=open_)


def _state_form(case: Case, *, blank: bool = False) -> PositionStateForm:
    terms = load_pack(case.text_version).vocabularies["position"].terms
    open_ = [(term.code, term.label) for term in terms if term.code != SILENT]
    if not blank:
        return PositionStateForm(positions=open_)
    form = PositionStateForm(None, positions=open_)
    form.show(_seen(case))
    return form


def _page(
    case: Case, ask_form: PositionAskForm, state_form: PositionStateForm, *, stale: str = ""
) -> str:
    asked = _asked(case)
    return render_template(
        "cases/positions.html",
        asked=asked,
        own=next((row for row in asked if row.code == current_officer.agency), None),
        committee=load_pack(case.text_version).members("oc"),
        ask_form=ask_form,
        state_form=state_form,
        stale=stale,
        **case_page(case, "positions"),
    )
