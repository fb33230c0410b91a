"""Ballots and the closing: what counts, who may, what the database refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from casework.access import Role
from casework.committee.queries.closing import differences
from casework.committee.queries.motions import last_day_of, tally_of
from casework.committee.queries.waiting import to_close, to_vote
from casework.decisions.record import digest
from casework.errors import (
    Forbidden,
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.workflow.queries.standing import facts_of
from models import AuditDetail, AuditEntry, Ballot, MotionClosing, Recusal
from tests.cases import ready
from tests.committee.votefile import LATE, MEMBERS, MEMO, OBSERVER, ON, VoteFile, start
from tests.factories import AT, make_officer


@pytest.mark.parametrize(
    ("choices", "outcome", "decision"),
    [
        ("yes yes yes yes", "carried", "el_add"),
        ("yes yes yes no", "carried", "el_add"),
        ("yes yes no no", "failed", "el_not_add"),
        ("yes yes no abstain", "carried", "el_add"),
        ("yes no abstain abstain", "failed", "el_not_add"),
        ("yes yes no recused", "carried", "el_add"),
        ("yes no recused recused", "failed", "el_not_add"),
        ("yes yes recused recused", "carried", "el_add"),
        ("yes yes - -", "no_quorum", ""),
        ("recused recused recused recused", "no_quorum", ""),
    ],
)
def test_how_an_addition_ends(file: VoteFile, choices: str, outcome: str, decision: str) -> None:
    motion = file.closed(choices)

    assert (motion.closing.outcome, motion.closing.decision) == (outcome, decision)
    assert facts_of(file.db, file.case).erc_outcome == decision
    assert digest(motion.closing.record) == motion.closing.record_sha256
    assert differences(file.db) == []


@pytest.mark.parametrize("question", ["modify", "remove"])
@pytest.mark.parametrize(
    ("choices", "outcome"),
    [
        ("yes yes yes yes", "carried"),
        ("yes yes yes recused", "carried"),
        ("yes yes yes no", "failed"),
        ("yes yes yes abstain", "failed"),
        ("yes yes yes -", "failed"),
        ("yes yes - -", "no_quorum"),
    ],
)
def test_how_a_change_ends(file: VoteFile, question: str, choices: str, outcome: str) -> None:
    file.petition()

    assert file.closed(choices, question).closing.outcome == outcome


def test_the_last_ballot_of_an_agency_counts_and_the_first_stays(file: VoteFile) -> None:
    motion = file.move()
    file.vote(motion, "no yes no yes")
    file.cast(motion, "COMMERCE_BIS", "yes")
    file.close(motion)
    file.db.refresh(motion)

    assert motion.closing.outcome == "carried"
    assert [row.choice for row in motion.ballots] == ["no", "yes", "no", "yes", "yes"]
    assert motion.closing.tally["yes"] == ["COMMERCE_BIS", "DEFENSE", "STATE"]


def test_an_observer_votes_only_where_it_was_seated(file: VoteFile) -> None:
    motion = file.move()
    with pytest.raises(Forbidden):
        file.cast(motion, OBSERVER, "yes")
    file.close(motion)
    seated = file.move(seated=(OBSERVER,), seating_reason="Property is at stake.")
    file.vote(seated, "yes yes no no")
    file.cast(seated, OBSERVER, "yes")

    assert file.close(seated).outcome == "carried"


def test_a_seat_needs_an_agency_that_sees_the_case(db: Session) -> None:
    file = start(db, observer_asked=False)

    with pytest.raises(InvalidValue, match="Ask Treasury"):
        file.move(seated=(OBSERVER,), seating_reason="Property is at stake.")


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"choice": "maybe"}, InvalidValue, "Choose"),
        ({"choice": "no", "dissent": " "}, InvalidValue, "Write the dissent"),
        ({"choice": "yes", "dissent": MEMO}, InvalidValue, "Clear it"),
        ({"choice": "yes", "content_sha256": "0" * 64}, StaleVersion, "not the words"),
        ({"choice": "yes", "expected": 3}, StaleVersion, "colleague"),
    ],
)
def test_what_a_ballot_refuses(
    file: VoteFile, changes: dict[str, object], error: type[Exception], words: str
) -> None:
    motion = file.move()

    with pytest.raises(error, match=words):
        file.cast(motion, "ENERGY", **changes)
    assert file.count(Ballot) == 0


def test_a_recused_person_casts_nothing_and_closes_nothing(file: VoteFile) -> None:
    motion = file.move()
    for officer in (file.delegates["ENERGY"], file.chair):
        file.db.add(
            Recusal(
                case_id=file.case.id,
                person_id=officer.person_id,
                reason="Shares.",
                declared_by_id=officer.id,
                declared_at=AT,
            )
        )
    file.db.flush()

    with pytest.raises(Forbidden, match="recused"):
        file.cast(motion, "ENERGY", "yes")
    with pytest.raises(Forbidden, match="recused"):
        file.close(motion)


def test_the_vote_is_closed_when_all_have_voted_or_the_day_has_passed(file: VoteFile) -> None:
    motion = file.move()
    file.vote(motion, "yes yes yes -")
    with pytest.raises(TransitionBlocked, match="last day"):
        file.close(motion, on=motion.due_on)
    file.cast(motion, "STATE", "yes")

    assert file.close(motion, on=ON).outcome == "carried"


def test_the_day_after_the_last_is_enough(file: VoteFile) -> None:
    motion = file.move()
    file.vote(motion, "yes yes yes -")

    assert file.close(motion, on=motion.due_on + timedelta(days=1)).outcome == "carried"


def test_a_vote_is_closed_once(file: VoteFile) -> None:
    motion = file.closed("yes yes yes yes")

    with pytest.raises(StaleVersion, match="closed already"):
        file.close(motion)
    with pytest.raises(StaleVersion, match="closed"):
        file.cast(motion, "ENERGY", "no")


def test_who_closes_has_neither_moved_nor_voted_and_signs_for_the_chair(file: VoteFile) -> None:
    both = make_officer(file.db, Role.SIGNING_OFFICIAL, Role.AGENCY_DELEGATE, agency="COMMERCE_BIS")
    motion = file.move(by=both)
    with pytest.raises(SeparationOfDuties, match="moved"):
        file.close(motion, by=both)
    file.close(motion)
    again = file.move()
    file.cast(again, "COMMERCE_BIS", "yes", by=both)
    with pytest.raises(SeparationOfDuties, match="ballot"):
        file.close(again, by=both)
    for role, agency in ((Role.SIGNING_OFFICIAL, "STATE"), (Role.REVIEWER, "COMMERCE_BIS")):
        with pytest.raises(Forbidden):
            file.close(again, by=make_officer(file.db, role, agency=agency))


def test_the_database_refuses_a_stranger_and_a_late_ballot(file: VoteFile) -> None:
    motion = file.move()
    words = {"content_sha256": motion.content_sha256, "choice": "yes", "dissent": ""}

    def put(by, agency):
        row = {**ready.act(file.case, by), **words, "motion_id": motion.id, "agency": agency}
        with pytest.raises(DBAPIError) as refused, file.db.begin_nested():
            file.db.execute(sa.insert(Ballot).values(**row, sequence=1))
        return str(refused.value)

    assert "only a delegate" in put(file.delegates["STATE"], "ENERGY")
    assert "only a delegate" in put(file.chair, "COMMERCE_BIS")
    file.close(motion)
    assert "closed" in put(file.delegates["ENERGY"], "ENERGY")


def test_the_database_keeps_ballots_as_they_were_cast(file: VoteFile) -> None:
    motion = file.move()
    file.cast(motion, "ENERGY", "yes")

    for statement in ("UPDATE ballot SET choice = 'no'", "DELETE FROM ballot"):
        with pytest.raises(DBAPIError), file.db.begin_nested():
            file.db.execute(sa.text(statement))


def test_a_count_that_does_not_come_out_is_told(file: VoteFile) -> None:
    motion = file.move()
    file.vote(motion, "yes no no no")
    file.db.add(
        MotionClosing(
            **ready.act(file.case, file.chair),
            motion_id=motion.id,
            outcome="carried",
            decision="el_add",
            tally={},
            closed_on=LATE,
            record={},
            record_sha256="0" * 64,
        )
    )
    file.db.flush()

    assert {row.what for row in differences(file.db, file.case)} == {
        "the outcome",
        "the count",
        "the frozen record",
    }


def test_the_log_says_who_voted_and_not_how(file: VoteFile) -> None:
    motion = file.move()
    file.vote(motion, "yes no abstain recused")
    details = file.db.scalars(
        sa.select(AuditDetail.detail)
        .join(AuditEntry, AuditEntry.seq == AuditDetail.seq)
        .where(AuditEntry.action == "ballot.cast")
    ).all()

    assert [row["agency"] for row in details] == list(MEMBERS)
    assert {name for row in details for name in row} == {"motion", "agency", "sequence"}


def test_what_waits_for_a_delegate_and_for_the_chair(file: VoteFile) -> None:
    motion = file.move()
    energy, observer = file.delegates["ENERGY"], file.delegates[OBSERVER]
    assert [row.motion.id for row in to_vote(file.db, energy)] == [motion.id]
    assert to_vote(file.db, observer) == to_vote(file.db, file.chair) == []
    assert to_close(file.db, file.chair, ON) == []
    file.vote(motion, "yes yes yes yes")

    assert to_vote(file.db, energy) == []
    assert [row.motion.id for row in to_close(file.db, file.chair, ON)] == [motion.id]
    assert to_close(file.db, make_officer(file.db, Role.SIGNING_OFFICIAL), ON) == []


def test_nothing_is_counted_before_the_closing(file: VoteFile) -> None:
    motion = file.move()
    file.vote(motion, "yes yes yes yes")
    file.db.refresh(motion)

    assert tally_of(file.case, motion, closed=False).decision == ""
    assert last_day_of(file.case, motion) == motion.due_on
    assert facts_of(file.db, file.case).erc_outcome == ""
