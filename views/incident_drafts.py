"""A report before it is submitted: the form, its drafts, the review, the submission."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from casework.access import Permission
from casework.desk import queries as desk
from casework.incidents.actions import incidents as actions
from models import Draft
from views.access import current_officer, requires
from views.clock import now, today
from views.drafts import drop_draft, keep_draft, load_draft
from views.forms.incident import IncidentForm
from views.incident_form import differences, form_page, sections
from views.incidents_blueprint import incidents
from views.once import once
from views.transaction import db

FORM = "incident"
_ROW = re.compile(r"sources-[0-9]{1,3}-title")


@incidents.get("/new")
@requires(Permission.INCIDENT_FILE)
def new() -> ResponseReturnValue:
    form = IncidentForm(None)
    form.reporter_name.data = f"{current_officer.name}, {current_officer.organization.name}"
    if current_officer.agency is None:
        form.channel.data, form.owner_name.data = "owner_report", current_officer.organization.name
    return _page(form, uuid4())


@incidents.post("/new")
@requires(Permission.INCIDENT_FILE)
def keep() -> ResponseReturnValue:
    """Keep the draft that was sent, valid or not; lead on to where the button says."""
    key = _free_key()
    stored = _stored(key)
    if stored is not None and _changed_elsewhere(stored):
        return _conflict(stored, key)
    then = request.form.get("then", "")
    if then == "review" and not (form := IncidentForm()).sound(today()):
        return _page(form, key), 422
    keep_draft(FORM, str(key), _with_row(then))
    if then == "review":
        return redirect(url_for(".review", key=key), 303)
    if then == "source":
        return redirect(url_for(".resume", key=key, _anchor="sources"), 303)
    flash("The draft is kept. Only you can see it.", "success")
    return redirect(url_for(".resume", key=key), 303)


@incidents.get("/drafts/<uuid:key>")
@requires(Permission.INCIDENT_FILE)
def resume(key: UUID) -> ResponseReturnValue:
    if _stored(key) is None:
        return _gone(key)
    form = IncidentForm(load_draft(FORM, str(key)))
    if "check" in request.args:
        form.sound(today())
    return _page(form, key)


@incidents.get("/drafts/<uuid:key>/review")
@requires(Permission.INCIDENT_FILE)
def review(key: UUID) -> ResponseReturnValue:
    stored = _stored(key)
    if stored is None:
        return _gone(key)
    form = IncidentForm(load_draft(FORM, str(key)))
    if not form.sound(today()):
        return redirect(url_for(".resume", key=key, check="1", _anchor="error-summary"), 303)
    return _review_page(form, stored, changed=False)


@incidents.post("/drafts/<uuid:key>/review")
@requires(Permission.INCIDENT_FILE)
@once
def submit(key: UUID) -> ResponseReturnValue:
    """Put the report on record. The key of the draft is the submission key: from whatever window
    it is sent, one draft becomes one report.
    """
    stored = _stored(key)
    if stored is None or request.form.get("submission_key") != str(key):
        abort(404)
    form = IncidentForm(load_draft(FORM, str(key)))
    if not form.sound(today()):
        return _page(form, key), 422
    if request.form.get("version") != str(stored.version):
        return _review_page(form, stored, changed=True), 409
    incident = actions.submit_incident(db, form.answer(), by=current_officer, at=now())
    drop_draft(FORM, str(key))
    flash(f"Submitted as {incident.reference}. It is an allegation until decided.", "success")
    return redirect(url_for(".show", incident_ref=incident.reference), 303)


@incidents.post("/drafts/<uuid:key>/removal")
@requires(Permission.INCIDENT_FILE)
def discard(key: UUID) -> ResponseReturnValue:
    drop_draft(FORM, str(key))
    flash("The draft is discarded.", "success")
    return redirect(url_for(".index"), 303)


def _stored(key: UUID) -> Draft | None:
    return desk.find_draft(db, current_officer.id, FORM, str(key))


def _free_key() -> UUID:
    """The key that the form brings; a new one where a report was already made of that draft."""
    try:
        key = UUID(request.form.get("draft_key", ""))
    except ValueError:
        abort(400, "The form came without the key of its draft. Open it again and resend.")
    done = desk.find_submission(db, current_officer, str(key))
    if done is None:
        return key
    reference = done.location.rpartition("/")[2]
    flash(f"{reference} was already submitted. What you changed is a draft of its own.", "warning")
    return uuid4()


def _changed_elsewhere(stored: Draft) -> bool:
    """Whether another window saved the draft after this one showed it."""
    mine = stored.data.get("window", [""])[0] == request.form.get("window", "")
    return not mine and request.form.get("seen", "") != str(stored.version)


def _conflict(stored: Draft, key: UUID) -> ResponseReturnValue:
    yours, theirs = IncidentForm(), IncidentForm(load_draft(FORM, str(key)))
    conflict = {
        "by": current_officer.name,
        "at": stored.saved_at,
        "rows": differences(theirs, yours),
    }
    return _page(yours, key, conflict=conflict), 409


def _page(form: IncidentForm, key: UUID, **more: object) -> str:
    stored = _stored(key)
    return form_page(
        form,
        "incidents/new.html",
        key=str(key),
        window=uuid4().hex,
        seen=stored.version if stored else 0,
        **more,
    )


def _review_page(form: IncidentForm, stored: Draft, *, changed: bool) -> str:
    return render_template(
        "incidents/review.html",
        sections=sections(form),
        key=stored.subject,
        version=stored.version,
        changed=changed,
    )


def _gone(key: UUID) -> ResponseReturnValue:
    """A draft that became a report leads to it; any other is not there."""
    done = desk.find_submission(db, current_officer, str(key))
    return redirect(done.location, 303) if done else abort(404)


def _with_row(then: str) -> MultiDict[str, str]:
    """What was sent, with one more row for a source where that was asked for."""
    sent = MultiDict(request.form.items(multi=True))
    if then == "source":
        places = [int(name.split("-")[1]) for name in sent if _ROW.fullmatch(name)]
        sent[f"sources-{max(places, default=-1) + 1}-title"] = ""
    return sent
