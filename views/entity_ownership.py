"""Who owns an entity, what it owns, and what each rule about half or more says of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.screening.ownership import Result
from casework.screening.ownership_interest import parents
from casework.screening.ownership_rules import RULES
from casework.screening.picture_parts import share_text
from casework.screening.queries import entities as queries
from casework.screening.queries.ownership import Surroundings, grounds_of, surroundings
from casework.screening.what_if import UNKNOWN, Change, oversubscribed, write_share
from casework.workflow.queries import cases as workflow
from models import Entity
from views.access import current_officer, requires
from views.clock import today
from views.entities_blueprint import entities
from views.entity_ownership_drawing import ownership_drawing
from views.entity_rule_answers import Study, differing, rule_answers
from views.entity_what_if import Suppositions, address, kept, with_new
from views.forms.entity_ownership import NEW_OWNER, OwnershipForm
from views.transaction import db

MOST_ROWS = 200
NEW_OWNER_NAME = "A new owner (supposed)"


@dataclass(frozen=True, slots=True)
class Removable:
    """One supposition in words, and the address of the page without it."""

    label: str
    href: str


@entities.get("/<uuid:entity_id>/ownership")
@requires(Permission.ENTITY_READ)
def ownership(entity: Entity) -> ResponseReturnValue:
    if entity.kept is not None:
        return redirect(url_for(".ownership", entity_id=entity.kept.id), 303)
    around = surroundings(db, entity, queries.visible_to(current_officer))
    names = {key: row.name for key, row in around.entities.items()}
    form = OwnershipForm(request.args)
    form.offer(names)
    valid = form.validate()
    wanted = kept(names)
    if valid:
        wanted = with_new(wanted, form)
        form.owner.data = form.owned.data = form.share.data = form.count.data = ""
    on = form.on.data or today()
    page = render_template(
        "entities/ownership.html",
        entity=entity,
        training=entity.training,
        form=form,
        on=on,
        around=around,
        wanted=wanted,
        **_shown(entity, around, wanted, names | {NEW_OWNER: NEW_OWNER_NAME}, on),
    )
    return page, 200 if valid and not wanted.unread else 422


def _shown(
    entity: Entity,
    around: Surroundings,
    wanted: Suppositions,
    names: Mapping[str, str],
    on: date,
) -> dict[str, object]:
    cases = workflow.visible_to(current_officer)
    grounds = grounds_of(db, list(around.entities.values()), cases, on)
    record = Study(around, grounds, on)
    thought = Study(around, grounds, on, wanted.changes, wanted.counting) if wanted else record
    return {
        "rules": rule_answers(str(entity.id), record, thought, names),
        "below": _below(around, thought),
        "differences": differing(record, thought, names) if wanted else (),
        "parent": _parent(str(entity.id), thought, names),
        "removable": _removable(entity, wanted, names, on),
        "clear_href": address(entity.id, on, Suppositions()),
        "overfull": [(names[key], total) for key, total in oversubscribed(thought.live).items()],
        "direct": [row for row in around.relations if entity.id in {row.from_id, row.to_id}],
        "rows_shown": around.relations[:MOST_ROWS],
        "columns_below": [{"label": "Entity"}, *({"label": row.title} for row in RULES.values())],
        "place": {key: url_for(".show", entity_id=key) for key in around.entities},
        "drawing": ownership_drawing(entity, thought, names),
    }


def _below(around: Surroundings, study: Study) -> list[tuple[Entity, list[Result | None]]]:
    """What the entity owns, with an answer of each rule in their order."""
    owned = [row for key, row in around.entities.items() if key in around.below]
    return [
        (row, [study.answers[rule].get(str(row.id)) for rule in RULES]) for row in owned[:MOST_ROWS]
    ]


def _parent(name: str, study: Study, names: Mapping[str, str]) -> tuple[str, str]:
    """Id and name of the last owner upward by more than half; empty without one. In a circle
    there is a word and no id.
    """
    found = parents([(row.owner, row.owned, row.least) for row in study.live])
    if name not in found:
        return "", ""
    top = found[name]
    return (top, names[top]) if top else ("", "None: the owners own one another in a circle")


def _removable(
    entity: Entity, wanted: Suppositions, names: Mapping[str, str], on: date
) -> list[Removable]:
    shares = [
        Removable(
            _told(row, names),
            address(entity.id, on, wanted.without_change(row)),
        )
        for row in wanted.changes
    ]
    counting = [
        Removable(
            f"{names[name]} is an owner that counts",
            address(entity.id, on, wanted.without_counting(name)),
        )
        for name in wanted.counting
    ]
    return shares + counting


def _told(row: Change, names: Mapping[str, str]) -> str:
    owner, owned = names[row.owner], names[row.owned]
    if not row.most:
        return f"{owner} holds nothing in {owned}"
    open_ = write_share(row.least, row.most) == UNKNOWN
    share = "a share not known" if open_ else share_text(row.least, row.most)
    return f"{owner} owns {share} of {owned}"
