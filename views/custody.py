"""Watching over exhibits: the register as a file, content on a page, scans, releases, scrubs."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.evidence.actions import scans, scrubs
from casework.evidence.actions.showing import show_text
from casework.evidence.custody_csv import as_csv
from casework.evidence.queries import custody as queries
from casework.evidence.queries.exhibits import custody_of
from casework.evidence.store import BlobDamaged
from casework.workflow.queries import cases as workflow
from models import Case, Exhibit
from views.access import current_officer, requires
from views.casebar import case_page
from views.clock import now
from views.evidence import blob_store
from views.forms.exhibit import ReleaseForm
from views.once import once
from views.scanner import ask_for_scan, scanner_url
from views.seen_items import note_exhibit
from views.transaction import after_commit, db
from views.wake import wake

custody = Blueprint("custody", __name__)


@custody.get("/cases/<case_ref>/evidence/<int:exhibit_number>/custody.csv")
@requires(Permission.EVIDENCE_READ)
def register(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    note_exhibit(case, exhibit)
    rows = (
        (
            event.at,
            queries.KINDS[event.kind],
            event.by.name if event.by else "the system",
            event.note,
            event.sha256 or "",
        )
        for event in custody_of(db, exhibit)
    )
    answer = Response(as_csv(f"{case.reference}/{exhibit.number}", rows), mimetype="text/csv")
    name = f"custody-{case.reference}-{exhibit.number}.csv"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


@custody.post("/cases/<case_ref>/evidence/<int:exhibit_number>/content")
@requires(Permission.EVIDENCE_READ)
def content(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    """A POST, since the register says who saw what the file says."""
    try:
        text = show_text(db, blob_store(), case, exhibit, by=current_officer, at=now())
    except BlobDamaged:  # a redirect keeps the finding in the register; an error would undo it
        flash("The stored bytes DIFFER from the hash at receipt, and are not shown.", "error")
        return _to(case, exhibit)
    return render_template(
        "evidence/custody_content.html", exhibit=exhibit, text=text, **case_page(case, "evidence")
    )


@custody.post("/cases/<case_ref>/evidence/<int:exhibit_number>/scan")
@requires(Permission.EVIDENCE_ADD)
def scan(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    if scanner_url():
        ask_for_scan(case, exhibit)
        flash("The scanner is asked. Its answer is entered in the register.", "info")
    else:
        flash("No malware scanner is configured, so nothing was asked.", "warning")
    return _to(case, exhibit)


@custody.get("/cases/<case_ref>/evidence/<int:exhibit_number>/release")
@requires(Permission.EVIDENCE_RELEASE)
def ask_release(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    return _release_page(case, exhibit, ReleaseForm()), 200


@custody.post("/cases/<case_ref>/evidence/<int:exhibit_number>/release")
@requires(Permission.EVIDENCE_RELEASE)
@once
def release(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    form = ReleaseForm()
    if not form.validate():
        return _release_page(case, exhibit, form), 422
    scans.release(db, case, exhibit, reason=form.reason.data or "", by=current_officer, at=now())
    flash(f"Exhibit {exhibit.number} may leave the system unscanned.", "success")
    return _to(case, exhibit)


def _release_page(case: Case, exhibit: Exhibit, form: ReleaseForm) -> str:
    return render_template(
        "evidence/custody_release.html", form=form, exhibit=exhibit, **case_page(case, "evidence")
    )


def _to(case: Case, exhibit: Exhibit) -> ResponseReturnValue:
    to = url_for("evidence.show", case_ref=case.reference, exhibit_number=exhibit.number)
    return redirect(to, 303)


@custody.get("/evidence/integrity")
@requires(Permission.EVIDENCE_SCRUB)
def integrity() -> ResponseReturnValue:
    return render_template(
        "evidence/custody_integrity.html",
        rounds=queries.rounds(db),
        job=queries.newest_job(db, scrubs.SCRUB),
        damaged=queries.damaged(db, workflow.visible_to(current_officer)),
        scans=queries.scan_states(db),
        scanner=scanner_url(),
        every=scrubs.EVERY.days,
    )


@custody.post("/evidence/integrity")
@requires(Permission.EVIDENCE_SCRUB)
def begin_scrub() -> ResponseReturnValue:
    job = scrubs.ask(db, by=current_officer, at=now())
    after_commit(partial(wake, job.id))
    flash("A worker reads every stored exhibit again. This page shows how far it is.", "info")
    return redirect(url_for(".integrity"), 303)
