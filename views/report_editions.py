"""One edition: watch its pages, check it, approve it, hand it out, note where it was sent."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.evidence.store import BlobDamaged
from casework.reports.actions import approval
from casework.reports.actions import editions as actions
from casework.reports.document import to_json
from casework.reports.gates import blockers
from casework.reports.queries import editions as queries
from casework.reports.queries.standing import gates_now
from casework.statute.loader import load_pack
from casework.statute.pack import StatutePack
from models import Report
from views.access import current_officer, requires
from views.cases_blueprint import refuse
from views.clock import now, today
from views.evidence import attachment, blob_store
from views.forms.report import ApprovalForm, CheckForm, TransmittalForm
from views.once import once
from views.report_pages import to_edition, wake_for
from views.transaction import db

report_editions = Blueprint("report_editions", __name__, url_prefix="/reports/editions")


@report_editions.get("/<uuid:report_id>")
@requires(Permission.REPORT_READ)
def show(report: Report) -> ResponseReturnValue:
    return _page(report)


def _page(report: Report, status: int = 200, **forms: Any) -> ResponseReturnValue:
    pack = load_pack(report.text_version)
    document = queries.contents_in(report)
    gates = gates_now(db, report, pack, on=today())
    page = render_template(
        "reports/edition.html",
        edition=report,
        document=document,
        report=pack.reports[report.kind],
        gates=gates,
        closed=blockers(gates),
        job=queries.job_of(db, report),
        own=report.prepared_by_person_id == current_officer.person_id,
        left_out=queries.left_out(db, current_officer, report),
        receivers=dict(_receivers(report, pack)),
        check=forms.get("check") or CheckForm(None, contents_sha256=report.contents_sha256),
        approve=forms.get("approve") or ApprovalForm(None, contents_sha256=report.contents_sha256),
        transmit=_offered(forms.get("transmit") or TransmittalForm(None), report, pack),
        training=report.training,
        handling=document.cover.banner,
    )
    return page, status


def _receivers(report: Report, pack: StatutePack) -> list[tuple[str, str]]:
    vocabulary = pack.reports[report.kind].sent_to
    terms = pack.vocabularies[vocabulary].terms if vocabulary else ()
    return [(term.code, term.label) for term in terms]


def _offered(form: TransmittalForm, report: Report, pack: StatutePack) -> TransmittalForm:
    form.offer(_receivers(report, pack))
    return form


@report_editions.post("/<uuid:report_id>/checks")
@requires(Permission.REPORT_PREPARE)
@once
def check(report: Report) -> ResponseReturnValue:
    form = CheckForm()
    if not form.validate():
        return _page(report, 422, check=form)
    made = form.answer()
    try:
        approval.record_check(
            db,
            report,
            load_pack(report.text_version).reports[report.kind],
            made.gate,
            words=made.words,
            contents_sha256=made.contents_sha256,
            by=current_officer,
            at=now(),
        )
    except InvalidValue as error:
        refuse(form, error)
        return _page(report, 422, check=form)
    flash("The check is on record.", "success")
    return to_edition(report)


@report_editions.post("/<uuid:report_id>/approval")
@requires(Permission.REPORT_APPROVE)
def approve(report: Report) -> ResponseReturnValue:
    form = ApprovalForm()
    if not form.validate():
        return _page(report, 422, approve=form)
    approval.approve_report(
        db,
        report,
        load_pack(report.text_version),
        contents_sha256=form.answer(),
        by=current_officer,
        at=now(),
        on=today(),
    )
    flash(f"Edition {report.number} is approved.", "success")
    return to_edition(report)


@report_editions.post("/<uuid:report_id>/transmittals")
@requires(Permission.REPORT_PREPARE)
@once
def transmit(report: Report) -> ResponseReturnValue:
    pack = load_pack(report.text_version)
    form = _offered(TransmittalForm(), report, pack)
    if not form.validate():
        return _page(report, 422, transmit=form)
    try:
        _note(report, pack, form)
    except InvalidValue as error:
        refuse(form, error)
        return _page(report, 422, transmit=form)
    flash("The transmittal is on record.", "success")
    return to_edition(report)


def _note(report: Report, pack: StatutePack, form: TransmittalForm) -> None:
    given = form.answer()
    approval.note_transmittal(
        db,
        report,
        pack,
        step=given.step,
        receiver=given.receiver,
        happened_on=given.happened_on,
        words=given.words,
        by=current_officer,
        at=now(),
        on=today(),
    )


@report_editions.post("/<uuid:report_id>/retry")
@requires(Permission.REPORT_PREPARE)
def retry(report: Report) -> ResponseReturnValue:
    wake_for(actions.retry_report(db, report, by=current_officer, at=now()))
    flash(f"Edition {report.number} is tried again.", "success")
    return to_edition(report)


@report_editions.get("/<uuid:report_id>/data.json")
@requires(Permission.REPORT_READ)
def data(report: Report) -> ResponseReturnValue:
    """The very contents that the PDF encloses."""
    content = to_json(queries.contents_in(report))
    return Response(content, mimetype="application/json")


@report_editions.post("/<uuid:report_id>/download")
@requires(Permission.REPORT_READ)
def download(report: Report) -> ResponseReturnValue:
    """A POST, since handing out is an act that the log records."""
    if report.blob_key is None:
        abort(404, "The pages are not there yet.")
    try:
        content = actions.hand_out(db, blob_store(), report, by=current_officer, at=now())
    except BlobDamaged:
        abort(503, "The stored pages do not agree with their hash. Tell the records officer.")
    case = f"{report.case.reference}-" if report.case else ""
    return attachment(content, f"{case}{report.kind}-edition-{report.number}.pdf", report.size or 0)
