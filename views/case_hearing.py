"""The response window of one subject."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.evidence.queries import exhibits as evidence
from casework.statute.clocks import due_day
from casework.statute.loader import load_pack
from casework.statute.uses import LONGEST_WINDOW, SHORTEST_WINDOW
from casework.workflow.actions import hearing as actions
from casework.workflow.actions.hearing import WindowStep
from casework.workflow.queries.acts import acts_of
from casework.workflow.record import Act, cleared_summary, has_cleared_summary, window_of
from casework.workflow.windows import next_window_steps, steps_for
from models import Case, CaseSubject
from views.access import current_officer, requires
from views.case_scope import subject_of
from views.casebar import case_page
from views.cases_blueprint import back_to, cases, refuse
from views.clock import now, today
from views.forms.response_window import ResponseWindowForm
from views.once import once
from views.transaction import db

STEPS = {
    "summary_cleared": "The unclassified summary is cleared",
    "opened": "Notice went out with the cleared summary; the window is open",
    "answered": "An answer came",
    "lapsed": "The window lapsed without an answer",
    "waived": "No window is given, for the reason below",
}


@cases.get("/<case_ref>/subjects/<uuid:subject_id>/response")
@requires(Permission.CASE_READ)
def hearing(case: Case, subject_id: UUID) -> ResponseReturnValue:
    subject = subject_of(case, subject_id)
    return _page(case, subject, _form(case, subject))


@cases.post("/<case_ref>/subjects/<uuid:subject_id>/response")
@requires(Permission.CASE_ADVANCE)
@once
def hear(case: Case, subject_id: UUID) -> ResponseReturnValue:
    subject = subject_of(case, subject_id)
    form = _form(case, subject)
    if not form.validate():
        return _page(case, subject, form), 422
    answer = form.answer()
    exhibit = evidence.find_exhibit(db, case, answer.exhibit) if answer.exhibit else None
    step = WindowStep(
        step=answer.step, text=answer.text, closes_on=answer.closes_on, exhibit=exhibit
    )
    try:
        actions.take_window_step(db, case, subject, step, by=current_officer, at=now(), on=today())
    except InvalidValue as error:
        refuse(form, error)
        return _page(case, subject, form), 422
    flash(f"Recorded for {subject.entity.name}.", "success")
    return back_to(case, "subjects")


def _form(case: Case, subject: CaseSubject) -> ResponseWindowForm:
    """The steps that may follow what is on record and that this officer takes."""
    steps = _offered(acts_of(db, case), subject)
    exhibits = evidence.exhibits_of(db, case)
    return ResponseWindowForm(
        steps=[(step, STEPS[step]) for step in steps],
        exhibits=[(str(row.number), f"{row.number}. {row.title}") for row in exhibits],
    )


def _offered(acts: list[Act], subject: CaseSubject) -> tuple[str, ...]:
    return steps_for(_ahead(acts, subject), current_officer.roles)


def _ahead(acts: list[Act], subject: CaseSubject) -> tuple[str, ...]:
    state = window_of(acts, subject.entity_id)
    return next_window_steps(state, cleared=has_cleared_summary(acts, subject.entity_id))


def _page(case: Case, subject: CaseSubject, form: ResponseWindowForm) -> str:
    acts, pack = acts_of(db, case), load_pack(case.text_version)
    return render_template(
        "cases/hearing.html",
        subject=subject,
        form=form,
        offered=_offered(acts, subject),
        ahead=_ahead(acts, subject),
        taken=[
            act for act in acts if act.source == "window" and act.entity_id == subject.entity_id
        ],
        cleared=cleared_summary(acts, subject.entity_id),
        words=STEPS,
        kept={str(row.number) for row in evidence.withheld_of(db, case)},
        bounds=[due_day(pack, use, today()) for use in (SHORTEST_WINDOW, LONGEST_WINDOW)],
        **case_page(case, "subjects"),
    )
