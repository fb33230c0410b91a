"""Several people at once: what is kept, and how often."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.committee.actions import ballots, motions
from casework.committee.queries.motions import find_motion
from models import AuditEntry, Ballot, Case, Motion, MotionClosing, Officer
from tests.committee.votefile import LATE, MEMBERS, start
from tests.decisions.test_races import at_once
from tests.factories import AT, add_member, make_officer


def prepare(engine, agencies, role=Role.AGENCY_DELEGATE):
    with Session(engine) as db, db.begin():
        file = start(db)
        motion = file.move()
        officers = [make_officer(db, role, agency=agency) for agency in agencies]
        for officer in officers:
            add_member(db, file.case, officer)
        return file.case.id, motion.id, [officer.id for officer in officers]


def cast_in(case_id, motion_id):
    def cast(db, officer_id):
        case = db.get(Case, case_id)
        motion = db.get(Motion, motion_id)
        ballots.cast(
            db,
            case,
            motion,
            choice="yes",
            dissent="",
            content_sha256=motion.content_sha256,
            expected=0,
            by=db.get(Officer, officer_id),
            at=AT,
        )

    return cast


def test_of_delegates_of_one_agency_at_once_one_ballot_is_kept(own_engine):
    case_id, motion_id, officers = prepare(own_engine, ["ENERGY"] * 4)

    kept = at_once(own_engine, cast_in(case_id, motion_id), officers)

    with Session(own_engine) as db:
        assert kept.count(True) == db.scalar(sa.select(sa.func.count()).select_from(Ballot)) == 1


def test_ballots_of_all_members_at_once_are_numbered_without_gaps(own_engine):
    case_id, motion_id, officers = prepare(own_engine, MEMBERS)

    kept = at_once(own_engine, cast_in(case_id, motion_id), officers)

    with Session(own_engine) as db:
        assert kept.count(True) == len(MEMBERS)
        assert sorted(db.scalars(sa.select(Ballot.sequence))) == [1, 2, 3, 4]


def test_of_closings_at_once_one_is_kept_with_its_entry(own_engine):
    case_id, motion_id, officers = prepare(own_engine, ["COMMERCE_BIS"] * 3, Role.SIGNING_OFFICIAL)

    def close(db, officer_id):
        case = db.get(Case, case_id)
        motion = find_motion(db, case, motion_id)
        motions.close(
            db,
            case,
            motion,
            content_sha256=motion.content_sha256,
            by=db.get(Officer, officer_id),
            at=AT,
            on=LATE,
        )

    kept = at_once(own_engine, close, officers)

    with Session(own_engine) as db:
        closings = db.scalar(sa.select(sa.func.count()).select_from(MotionClosing))
        entries = db.scalars(sa.select(AuditEntry.seq).where(AuditEntry.action == "motion.close"))
        assert (kept.count(True), closings, len(entries.all())) == (1, 1, 1)
