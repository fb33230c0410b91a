"""Random walks through cases, roles and recusals, against a model of what should hold."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.audit.verification import verify
from casework.errors import CaseworkError
from casework.workflow.actions import team
from casework.workflow.actions.cases import advance_case, assign_lead, open_case
from casework.workflow.queries.cases import Filter, cases, visible_to
from models import AuditEntry, AuditHead, Base, Case, Officer, StageChange
from tests.cases import ready
from tests.factories import AT, TEXT_VERSION, make_incident, make_officer

PEOPLE = st.integers(0, 3)
ROLES = (
    (Role.CASE_OFFICER, Role.SIGNING_OFFICIAL),
    (Role.CASE_OFFICER, Role.REVIEWER),
    (Role.RECORDS_OFFICER,),
    (Role.ANALYST, Role.SIGNING_OFFICIAL),
)


class Walk(RuleBasedStateMachine):
    """Officers open cases, move them, hand them over and recuse each other."""

    opened = Bundle("opened")

    @initialize()
    def begin(self) -> None:
        self.engine = sa.create_engine("sqlite://")
        Base.metadata.create_all(self.engine)
        self.db = Session(self.engine)
        self.db.add(AuditHead(id=1, size=0, last_hash=audit.GENESIS))
        self.db.flush()
        self.clock = itertools.count()
        self.officers = [make_officer(self.db, *roles) for roles in ROLES]
        self.report = make_incident(self.db, self.officers[0])
        self.stages: dict[Any, str] = {}
        self.recused: set[tuple[Any, int]] = set()
        self.effects = 0

    def now(self) -> Any:
        return AT + timedelta(seconds=next(self.clock))

    def attempt(self, act: Any, *arguments: Any, **named: Any) -> bool:
        """Do it as a request would: kept if it succeeds, undone if it is refused."""
        try:
            with self.db.begin_nested():
                act(self.db, *arguments, at=self.now(), **named)
        except CaseworkError:
            return False
        self.effects += 1
        return True

    @rule(target=opened, who=PEOPLE)
    def open_one(self, who: int) -> Case:
        case = open_case(
            self.db,
            [self.report],
            title="Walk",
            summary="",
            text_version=TEXT_VERSION,
            by=self.officers[who],
            at=self.now(),
        )
        self.effects += 1
        self.stages[case.id] = case.stage
        return case

    @rule(
        case=opened,
        who=PEOPLE,
        target_stage=st.sampled_from(list(ready.PACK.stages)),
        stale=st.booleans(),
        reason=st.sampled_from(["", "Because."]),
    )
    def advance(self, case: Case, who: int, target_stage: str, reason: str, *, stale: bool) -> None:
        if (case.id, who) in self.recused:
            return
        moved = self.attempt(
            advance_case,
            case,
            target_stage,
            reason=reason,
            by=self.officers[who],
            version=case.version + stale,
        )
        if moved:
            assert not stale
            here = self.stages[case.id]
            assert target_stage in {road.target for road in ready.PACK.roads(here)}
            self.stages[case.id] = target_stage

    @rule(case=opened, who=PEOPLE, whom=PEOPLE)
    def recuse(self, case: Case, who: int, whom: int) -> None:
        officer = self.officers[whom]
        if self.attempt(team.recuse, case, officer, reason="Ties.", by=self.officers[who]):
            assert (case.id, whom) not in self.recused
            assert who == whom or Role.CASE_OFFICER in ROLES[who]
            self.recused.add((case.id, whom))

    @rule(case=opened, who=PEOPLE, whom=PEOPLE)
    def assign(self, case: Case, who: int, whom: int) -> None:
        officer = self.officers[whom]
        done = self.attempt(assign_lead, case, officer, by=self.officers[who], version=case.version)
        assert done == ((case.id, whom) not in self.recused)

    @rule(case=opened, who=PEOPLE, whom=PEOPLE)
    def add(self, case: Case, who: int, whom: int) -> None:
        done = self.attempt(team.add_member, case, self.officers[whom], by=self.officers[who])
        assert not (done and (case.id, whom) in self.recused)

    @precondition(lambda self: hasattr(self, "db"))
    @invariant()
    def every_stage_is_the_one_that_was_reached(self) -> None:
        for case in self.db.scalars(sa.select(Case)):
            assert case.stage == self.stages[case.id]
            path = self.db.scalars(
                sa.select(StageChange)
                .where(StageChange.case_id == case.id)
                .order_by(StageChange.at)
            ).all()
            places = ["S1", *(change.to_stage for change in path)]
            assert places[-1] == case.stage
            assert [change.from_stage for change in path] == places[:-1]

    @precondition(lambda self: hasattr(self, "db"))
    @invariant()
    def the_log_holds_one_entry_for_each_effect(self) -> None:
        count = self.db.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
        assert count == self.effects

    @precondition(lambda self: hasattr(self, "db"))
    @invariant()
    def a_recused_person_sees_and_leads_nothing(self) -> None:
        for case_id, whom in self.recused:
            officer: Officer = self.officers[whom]
            seen = self.db.scalars(visible_to(officer).where(Case.id == case_id)).all()
            assert seen == []
            assert case_id not in {row.id for row in cases(self.db, officer, Filter()).cases}
            assert self.db.get_one(Case, case_id).lead_id != officer.id

    def teardown(self) -> None:
        if hasattr(self, "db"):
            assert verify(self.db).ok
            self.db.close()
            self.engine.dispose()


TestWalk = Walk.TestCase
TestWalk.settings = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
