"""Two entities that are one: find the other, compare, merge, and take that back."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.screening.actions import merges as actions
from casework.screening.merging import fingerprint
from casework.screening.queries import entities as queries
from casework.screening.queries import hits, merge_sides
from casework.screening.queries.merges import find_merge, whole
from casework.workflow.queries import cases as workflow
from models import Entity, EntityMerge
from views.access import current_officer, requires
from views.cases_blueprint import refuse
from views.clock import now
from views.entities_blueprint import entities, others_named
from views.forms.entity_merge import MergeForm, UndoMergeForm
from views.once import once
from views.screening_blueprint import TERMS
from views.transaction import db


@entities.get("/<uuid:entity_id>/merge")
@requires(Permission.ENTITY_EDIT)
def find_same(entity: Entity) -> ResponseReturnValue:
    text = request.args.get("q", entity.name).replace("\0", "")
    others = others_named(entity, text)
    return render_template(
        "entities/merge_find.html",
        entity=entity,
        text=text,
        others=others,
        names=queries.names_of(db, others),
    )


@entities.get("/<uuid:entity_id>/merge/<uuid:other_id>")
@requires(Permission.ENTITY_EDIT)
def compare(entity: Entity, other_id: UUID) -> ResponseReturnValue:
    return _comparison(entity, _other(entity, other_id), MergeForm(keep=str(entity.id)))


@entities.post("/<uuid:entity_id>/merge/<uuid:other_id>")
@requires(Permission.ENTITY_EDIT)
@once
def merge(entity: Entity, other_id: UUID) -> ResponseReturnValue:
    other, form = _other(entity, other_id), MergeForm()
    form.offer(_sides(entity, other))
    if not form.validate():
        return _comparison(entity, other, form, 422)
    choice = form.answer()
    kept, merged = (entity, other) if choice.kept == entity.id else (other, entity)
    try:
        row = actions.merge(
            db,
            kept,
            merged,
            reason=choice.reason,
            acknowledged=choice.acknowledged,
            cases=workflow.visible_to(current_officer),
            by=current_officer,
            at=now(),
        )
    except InvalidValue as fault:
        refuse(form, fault)
        return _comparison(entity, other, form, 422)
    except (Forbidden, StaleVersion) as fault:
        return _comparison(entity, other, form, 409, str(fault))
    flash(_done(row), "success")
    return redirect(url_for(".show", entity_id=kept.id), 303)


@entities.get("/<uuid:entity_id>/merges/<uuid:merge_id>")
@requires(Permission.ENTITY_READ)
def merge_record(entity: Entity, merge_id: UUID) -> ResponseReturnValue:
    return _record(entity, _found(entity, merge_id), UndoMergeForm())


@entities.post("/<uuid:entity_id>/merges/<uuid:merge_id>/second")
@requires(Permission.MATCH_CONFIRM)
@once
def second_merge(entity: Entity, merge_id: UUID) -> ResponseReturnValue:
    row = _found(entity, merge_id)
    try:
        actions.second(db, row, by=current_officer, at=now())
    except (Forbidden, SeparationOfDuties, StaleVersion) as fault:
        return _record(entity, row, UndoMergeForm(formdata=None), 409, str(fault))
    flash("The merge is in effect.", "success")
    return redirect(url_for(".show", entity_id=row.kept_id), 303)


@entities.post("/<uuid:entity_id>/merges/<uuid:merge_id>/undo")
@requires(Permission.ENTITY_EDIT)
@once
def undo_merge(entity: Entity, merge_id: UUID) -> ResponseReturnValue:
    row, form = _found(entity, merge_id), UndoMergeForm()
    if not form.validate():
        return _record(entity, row, form, 422)
    try:
        actions.undo(db, row, reason=form.answer(), by=current_officer, at=now())
    except (Forbidden, StaleVersion) as fault:
        return _record(entity, row, form, 409, str(fault))
    flash("The merge is undone. Both are as they were.", "success")
    return redirect(url_for(".show", entity_id=row.merged_id), 303)


def _other(entity: Entity, other_id: UUID) -> Entity:
    other = queries.visible_entity(db, current_officer, other_id)
    return other if other is not None and other.id != entity.id else abort(404)


def _found(entity: Entity, merge_id: UUID) -> EntityMerge:
    return find_merge(db, entity, merge_id) or abort(404)


def _sides(entity: Entity, other: Entity) -> dict[str, str]:
    alike = entity.name == other.name
    return {
        str(side.id): f"{side.name} ({str(side.id)[:8]})" if alike else side.name
        for side in (entity, other)
    }


def _comparison(
    entity: Entity, other: Entity, form: MergeForm, status: int = 200, stale: str = ""
) -> ResponseReturnValue:
    cases, seen = workflow.visible_to(current_officer), queries.visible_to(current_officer)
    found = merge_sides.conflicts(db, entity, other, cases)
    form.offer(_sides(entity, other))
    form.conflicts.data = fingerprint(found)
    sides = (entity, other)
    page = render_template(
        "entities/merge.html",
        entity=entity,
        other=other,
        sides=sides,
        parts=[whole(side) for side in sides],
        relations=[queries.relations_of(db, side, seen) for side in sides],
        places=[merge_sides.places_in_cases(db, side, cases) for side in sides],
        hits=[hits.hits_of(db, side) for side in sides],
        waits=merge_sides.decides_something(db, [entity.id, other.id]),
        conflicts=found,
        form=form,
        stale=stale,
        terms=TERMS,
    )
    return page, status


def _record(
    entity: Entity, row: EntityMerge, form: UndoMergeForm, status: int = 200, stale: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "entities/merge_record.html",
        entity=entity,
        merge=row,
        form=form,
        stale=stale,
        second=row.by_person_id != current_officer.person_id,
    )
    return page, status


def _done(row: EntityMerge) -> str:
    if row.in_effect_at is None:
        return "The merge waits for a second person: something was decided about one of the two."
    return f"{row.merged.name} is read as {row.kept.name} from now on. Nothing was moved."
