"""Pages about foreign entities: list, new, one entity, its facts and relations."""

from __future__ import annotations

from views import (
    entities_facts,
    entities_list,
    entities_page,
    entities_relations,
    entity_interchange,
    entity_merges,
    entity_ownership,
)
from views.entities_blueprint import entities

__all__ = [
    "entities",
    "entities_facts",
    "entities_list",
    "entities_page",
    "entities_relations",
    "entity_interchange",
    "entity_merges",
    "entity_ownership",
]
