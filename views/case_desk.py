"""Comments and tasks of a case."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.people import queries as people
from casework.workflow.actions import team as actions
from casework.workflow.queries import team as queries
from models import Case
from views.access import current_officer, requires
from views.casebar import case_page
from views.cases_blueprint import back_to, cases, named, refuse, version_of
from views.clock import now
from views.forms.comment import CommentForm
from views.forms.task import TaskForm
from views.once import once
from views.transaction import db


@cases.post("/<case_ref>/comments")
@requires(Permission.CASE_COMMENT)
@once
def comment(case: Case) -> ResponseReturnValue:
    form = CommentForm()
    if not form.validate():
        page = render_template("cases/comment.html", form=form, **case_page(case, "overview"))
        return page, 422
    actions.comment(db, case, form.answer(), by=current_officer, at=now())
    flash("Comment added.", "success")
    return back_to(case)


@cases.get("/<case_ref>/tasks/new")
@requires(Permission.CASE_ADVANCE)
def new_task(case: Case) -> ResponseReturnValue:
    return _task_page(case, _task_form(case))


@cases.post("/<case_ref>/tasks/new")
@requires(Permission.CASE_ADVANCE)
@once
def add_task(case: Case) -> ResponseReturnValue:
    form = _task_form(case)
    if not form.validate():
        return _task_page(case, form), 422
    answer = form.answer()
    assignee = people.find_officer(db, answer.assignee_id) or abort(404)
    try:
        actions.add_task(
            db,
            case,
            title=answer.title,
            assignee=assignee,
            due_on=answer.due_on,
            by=current_officer,
            at=now(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return _task_page(case, form), 422
    flash(f"Task set for {assignee.name}.", "success")
    return back_to(case)


@cases.post("/<case_ref>/tasks/<uuid:task_id>/done")
@requires(Permission.CASE_ADVANCE)
@once
def finish_task(case: Case, task_id: UUID) -> ResponseReturnValue:
    task = queries.find_task(db, case, task_id) or abort(404)
    version = version_of(request.form.get("version"))
    actions.finish_task(db, case, task, by=current_officer, at=now(), version=version)
    flash("Task finished.", "success")
    return back_to(case)


def _task_form(case: Case) -> TaskForm:
    return TaskForm(members=named(queries.team_of(db, case)))


def _task_page(case: Case, form: TaskForm) -> str:
    return render_template("cases/task.html", form=form, **case_page(case, "overview"))
