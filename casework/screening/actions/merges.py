"""Read two entities as one, and take that back. No other row is touched, so what is taken back
leaves no trace but the record of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.screening.actions.rescreening import key
from casework.screening.merging import fingerprint
from casework.screening.queries import merge_sides, merges
from casework.screening.queries.recused import is_recused_about
from models import Case, Entity, EntityMerge, Officer

RECUSED = "You are recused from a matter about one of the two. Another person decides this."


def merge(
    session: Session,
    kept: Entity,
    merged: Entity,
    *,
    reason: str,
    acknowledged: str | None,
    cases: sa.Select[Case],
    by: Officer,
    at: datetime,
) -> EntityMerge:
    """Read `merged` as `kept` from now on; from a second person's word on where something was
    decided about either (policy).

    `acknowledged` is the fingerprint of the conflicts that the officer says were read, among the
    `cases` the officer may see; None if nothing was said. InvalidValue with the field for what
    cannot be merged, StaleVersion where somebody merged one of the two or recorded a further
    conflict in the meantime, Forbidden for whoever is recused.
    """
    _hold(session, [kept, merged], by)
    _refuse_pair(kept, merged)
    _refuse_standing(session, kept, merged)
    if not reason.strip():
        raise InvalidValue("Say what shows that the two are one.", "reason")
    found = merge_sides.conflicts(session, kept, merged, cases)
    _refuse_unread(found, acknowledged)
    waits = merge_sides.decides_something(session, [kept.id, merged.id])
    row = EntityMerge(
        kept_id=kept.id,
        merged_id=merged.id,
        reason=reason,
        by_id=by.id,
        by_person_id=by.person_id,
        at=at,
        in_effect_at=None if waits else at,
    )
    session.add(row)
    _note(session, row, "merge", by, at, reason=reason, conflicts=found, waits=waits)
    return row


def second(session: Session, row: EntityMerge, *, by: Officer, at: datetime) -> None:
    """Put a merge into effect as the second person.

    StaleVersion unless it waits; SeparationOfDuties for the person who merged, under whichever
    account; Forbidden for whoever is recused.
    """
    _hold(session, [row.kept, row.merged], by)
    session.refresh(row)
    if row.undone_at is not None or row.in_effect_at is not None:
        raise StaleVersion("This merge does not wait for a second person any more.")
    if row.by_person_id == by.person_id:
        raise SeparationOfDuties("Whoever merged the two cannot be the second person.")
    row.in_effect_at, row.seconded_by_id, row.seconded_by_person_id = at, by.id, by.person_id
    _note(session, row, "second_merge", by, at)


def undo(session: Session, row: EntityMerge, *, reason: str, by: Officer, at: datetime) -> None:
    """Read the two as two again, each with all that was recorded about it before and since.

    StaleVersion if it was undone already, Forbidden for whoever is recused.
    """
    _hold(session, [row.kept, row.merged], by)
    session.refresh(row)
    if row.undone_at is not None:
        raise StaleVersion("Somebody undid this merge before you.")
    if not reason.strip():
        raise InvalidValue("Say what shows that they are two.", "reason")
    row.undone_at, row.undone_by_id, row.undone_reason = at, by.id, reason
    _note(session, row, "undo_merge", by, at, reason=reason)


def _hold(session: Session, sides: Sequence[Entity], by: Officer) -> None:
    """Let merges of one entity follow one another, in one order for all; Forbidden if recused."""
    ids = [side.id for side in sides]
    session.scalars(
        sa.select(Entity.id).where(Entity.id.in_(ids)).order_by(Entity.id).with_for_update()
    ).all()
    if any(is_recused_about(session, entity_id, by) for entity_id in ids):
        raise Forbidden(RECUSED)


def _refuse_pair(kept: Entity, merged: Entity) -> None:
    if kept.id == merged.id:
        raise InvalidValue("An entity is not merged with itself: choose another.", "keep")
    if kept.training != merged.training:
        raise InvalidValue("One is a training record and the other is not.", "keep")


def _refuse_standing(session: Session, kept: Entity, merged: Entity) -> None:
    for row in merges.standing(session, [kept.id, merged.id]):
        if row.merged_id in {kept.id, merged.id}:
            raise StaleVersion(
                f"{row.merged.name} is merged into {row.kept.name} already."
                f" Merge with {row.kept.name}, or undo that merge first."
            )
        if row.kept_id == merged.id:
            raise InvalidValue(
                f"{row.merged.name} is merged into {row.kept.name}: keep {row.kept.name},"
                " or undo that merge first.",
                "keep",
            )


def _refuse_unread(found: Sequence[str], acknowledged: str | None) -> None:
    if not found:
        return
    if acknowledged is None:
        raise InvalidValue("Read what speaks against it, and say that you did.", "acknowledged")
    if acknowledged != fingerprint(found):
        raise StaleVersion("What speaks against the merge has changed. Read it again.")


def _note(
    session: Session, row: EntityMerge, act: str, by: Officer, at: datetime, **told: Any
) -> None:
    """Log the act under both entities; whoever reads the history of one finds it."""
    session.flush()
    told |= {"merge": str(row.id), "kept": key(row.kept), "merged": key(row.merged)}
    for side in (row.kept, row.merged):
        session.expire(side, ["kept", "merged"])
        audit.record(session, by, f"entity.{act}", key(side), at=at, **told)
