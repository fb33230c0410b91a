from __future__ import annotations

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.statute.loader import load_pack
from casework.statute.record_rows import RecordKind
from casework.workflow.actions import cases as actions
from casework.workflow.actions import coordination
from casework.workflow.engine import Step, next_steps
from casework.workflow.queries import coordination as coordinated
from casework.workflow.queries import standing
from casework.workflow.record import Record
from casework.workflow.record_kinds import fitting
from models import Case
from views.access import current_officer, requires
from views.casebar import case_page, counts_of, dates_of, enacted_setting
from views.cases_blueprint import back_to, cases, refuse, version_of
from views.clock import now, today
from views.forms.stage_record import StageRecordForm
from views.forms.step import StepForm
from views.once import once
from views.transaction import db


@cases.get("/<case_ref>/steps/<step>")
@requires(Permission.CASE_ADVANCE)
def step(case: Case, step: str) -> ResponseReturnValue:
    form = StepForm(data={"version": str(case.version)})
    return _step_page(case, _find_step(case, step), form)


@cases.post("/<case_ref>/steps/<step>")
@requires(Permission.CASE_ADVANCE)
@once
def take_step(case: Case, step: str) -> ResponseReturnValue:
    form = StepForm()
    if not form.validate():
        return _step_page(case, _find_step(case, step), form), 422
    road = next((row for row in load_pack(case.text_version).transitions if row.id == step), None)
    try:
        change = actions.advance_case(
            db,
            case,
            road.target if road else "",
            decision=road.decision if road else "",
            reason=form.answer(),
            by=current_officer,
            at=now(),
            version=version_of(form.version.data),
            default_enacted=enacted_setting(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return _step_page(case, _find_step(case, step), form), 422
    stage = load_pack(case.text_version).stages[change.to_stage]
    flash(f"The case is now at: {stage.title}.", "success")
    return back_to(case)


def _find_step(case: Case, step_id: str) -> Step:
    """The step with its blockers; 404 when it does not start at the present stage."""
    facts = standing.facts_of(db, case, default_enacted=enacted_setting())
    roads = next_steps(facts, load_pack(case.text_version))
    return next((each for each in roads if each.transition.id == step_id), None) or abort(404)


def _step_page(case: Case, step: Step, form: StepForm) -> str:
    pack = load_pack(case.text_version)
    return render_template(
        "cases/step.html",
        form=form,
        step=step,
        here=pack.stages[case.stage],
        there=pack.stages[step.transition.target],
        may=bool(current_officer.roles & set(step.transition.roles)),
        **case_page(case, "overview"),
    )


@cases.get("/<case_ref>/record/<kind>")
@requires(Permission.CASE_ADVANCE)
def record(case: Case, kind: str) -> ResponseReturnValue:
    return _record_page(case, _kind(case, kind), _record_form(case, kind))


@cases.post("/<case_ref>/record/<kind>")
@requires(Permission.CASE_ADVANCE)
@once
def put_record(case: Case, kind: str) -> ResponseReturnValue:
    form = _record_form(case, kind)
    if not form.validate():
        return _record_page(case, _kind(case, kind), form), 422
    answer = form.answer()
    try:
        coordination.put_on_record(
            db,
            case,
            kind=kind,
            outcome=answer.outcome,
            happened_on=answer.happened_on,
            note=answer.note,
            by=current_officer,
            at=now(),
            on=today(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return _record_page(case, _kind(case, kind), form), 422
    flash(f"Recorded: {_kind(case, kind).title}.", "success")
    return back_to(case)


def _kind(case: Case, code: str) -> RecordKind:
    """What is to be recorded; 403 when stage or role do not fit, 404 for an unknown kind."""
    pack = load_pack(case.text_version)
    kind = pack.records.get(code) or abort(404)
    if kind not in fitting(pack, case.stage, current_officer.roles):
        abort(403, "At this stage your roles do not record this.")
    return kind


def _record_form(case: Case, code: str) -> StageRecordForm:
    kind = _kind(case, code)
    return StageRecordForm(question=kind.question, outcomes=coordinated.outcomes_of(db, case, kind))


def _record_page(case: Case, kind: RecordKind, form: StageRecordForm) -> str:
    return render_template("cases/record.html", form=form, kind=kind, **case_page(case, "overview"))


def standing_record(case: Case) -> Record:
    """The record of a case, with what the bar above the page has read already."""
    return standing.record_of(db, case, dates=dates_of(case), counts=counts_of(case))
