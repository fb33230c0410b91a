"""Analyses of a usage log: ask for one, watch it, read it, repeat it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.evidence.actions import runs as actions
from casework.evidence.analysis.parameters import shipped
from casework.evidence.queries import logs, runs
from models import AnalysisRun, Case, UsageLog
from views.access import current_officer, requires
from views.analysis_clusters import cluster_pages, opened
from views.casebar import case_page
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.forms.usage_log_analysis import AnalysisForm, analysis_form, sections
from views.once import once
from views.transaction import db
from views.usage_log_place import found_log, found_run, wake_for

analysis_runs = Blueprint(
    "analysis_runs",
    __name__,
    url_prefix="/cases/<case_ref>/evidence/logs/<int:log_number>/analyses",
)
cluster_pages(analysis_runs)


@analysis_runs.get("/new")
@requires(Permission.EVIDENCE_ANALYZE)
def new(case: Case, log_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    form = analysis_form()(load_draft("analysis", _draft(case, log)))
    return _form_page(case, log, form)


@analysis_runs.post("/new")
@requires(Permission.EVIDENCE_ANALYZE)
@once
def ask(case: Case, log_number: int) -> ResponseReturnValue:
    log, form = found_log(case, log_number), analysis_form()()
    if "more" in request.form:
        form.add_rows()
        return _form_page(case, log, form)
    if not form.validate():
        return _form_page(case, log, form, status=422)
    order = actions.Order(
        parameters=form.parameters(), markers=form.markers(), public_prompts=form.public_prompts
    )
    run = actions.ask_run(db, case, log, order, by=current_officer, at=now())
    wake_for(run.job_id)
    drop_draft("analysis", _draft(case, log))
    return _to(case, log, run)


def _draft(case: Case, log: UsageLog) -> str:
    return f"{case.reference}:{log.number}"


def _form_page(
    case: Case, log: UsageLog, form: AnalysisForm, *, status: int = 200
) -> ResponseReturnValue:
    form.leave_room()
    page = render_template(
        "evidence/analysis_new.html",
        log=log,
        form=form,
        constants=sections(),
        set_name=shipped().set,
        draft_subject=_draft(case, log),
        **case_page(case, "evidence", "logs"),
    )
    return page, status


def _to(case: Case, log: UsageLog, run: AnalysisRun) -> ResponseReturnValue:
    address = url_for(
        "analysis_runs.show",
        case_ref=case.reference,
        log_number=log.number,
        run_number=run.number,
    )
    return redirect(address, 303)


@analysis_runs.get("/<int:run_number>")
@requires(Permission.EVIDENCE_READ)
def show(case: Case, log_number: int, run_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    run = found_run(log, run_number)
    report, damaged = opened(case, run)
    return render_template(
        "evidence/run.html",
        log=log,
        run=run,
        report=report,
        damaged=damaged,
        job=logs.job_of(db, run.job_id),
        first=runs.repeated_by(db, run),
        **case_page(case, "evidence", "logs"),
    )


@analysis_runs.post("/<int:run_number>/repeat")
@requires(Permission.EVIDENCE_ANALYZE)
def repeat(case: Case, log_number: int, run_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    run = found_run(log, run_number)
    again = actions.repeat_run(db, case, log, run, by=current_officer, at=now())
    wake_for(again.job_id)
    flash(f"Analysis {again.number} repeats analysis {run.number}.", "success")
    return _to(case, log, again)


@analysis_runs.post("/<int:run_number>/retry")
@requires(Permission.EVIDENCE_ANALYZE)
def retry(case: Case, log_number: int, run_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    run = found_run(log, run_number)
    wake_for(actions.retry_run(db, case, log, run, by=current_officer, at=now()).id)
    return _to(case, log, run)


@analysis_runs.post("/<int:run_number>/stop")
@requires(Permission.EVIDENCE_ANALYZE)
def stop(case: Case, log_number: int, run_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    run = found_run(log, run_number)
    actions.stop_run(db, case, log, run, by=current_officer, at=now())
    flash("The analysis stops at its next step. Nothing of it is kept.", "info")
    return _to(case, log, run)
