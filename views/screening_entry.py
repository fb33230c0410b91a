"""One entry of a list, as it stood in each edition, and an entity recorded from it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.screening.actions.from_list import record_from_entry, source_of
from casework.screening.queries import entities, listed
from casework.screening.queries.listed import Span
from casework.screening.taken_over import Taken, taken_over
from casework.screening.watchlists.entry import AIRCRAFT, VESSEL
from models import WatchlistEntry
from views.access import current_officer, requires
from views.cases_blueprint import refuse
from views.clock import now
from views.entities_blueprint import WORDS
from views.forms.screening_entity import EntityFromEntryForm
from views.once import once
from views.screening_blueprint import screening
from views.transaction import db


@screening.get("/entries/<uuid:wording_id>")
@requires(Permission.ENTITY_READ)
def entry(wording_id: UUID) -> ResponseReturnValue:
    wording = _wording(wording_id)
    spans = listed.spans_of(db, wording)
    return render_template(
        "screening/entry.html",
        wording=wording,
        spans=spans,
        shown=next(span for span in spans if span.wording.id == wording.id),
        is_party=_is_party(wording),
    )


@screening.get("/entries/<uuid:wording_id>/entity")
@requires(Permission.ENTITY_EDIT)
def new_entity(wording_id: UUID) -> ResponseReturnValue:
    wording = _party(wording_id)
    return _form_page(wording, EntityFromEntryForm(None, kind=_taken(wording).kind), 200)


@screening.post("/entries/<uuid:wording_id>/entity")
@requires(Permission.ENTITY_EDIT)
@once
def record_entity(wording_id: UUID) -> ResponseReturnValue:
    wording, form = _party(wording_id), EntityFromEntryForm()
    if not form.validate():
        return _form_page(wording, form, 422)
    alike = () if form.distinct.data else entities.same_named(db, current_officer, wording.caption)
    if alike:
        return _form_page(wording, form, 409, alike)
    edition = _span(wording).since or abort(404)
    try:
        entity = record_from_entry(
            db, wording, edition, kind=str(form.kind.data), by=current_officer, at=now()
        )
    except InvalidValue as refused:
        refuse(form, refused)
        return _form_page(wording, form, 422)
    flash("The entity is on record. Whether the entry means it is still to be judged.", "success")
    return redirect(url_for("screening.entity_hits", entity_id=entity.id), 303)


def _form_page(
    wording: WatchlistEntry, form: EntityFromEntryForm, status: int, alike: object = ()
) -> ResponseReturnValue:
    edition = _span(wording).since or abort(404)
    page = render_template(
        "screening/entity.html",
        wording=wording,
        form=form,
        alike=alike,
        facts=_taken(wording),
        source=source_of(wording, edition),
        words=WORDS,
    )
    return page, status


def _taken(wording: WatchlistEntry) -> Taken:
    return taken_over(wording.source, wording.entry_id, wording.kind, wording.content)


def _span(wording: WatchlistEntry) -> Span:
    spans = listed.spans_of(db, wording)
    return next(span for span in spans if span.wording.id == wording.id)


def _wording(wording_id: UUID) -> WatchlistEntry:
    return listed.find_wording(db, wording_id) or abort(404)


def _party(wording_id: UUID) -> WatchlistEntry:
    """The wording, if it is of a person or body: ships and aircraft are no parties of a case."""
    wording = _wording(wording_id)
    return wording if _is_party(wording) else abort(404)


def _is_party(wording: WatchlistEntry) -> bool:
    return wording.kind not in {VESSEL, AIRCRAFT}
