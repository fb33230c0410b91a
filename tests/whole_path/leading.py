"""The next proper act of a case: what the right officer would do with it now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from casework.findings import rules
from casework.statute.loader import load_pack
from models import (
    AgencyPosition,
    Case,
    Determination,
    EntityListEntry,
    Exhibit,
    Finding,
    FindingReview,
    ListProposal,
    ListPublication,
    Motion,
    MotionClosing,
    OwnerPermission,
    PermissionRevocation,
    Petition,
    PetitionDecision,
    PositionRequest,
    PurposeStatement,
    Recommendation,
    RecommendationDecision,
    ResponseWindow,
    StageRecord,
)
from tests.decisions.casefile import ATTACK, PROVIDER
from tests.whole_path import acts_early as early
from tests.whole_path import acts_late as late
from tests.whole_path import acts_votes as votes
from tests.whole_path.desk import Desk
from tests.whole_path.people import DELEGATES

Deed = Callable[[], Any]
DIRECTED = {"DR1": "met"}
ANSWERS = {
    "attacker": ATTACK | DIRECTED,
    "provider": PROVIDER | DIRECTED,
    "both": PROVIDER | DIRECTED | {"EX1": "met"},
}
KIND = {"attacker": "identify_mea", "provider": "identify_fanp", "both": "identify_mea"}
ATTACKERS = ("attacker", "both")
MEASURES = ("attackers_list", "entity_list")


class Rows:
    """What one case holds, read straight from the tables."""

    def __init__(self, desk: Desk, ref: str) -> None:
        self.desk = desk
        with desk.sessions() as db:
            self.case_id = db.scalar(sa.select(Case.id).where(Case.reference == ref))

    def all(self, table: Any, *where: Any) -> list[Any]:
        with self.desk.sessions() as db:
            chosen = sa.select(table).where(table.case_id == self.case_id, *where)
            return list(db.scalars(chosen.order_by(*self._order(table))))

    def open(self, table: Any, ending: Any, key: Any) -> list[Any]:
        """Rows that no row of `ending` answers."""
        return self.all(table, ~sa.exists().where(key == table.id))

    def _order(self, table: Any) -> list[Any]:
        return [table.at] if hasattr(table, "at") else [table.id]


def go_on(desk: Desk, ref: str) -> Any:
    """Do the first deed that is still to be done; what it made, or None."""
    stage = desk.docket(ref).path[-1]
    deeds = {
        "S1": _intake, "S2": _preserve, "S4": _develop, "S6": _coordinate, "S7a": _determine,
        "S10": _list, "S11": _vote,
    }.get(stage)  # fmt: skip
    deed = next(deeds(desk, ref), None) if deeds else None
    return deed() if deed else None


def _intake(desk: Desk, ref: str) -> Iterator[Deed]:
    yield partial(early.advance, desk, "lead", ref, "S2", "accept")


def _preserve(desk: Desk, ref: str) -> Iterator[Deed]:
    rows = Rows(desk, ref)
    if not rows.all(Exhibit):
        yield partial(early.receive, desk, "lead", ref, f"Log of {ref}")
    if not rows.all(StageRecord, StageRecord.kind == "consultation"):
        yield partial(early.note, desk, "lead", ref, "consultation", "declined")
    yield partial(early.advance, desk, "lead", ref, "S4", "skip_consultation")


def questions(desk: Desk, ref: str) -> list[tuple[str, UUID | None, str]]:
    """Every element with the subject it is about and the answer that fits it."""
    docket = desk.docket(ref)
    pack = load_pack(docket.text_version)
    found = [(row.id, None, ATTACK[row.id]) for row in rules.asked(pack, "case")]
    for what, subject in docket.subjects.items():
        found += [
            (row.id, subject, ANSWERS[what].get(row.id) or rules.answers_for(pack, row)[-1])
            for row in rules.asked(pack, "subject")
            if not row.falls_back_to
        ]
    return found


def _develop(desk: Desk, ref: str) -> Iterator[Deed]:
    rows = Rows(desk, ref)
    written = {(row.element, row.entity_id): row for row in rows.all(Finding)}
    for element, subject, answer in questions(desk, ref):
        if (element, subject) not in written:
            yield partial(early.write, desk, "analyst", ref, element, subject, answer)
    readings = {row.finding_id for row in rows.all(FindingReview)}
    for (element, subject), row in written.items():
        if row.id not in readings:
            yield partial(early.read, desk, "reader", ref, element, subject)
    yield from _tell(desk, ref, rows)
    yield partial(early.advance, desk, "chair", ref, "S6", "waive_window")


def _tell(desk: Desk, ref: str, rows: Rows) -> Iterator[Deed]:
    """The day of the last attack, the purpose and the window of each subject."""
    told = {row.outcome for row in rows.all(StageRecord, StageRecord.kind == "last_attack")}
    stated = {row.entity_id for row in rows.all(PurposeStatement)}
    heard = {row.entity_id for row in rows.all(ResponseWindow)}
    for what, subject in desk.docket(ref).subjects.items():
        if what in ATTACKERS and str(subject) not in told:
            yield partial(early.note, desk, "analyst", ref, "last_attack", str(subject), ago=30)
        if subject not in stated:
            yield partial(early.state_purpose, desk, "analyst", ref, subject)
        if subject not in heard:
            yield partial(early.hear, desk, "chair", ref, subject, "waived")


def _coordinate(desk: Desk, ref: str) -> Iterator[Deed]:
    rows = Rows(desk, ref)
    asked = {row.agency for row in rows.all(PositionRequest)}
    spoken = {row.agency for row in rows.all(AgencyPosition)}
    for agency, delegate in DELEGATES.items():
        if agency not in asked:
            yield partial(early.ask, desk, "lead", ref, agency)
        if agency not in spoken:
            yield partial(early.take_position, desk, delegate, ref)
    yield partial(early.advance, desk, "lead", ref, "S7a", "submit")


def _determine(desk: Desk, ref: str) -> Iterator[Deed]:
    rows, docket = Rows(desk, ref), desk.docket(ref)
    signed = {row.entity_id for row in rows.all(Determination)}
    for what, subject in docket.subjects.items():
        if subject not in signed:
            yield partial(late.sign, desk, "signer", ref, subject, KIND[what])
    attackers = [docket.subjects[what] for what in ATTACKERS if what in docket.subjects]
    made = {(row.measure, row.entity_id) for row in rows.all(Recommendation)}
    wanted = [(measure, subject) for subject in attackers for measure in MEASURES]
    for measure, subject in wanted:
        if (measure, subject) not in made:
            yield partial(late.recommend, desk, "lead", ref, measure, subject)
    decision = RecommendationDecision
    for row in rows.open(Recommendation, decision, decision.recommendation_id):
        yield partial(late.decide, desk, "reader", ref, row.id)
    if attackers and not live_permissions(rows):
        yield partial(late.permit, desk, "records", ref)
    if attackers:
        yield partial(early.advance, desk, "records", ref, "S10", "list")


def live_permissions(rows: Rows) -> list[Any]:
    revoked = PermissionRevocation
    return [
        row
        for row in rows.open(OwnerPermission, revoked, revoked.permission_id)
        if row.wording == late.TEXT and (not row.expires_on or row.expires_on >= rows.desk.on)
    ]


def _list(desk: Desk, ref: str) -> Iterator[Deed]:
    rows, docket = Rows(desk, ref), desk.docket(ref)
    if not live_permissions(rows):
        yield partial(late.permit, desk, "records", ref)
    attackers = {docket.subjects[what] for what in ATTACKERS if what in docket.subjects}
    published = {row.proposal_id for row in rows.all(ListPublication)}
    proposals = [row for row in rows.all(ListProposal) if row.entity_id in attackers]
    replaced = {row.supersedes_id for row in proposals}
    current = [row for row in proposals if row.id not in replaced]
    for subject in attackers - {row.entity_id for row in proposals}:
        yield partial(late.propose, desk, "records", ref, subject)
    for row in current:
        if row.id not in published and row.content["lines"][0]["text"] == late.TEXT:
            yield partial(late.publish, desk, "publisher", ref, row.id)
    answers = PetitionDecision
    for row in rows.open(Petition, answers, answers.petition_id):
        yield partial(late.answer, desk, "arbiter", ref, row.id, "grant")
    shown = [subject for subject in attackers if subject in desk.ledger.shown]
    if shown and not rows.all(Petition):
        yield partial(late.petition, desk, "records", ref, shown[0], "attackers_list")
    yield partial(early.advance, desk, "chair", ref, "S11", "propose_existing_power")


def _vote(desk: Desk, ref: str) -> Iterator[Deed]:
    rows, docket = Rows(desk, ref), desk.docket(ref)
    closing = MotionClosing
    for row in rows.open(Motion, closing, closing.motion_id):
        voted = {agency for agency, _ in desk.ledger.ballots[row.id]}
        for agency, delegate in DELEGATES.items():
            if agency not in voted:
                yield partial(votes.cast, desk, delegate, ref, row.id, "yes")
        yield partial(votes.close, desk, "chair", ref, row.id)
    moved = {row.entity_id for row in rows.all(Motion)}
    for what in ATTACKERS:
        subject = docket.subjects.get(what)
        if subject and subject not in moved:
            yield partial(votes.move, desk, "state", ref, subject)
    entered = {row.motion_closing_id for row in rows.all(EntityListEntry)}
    for row in rows.all(closing, closing.outcome == "carried"):
        if row.id not in entered:
            yield partial(votes.enter, desk, "chair", ref, row.id)
