"""Add a fact about an entity, replace one that was wrong, or withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.errors import InvalidValue
from casework.screening.actions import entities as actions
from casework.screening.actions.entities import Recorded
from casework.screening.queries import entities as queries
from models import (
    Entity,
    EntityAddress,
    EntityCountry,
    EntityIdentifier,
    EntityName,
    Relation,
)
from views.access import current_officer, requires
from views.clock import now
from views.entities_blueprint import entities
from views.entities_sources import chosen_source, offer_sources
from views.forms.entity_address import AddressForm
from views.forms.entity_country import CountryForm
from views.forms.entity_identifier import IdentifierForm
from views.forms.entity_name import NameForm
from views.forms.entity_source import FactForm
from views.forms.entity_withdrawal import WithdrawalForm
from views.once import once
from views.transaction import db


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of fact is asked for and recorded; `word` names one fact in a sentence."""

    word: str
    form: type[FactForm]
    table: type[Any]
    add: Callable[..., Recorded]


KINDS = {
    "names": Kind("name", NameForm, EntityName, actions.add_name),
    "identifiers": Kind("identifier", IdentifierForm, EntityIdentifier, actions.add_identifier),
    "addresses": Kind("address", AddressForm, EntityAddress, actions.add_address),
    "countries": Kind("country", CountryForm, EntityCountry, actions.add_country),
}
TABLES = {"relations": Relation} | {name: kind.table for name, kind in KINDS.items()}

GONE = "Somebody withdrew this entry before you. Add yours as a further one."

FACT = "/<uuid:entity_id>/<any(names, identifiers, addresses, countries):kind>"
ANY_FACT = "/<uuid:entity_id>/<any(names, identifiers, addresses, countries, relations):kind>"


@entities.get(f"{FACT}/new")
@requires(Permission.ENTITY_EDIT)
def new_fact(entity: Entity, kind: str) -> ResponseReturnValue:
    return _page(entity, kind, _form(entity, kind))


@entities.post(f"{FACT}/new")
@requires(Permission.ENTITY_EDIT)
@once
def add_fact(entity: Entity, kind: str) -> ResponseReturnValue:
    form = _form(entity, kind)
    if not form.validate():
        return _page(entity, kind, form), 422
    _record(entity, kind, form)
    flash(f"The {KINDS[kind].word} is on record.", "success")
    return redirect(url_for(".show", entity_id=entity.id), 303)


@entities.get(f"{FACT}/<uuid:fact_id>/correct")
@requires(Permission.ENTITY_EDIT)
def correction(entity: Entity, kind: str, fact_id: UUID) -> ResponseReturnValue:
    row = standing_fact(entity, kind, fact_id)
    return _page(entity, kind, _form(entity, kind, row), row)


@entities.post(f"{FACT}/<uuid:fact_id>/correct")
@requires(Permission.ENTITY_EDIT)
@once
def correct(entity: Entity, kind: str, fact_id: UUID) -> ResponseReturnValue:
    row = standing_fact(entity, kind, fact_id)
    form = _form(entity, kind, row)
    if not form.validate():
        return _page(entity, kind, form, row), 422
    if row.withdrawn_at is not None:
        form.form_errors.append(GONE)
        return _page(entity, kind, form, row), 409
    _record(entity, kind, form)
    reason = form.answer().reason
    actions.withdraw(db, entity, row, reason=reason, by=current_officer, at=now())
    flash(f"The {KINDS[kind].word} is corrected; the earlier entry stays on record.", "success")
    return redirect(url_for(".show", entity_id=entity.id), 303)


@entities.get(f"{ANY_FACT}/<uuid:fact_id>/withdraw")
@requires(Permission.ENTITY_EDIT)
def withdrawal(entity: Entity, kind: str, fact_id: UUID) -> ResponseReturnValue:
    row = standing_fact(entity, kind, fact_id)
    return render_template(
        "entities/withdraw.html", entity=entity, kind=kind, row=row, form=WithdrawalForm()
    )


@entities.post(f"{ANY_FACT}/<uuid:fact_id>/withdraw")
@requires(Permission.ENTITY_EDIT)
@once
def withdraw(entity: Entity, kind: str, fact_id: UUID) -> ResponseReturnValue:
    row = standing_fact(entity, kind, fact_id)
    form = WithdrawalForm()
    if form.validate():
        try:
            actions.withdraw(db, entity, row, reason=form.answer(), by=current_officer, at=now())
        except InvalidValue as fault:
            form.reason.errors = [str(fault)]
        else:
            flash("Withdrawn. The entry stays on record with your reason.", "success")
            return redirect(url_for(".show", entity_id=entity.id), 303)
    return render_template(
        "entities/withdraw.html", entity=entity, kind=kind, row=row, form=form
    ), 422


def standing_fact(entity: Entity, kind: str, fact_id: UUID) -> Any:
    """Return the fact if it is one of this entity and stands, else answer 404."""
    row = queries.find_fact(db, entity, TABLES[kind], fact_id)
    return row if row is not None else abort(404)


def _form(entity: Entity, kind: str, row: Any = None) -> FactForm:
    """Return the form, filled from `row` if it corrects that one."""
    shape = KINDS[kind].form
    if row is None:
        form = shape()
        del form.reason
    else:
        typed = {part: getattr(row, part) for part in shape.parts}
        form = shape(data=typed | {"source": str(row.source_id)})
    offer_sources(form, entity)
    return form


def _record(entity: Entity, kind: str, form: FactForm) -> None:
    answer = form.answer()
    source = chosen_source(answer, entity)
    KINDS[kind].add(db, entity, answer.fact, source=source, by=current_officer, at=now())


def _page(entity: Entity, kind: str, form: FactForm, row: Any = None) -> str:
    return render_template(
        "entities/fact.html", entity=entity, word=KINDS[kind].word, form=form, row=row
    )
