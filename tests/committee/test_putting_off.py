"""A vote is put off only by all of its members."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.committee.actions import postponements as actions
from casework.committee.queries.motions import find_motion, last_day_of
from casework.errors import Forbidden, InvalidValue, StaleVersion, TransitionBlocked
from models import Motion, Postponement, PostponementAnswer
from tests.cases import ready
from tests.committee.votefile import MEMBERS, OBSERVER, ON, VoteFile
from tests.factories import AT

UNTIL = ON + timedelta(days=45)


def ask(file: VoteFile, motion: Motion, agency: str = "ENERGY", **changes: object) -> Postponement:
    given = {"until": UNTIL, "reason": "A log is still to come.", **changes}
    by = file.delegates[agency]
    return actions.ask(file.db, file.case, motion, by=by, at=AT, on=ON, **given)


def answer(file: VoteFile, motion: Motion, row: Postponement, agency: str, *, agrees: bool) -> None:
    by = file.delegates[agency]
    actions.answer(file.db, file.case, motion, row, agrees=agrees, by=by, at=AT)


def test_it_holds_when_every_member_agrees_and_moves_the_last_day(file: VoteFile) -> None:
    motion = file.move()
    row = ask(file, motion)
    for agency in MEMBERS:
        if agency != "ENERGY":
            found = find_motion(file.db, file.case, motion.id)
            assert last_day_of(file.case, found) == motion.due_on
            answer(file, motion, row, agency, agrees=True)
    found = find_motion(file.db, file.case, motion.id)

    assert last_day_of(file.case, found) == UNTIL
    assert found.due_on == ON + timedelta(days=30)
    with pytest.raises(TransitionBlocked):
        file.close(motion, on=UNTIL)
    assert file.close(motion, on=UNTIL + timedelta(days=1)).outcome == "no_quorum"


def test_one_refusal_ends_it(file: VoteFile) -> None:
    motion = file.move()
    row = ask(file, motion)
    answer(file, motion, row, "STATE", agrees=False)

    with pytest.raises(StaleVersion, match="refused"):
        answer(file, motion, row, "DEFENSE", agrees=True)
    assert last_day_of(file.case, find_motion(file.db, file.case, motion.id)) == motion.due_on
    assert ask(file, motion, "STATE").id != row.id


def test_an_agency_answers_once(file: VoteFile) -> None:
    motion = file.move()
    row = ask(file, motion)

    for agency in ("ENERGY", "STATE", "STATE"):
        if agency == "STATE" and file.count(PostponementAnswer) == 1:
            answer(file, motion, row, agency, agrees=True)
            continue
        with pytest.raises(StaleVersion, match="answered"):
            answer(file, motion, row, agency, agrees=False)
    with pytest.raises(Forbidden):
        answer(file, motion, row, OBSERVER, agrees=True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until": ON + timedelta(days=30)}, "after the present"),
        ({"until": ON - timedelta(days=1)}, "after the present"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_what_a_request_refuses(file: VoteFile, changes: dict[str, object], words: str) -> None:
    motion = file.move()

    with pytest.raises(InvalidValue, match=words):
        ask(file, motion, **changes)


def test_one_request_waits_at_a_time_and_none_after_the_closing(file: VoteFile) -> None:
    motion = file.move()
    row = ask(file, motion)
    with pytest.raises(InvalidValue, match="waits"):
        ask(file, motion, "STATE")
    file.close(motion)

    with pytest.raises(StaleVersion, match="closed"):
        ask(file, motion)
    with pytest.raises(StaleVersion, match="closed"):
        answer(file, motion, row, "STATE", agrees=True)


def test_the_database_keeps_answers_and_refuses_strangers(file: VoteFile) -> None:
    row = ask(file, file.move())
    for statement in (
        "UPDATE postponement_answer SET agrees = NOT agrees",
        "DELETE FROM postponement_answer",
    ):
        with pytest.raises(DBAPIError), file.db.begin_nested():
            file.db.execute(sa.text(statement))
    stranger = ready.act(file.case, file.delegates["STATE"])
    file.db.add(PostponementAnswer(**stranger, postponement_id=row.id, agency="DEFENSE", agrees=1))

    with pytest.raises(DBAPIError, match="only a delegate"):
        file.db.flush()
