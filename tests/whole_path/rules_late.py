"""Rules of the walks from the determination on."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from casework.access import Permission as May
from models import (
    Escalation,
    ListProposal,
    ListPublication,
    MeasureHold,
    Motion,
    MotionClosing,
    OwnerPermission,
    Petition,
    Postponement,
    Recommendation,
)
from tests.whole_path import acts_late as late_acts
from tests.whole_path import acts_votes as votes
from tests.whole_path.browsing import post
from tests.whole_path.drawing import (
    CASES,
    CHOICES,
    KINDS,
    OUTCOMES,
    PICK,
    SELDOM,
    Cases,
    deed,
    granted,
)
from tests.whole_path.leading import MEASURES, Rows
from tests.whole_path.people import ACCOUNTS

TEXTS = st.sampled_from([late_acts.TEXT, late_acts.TEXT, late_acts.OTHER_TEXT])
GROUNDS = st.sampled_from(["error", "order", "correction"])


class LateRules(Cases):
    @deed(3, number=CASES, who=granted(May.DETERMINATION_SIGN), pick=PICK, kind=KINDS, late=SELDOM)
    def sign(self, number, who, pick, kind, late) -> None:
        ref = self.ref(number)
        late_acts.sign(self.desk, who, ref, self.subject(ref, pick), kind, late=late)

    @deed(
        number=CASES,
        who=granted(May.RECOMMENDATION_MAKE),
        pick=PICK,
        measure=st.sampled_from(MEASURES),
        stale=SELDOM,
    )
    def recommend(self, number, who, pick, measure, stale) -> None:
        ref = self.ref(number)
        late_acts.recommend(self.desk, who, ref, measure, self.subject(ref, pick), stale=stale)

    @deed(
        3,
        number=CASES,
        who=granted(May.RECOMMENDATION_DECIDE),
        pick=PICK,
        approved=st.booleans(),
        stale=SELDOM,
        late=SELDOM,
    )
    def decide(self, number, who, pick, approved, stale, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Recommendation, pick):
            late_acts.decide(self.desk, who, ref, row, approved=approved, stale=stale, late=late)

    @deed(number=CASES, who=granted(May.MEASURE_SIGN), pick=PICK, stale=SELDOM,
          kind=st.sampled_from(["list_add", "block", "not_block", "el_add"]))  # fmt: skip
    def sign_on(self, number, who, pick, stale, kind) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Recommendation, pick):
            late_acts.sign_on(self.desk, who, ref, row, kind, stale=stale)

    @deed(number=CASES, who=granted(May.PERMISSION_RECORD), text=TEXTS,
          days=st.sampled_from([None, 0, 10]),
          product=st.sampled_from(["list", "list", "guide"]))  # fmt: skip
    def permit(self, number, who, text, days, product) -> None:
        late_acts.permit(self.desk, who, self.ref(number), text=text, days=days, product=product)

    @deed(number=CASES, who=granted(May.PERMISSION_RECORD), pick=PICK, late=SELDOM)
    def revoke(self, number, who, pick, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, OwnerPermission, pick):
            late_acts.revoke(self.desk, who, ref, row, late=late)

    @deed(3, number=CASES, who=granted(May.LIST_PROPOSE), pick=PICK, text=TEXTS, late=SELDOM)
    def propose(self, number, who, pick, text, late) -> None:
        ref = self.ref(number)
        late_acts.propose(self.desk, who, ref, self.subject(ref, pick), text=text, late=late)

    @deed(3, number=CASES, who=granted(May.LIST_PUBLISH), pick=PICK, stale=SELDOM, late=SELDOM)
    def publish(self, number, who, pick, stale, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, ListProposal, pick):
            late_acts.publish(self.desk, who, ref, row, stale=stale, late=late)

    @deed(1, number=CASES, who=granted(May.LIST_PUBLISH), stale=SELDOM)
    def publish_by_form(self, number, who, stale) -> None:
        ref = self.ref(number)
        rows = Rows(self.desk, ref).all(ListProposal)
        if not rows:
            return
        url = f"/cases/{ref}/listing/{rows[-1].id}/publication"
        data = {"content_sha256": "0" * 64 if stale else rows[-1].content_sha256, "confirm": "y"}
        status, _ = post(self.desk, who, url, data)
        if status == 303:
            assert not stale
            assert not self.desk.ledger.is_recused(ref, who)
            self.desk.ledger.reached["list.publish"] += 1
            published = Rows(self.desk, ref).all(ListPublication)[-1]
            self.desk.ledger.shown[rows[-1].entity_id] = published.id

    @deed(number=CASES, who=granted(May.LIST_TAKE_DOWN), pick=PICK, ground=GROUNDS, late=SELDOM)
    def take_down(self, number, who, pick, ground, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, ListPublication, pick):
            late_acts.take_down(self.desk, who, ref, row, ground, late=late)

    @deed(
        3,
        number=CASES,
        who=granted(May.PETITION_RECORD),
        pick=PICK,
        measure=st.sampled_from(MEASURES),
    )
    def petition(self, number, who, pick, measure) -> None:
        ref = self.ref(number)
        late_acts.petition(self.desk, who, ref, self.subject(ref, pick), measure)

    @deed(
        3, number=CASES, who=granted(May.PETITION_DECIDE), pick=PICK, outcome=OUTCOMES, late=SELDOM
    )
    def answer(self, number, who, pick, outcome, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Petition, pick):
            late_acts.answer(self.desk, who, ref, row, outcome, late=late)

    @deed(
        1,
        number=CASES,
        who=granted(May.MEASURE_HOLD),
        measure=st.sampled_from(MEASURES),
        days=st.integers(0, 9),
    )
    def put_measure_off(self, number, who, measure, days) -> None:
        review_on = self.desk.on + timedelta(days=days)
        late_acts.put_off(self.desk, who, self.ref(number), measure, review_on)

    @deed(1, number=CASES, who=granted(May.MEASURE_HOLD), pick=PICK)
    def lift(self, number, who, pick) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, MeasureHold, pick):
            late_acts.lift(self.desk, who, ref, row)

    @deed(number=CASES, who=granted(May.MOTION_MOVE), pick=PICK, late=SELDOM,
          question=st.sampled_from(["add", "add", "remove"]))  # fmt: skip
    def move(self, number, who, pick, late, question) -> None:
        ref = self.ref(number)
        votes.move(self.desk, who, ref, self.subject(ref, pick), question, late=late)

    @deed(3, number=CASES, who=granted(May.BALLOT_CAST), choice=CHOICES, stale=SELDOM,
          unseen=st.sampled_from([0, 0, 1]), late=SELDOM)  # fmt: skip
    def cast(self, number, who, choice, stale, unseen, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Motion, 0):
            votes.cast(self.desk, who, ref, row, choice, stale=stale, unseen=unseen, late=late)

    @deed(1, number=CASES, who=granted(May.BALLOT_CAST), choice=CHOICES)
    def cast_by_form(self, number, who, choice) -> None:
        ref = self.ref(number)
        rows = Rows(self.desk, ref).all(Motion)
        if not rows:
            return
        seen = self.desk.ledger.ballots[rows[-1].id]
        own = sum(each == ACCOUNTS[who].agency for each, _ in seen)
        data = {
            "content_sha256": rows[-1].content_sha256, "seen": own, "choice": choice,
            "dissent": "Too thin." if choice == "no" else "",
        }  # fmt: skip
        status, _ = post(self.desk, who, f"/cases/{ref}/votes/{rows[-1].id}/ballots", data)
        if status == 303:
            assert not self.desk.ledger.is_recused(ref, who)
            seen.append((ACCOUNTS[who].agency, choice))

    @deed(3, number=CASES, who=granted(May.MOTION_CLOSE), stale=SELDOM, late=SELDOM)
    def close(self, number, who, stale, late) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Motion, 0):
            votes.close(self.desk, who, ref, row, stale=stale, late=late)

    @deed(1, number=CASES, who=granted(May.BALLOT_CAST), days=st.integers(-1, 9))
    def postpone(self, number, who, days) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Motion, 0):
            votes.put_off(self.desk, who, ref, row, days)

    @deed(1, number=CASES, who=granted(May.BALLOT_CAST), agrees=st.booleans())
    def agree(self, number, who, agrees) -> None:
        ref = self.ref(number)
        rows = Rows(self.desk, ref).all(Postponement)
        if rows:
            motion, key = rows[-1].motion_id, rows[-1].id
            votes.agree(self.desk, who, ref, motion, key, agrees=agrees)

    @deed(
        number=CASES,
        who=granted(May.ESCALATION_RAISE),
        level=st.sampled_from(["", "", "ACEP", "BOARD"]),
    )
    def escalate(self, number, who, level) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Motion, 0):
            votes.escalate(self.desk, who, ref, row, level)

    @deed(1, number=CASES, who=granted(May.ESCALATION_SETTLE), pick=PICK,
          outcome=st.sampled_from(["upheld", "reversed", "returned", "no_decision"]))  # fmt: skip
    def settle(self, number, who, pick, outcome) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, Escalation, pick):
            votes.settle(self.desk, who, ref, row, outcome)

    @deed(number=CASES, who=granted(May.MEASURE_SIGN), pick=PICK, stale=st.sampled_from([0, 0, 1]))
    def enter(self, number, who, pick, stale) -> None:
        ref = self.ref(number)
        if row := self.pick(ref, MotionClosing, pick):
            votes.enter(self.desk, who, ref, row, stale=stale)
