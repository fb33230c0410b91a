from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions import actions
from casework.errors import CaseworkError
from casework.findings.actions import write_finding
from models import (
    AuditEntry,
    Case,
    Entity,
    Finding,
    Officer,
    Recommendation,
    RecommendationDecision,
)
from tests.decisions.casefile import LATER, considered, given, particulars, start

OFFICERS = 4


def at_once(engine, act, keys):
    """Run `act` in as many transactions as there are keys; True for each that was kept."""
    ready = Barrier(len(keys))

    def attempt(key):
        ready.wait()
        try:
            with Session(engine) as db, db.begin():
                act(db, key)
        except CaseworkError:
            return False
        return True

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(attempt, keys))


def test_of_many_decisions_at_once_one_is_kept(own_engine):
    with Session(own_engine) as db, db.begin():
        file = start(db)
        row = actions.recommend(
            db,
            file.case,
            measure="monitor",
            entity=file.entity,
            taken=True,
            reasons="Watch.",
            considered=considered("monitor"),
            particulars=particulars("monitor"),
            supersedes=None,
            by=file.author,
            at=LATER,
        )
        case_id, row_id = file.case.id, row.id
        officers = [file.member(Role.REVIEWER).id for _ in range(OFFICERS)]

    def decide(db, officer_id):
        found = db.get(Recommendation, row_id)
        actions.decide_recommendation(
            db,
            db.get(Case, case_id),
            found,
            approved=True,
            reasons="Agreed.",
            content_sha256=found.content_sha256,
            by=db.get(Officer, officer_id),
            at=LATER,
        )

    kept = at_once(own_engine, decide, officers)

    with Session(own_engine) as db:
        decisions = db.scalar(sa.select(sa.func.count()).select_from(RecommendationDecision))
        entries = db.scalars(
            sa.select(AuditEntry.seq).where(AuditEntry.action == "recommendation.decide")
        ).all()
    assert (kept.count(True), decisions, len(entries)) == (1, 1, 1)


def test_of_many_answers_to_one_revision_at_once_one_is_kept(own_engine):
    with Session(own_engine) as db, db.begin():
        file = start(db)
        case_id, entity_id = file.case.id, file.entity.id
        officers = [file.member(Role.ANALYST).id for _ in range(OFFICERS)]

    def write(db, officer_id):
        write_finding(
            db,
            db.get(Case, case_id),
            entity=db.get(Entity, entity_id),
            element="EX1",
            given=given(),
            expected_revision=0,
            by=db.get(Officer, officer_id),
            at=LATER,
        )

    kept = at_once(own_engine, write, officers)

    with Session(own_engine) as db:
        revisions = db.scalars(sa.select(Finding.revision)).all()
    assert kept.count(True) == 1
    assert list(revisions) == [1]
