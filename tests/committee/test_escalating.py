"""The dispute ladder through the actions: who asks, by when, what then stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from casework.access import Role
from casework.committee.actions import escalations as actions
from casework.committee.queries.closing import differences
from casework.committee.queries.escalations import matters_of, standing_decision
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.workflow.queries.standing import facts_of
from models import AgencyPosition, Escalation, Officer
from tests.cases import ready
from tests.committee.votefile import LATE, OBSERVER, VoteFile
from tests.factories import AT, add_member, make_officer


def up(
    file: VoteFile, matter: str, level: str = "ACEP", agency: str = "ENERGY", **changes: object
) -> Escalation:
    by = file.delegates[agency]
    given = {"reason": "The facts are too thin.", "on": LATE, "at": AT, **changes}
    return actions.escalate(file.db, file.case, matter=matter, level=level, by=by, **given)


def down(
    file: VoteFile, row: Escalation, outcome: str, *, on: date = LATE, by: Officer | None = None
) -> str:
    made = actions.settle(
        file.db,
        file.case,
        row,
        outcome=outcome,
        reasons="As the minutes say.",
        happened_on=on,
        by=by or file.officer,
        at=AT + timedelta(minutes=file.count(Escalation)),
        on=on,
    )
    return made.decision


def test_a_reversal_changes_what_stands_and_the_fact_of_the_case(file: VoteFile) -> None:
    motion = file.closed("yes yes no yes")
    row = up(file, str(motion.id))

    assert down(file, row, "reversed") == "el_not_add"
    assert standing_decision(file.db, file.case, motion) == "el_not_add"
    assert facts_of(file.db, file.case).erc_outcome == "el_not_add"
    assert motion.closing.decision == "el_add"
    assert differences(file.db, file.case) == []


def test_levels_follow_one_another_up_to_the_last(file: VoteFile) -> None:
    motion = file.closed("yes yes no yes")
    for place, level in enumerate(("ACEP", "EARB", "PRESIDENT")):
        at = AT + timedelta(minutes=place)
        assert down(file, up(file, str(motion.id), level, at=at), "upheld") == "el_add"

    assert matters_of(file.db, file.case, LATE)[0].offer is None


def test_a_missed_day_moves_the_matter_up(file: VoteFile) -> None:
    motion = file.closed("yes yes no yes")
    first = up(file, str(motion.id))
    later = LATE + timedelta(days=12)
    with pytest.raises(StaleVersion):
        up(file, str(motion.id), "EARB")
    second = up(file, str(motion.id), "EARB", on=later, at=AT + timedelta(minutes=1))

    with pytest.raises(StaleVersion, match="another level"):
        down(file, first, "upheld", on=later)
    assert down(file, second, "reversed", on=later) == "el_not_add"


def test_a_level_has_not_decided_only_after_its_day(file: VoteFile) -> None:
    motion = file.closed("yes yes no yes")
    row = up(file, str(motion.id))

    with pytest.raises(InvalidValue, match="may still decide"):
        down(file, row, "no_decision")
    assert down(file, row, "no_decision", on=LATE + timedelta(days=12)) == "el_add"


def test_sent_back_leaves_nothing_standing(file: VoteFile) -> None:
    motion = file.closed("yes yes no yes")

    assert down(file, up(file, str(motion.id)), "returned") == ""
    assert facts_of(file.db, file.case).erc_outcome == ""
    assert file.move().id != motion.id


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"agency": OBSERVER}, Forbidden, "not content"),
        ({"level": "EARB"}, StaleVersion, "moved"),
        ({"reason": " "}, InvalidValue, "Say why"),
        ({"on": LATE + timedelta(days=6)}, InvalidValue, "last day to ask"),
    ],
)
def test_what_asking_a_level_refuses(
    file: VoteFile, changes: dict[str, object], error: type[Exception], words: str
) -> None:
    motion = file.closed("yes yes no yes")

    with pytest.raises(error, match=words):
        up(file, str(motion.id), **changes)


def test_a_vote_that_is_open_or_decided_nothing_does_not_go_up(file: VoteFile) -> None:
    motion = file.move()
    with pytest.raises(InvalidValue, match="closed vote"):
        up(file, str(motion.id))
    file.close(motion)
    with pytest.raises(InvalidValue, match="closed vote"):
        up(file, str(motion.id))


def test_who_asked_a_level_does_not_record_what_it_decided(file: VoteFile) -> None:
    motion = file.closed("yes yes no yes")
    both = make_officer(file.db, Role.AGENCY_DELEGATE, Role.CASE_OFFICER, agency="ENERGY")
    add_member(file.db, file.case, both)
    file.delegates = {**file.delegates, "ENERGY": both}
    row = up(file, str(motion.id))

    with pytest.raises(SeparationOfDuties):
        down(file, row, "upheld", by=both)
    down(file, row, "upheld")
    with pytest.raises(StaleVersion, match="already"):
        down(file, row, "reversed")


@pytest.mark.parametrize(
    ("outcome", "day", "words"),
    [
        ("maybe", LATE, "list"),
        ("upheld", LATE + timedelta(days=1), "happened"),
        ("upheld", LATE - timedelta(days=1), "happened"),
    ],
)
def test_what_an_outcome_refuses(file: VoteFile, outcome: str, day: date, words: str) -> None:
    row = up(file, str(file.closed("yes yes no yes").id))

    with pytest.raises(InvalidValue, match=words):
        actions.settle(
            file.db,
            file.case,
            row,
            outcome=outcome,
            reasons="As the minutes say.",
            happened_on=day,
            by=file.officer,
            at=AT,
            on=LATE,
        )


def test_a_disagreement_in_coordination_goes_up_as_policy(file: VoteFile) -> None:
    assert matters_of(file.db, file.case, LATE) == []
    by = file.delegates["ENERGY"]
    said = {"agency": "ENERGY", "position": "non_concur", "comment": "Too thin."}
    file.db.add(AgencyPosition(**ready.act(file.case, by), **said))
    file.db.flush()

    with pytest.raises(Forbidden):
        up(file, "", agency="STATE")
    row = up(file, "")

    assert row.motion_id is None
    assert down(file, row, "reversed") == ""
    assert facts_of(file.db, file.case).erc_outcome == ""


def test_the_database_refuses_an_escalation_by_another_agency(file: VoteFile) -> None:
    words = {"level": "ACEP", "reason": "x", "raised_on": LATE, "due_on": None}
    by = ready.act(file.case, file.delegates["STATE"])
    file.db.add(Escalation(**by, agency="ENERGY", **words))

    with pytest.raises(DBAPIError, match="only a delegate"):
        file.db.flush()
