"""What screening raised: all of it with filters, that of one entity, and screening again."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.screening.actions import rescreening
from casework.screening.judging import FILTER_TITLES, WAITING, Filter
from casework.screening.queries import hits as queries
from casework.screening.queries import watchlists
from casework.screening.queries.compared import newest_rescreening
from casework.screening.watchlists.sources import LISTS
from models import Entity
from views.access import current_officer, requires
from views.clock import now
from views.entities_list import Tag
from views.forms.screening_hits import HitsFilterForm
from views.once import once
from views.screening_blueprint import screening
from views.transaction import after_commit, db
from views.wake import wake


@screening.get("/hits")
@requires(Permission.ENTITY_READ)
def hits() -> ResponseReturnValue:
    form = HitsFilterForm(request.args)
    wanted = form.wanted()
    page = queries.hit_page(db, current_officer, wanted, request.args.get("after", type=UUID))
    return render_template(
        "screening/hits.html",
        form=form,
        page=page,
        tags=_tags(wanted),
        job=newest_rescreening(db),
        next_href=_address(wanted, after=page.after) if page.after else "",
    )


@screening.get("/entities/<uuid:entity_id>")
@requires(Permission.ENTITY_READ)
def entity_hits(entity: Entity) -> ResponseReturnValue:
    return render_template(
        "screening/entity_hits.html",
        entity=entity,
        rows=queries.hits_of(db, entity),
        in_force=watchlists.in_force(db),
    )


@screening.post("/entities/<uuid:entity_id>")
@requires(Permission.ENTITY_EDIT)
@once
def screen_entity(entity: Entity) -> ResponseReturnValue:
    outcome = rescreening.screen_by_hand(db, entity, by=current_officer, at=now())
    raised, fallen = len(outcome.raised), len(outcome.fallen)
    flash(f"Screened: {raised} raised anew, {fallen} no longer raised.", "success")
    return redirect(url_for(".entity_hits", entity_id=entity.id), 303)


@screening.post("/everything")
@requires(Permission.ENTITY_EDIT)
@once
def screen_everything() -> ResponseReturnValue:
    job = rescreening.ask_for_rescreening(db, by=current_officer, at=now())
    after_commit(partial(wake, job.id))
    flash("Every entity is being screened again. This page shows how far it is.", "success")
    return redirect(url_for(".hits"), 303)


def _tags(wanted: Filter) -> list[Tag]:
    tags = []
    if wanted.state != WAITING:
        href = _address(Filter(source=wanted.source, text=wanted.text))
        tags.append(Tag("State", FILTER_TITLES[wanted.state], href))
    if wanted.source:
        href = _address(Filter(state=wanted.state, text=wanted.text))
        tags.append(Tag("List", LISTS[wanted.source].title, href))
    if wanted.text:
        href = _address(Filter(state=wanted.state, source=wanted.source))
        tags.append(Tag("Name", wanted.text, href))
    return tags


def _address(wanted: Filter, *, after: UUID | None = None) -> str:
    return url_for(
        "screening.hits",
        state=wanted.state if wanted.state != WAITING else None,
        source=wanted.source or None,
        q=wanted.text or None,
        after=after,
    )
