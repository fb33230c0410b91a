"""Rows written past the application, which the schema itself has to refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from models import (
    AuditEntry,
    Ballot,
    Case,
    CaseMember,
    Comment,
    Determination,
    Finding,
    FindingReview,
    ListProposal,
    ListPublication,
    ListTakedown,
    Motion,
    MotionClosing,
    Officer,
    Petition,
    PetitionDecision,
    Recommendation,
    RecommendationDecision,
    Recusal,
    StageChange,
)
from tests.whole_path.desk import Desk

Statement = sa.Executable | None
FOREVER = (
    AuditEntry, Ballot, Determination, Finding, FindingReview, ListProposal, ListPublication,
    ListTakedown, Motion, MotionClosing, PetitionDecision, Recommendation, RecommendationDecision,
    Recusal, StageChange,
)  # fmt: skip


class Forger:
    """Builds statements out of what the database holds; None where it holds nothing for one."""

    def __init__(self, db: Any, desk: Desk) -> None:
        self.db, self.desk = db, desk
        officers = desk.ledger.officers
        self.officers = {name: db.get_one(Officer, key) for name, key in officers.items()}

    def first(self, table: Any, *where: Any) -> Any:
        return self.db.scalars(sa.select(table).where(*where).limit(1)).first()

    def act(self, row: Any, who: str) -> dict[str, Any]:
        by = self.officers[who]
        return {"id": uuid4(), "case_id": row.case_id, "by_id": by.id, "at": self.desk.at,
                "by_person_id": by.person_id}  # fmt: skip

    def again(self, row: Any, who: str, **changes: Any) -> dict[str, Any]:
        """The same row once more, by somebody else."""
        columns = sa.inspect(type(row)).columns
        old = {column.key: getattr(row, column.key) for column in columns}
        return {**old, **self.act(row, who), **changes}

    def ballot_of_no_delegate(self) -> Statement:
        row = self.first(Ballot)
        return row and sa.insert(Ballot).values(self.again(row, "lead", sequence=99))

    def ballot_for_another_agency(self) -> Statement:
        row = self.first(Ballot, Ballot.agency != "DEFENSE")
        return row and sa.insert(Ballot).values(self.again(row, "defense", sequence=99))

    def ballot_on_other_words(self) -> Statement:
        row = self.first(Ballot, Ballot.agency == "STATE")
        changes = {"sequence": 99, "content_sha256": "0" * 64}
        return row and sa.insert(Ballot).values(self.again(row, "state", **changes))

    def ballot_after_the_closing(self) -> Statement:
        closed = sa.select(MotionClosing.motion_id)
        row = self.first(Ballot, Ballot.motion_id.in_(closed), Ballot.agency == "STATE")
        return row and sa.insert(Ballot).values(self.again(row, "state", sequence=99))

    def reading_by_the_author(self) -> Statement:
        row = self.first(FindingReview)
        return row and sa.insert(FindingReview).values(self.again(row, "analyst"))

    def decision_by_the_author(self) -> Statement:
        return self._decision("lead_again")

    def decision_on_other_words(self) -> Statement:
        return self._decision("reader", content_sha256="0" * 64)

    def _decision(self, who: str, **changes: Any) -> Statement:
        decided = sa.select(RecommendationDecision.recommendation_id)
        row = self.first(Recommendation, Recommendation.id.not_in(decided))
        if row is None or row.by_person_id != self.officers["lead"].person_id:
            return None
        values = {
            "recommendation_id": row.id, "preparer_person_id": row.by_person_id,
            "content_sha256": row.content_sha256, "approved": True, "reasons": "Mine.",
            "record": {}, "record_sha256": "0" * 64, **self.act(row, who), **changes,
        }  # fmt: skip
        return sa.insert(RecommendationDecision).values(values)

    def publication_by_the_preparer(self) -> Statement:
        return self._publication("records_again")

    def publication_of_other_words(self) -> Statement:
        return self._publication("publisher", content_sha256="0" * 64)

    def _publication(self, who: str, **changes: Any) -> Statement:
        shown = sa.select(ListPublication.proposal_id)
        row = self.first(
            ListProposal, ListProposal.id.not_in(shown),
            ListProposal.by_person_id == self.officers["records"].person_id,
        )  # fmt: skip
        values = row and {
            "proposal_id": row.id, "preparer_person_id": row.by_person_id,
            "content_sha256": row.content_sha256, "published_on": self.desk.on, "record": {},
            "record_sha256": "0" * 64, **self.act(row, who), **changes,
        }  # fmt: skip
        return row and sa.insert(ListPublication).values(values)

    def answer_by_the_signer(self) -> Statement:
        answered = sa.select(PetitionDecision.petition_id)
        row = self.first(Petition, Petition.id.not_in(answered))
        values = row and {
            "petition_id": row.id, "outcome": "deny", "reasons": "No.", "record": {},
            "decided_on": self.desk.on, "record_sha256": "0" * 64, **self.act(row, "signer"),
        }  # fmt: skip
        return row and sa.insert(PetitionDecision).values(values)

    def act_of_a_recused_person(self) -> Statement:
        row = self.first(Recusal)
        who = row and self._account_of(row)
        return row and sa.insert(Comment).values(text="Hm.", **self.act(row, who))

    def recused_member(self) -> Statement:
        row = self.first(Recusal)
        if row is None:
            return None
        officer = self.officers[self._account_of(row)]
        return sa.insert(CaseMember).values(
            case_id=row.case_id, officer_id=officer.id, added_by_id=officer.id,
            added_at=self.desk.at,
        )  # fmt: skip

    def act_for_somebody_else(self) -> Statement:
        case = self.first(Case)
        row = StageChange(case_id=case.id)
        changes = {"by_person_id": self.officers["signer"].person_id}
        return sa.insert(Comment).values(text="Hm.", **{**self.act(row, "publisher"), **changes})

    def _account_of(self, row: Recusal) -> str:
        return next(n for n, each in self.officers.items() if each.person_id == row.person_id)


FORGERIES: tuple[str, ...] = tuple(
    name for name, value in vars(Forger).items()
    if callable(value) and not name.startswith("_") and name not in {"first", "act", "again"}
)  # fmt: skip
CHANGES: tuple[Callable[[Any], Any], ...] = (
    sa.delete,
    lambda table: sa.update(table).values({_last(table): sa.literal_column(_last(table).name)}),
)


def _last(table: Any) -> Any:
    return table.__table__.columns["declared_at" if table is Recusal else "at"]


def forge(desk: Desk, name: str) -> bool:
    """Whether there was something to forge; an AssertionError if it went through."""
    with desk.sessions() as db:
        statement = getattr(Forger(db, desk), name)()
    return statement is not None and refused(desk, statement, name)


def overwrite(desk: Desk, table: Any, change: int) -> bool:
    with desk.sessions() as db:
        if db.scalars(sa.select(sa.func.count()).select_from(table)).one() == 0:
            return False
    return refused(desk, CHANGES[change](table), f"{table.__tablename__} changed")


def refused(desk: Desk, statement: Any, name: str) -> bool:
    with desk.engine.connect() as connection:
        try:
            connection.execute(statement)
        except DBAPIError:
            desk.ledger.reached["refused by the schema"] += 1
            return True
        finally:
            connection.rollback()
    raise AssertionError(f"the schema let through: {name}")
