"""What a person writes into a report, and the register of its annexes."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from casework.errors import InvalidValue, StaleVersion
from casework.reports.actions import passages as actions
from casework.reports.passages import written_out
from casework.reports.queries import passages as queries
from casework.workflow.queries.cases import visible_to
from models import ReportPassage
from views.access import current_officer
from views.cases_blueprint import refuse
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.forms.report import AnnexForm, PassageForm
from views.report_place import ReportPlace
from views.transaction import db

FORM = "report-passage"


def passage_page(
    spot: ReportPlace, section: str, form: PassageForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """The editor; with status 409 the saved text stands beside what was typed."""
    row = spot.section(section)
    revisions = queries.revisions(db, spot.place, section)
    if not queries.is_open(db, revisions, visible_to(current_officer)):
        abort(404)
    latest = revisions[0] if revisions else None
    form = form or _blank(spot, section, latest)
    page = render_template(
        "reports/passage.html",
        spot=spot,
        report=spot.report,
        section=row,
        form=form,
        latest=latest,
        latest_text=_typed(latest),
        revisions=revisions,
        stale=status == 409,
        draft_subject=_subject(spot, section),
        **spot.layout,
    )
    return page, status


def _subject(spot: ReportPlace, section: str) -> str:
    return f"{spot.draft_subject}:{section}"


def _typed(row: ReportPassage | None) -> str:
    return written_out(queries.sentences_in(row)) if row else ""


def _blank(spot: ReportPlace, section: str, latest: ReportPassage | None) -> PassageForm:
    draft = load_draft(FORM, _subject(spot, section))
    if draft:
        return PassageForm(draft)
    revision = latest.revision if latest else 0
    return PassageForm(None, data={"text": _typed(latest), "revision": revision})


def save_passage(spot: ReportPlace, section: str) -> ResponseReturnValue:
    row, form = spot.section(section), PassageForm()
    if not form.validate():
        return passage_page(spot, section, form, 422)
    try:
        actions.write_passage(
            db,
            spot.report,
            spot.place,
            row,
            text=str(form.text.data),
            expected_revision=form.revision.data or 0,
            cases=visible_to(current_officer),
            case=spot.case,
            by=current_officer,
            at=now(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return passage_page(spot, section, form, 422)
    except StaleVersion:
        return _conflict(spot, section, form)
    drop_draft(FORM, _subject(spot, section))
    flash(f"“{row.title}” is saved as a new revision.", "success")
    return redirect(spot.address("show"), 303)


def _conflict(spot: ReportPlace, section: str, form: PassageForm) -> ResponseReturnValue:
    latest = queries.current(db, spot.place)[section]
    form.revision.data, form.revision.raw_data = latest.revision, None
    return passage_page(spot, section, form, 409)


def annex_page(
    spot: ReportPlace, form: AnnexForm | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "reports/annex.html",
        spot=spot,
        report=spot.report,
        form=form or AnnexForm(None),
        **spot.layout,
    )
    return page, status


def register_annex(spot: ReportPlace) -> ResponseReturnValue:
    form = AnnexForm()
    if not form.validate():
        return annex_page(spot, form, 422)
    try:
        actions.register_annex(
            db,
            spot.report,
            spot.place,
            annex=form.answer(),
            case=spot.case,
            by=current_officer,
            at=now(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return annex_page(spot, form, 422)
    flash("The pointer to the annex is on record.", "success")
    return redirect(spot.address("show"), 303)
