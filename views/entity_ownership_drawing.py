"""The picture of who owns whom around an entity, on a day or under suppositions."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from casework.screening.ownership import ALL, CAUGHT, UNRESOLVED, Stake
from casework.screening.ownership_rules import RULES
from casework.screening.picture_parts import Node, NodeKind, Tie
from casework.screening.queries.graphs import tied_countries
from models import Entity
from views.entities_page import drawing
from views.entity_rule_answers import Study

MOST_BOXES = 200


def ownership_drawing(entity: Entity, study: Study, names: Mapping[str, str]) -> Markup | None:
    """Shares in force; None without any. What a rule catches, leaves open or counts is said in
    the box.
    """
    ties = [_tie(row) for row in study.live]
    if not ties:
        return None
    shown = dict.fromkeys(end for tie in ties for end in (tie.owner, tie.owned))
    nodes = [_node(name, names[name], study, subject=name == str(entity.id)) for name in shown]
    begins = "Supposed ownership" if study.changed or study.counting else "Ownership"
    return drawing(f"{begins} around {entity.name}", nodes, ties, MOST_BOXES)


def _tie(row: Stake) -> Tie:
    known = row.least > 0 or row.most < ALL
    return Tie(row.owner, row.owned, row.least if known else None, row.most if known else None)


def _node(name: str, label: str, study: Study, *, subject: bool) -> Node:
    entity = study.around.entities.get(name)
    kind = NodeKind(entity.kind) if entity else NodeKind.ORGANIZATION
    notes = [*(tied_countries(entity)[:1] if entity else ()), *_word(name, study)]
    return Node(name, label, kind, ", ".join(notes), subject)


def _word(name: str, study: Study) -> list[str]:
    if any(study.counts(rule, name) for rule in RULES.values()):
        return ["counts"]
    found = [study.answers[rule][name].answer for rule in RULES if name in study.answers[rule]]
    return [word for word in (CAUGHT, UNRESOLVED) if word in found][:1]
