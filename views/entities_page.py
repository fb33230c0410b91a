"""One entity: what is on record about it, where it is named, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from casework.access import Permission
from casework.errors import StaleVersion
from casework.incidents.queries import incidents
from casework.screening.actions import entities as actions
from casework.screening.actions.entities import Recorded
from casework.screening.picture import ownership_picture
from casework.screening.picture_parts import Node, Tie
from casework.screening.queries import dossier, merge_sides
from casework.screening.queries import entities as queries
from casework.screening.queries.graphs import Graph, graph_of, holdings_of
from casework.screening.queries.merges import history_of, whole
from casework.screening.shares import overfull
from casework.statute.loader import load_pack
from casework.workflow.queries import cases as workflow
from models import (
    Entity,
    EntityAddress,
    EntityCountry,
    EntityIdentifier,
    EntityName,
    Incident,
    IncidentParty,
    Relation,
)
from views.access import current_officer, requires
from views.assembly import label
from views.claims import Claim, Reference, claim_of
from views.clock import now, today
from views.entities_blueprint import entities
from views.forms.entity_edit import EntityEditForm
from views.once import once
from views.seen_items import note_incidents
from views.transaction import db

PICTURE_BOXES = 60
_FACTS = ("names", "identifiers", "addresses", "countries")
F = TypeVar("F", EntityName, EntityIdentifier, EntityAddress, EntityCountry)


@dataclass(frozen=True, slots=True)
class Named:
    """One report that names the entity, in a role; `recorded_as` is empty unless it names one
    that is merged into it.
    """

    role: str
    note: str
    claim: Claim
    recorded_as: str


@entities.get("/<uuid:entity_id>")
@requires(Permission.ENTITY_READ)
def show(entity: Entity) -> ResponseReturnValue:
    merge_sides.load(db, entity)
    named = dossier.mentions(db, entity, incidents.visible_to(current_officer))
    standings = dossier.standings(db, entity, workflow.visible_to(current_officer))
    return render_template(
        "entities/show.html",
        entity=entity,
        training=entity.training,
        named=_named(entity, named.parties),
        named_count=named.count,
        standings=standings,
        decided=sum(len(one.determinations) for one in standings),
        element_title=_element_title,
        merges=history_of(db, entity),
        **_relations(entity),
    )


@entities.get("/<uuid:entity_id>/edit")
@requires(Permission.ENTITY_EDIT)
def edit(entity: Entity) -> ResponseReturnValue:
    names = _standing_names(entity)
    shown = next((str(name.id) for name in names if name.text == entity.name), None)
    form = EntityEditForm(
        None, kind=entity.kind, note=entity.note, version=entity.version, shown=shown
    )
    form.offer({str(name.id): name.text for name in names})
    return render_template("entities/edit.html", entity=entity, form=form, stale=False)


@entities.post("/<uuid:entity_id>/edit")
@requires(Permission.ENTITY_EDIT)
@once
def save(entity: Entity) -> ResponseReturnValue:
    names = {name.id: name for name in _standing_names(entity)}
    form = EntityEditForm()
    form.offer({str(name.id): name.text for name in names.values()})
    if not form.validate():
        return render_template("entities/edit.html", entity=entity, form=form, stale=False), 422
    answer = form.answer()
    try:
        actions.describe(
            db,
            entity,
            kind=answer.kind,
            shown=names[answer.shown],
            note=answer.note,
            version=answer.version,
            by=current_officer,
            at=now(),
        )
    except StaleVersion:
        form.version.raw_data = [str(entity.version)]
        return render_template("entities/edit.html", entity=entity, form=form, stale=True), 409
    flash("Saved.", "success")
    return redirect(url_for(".show", entity_id=entity.id), 303)


def _standing_names(entity: Entity) -> list[EntityName]:
    return _standing(entity.names)


def _standing(rows: Iterable[F]) -> list[F]:
    return [row for row in rows if row.withdrawn_at is None]


def _relations(entity: Entity) -> dict[str, Any]:
    """Return what the page shows of relations whose other end the officer may see."""
    within = queries.visible_to(current_officer)
    relations = queries.relations_of(db, entity, within)
    graph = graph_of(db, [entity], within=within)
    parts = whole(entity)
    return {
        "relations": relations,
        "graph": graph,
        "drawing": drawing(f"Around {entity.name}", graph.nodes, graph.ties),
        "overfull": _overfull(graph),
        "parts": parts,
        "holds": lambda kind: any(_standing(getattr(part, kind)) for part in parts),
        "withdrawn": _withdrawn(parts, relations),
    }


def _withdrawn(
    parts: Iterable[Entity], relations: Iterable[Relation]
) -> list[tuple[str, Recorded]]:
    """Facts that no longer stand, each with its kind, those of a merged entity too."""
    facts = [(kind, row) for kind in _FACTS for part in parts for row in getattr(part, kind)]
    facts += [("relations", row) for row in relations]
    return [(kind, row) for kind, row in facts if row.withdrawn_at is not None]


def drawing(
    title: str, nodes: Sequence[Node], ties: Sequence[Tie], limit: int = PICTURE_BOXES
) -> Markup | None:
    """Return a picture of at most `limit` boxes, None without any tie.

    The text of every label in it is escaped where it is drawn.
    """
    if not ties:
        return None
    picture = ownership_picture(nodes, ties, title=title, limit=limit)
    return Markup(picture.svg)  # noqa: S704


def _overfull(graph: Graph) -> list[tuple[Entity, Decimal]]:
    totals = overfull(holdings_of(graph.relations), today())
    return [(entity, totals[entity.id]) for entity in graph.entities if entity.id in totals]


def _named(entity: Entity, parties: Sequence[IncidentParty]) -> list[Named]:
    seen = incidents.as_seen(db, [party.incident for party in parties])
    note_incidents(seen)
    return [_told(entity, *pair) for pair in zip(parties, seen, strict=True)]


def _told(entity: Entity, party: IncidentParty, incident: Incident) -> Named:
    """Return the claim of a report about this party alone, with a way to the report itself.

    Where nobody noted when an answer was last looked for, the day of the claim is said.
    """
    href = url_for("incidents.show", incident_ref=incident.reference)
    claim = replace(
        claim_of(incident, incident.alleged_on),
        accused=party.entity.name,
        source=Reference(f"{incident.reference}, {incident.title}", href),
    )
    other = party.entity.name if party.entity_id != entity.id else ""
    note = "" if claim.withheld else party.note
    return Named(label("actor_role", party.role), note, claim, other)


def _element_title(text_version: str, element: str) -> str:
    return load_pack(text_version).elements[element].title
