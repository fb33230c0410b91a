"""A case at the vote, with an approved recommendation and a delegate of every member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.committee.actions import ballots, motions
from casework.committee.queries.motions import own_ballots
from casework.committee.queries.moving import grounds
from models import (
    Ballot,
    Case,
    Entity,
    Motion,
    MotionClosing,
    Officer,
    Petition,
    PositionRequest,
)
from tests.cases import ready
from tests.factories import AT, add_member, make_officer

MEMBERS = ("COMMERCE_BIS", "DEFENSE", "ENERGY", "STATE")
OBSERVER = "TREASURY_OFAC"
ON = ready.ON
LATE = ON + timedelta(days=31)
VOTING, REVIEWING = "S11", "S15"
MEMO = "Veto-memorandum: the facts are too thin."


@dataclass
class VoteFile:
    db: Session
    case: Case
    entity: Entity
    officer: Officer
    reviewer: Officer
    chair: Officer
    delegates: Mapping[str, Officer]

    def move(self, question: str = "add", *, on: date = ON, **changes: Any) -> Motion:
        found = grounds(self.db, self.case, question, self.entity)
        given: dict[str, Any] = {
            "ground": found[0].id if found else None,
            "statement": "Add Orchid Compute for the facts in exhibit 2.",
            "seated": (),
            "seating_reason": "",
            "by": self.delegates["STATE"],
            **changes,
        }
        return motions.move(
            self.db, self.case, question=question, entity=self.entity, at=AT, on=on, **given
        )

    def cast(self, motion: Motion, agency: str, choice: str, **changes: Any) -> Ballot:
        by = changes.pop("by", None) or self.delegates[agency]
        self.db.refresh(motion)
        given: dict[str, Any] = {
            "dissent": MEMO if choice == "no" else "",
            "content_sha256": motion.content_sha256,
            "expected": len(own_ballots(motion, by)),
            "at": AT,
            **changes,
        }
        return ballots.cast(self.db, self.case, motion, choice=choice, by=by, **given)

    def vote(self, motion: Motion, choices: str) -> None:
        """One word for each member in order; a dash is no ballot."""
        for agency, choice in zip(MEMBERS, choices.split(), strict=True):
            if choice != "-":
                self.cast(motion, agency, choice)

    def close(
        self, motion: Motion, *, on: date = LATE, by: Officer | None = None, at: datetime = AT
    ) -> MotionClosing:
        return motions.close(
            self.db,
            self.case,
            motion,
            content_sha256=motion.content_sha256,
            by=by or self.chair,
            at=at,
            on=on,
        )

    def closed(self, choices: str, question: str = "add") -> Motion:
        motion = self.move(question)
        self.vote(motion, choices)
        self.close(motion)
        self.db.refresh(motion)
        return motion

    def petition(self) -> None:
        """Put the case under review, with a petition against the entry."""
        act = ready.act(self.case, self.officer)
        words = {"asks": "lift", "petitioner": "Orchid Compute", "text": "It was not us."}
        days = {"received_on": ON, "due_on": ON + timedelta(days=30)}
        self.db.add(
            Petition(entity_id=self.entity.id, measure="entity_list", **words, **days, **act)
        )
        self.case.stage = REVIEWING
        self.db.flush()

    def count(self, table: Any) -> int:
        return self.db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def start(db: Session, *, observer_asked: bool = True) -> VoteFile:
    officer = make_officer(db, Role.CASE_OFFICER, Role.ANALYST)
    reviewer = make_officer(db, Role.REVIEWER)
    case, entity = ready.make_marked_case(db, officer, stage=VOTING)
    ready.answer_all(db, case, entity, officer, reviewer)
    ready.determine(db, case, entity, make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE"))
    ready.recommend(db, case, "entity_list", officer, reviewer)
    chair = make_officer(db, Role.SIGNING_OFFICIAL, agency="COMMERCE_BIS")
    for member in (reviewer, chair):
        add_member(db, case, member)
    delegates = {
        agency: make_officer(db, Role.AGENCY_DELEGATE, agency=agency)
        for agency in (*MEMBERS, OBSERVER)
    }
    for agency in delegates if observer_asked else MEMBERS:
        db.add(PositionRequest(**ready.act(case, officer), agency=agency, due_on=ON))
    db.flush()
    return VoteFile(db, case, entity, officer, reviewer, chair, delegates)
