"""The law as the system applies it: elements, stages, clocks, measures, each with its citation."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.legislation import actions, queries
from casework.statute.clocks import warnings
from casework.statute.loader import available, default_text, load_pack, packs
from casework.statute.pack import StatutePack
from views.access import current_officer, requires
from views.clock import now, today
from views.forms.act_event import ActEventForm
from views.once import once
from views.transaction import db

statute = Blueprint("statute", __name__, url_prefix="/statute")


def pack_or_404(text_version: str) -> StatutePack:
    if text_version not in available():
        abort(404)
    g.text_version = text_version  # the words and the standing of the page are those of this text
    return load_pack(text_version)


@statute.get("")
@requires(Permission.STATUTE_READ)
def index() -> ResponseReturnValue:
    return show(text_version=default_text())


@statute.get("/<text_version>")
@requires(Permission.STATUTE_READ)
def show(text_version: str) -> ResponseReturnValue:
    pack = pack_or_404(text_version)
    return render_template(
        "statute/show.html",
        pack=pack,
        others=[other for other in packs() if other is not pack],
        attached=queries.newest_attachment(db, text_version),
    )


@statute.get("/<text_version>/elements/<element_id>")
@requires(Permission.STATUTE_READ)
def element(text_version: str, element_id: str) -> ResponseReturnValue:
    pack = pack_or_404(text_version)
    found = pack.elements.get(element_id) or abort(404)
    return render_template(
        "statute/element.html",
        pack=pack,
        element=found,
        words=queries.words_for(db, text_version, found.provisions),
        rests_on_it=[c for c in pack.conclusions.values() if element_id in c.rests_on],
    )


@statute.get("/<text_version>/provisions/<provision_id>")
@requires(Permission.STATUTE_READ)
def provision(text_version: str, provision_id: str) -> ResponseReturnValue:
    pack = pack_or_404(text_version)
    found = pack.provisions.get(provision_id) or abort(404)
    return render_template(
        "statute/provision.html",
        pack=pack,
        provision=found,
        words=queries.words_for(db, text_version, [provision_id]).get(provision_id),
        elements=[e for e in pack.elements.values() if provision_id in e.provisions],
    )


@statute.get("/<text_version>/clocks")
@requires(Permission.STATUTE_READ)
def clocks(text_version: str) -> ResponseReturnValue:
    return _clocks_page(pack_or_404(text_version), ActEventForm(), 200)


@statute.post("/<text_version>/clocks")
@requires(Permission.STATUTE_SET)
@once
def record_date(text_version: str) -> ResponseReturnValue:
    pack = pack_or_404(text_version)
    form = ActEventForm()
    form.offer(pack.events.values())
    if not form.validate():
        return _clocks_page(pack, form, 422)
    answer = form.answer()
    actions.record_event(
        db,
        text_version=text_version,
        kind=answer.kind,
        happened_on=answer.happened_on,
        note=answer.note,
        by=current_officer,
        at=now(),
    )
    flash("Recorded. Every clock that runs from this date has moved.", "success")
    return redirect(url_for(".clocks", text_version=text_version), 303)


def _clocks_page(pack: StatutePack, form: ActEventForm, status: int) -> ResponseReturnValue:
    form.offer(pack.events.values())
    default = current_app.extensions["settings"].enacted
    dues = queries.clocks_of(db, pack.text_version, default)
    page = render_template(
        "statute/clocks.html",
        pack=pack,
        dues=dues,
        warnings=warnings(pack, dues),
        dates=queries.dates_of(db, pack.text_version, default),
        history=queries.history(db, pack.text_version),
        today=today(),
        form=form,
    )
    return page, status
