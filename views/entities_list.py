"""The list of entities, and recording a further one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.incidents.queries import incidents
from casework.screening.actions import entities as actions
from casework.screening.facts import SourceFact
from casework.screening.queries import dossier
from casework.screening.queries import entities as queries
from casework.screening.queries.entities import Filter
from views.access import current_officer, requires
from views.clock import now
from views.drafts import drop_draft, load_draft
from views.entities_blueprint import entities
from views.entities_sources import offer_sources
from views.forms.entity import EntityForm
from views.forms.entity_filter import TRAINING, EntityFilterForm
from views.once import once
from views.transaction import db


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in force; `href` leads to the list without it."""

    label: str
    value: str
    href: str


@entities.get("")
@requires(Permission.ENTITY_READ)
def index() -> ResponseReturnValue:
    form = EntityFilterForm(request.args)
    after = request.args.get("after", type=UUID)
    page = queries.entity_page(db, current_officer, _wanted(form), after)
    return render_template(
        "entities/index.html",
        form=form,
        page=page,
        tags=_tags(form),
        names=queries.names_of(db, page.entities),
        counts=dossier.mention_counts(db, page.entities, incidents.visible_to(current_officer)),
        next_href=_address(form, after=page.after) if page.after else "",
    )


@entities.get("/new")
@requires(Permission.ENTITY_EDIT)
def new() -> ResponseReturnValue:
    form = EntityForm(load_draft("entity"))
    offer_sources(form)
    return render_template("entities/new.html", form=form, alike=())


@entities.post("/new")
@requires(Permission.ENTITY_EDIT)
@once
def create() -> ResponseReturnValue:
    form = EntityForm()
    offer_sources(form)
    if not form.validate():
        return render_template("entities/new.html", form=form, alike=()), 422
    answer = form.answer()
    alike = () if form.distinct.data else queries.same_named(db, current_officer, answer.name.text)
    if alike or not isinstance(answer.source, SourceFact):
        return render_template("entities/new.html", form=form, alike=alike), 409
    entity = actions.create_entity(
        db,
        kind=answer.kind,
        name=answer.name,
        countries=answer.countries,
        note=answer.note,
        training=answer.training,
        source=answer.source,
        by=current_officer,
        at=now(),
    )
    drop_draft("entity")
    flash("The entity is on record.", "success")
    return redirect(url_for(".show", entity_id=entity.id), 303)


def _wanted(form: EntityFilterForm) -> Filter:
    given = form.in_force()
    return Filter(
        text=given.get("q", ""),
        kind=given.get("kind", ""),
        country=given.get("country", ""),
        training=TRAINING.get(given.get("training", "")),
        sort=form.order(),
    )


def _address(form: EntityFilterForm, *, but: str = "", after: UUID | None = None) -> str:
    """Return the address of the list under the filters in force, without the one named `but`."""
    kept = {name: value for name, value in form.in_force().items() if name != but}
    order = form.order()
    return url_for(
        "entities.index",
        q=kept.get("q"),
        kind=kept.get("kind"),
        country=kept.get("country"),
        training=kept.get("training"),
        sort=order if order != "name" else None,
        after=after,
    )


def _tags(form: EntityFilterForm) -> list[Tag]:
    return [
        Tag(form[name].label.text, _word(form, name, value), _address(form, but=name))
        for name, value in form.in_force().items()
    ]


def _word(form: EntityFilterForm, name: str, value: str) -> str:
    return str(dict(getattr(form[name], "choices", None) or {}).get(value, value))
