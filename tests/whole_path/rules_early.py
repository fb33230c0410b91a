"""Rules of the walks up to the draft finding, and those about people and the machine itself."""

from __future__ import annotations

from hypothesis import strategies as st

from casework.access import Permission as May
from models import Finding
from tests.whole_path import acts_early as early
from tests.whole_path.around import FOREVER, FORGERIES, forge, overwrite
from tests.whole_path.browsing import look_as, post
from tests.whole_path.drawing import (
    ANSWERS,
    CASES,
    ELEMENTS,
    PEOPLE,
    PICK,
    SELDOM,
    STAGES,
    STALE,
    Cases,
    deed,
    granted,
)
from tests.whole_path.leading import Rows, go_on
from tests.whole_path.people import NAMES, person_of

LEAPS = st.integers(1, 4)


class EarlyRules(Cases):
    @deed(6, number=CASES, leaps=LEAPS)
    def go_on(self, number: int, leaps: int) -> None:
        for _ in range(leaps):
            go_on(self.desk, self.ref(number))

    @deed(5, leaps=LEAPS)
    def go_on_with_the_first(self, leaps: int) -> None:
        self.go_on(0, leaps)

    @deed(5, leaps=LEAPS)
    def go_on_with_the_second(self, leaps: int) -> None:
        self.go_on(1, leaps)

    @deed(number=CASES, who=granted(May.CASE_ADVANCE), stage=STAGES, stale=STALE, late=SELDOM,
          reason=st.sampled_from(["", "Because."]))  # fmt: skip
    def advance(self, number, who, stage, stale, late, reason) -> None:
        early.advance(
            self.desk, who, self.ref(number), stage, stale=stale, reason=reason, late=late
        )

    @deed(number=CASES, who=granted(May.FINDING_WRITE), element=ELEMENTS, pick=PICK,
          answer=ANSWERS, stale=STALE, late=SELDOM, undone=SELDOM)  # fmt: skip
    def write(self, number, who, element, pick, answer, stale, late, undone) -> None:
        ref = self.ref(number)
        about = (
            self.subject(ref, pick) if early.scope_of(self.desk, ref, element) != "case" else None
        )
        early.write(
            self.desk, who, ref, element, about, answer, stale=stale, late=late, undone=undone
        )

    @deed(
        number=CASES,
        who=granted(May.FINDING_REVIEW),
        pick=PICK,
        agrees=st.booleans(),
        stale=STALE,
        late=SELDOM,
    )
    def read(self, number, who, pick, agrees, stale, late) -> None:
        ref = self.ref(number)
        rows = Rows(self.desk, ref).all(Finding)
        if rows:
            row = rows[-1 - pick % len(rows)]
            early.read(
                self.desk, who, ref, row.element, row.entity_id, agrees=agrees, stale=stale,
                late=late,
            )  # fmt: skip

    @deed(1, number=CASES, who=granted(May.POSITION_STATE), stale=SELDOM,
          position=st.sampled_from(["concur", "non_concur", "silent"]))  # fmt: skip
    def take_position(self, number, who, stale, position) -> None:
        early.take_position(self.desk, who, self.ref(number), position, stale=stale)

    @deed(1, number=CASES, who=granted(May.EVIDENCE_ADD))
    def receive(self, number, who) -> None:
        ref = self.ref(number)
        early.receive(self.desk, who, ref, f"Paper {self.desk.ledger.seconds} of {ref}")

    @deed(number=CASES, who=granted(May.CASE_RECUSE), whom=PEOPLE)
    def recuse(self, number, who, whom) -> None:
        early.recuse(self.desk, who, self.ref(number), whom)

    @deed(1, number=CASES, who=granted(May.CASE_RECUSE))
    def step_aside(self, number, who) -> None:
        """Through the page, as everybody may for the own person."""
        officer = self.desk.ledger.officers[who]
        url = f"/cases/{self.ref(number)}/team/recuse"
        data = {"officer": str(officer), "reason": "Ties."}
        status, _ = post(self.desk, who, url, data)
        if status == 303:
            assert not self.desk.ledger.is_recused(self.ref(number), who)
            self.desk.ledger.recused.add((self.ref(number), person_of(who)))

    @deed(1, number=CASES, who=granted(May.CASE_EDIT), whom=PEOPLE)
    def admit(self, number, who, whom) -> None:
        early.admit(self.desk, who, self.ref(number), whom)

    @deed(1, pick=st.integers(0, 20))
    def look_as_somebody_recused(self, pick: int) -> None:
        """Under any account of the person."""
        found = [
            (ref, who) for ref in self.desk.ledger.dockets for who in NAMES
            if self.desk.ledger.is_recused(ref, who)
        ]  # fmt: skip
        if found:
            ref, who = found[pick % len(found)]
            assert look_as(self.desk, who, ref, within=pick % 2 == 0) > 4
            self.desk.ledger.reached["looked as a recused person"] += 1

    @deed(1)
    def restart(self) -> None:
        self.desk.restart()
        self.desk.ledger.reached["restart"] += 1

    @deed(1, days=st.sampled_from([1, 5, 31]))
    def wait(self, days: int) -> None:
        self.desk.ledger.days += days

    @deed(name=st.sampled_from(FORGERIES))
    def forge(self, name: str) -> None:
        forge(self.desk, name)

    @deed(table=st.sampled_from(FOREVER), change=st.integers(0, 1))
    def overwrite(self, table, change: int) -> None:
        overwrite(self.desk, table, change)
