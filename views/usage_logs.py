"""Usage logs of a case: made of exhibits, mapped, taken in, shown."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from casework.access import Permission
from casework.errors import InvalidValue
from casework.evidence.actions import logs as actions
from casework.evidence.log_facts import OPEN_STATES
from casework.evidence.queries import logs as queries
from casework.evidence.queries import set_aside
from casework.evidence.store import BlobDamaged
from casework.listing.queries import sources
from models import Case, UsageLog
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.evidence import attachment, blob_store
from views.forms.refusal import show_refusal
from views.forms.usage_log import LogForm
from views.once import once
from views.seen_items import note_exhibit
from views.transaction import db
from views.usage_log_columns import column_pages, unmapped
from views.usage_log_place import found_log, to_log, wake_for

usage_logs = Blueprint("usage_logs", __name__, url_prefix="/cases/<case_ref>/evidence/logs")
column_pages(usage_logs)


@usage_logs.get("")
@requires(Permission.EVIDENCE_READ)
def index(case: Case) -> ResponseReturnValue:
    return render_template(
        "evidence/logs.html",
        logs=queries.logs_of(db, case),
        withheld=queries.withheld_numbers(db, case),
        readable=queries.readable_exhibits(db, case),
        **case_page(case, "evidence", "logs"),
    )


@usage_logs.get("/new")
@requires(Permission.EVIDENCE_ANALYZE)
def new(case: Case) -> ResponseReturnValue:
    return _form_page(case, LogForm(_begun(case)))


def _begun(case: Case) -> MultiDict[str, str]:
    """What was typed before, else the exhibit named in the address and an owner that reported."""
    owners = sources.owners_of(db, case)
    fresh = [("owner", owners[0])] if owners else []
    fresh += [("exhibits", text) for text in request.args.getlist("exhibit")]
    return load_draft("usage-log", case.reference) or MultiDict(fresh)


@usage_logs.post("/new")
@requires(Permission.EVIDENCE_ANALYZE)
@once
def open_log(case: Case) -> ResponseReturnValue:
    form = _offered(case, LogForm())
    if not form.validate():
        return _form_page(case, form, status=422)
    try:
        log = actions.open_log(
            db, case, form.numbers, form.facts(), form.reading(), by=current_officer, at=now()
        )
    except InvalidValue as wrong:
        show_refusal(form, wrong)
        return _form_page(case, form, status=422)
    drop_draft("usage-log", case.reference)
    flash(f"Usage log {log.number} is open. Say which column is which.", "success")
    return redirect(url_for(".columns", case_ref=case.reference, log_number=log.number), 303)


def _offered(case: Case, form: LogForm) -> LogForm:
    form.offer(
        [
            (str(row.number), f"Exhibit {row.number}: {row.title} ({row.file_name})")
            for row in queries.readable_exhibits(db, case)
        ]
    )
    return form


def _form_page(case: Case, form: LogForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "evidence/log_new.html",
        form=_offered(case, form),
        owners=sources.owners_of(db, case),
        **case_page(case, "evidence", "logs"),
    )
    return page, status


@usage_logs.get("/<int:log_number>")
@requires(Permission.EVIDENCE_READ)
def show(case: Case, log_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    for row in log.files:
        note_exhibit(case, row.exhibit)
    return render_template(
        "evidence/log.html",
        log=log,
        job=queries.job_of(db, log.job_id),
        open_states=OPEN_STATES,
        unmapped=unmapped(log),
        **_set_aside(case, log),
        **case_page(case, "evidence", "logs"),
    )


def _set_aside(case: Case, log: UsageLog) -> dict[str, Any]:
    try:
        examples = set_aside.examples_of(blob_store(), case, log)
    except BlobDamaged:
        return {"examples": {}, "damaged": True, "words": set_aside.WORDS}
    return {"examples": examples, "damaged": False, "words": set_aside.WORDS}


@usage_logs.post("/<int:log_number>/intake")
@requires(Permission.EVIDENCE_ANALYZE)
def take_in(case: Case, log_number: int) -> ResponseReturnValue:
    """Again, after it failed or was stopped; the first time the page of the columns asks."""
    log = found_log(case, log_number)
    job = actions.ask_intake(db, case, log, by=current_officer, at=now())
    wake_for(job.id)
    return to_log(case, log)


@usage_logs.post("/<int:log_number>/stop")
@requires(Permission.EVIDENCE_ANALYZE)
def stop(case: Case, log_number: int) -> ResponseReturnValue:
    log = found_log(case, log_number)
    actions.stop_intake(db, case, log, by=current_officer, at=now())
    flash("The work stops at its next step. Nothing of it is kept.", "info")
    return to_log(case, log)


@usage_logs.post("/<int:log_number>/rejected")
@requires(Permission.EVIDENCE_READ)
def rejected(case: Case, log_number: int) -> ResponseReturnValue:
    """A POST, since handing out is an act that the log records."""
    log = found_log(case, log_number)
    if log.rejected_key is None:
        abort(404)
    store, name = blob_store(), f"{case.reference}-usage-log-{log.number}-rejected.csv"
    try:
        content = actions.hand_out_rejected(db, store, case, log, by=current_officer, at=now())
    except BlobDamaged:
        flash("The stored rows DIFFER from their hash. Tell the records officer.", "error")
        return to_log(case, log)
    answer = attachment(content, name, 0)
    del answer.headers["Content-Length"]  # the hash of the rows is kept, not their length
    return answer
