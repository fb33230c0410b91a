"""Random walks over the whole path: whatever officers do, in whatever order, under whichever
account, the impossible does not happen.
"""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.whole_path.drawing import deeds_of
from tests.whole_path.invariants import check
from tests.whole_path.rules_early import EarlyRules
from tests.whole_path.rules_late import LateRules
from tests.whole_path.storage import Prepared

# What a run has to come to, so that it cannot pass by doing nothing.
WANTED = (
    "determination.sign", "recommendation.decide", "list.propose", "list.publish",
    "list.take_down", "petition.answer", "motion.close", "ballot.cast", "entry.record",
    "permission.revoke", "finding.review", "case.recuse", "restart", "by HTTP",
    "refused by the schema", "looked as a recused person",
)  # fmt: skip
REFUSALS = (
    "Forbidden", "InvalidValue", "NotFound", "NotGranted", "SeparationOfDuties", "StaleVersion",
    "TransitionBlocked",
)  # fmt: skip


class Deeds(EarlyRules, LateRules):
    pass


class Walk(Deeds, RuleBasedStateMachine):
    def __init__(self, prepared: Prepared, reached: Counter[str]) -> None:
        super().__init__()
        self.prepared, self.reached = prepared, reached

    @initialize(far=st.booleans())
    def begin(self, far: bool) -> None:
        self.desk = self.prepared.fresh(far=far)

    @rule(name=st.sampled_from(deeds_of(Deeds)), data=st.data())
    def step(self, name: str, data: st.DataObject) -> None:
        method = getattr(self, name)
        method(**{key: data.draw(each, label=key) for key, each in method.drawn.items()})

    @precondition(lambda self: hasattr(self, "desk"))
    @invariant()
    def nothing_impossible(self) -> None:
        check(self.desk)

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        try:
            check(self.desk, whole=True)
            self.desk.restart()
        finally:
            self.reached += self.desk.ledger.reached + self.desk.ledger.refused
            self.desk.close()


def test_whatever_is_done_in_whatever_order_the_impossible_does_not_happen(prepared):
    reached: Counter[str] = Counter()

    run_state_machine_as_test(
        lambda: Walk(prepared, reached),
        settings=settings(
            max_examples=9,
            stateful_step_count=36,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert not [name for name in (*WANTED, *REFUSALS) if not reached[name]], reached
