"""What the page of one motion shows, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import abort, url_for

from casework.access import Permission, permits
from casework.committee import timing
from casework.committee.motions import chair, rests_on_statute, road_taken
from casework.committee.queries import escalations
from casework.committee.queries import motions as queries
from casework.committee.queries.closing import Difference, differences
from casework.committee.queries.escalations import Matter
from casework.committee.queries.moving import road_of
from casework.committee.timing import Consent, StatuteDay
from casework.statute.casework_rows import BallotRule, Transition
from casework.statute.loader import load_pack
from casework.workflow.votes import Tally
from models import Ballot, Case, Motion, Postponement
from views.access import current_officer
from views.casebar import dates_of
from views.clock import today
from views.transaction import db


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One motion as the present reader may see it: choices of others stay out until closing.

    `tally` and `matter` are None while the vote is open. `road` says on what power the vote
    rests, None where none is on record. `speaks` is true for a delegate of an agency with a vote.
    """

    motion: Motion
    rule: BallotRule
    road: Transition | None
    members: list[str]
    voted: frozenset[str]
    shown: list[Ballot]
    own: list[Ballot]
    last_day: date
    overdue: bool
    overruled: list[str]
    statute: StatuteDay | None
    tally: Tally | None
    matter: Matter | None
    speaks: bool
    chairs: bool
    may_close: bool
    faults: list[Difference]


def found_motion(case: Case, motion_id: UUID) -> Motion:
    return queries.find_motion(db, case, motion_id) or abort(404)


def address(case: Case, motion: Motion) -> str:
    return url_for("votes.show", case_ref=case.reference, motion_id=motion.id)


def sheet_of(case: Case, motion: Motion) -> Sheet:
    pack, members = load_pack(case.text_version), queries.members_of(case, motion)
    last, closed = queries.last_day_of(case, motion), motion.closing is not None
    agency = current_officer.agency
    return Sheet(
        motion=motion,
        rule=pack.ballots[motion.question],
        road=road_taken(pack, motion.question, road_of(db, case, motion.question, motion)),
        members=[code for code in pack.agencies if code in members],
        voted=queries.voted(motion),
        shown=queries.shown_ballots(motion, current_officer),
        own=queries.own_ballots(motion, current_officer),
        last_day=last,
        overdue=not closed and today() > last,
        overruled=_overruled(case, motion, last),
        statute=_statute(case, motion),
        tally=queries.tally_of(case, motion, closed=True) if closed else None,
        matter=escalations.find_matter(db, case, str(motion.id), today()) if closed else None,
        speaks=permits(current_officer, Permission.BALLOT_CAST, case) and agency in members,
        chairs=permits(current_officer, Permission.MOTION_CLOSE, case)
        and agency == chair(pack, motion.question),
        may_close=queries.may_close(case, motion, today()),
        faults=[row for row in differences(db, case) if row.motion.id == motion.id],
    )


def _rests_on_statute(case: Case, motion: Motion) -> bool:
    pack, road = load_pack(case.text_version), road_of(db, case, motion.question, motion)
    return rests_on_statute(pack, motion.question, road)


def _overruled(case: Case, motion: Motion, last: date) -> list[str]:
    if motion.closing or not _rests_on_statute(case, motion):
        return []
    dates, pack = dates_of(case), load_pack(case.text_version)
    start = motion.circulated_on
    return timing.overruled(pack, dates.enacted, dates.events, circulated_on=start, last=last)


def _statute(case: Case, motion: Motion) -> StatuteDay | None:
    if not _rests_on_statute(case, motion):
        return None
    closing = motion.closing
    decided_on = closing.closed_on if closing and closing.decision else None
    pack, enacted = load_pack(case.text_version), dates_of(case).enacted
    return timing.statute_day(pack, enacted, decided_on=decided_on, on=today())


def consent_of(case: Case, motion: Motion, row: Postponement) -> Consent:
    return timing.consent(queries.delay_of(row), queries.members_of(case, motion))
