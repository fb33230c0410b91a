"""The columns that every act of a case has in common, so that they are read in one query."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from models import Case

NOBODY = sa.cast(sa.null(), sa.Uuid)
NO_DAY = sa.cast(sa.null(), sa.Date)
NO_WORD = sa.literal("", sa.Text)


def act_row(
    source: str,
    table: Any,
    case: Case,
    *,
    entity: Any = NOBODY,
    key: Any = NO_WORD,
    value: Any = NO_WORD,
    day: Any = NO_DAY,
    text: Any = NO_WORD,
) -> sa.Select[Any]:
    return sa.select(
        sa.literal(source, sa.Text).label("source"),
        table.id.label("id"),
        table.at.label("at"),
        table.by_id.label("by_id"),
        entity.label("entity_id"),
        key.label("key"),
        value.label("value"),
        day.label("day"),
        text.label("text"),
    ).where(table.case_id == case.id)
