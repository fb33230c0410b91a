"""Everything that must hold after each step, asked of the tables and not of the product."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from models.base import UtcDateTime
from tests.whole_path import recounted
from tests.whole_path.desk import Desk
from tests.whole_path.impossible import COUNTS, IMPOSSIBLE, WITHOUT_ENTRY, one_query

EVER = datetime(2000, 1, 1, tzinfo=UTC)
_HELD = sa.text(one_query(IMPOSSIBLE))
_LOGGED = sa.text(one_query(WITHOUT_ENTRY)).bindparams(sa.bindparam("since", type_=UtcDateTime()))
_COUNTED = sa.text(" UNION ALL ".join(
    f"SELECT '{name}', ({part})" for name, part in COUNTS.items()))  # fmt: skip


class Broken(AssertionError):
    """Something impossible is in the database."""


def check(desk: Desk, *, whole: bool = False) -> None:
    """Raise Broken with everything that does not hold. `whole` looks at old rows again, too."""
    since = EVER if whole else desk.at - timedelta(seconds=2)
    with desk.sessions() as db:
        found = [
            *db.scalars(_HELD),
            *(f"{name}: a row without its entry" for name in db.scalars(_LOGGED, {"since": since})),
            *(f"{name}: {gap} more rows than entries" for name, gap in db.execute(_COUNTED) if gap),
            *recounted.stages(db, desk.ledger),
            *recounted.votes(db, desk.ledger),
            *recounted.records(db, desk.ledger, whole=whole),
            *recounted.permissions(db, desk.ledger),
            *recounted.chain(db, desk.ledger),
        ]
    if found:
        raise Broken("; ".join(found))
