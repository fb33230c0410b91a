"""How far a case has come, and how long stages took in the cases that an officer sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.calendar.forecast import Progress
from casework.committee.queries.motions import last_day_of, motions_of
from casework.committee.timing import overruled
from casework.legislation.queries import ActDates
from casework.packets.lettering import WASHINGTON
from casework.statute.loader import load_pack
from casework.workflow.queries.cases import visible_to
from models import AgencyPosition, Case, MotionClosing, Officer, PositionRequest, StageChange

# The latest changes are enough to tell what is usual now.
_MOST = 2000


def progress_of(session: Session, case: Case) -> Progress:
    """The stage, since when, how many agencies are silent, and which stages lie behind."""
    changes = session.execute(
        sa.select(StageChange.from_stage, StageChange.at)
        .where(StageChange.case_id == case.id)
        .order_by(StageChange.at)
    ).all()
    said = sa.exists().where(
        AgencyPosition.case_id == PositionRequest.case_id,
        AgencyPosition.agency == PositionRequest.agency,
    )
    silent = session.scalar(
        sa.select(sa.func.count()).where(PositionRequest.case_id == case.id, ~said)
    )
    came = changes[-1].at if changes else case.opened_at
    left = frozenset(row.from_stage for row in changes) - {case.stage}
    return Progress(case.stage, came.astimezone(WASHINGTON).date(), silent or 0, left)


def stays(session: Session, officer: Officer, text_version: str) -> Mapping[str, Sequence[int]]:
    """Stage to the days of each finished stay in it, under the same text, in visible cases."""
    visible = visible_to(officer).where(Case.text_version == text_version)
    rows = session.execute(
        sa.select(StageChange.case_id, StageChange.from_stage, StageChange.at)
        .where(StageChange.case_id.in_(visible.with_only_columns(Case.id)))
        .order_by(StageChange.at.desc(), StageChange.id)
        .limit(_MOST)
    ).all()
    changes = defaultdict(list)
    for row in reversed(rows):
        changes[row.case_id].append((row.from_stage, row.at))
    found = defaultdict(list)
    for each in changes.values():
        # The first change alone does not tell when the stage before it began.
        for (_, began), (stage, ended) in pairwise(each):
            found[stage].append((ended - began).days)
    return dict(found)


def decided_on(session: Session, case: Case, decisions: frozenset[str]) -> date | None:
    """The first day on which a committee decided so in the case, or None."""
    return session.scalar(
        sa.select(sa.func.min(MotionClosing.closed_on)).where(
            MotionClosing.case_id == case.id, MotionClosing.decision.in_(decisions)
        )
    )


def vote_warnings(session: Session, case: Case, dates: ActDates) -> list[str]:
    """Where an open vote may end after the day that the text itself sets."""
    pack = load_pack(case.text_version)
    return [
        f"Vote on {motion.entity.name}: {words}"
        for motion in motions_of(session, case)
        if motion.closing is None
        for words in overruled(
            pack,
            dates.enacted,
            dates.events,
            circulated_on=motion.circulated_on,
            last=last_day_of(case, motion),
        )
    ]
