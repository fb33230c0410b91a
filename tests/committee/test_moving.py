"""Who puts which question to the vote, and what must stand before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.access import Role
from casework.committee.queries.moving import blockers_of
from casework.errors import Forbidden, InvalidValue, StaleVersion, TransitionBlocked
from models import Finding, Motion, Recusal, StageChange
from tests.cases import ready
from tests.committee.votefile import OBSERVER, ON, VoteFile
from tests.factories import AT, make_officer


def test_a_motion_binds_words_ground_and_days_under_one_hash(file: VoteFile) -> None:
    motion = file.move()

    assert (motion.recommendation_id is None, motion.petition_id) == (False, None)
    assert (motion.circulated_on, motion.due_on) == (ON, ON + timedelta(days=30))
    assert len(motion.content_sha256) == 64


@pytest.mark.parametrize(
    ("role", "agency", "may"),
    [
        (Role.AGENCY_DELEGATE, "COMMERCE_BIS", True),
        (Role.AGENCY_DELEGATE, "ENERGY", True),
        (Role.AGENCY_DELEGATE, "TREASURY_OFAC", False),
        (Role.AGENCY_DELEGATE, "CISA", False),
        (Role.SIGNING_OFFICIAL, "COMMERCE_BIS", True),
        (Role.SIGNING_OFFICIAL, "STATE", False),
        (Role.CASE_OFFICER, "COMMERCE_BIS", False),
    ],
)
def test_who_may_move(file: VoteFile, role: Role, agency: str, may: bool) -> None:
    by = make_officer(file.db, role, agency=agency)
    if may:
        assert file.move(by=by).by_id == by.id
    else:
        with pytest.raises(Forbidden):
            file.move(by=by)


def test_an_addition_needs_an_approved_recommendation(file: VoteFile) -> None:
    file.case, file.entity = ready.make_marked_case(file.db, file.officer, stage="S11")

    with pytest.raises(TransitionBlocked, match="No approved recommendation"):
        file.move()


def _sell_the_shares(file: VoteFile) -> None:
    """The answer that brought the subject to the vote is revised, and read."""
    first = file.db.scalars(sa.select(Finding).where(Finding.element == "AF1")).one()
    finding = Finding(
        **ready.act(file.case, file.officer),
        entity_id=first.entity_id,
        element="AF1",
        revision=2,
        answer="not_met",
        reasons="Shares were sold.",
        innocent_explanation="None.",
        confidence="high",
    )
    file.db.add(finding)
    file.db.flush()
    file.db.add(ready.review(file.case, finding, file.reviewer))
    file.db.flush()


def _came_by(file: VoteFile, decision: str) -> None:
    words = {"from_stage": "S7b", "to_stage": "S11", "decision": decision, "reason": "Now."}
    file.db.add(StageChange(**ready.act(file.case, file.officer), **words))
    file.db.flush()


def test_what_brought_the_case_here_must_hold_still(file: VoteFile) -> None:
    _came_by(file, "propose")
    assert file.move().question == "add"
    file.close(file.db.scalars(sa.select(Motion)).one())
    _sell_the_shares(file)

    with pytest.raises(TransitionBlocked, match="Neither conduct"):
        file.move()


def test_under_existing_power_identification_is_enough(file: VoteFile) -> None:
    _came_by(file, "propose_existing_power")
    _sell_the_shares(file)

    assert blockers_of(file.db, file.case, "add", file.entity) == []


@pytest.mark.parametrize("question", ["modify", "remove"])
def test_a_change_is_voted_on_under_review_and_rests_on_a_petition(
    file: VoteFile, question: str
) -> None:
    with pytest.raises(TransitionBlocked, match="no such question"):
        file.move(question)
    file.petition()

    motion = file.move(question)

    assert (motion.petition_id is None, motion.recommendation_id) == (False, None)


def test_an_addition_is_not_voted_on_under_review(file: VoteFile) -> None:
    file.petition()

    with pytest.raises(TransitionBlocked, match="no such question"):
        file.move("add")


def test_one_motion_on_a_question_is_open_at_a_time(file: VoteFile) -> None:
    motion = file.move()
    with pytest.raises(TransitionBlocked, match="open"):
        file.move()
    file.close(motion)

    assert file.move().id != motion.id


def test_the_database_refuses_a_second_open_motion(file: VoteFile) -> None:
    motion = file.move()
    again = Motion(
        **ready.act(file.case, file.officer),
        question=motion.question,
        entity_id=motion.entity_id,
        statement="Again.",
        circulated_on=ON,
        due_on=ON,
        seated=[],
        seating_reason="",
        content_sha256="1" * 64,
    )
    file.db.add(again)

    with pytest.raises(DBAPIError, match="is open"):
        file.db.flush()


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"statement": "  "}, InvalidValue, "own words"),
        ({"seated": ("CISA",), "seating_reason": "x"}, InvalidValue, "does not sit"),
        ({"seated": (OBSERVER,)}, InvalidValue, "Say why"),
        ({"ground": None}, StaleVersion, "changed"),
    ],
)
def test_what_a_motion_refuses(
    file: VoteFile, changes: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        file.move(**changes)


def test_a_recused_person_moves_nothing(file: VoteFile) -> None:
    by = file.delegates["STATE"]
    file.db.add(
        Recusal(
            case_id=file.case.id,
            person_id=by.person_id,
            reason="Shares.",
            declared_by_id=by.id,
            declared_at=AT,
        )
    )
    file.db.flush()

    with pytest.raises(Forbidden, match="recused"):
        file.move()
