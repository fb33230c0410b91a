"""An entry of a list and the hit that it raised about an entity of the access matrix."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Entity, ScreeningHit, WatchlistEdition
from tests.factories import AT
from tests.judgements.lists import SDN, make_edition, make_entry


def raised(db: Session, entity: Entity) -> dict[str, UUID]:
    """The wording of an entry, and an open hit of the entity on it."""
    ours = WatchlistEdition.source == SDN
    number = (db.scalar(sa.select(sa.func.count()).where(ours)) or 0) + 1
    make_edition(db, number=number)
    entry = make_entry(db, str(number), first=number)
    hit = ScreeningHit(
        entity_id=entity.id,
        source=SDN,
        entry_id=entry.entry_id,
        edition=number,
        matched_name=entry.caption,
        score=910,
        reasons=[{"text": "The names agree", "against": False}],
        basis_sha256="0" * 64,
        raised_at=AT,
    )
    db.add(hit)
    db.flush()
    return {"wording_id": entry.id, "hit_id": hit.id}
