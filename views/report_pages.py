"""The page of one report: its parts, what is written, its annexes, editions; and preparing it."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.errors import InvalidValue
from casework.legislation import queries as legislation
from casework.reports.actions import editions as actions
from casework.reports.queries import editions, passages
from casework.reports.queries.covers import due_words
from casework.reports.queries.decisions import decisions_of
from models import Job, Report
from views.access import current_officer
from views.casebar import enacted_setting
from views.cases_blueprint import refuse
from views.clock import now, today
from views.forms.report import PrepareForm
from views.report_place import ReportPlace
from views.transaction import after_commit, db
from views.wake import wake


def report_page(
    spot: ReportPlace, form: PrepareForm | None = None, status: int = 200
) -> ResponseReturnValue:
    form = form or PrepareForm(None)
    _offer(spot, form)
    dues = legislation.clocks_of(db, spot.pack.text_version, enacted_setting())
    page = render_template(
        "reports/report.html",
        spot=spot,
        report=spot.report,
        form=form,
        written=passages.current(db, spot.place),
        annexes=passages.annexes(db, spot.place),
        editions=editions.editions(
            db,
            current_officer,
            [spot.report.id],
            text_version=spot.pack.text_version,
            training=spot.training,
            case=spot.case,
        ),
        due=due_words(spot.report, spot.pack, dues, today()),
        hypothetical=all(due.planning for due in dues),
        **spot.layout,
    )
    return page, status


def _offer(spot: ReportPlace, form: PrepareForm) -> None:
    if spot.case is None or not spot.report.decision:
        form.offer([])
        return
    found = decisions_of(db, spot.case, spot.pack)
    form.offer(
        (key, f"{row.words}: {row.about}, {row.decided_on.isoformat()}")
        for key, row in found.items()
    )


def prepare_report(spot: ReportPlace) -> ResponseReturnValue:
    form = PrepareForm()
    _offer(spot, form)
    if not form.validate():
        return report_page(spot, form, 422)
    try:
        made = actions.prepare_report(
            db, spot.order(form.answer()), by=current_officer, at=now(), on=today()
        )
    except InvalidValue as error:
        refuse(form, error)
        return report_page(spot, form, 422)
    wake_for(editions.job_of(db, made))
    flash(f"Edition {made.number} is prepared. Its pages are being set.", "success")
    return to_edition(made)


def wake_for(job: Job | None) -> None:
    if job is not None:
        after_commit(partial(wake, job.id))


def to_edition(report: Report) -> ResponseReturnValue:
    return redirect(url_for("report_editions.show", report_id=report.id), 303)
