"""Relations between two entities: find the other one, say how they stand, correct it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.screening.actions import entities as actions
from casework.screening.queries import entities as queries
from models import Entity, Relation
from views.access import current_officer, requires
from views.clock import now
from views.entities_blueprint import entities, others_named
from views.entities_facts import GONE, standing_fact
from views.entities_sources import chosen_source, offer_sources
from views.forms.entity_relation import BACKWARD, FORWARD, RelationForm
from views.once import once
from views.transaction import db


@entities.get("/<uuid:entity_id>/relations/new")
@requires(Permission.ENTITY_EDIT)
def find_other(entity: Entity) -> ResponseReturnValue:
    text = request.args.get("q", "").replace("\0", "")
    others = others_named(entity, text)
    names = queries.names_of(db, others)
    return render_template(
        "entities/find_other.html", entity=entity, text=text, others=others, names=names
    )


@entities.get("/<uuid:entity_id>/relations/with/<uuid:other_id>")
@requires(Permission.ENTITY_EDIT)
def new_relation(entity: Entity, other_id: UUID) -> ResponseReturnValue:
    other = _other(entity, other_id)
    return _page(entity, other, _form(entity, other))


@entities.post("/<uuid:entity_id>/relations/with/<uuid:other_id>")
@requires(Permission.ENTITY_EDIT)
@once
def add_relation(entity: Entity, other_id: UUID) -> ResponseReturnValue:
    other = _other(entity, other_id)
    form = _form(entity, other)
    if not form.validate():
        return _page(entity, other, form), 422
    _record(entity, other, form)
    flash("The relation is on record.", "success")
    return redirect(url_for(".show", entity_id=entity.id), 303)


@entities.get("/<uuid:entity_id>/relations/<uuid:fact_id>/correct")
@requires(Permission.ENTITY_EDIT)
def relation_correction(entity: Entity, fact_id: UUID) -> ResponseReturnValue:
    row = standing_fact(entity, "relations", fact_id)
    other = _other_end(entity, row)
    return _page(entity, other, _form(entity, other, row), row)


@entities.post("/<uuid:entity_id>/relations/<uuid:fact_id>/correct")
@requires(Permission.ENTITY_EDIT)
@once
def correct_relation(entity: Entity, fact_id: UUID) -> ResponseReturnValue:
    row = standing_fact(entity, "relations", fact_id)
    other = _other_end(entity, row)
    form = _form(entity, other, row)
    if not form.validate():
        return _page(entity, other, form, row), 422
    if row.withdrawn_at is not None:
        form.form_errors.append(GONE)
        return _page(entity, other, form, row), 409
    _record(entity, other, form)
    reason = form.answer().reason
    actions.withdraw(db, entity, row, reason=reason, by=current_officer, at=now())
    flash("The relation is corrected; the earlier entry stays on record.", "success")
    return redirect(url_for(".show", entity_id=entity.id), 303)


def _other(entity: Entity, other_id: UUID) -> Entity:
    other = queries.visible_entity(db, current_officer, other_id)
    return other if other is not None and other.id != entity.id else abort(404)


def _other_end(entity: Entity, row: Relation) -> Entity:
    return _other(entity, row.to_id if row.from_id == entity.id else row.from_id)


def _form(entity: Entity, other: Entity, row: Relation | None = None) -> RelationForm:
    if row is None:
        form = RelationForm()
        del form.reason
    else:
        form = RelationForm(data=_typed(entity, row))
    form.name_ends(entity.name, other.name)
    offer_sources(form, entity)
    return form


def _typed(entity: Entity, row: Relation) -> dict[str, Any]:
    """Return a relation as it would have been typed into the form."""
    exact = row.percent_min == row.percent_max
    return {
        "direction": FORWARD if row.from_id == entity.id else BACKWARD,
        "kind": row.kind,
        "low": _percent(row.percent_min),
        "high": "" if exact else _percent(row.percent_max),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "note": row.note,
        "source": str(row.source_id),
    }


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{share:f}"


def _record(entity: Entity, other: Entity, form: RelationForm) -> None:
    answer = form.answer()
    source = chosen_source(answer, entity)
    first, second = (entity, other) if form.reads_forward else (other, entity)
    actions.add_relation(
        db, first, second, answer.fact, source=source, by=current_officer, at=now()
    )


def _page(entity: Entity, other: Entity, form: RelationForm, row: Relation | None = None) -> str:
    return render_template("entities/relation.html", entity=entity, other=other, form=form, row=row)
