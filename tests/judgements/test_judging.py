"""Who may say what about a hit, and what counts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, SeparationOfDuties, StaleVersion
from casework.screening.actions.judgements import confirm, judge
from casework.screening.actions.rescreening import screen
from casework.screening.judging import ALL, FILTER_TITLES, WAITING, Filter
from casework.screening.queries import hits as queries
from models import AuditEntry, JudgementConfirmation, Recusal, ScreeningJudgement
from tests.factories import AT, make_case, make_entity, make_officer
from tests.judgements.lists import SDN, make_edition, make_entry

CLAIM = {"verdict": "match", "reason": "Same number, same address", "expected": 0, "at": AT}
YES = {"expected": 1, "agrees": True, "reason": "", "at": AT}
NO = {"expected": 1, "agrees": False, "reason": "The number differs", "at": AT}


def state(db, hit):
    return queries.tell(db, [hit])[0].state


def test_a_match_counts_only_once_a_second_person_confirms_it(db, analyst, second, entity, hit):
    judge(db, hit, by=analyst, **CLAIM)
    assert state(db, hit) == "claimed"
    assert queries.confirmed_of(db, [entity.id]) == {}

    confirm(db, hit, by=second, **YES)
    assert state(db, hit) == "confirmed"
    assert [row.hit.id for row in queries.confirmed_of(db, [entity.id])[entity.id]] == [hit.id]


def test_both_words_are_in_the_log_with_what_was_compared(db, analyst, second, hit):
    judge(db, hit, by=analyst, **CLAIM)
    confirm(db, hit, by=second, **YES)

    rows = db.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq)).all()[-2:]
    assert [(row.action, row.actor_id) for row in rows] == [
        ("screening.judge", analyst.id),
        ("screening.confirm", second.id),
    ]


def test_whoever_claims_cannot_confirm_not_even_under_another_account(db, analyst, hit):
    judge(db, hit, by=analyst, **CLAIM)
    twin = make_officer(db, Role.CASE_OFFICER, person=analyst.person)

    with pytest.raises(SeparationOfDuties):
        confirm(db, hit, by=twin, **YES)


def test_the_database_itself_refuses_one_person_twice(db, analyst, hit):
    row = judge(db, hit, by=analyst, **CLAIM)
    word = sa.insert(JudgementConfirmation).values(
        id=uuid4(),
        judgement_id=row.id,
        author_person_id=analyst.person_id,
        agrees=True,
        reason="",
        by_id=analyst.id,
        by_person_id=analyst.person_id,
        at=AT,
    )

    with pytest.raises(sa.exc.IntegrityError), db.begin_nested():
        db.execute(word)


def test_the_database_itself_keeps_what_was_judged(db, analyst, hit):
    row = judge(db, hit, by=analyst, **CLAIM)
    other = sa.update(ScreeningJudgement).values(verdict="no_match")

    with pytest.raises(sa.exc.DBAPIError), db.begin_nested():
        db.execute(other.where(ScreeningJudgement.id == row.id))


def test_a_dispute_needs_a_reason_and_leaves_the_hit_waiting(db, analyst, second, hit):
    judge(db, hit, by=analyst, **CLAIM)
    with pytest.raises(InvalidValue) as refused:
        confirm(db, hit, by=second, **{**NO, "reason": " "})
    assert refused.value.field == "dissent"

    confirm(db, hit, by=second, **NO)
    assert state(db, hit) == "disputed"
    assert hit.settled_at is None


def test_a_later_judgement_stands_beside_the_earlier_one(db, analyst, second, hit):
    judge(db, hit, by=analyst, **{**CLAIM, "verdict": "unsure"})
    later = {"verdict": "no_match", "expected": 1, "at": AT + timedelta(minutes=1)}
    judge(db, hit, by=second, **{**CLAIM, **later})

    assert [row.verdict for row in queries.history_of(db, hit)] == ["unsure", "no_match"]
    assert state(db, hit) == "no_match"


@pytest.mark.parametrize(
    ("change", "field"), [({"verdict": "perhaps"}, "verdict"), ({"reason": " \n"}, "reason")]
)
def test_a_judgement_is_one_of_three_and_has_a_reason(db, analyst, hit, change, field):
    with pytest.raises(InvalidValue) as refused:
        judge(db, hit, by=analyst, **{**CLAIM, **change})

    assert refused.value.field == field


def test_whoever_has_not_seen_the_newest_word_is_told(db, analyst, second, hit):
    judge(db, hit, by=analyst, **CLAIM)

    with pytest.raises(StaleVersion):
        judge(db, hit, by=second, **CLAIM)
    with pytest.raises(StaleVersion):
        confirm(db, hit, by=second, **{**YES, "expected": 0})


def test_nothing_is_confirmed_twice_and_no_other_verdict_at_all(db, analyst, second, hit):
    with pytest.raises(StaleVersion):
        confirm(db, hit, by=second, **{**YES, "expected": 0})
    judge(db, hit, by=analyst, **CLAIM)
    confirm(db, hit, by=second, **YES)

    with pytest.raises(StaleVersion):
        confirm(db, hit, by=make_officer(db, Role.ANALYST), **YES)


def test_a_hit_on_another_wording_cannot_be_judged(db, analyst, hit):
    make_edition(db, number=2)
    make_entry(db, first=2, content={"names": [{"text": "OTHER", "quality": "primary"}]})

    with pytest.raises(StaleVersion, match="changed since"):
        judge(db, hit, by=analyst, **CLAIM)


def test_a_hit_on_an_entry_that_left_the_list_cannot_be_judged(db, analyst, hit, entry):
    make_edition(db, number=2)
    entry.ended = 2

    with pytest.raises(StaleVersion, match="no longer on the list"):
        judge(db, hit, by=analyst, **CLAIM)


def test_whoever_is_recused_about_the_party_says_nothing(db, analyst, second, entity, hit):
    case = make_case(db, second, subjects=[entity])
    judge(db, hit, by=second, **CLAIM)
    db.add(
        Recusal(
            case_id=case.id,
            person_id=analyst.person_id,
            reason="invented for the test",
            declared_by_id=analyst.id,
            declared_at=AT,
        )
    )
    db.flush()

    with pytest.raises(Forbidden):
        judge(db, hit, by=analyst, **{**CLAIM, "expected": 1})
    with pytest.raises(Forbidden):
        confirm(db, hit, by=analyst, **YES)


def words_until(state, db, hit, analyst, second, finds, entity):
    """Bring the hit into a state."""
    verdict = {"no_match": "no_match", "unsure": "unsure"}.get(state, "match")
    if state == "fallen":
        finds({})
        screen(db, entity, at=AT)
    elif state != "open":
        judge(db, hit, by=analyst, **{**CLAIM, "verdict": verdict})
    if state in {"confirmed", "disputed"}:
        confirm(db, hit, by=second, **(YES if state == "confirmed" else NO))


@pytest.mark.parametrize("wanted", [name for name in FILTER_TITLES if name not in {ALL, WAITING}])
def test_the_list_filters_by_the_state_that_the_page_tells(
    db, analyst, second, finds, entity, hit, wanted
):
    words_until(wanted, db, hit, analyst, second, finds, entity)
    waits = wanted in {"open", "claimed", "unsure", "disputed"}

    assert state(db, hit) == wanted
    for name in FILTER_TITLES:
        page = queries.hit_page(db, analyst, Filter(state=name))
        assert page.count == (name in {wanted, ALL} or (name == WAITING and waits)), name


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(text="orchid"), 1),
        (Filter(text="兰花"), 0),
        (Filter(text="%"), 0),
        (Filter(source=SDN), 1),
        (Filter(source="ftm"), 0),
    ],
)
def test_the_list_filters_by_name_and_list(db, analyst, hit, wanted, count):
    assert queries.hit_page(db, analyst, wanted).count == count


def test_pages_of_the_list_hold_every_hit_once(db, monkeypatch, analyst, entry, finds):
    monkeypatch.setattr(queries, "PAGE", 2)
    finds({f"{SDN}/7": 0.9})
    for number in range(5):
        make_entity(db, analyst, f"Firm {number}")

    seen, page = [], queries.hit_page(db, analyst, Filter())
    seen += page.rows
    while page.after:
        page = queries.hit_page(db, analyst, Filter(), page.after)
        seen += page.rows
    assert len({row.hit.id for row in seen}) == len(seen) == page.count == 5


def test_a_delegate_finds_hits_of_subjects_of_open_cases_alone(db, second, entity, hit):
    delegate = make_officer(db, Role.AGENCY_DELEGATE, agency="STATE")
    assert queries.hit_page(db, delegate, Filter()).count == 0
    assert queries.find_hit(db, delegate, hit.id) is None

    make_case(db, second, subjects=[entity], members=[delegate])

    assert queries.hit_page(db, delegate, Filter()).count == 1
    assert queries.find_hit(db, delegate, hit.id) is not None
