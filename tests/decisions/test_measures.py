from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from hypothesis import given as examples
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, IntegrityError

from casework.access import Role
from casework.decisions import actions
from casework.decisions.measures import Considered, check_considerations, items_of
from casework.decisions.queries import decisions as queries
from casework.decisions.record import digest, recommendation_content
from casework.errors import Forbidden, InvalidValue, NotFound, SeparationOfDuties, StaleVersion
from models import RecommendationDecision, Recusal
from tests.decisions.casefile import AT, PACK, considered, particulars, start
from tests.factories import add_member, make_entity, make_officer

MEASURE = "blocking"


@pytest.fixture
def file(db):
    return start(db)


def recommend(file, *, measure=MEASURE, entity=None, supersedes=None, by=None, **changes):
    fields = {
        "taken": True,
        "reasons": "The conduct goes on.",
        "considered": considered(measure),
        "particulars": particulars(measure),
        **changes,
    }
    return actions.recommend(
        file.db,
        file.case,
        measure=measure,
        entity=entity or file.entity,
        supersedes=supersedes,
        by=by or file.author,
        at=AT,
        **fields,
    )


def decide(file, row, *, by=None, approved=True, sha=None, reasons="Agreed."):
    return actions.decide_recommendation(
        file.db,
        file.case,
        row,
        approved=approved,
        reasons=reasons,
        content_sha256=sha or row.content_sha256,
        by=by or file.reader,
        at=AT,
    )


def reread(file, row):
    return queries.find_recommendation(file.db, file.case, row.id)


@pytest.mark.parametrize("measure", list(PACK.measures))
def test_each_check_and_exception_of_a_measure_is_asked_once(measure):
    asked = [item.id for item in items_of(PACK, measure)]

    assert len(asked) == len(set(asked))
    assert {row.id for row in PACK.measures[measure].checks} <= set(asked)
    assert {row.id for row in PACK.exceptions.values() if row.measure == measure} <= set(asked)


@examples(st.data())
def test_a_measure_is_recommended_only_when_everything_was_considered(data):
    measure = data.draw(st.sampled_from(sorted(PACK.measures)))
    full = considered(measure)
    kept = data.draw(st.lists(st.sampled_from(full), unique=True))

    if len(kept) == len(full):
        assert check_considerations(PACK, measure, kept) == full
    else:
        with pytest.raises(InvalidValue) as refusal:
            check_considerations(PACK, measure, kept)
        assert refusal.value.field in {row.item for row in full}


@pytest.mark.parametrize(
    "wrong",
    [
        Considered("emergency", "perhaps", "Looked at."),
        Considered("emergency", "yes", "  "),
        Considered("tea_break", "yes", "Looked at."),
    ],
)
def test_an_answer_that_says_nothing_is_refused(wrong):
    rows = [row for row in considered(MEASURE) if row.item != wrong.item] + [wrong]

    with pytest.raises(InvalidValue) as refusal:
        check_considerations(PACK, MEASURE, rows)

    assert refusal.value.field == wrong.item


def test_an_item_answered_twice_is_refused():
    rows = considered(MEASURE)

    with pytest.raises(InvalidValue, match="twice"):
        check_considerations(PACK, MEASURE, [*rows, rows[0]])


def test_an_unknown_measure_is_refused():
    with pytest.raises(InvalidValue, match="no such measure"):
        check_considerations(PACK, "banishment", [])


texts = st.text(max_size=20)
contents = st.fixed_dictionaries(
    {
        "case": texts,
        "text_version": texts,
        "measure": texts,
        "entity": texts,
        "taken": st.booleans(),
        "reasons": texts,
        "considerations": st.lists(st.tuples(texts, texts, texts), max_size=3),
        "supersedes": texts,
    }
)


@examples(contents, contents)
def test_two_recommendations_share_a_hash_only_when_every_word_is_the_same(one, other):
    same = digest(recommendation_content(**one)) == digest(recommendation_content(**other))

    assert same is (one == other)


def test_a_recommendation_is_decided_by_another_person(file):
    row = recommend(file)

    decide(file, row)

    assert queries.state_of(reread(file, row)) == "approved"


def test_a_rejection_is_recorded(file):
    row = recommend(file)

    decide(file, row, approved=False)

    assert queries.state_of(reread(file, row)) == "rejected"


def test_a_measure_considered_and_not_taken_is_recorded_with_its_reasons(file):
    row = recommend(file, measure="monitor", taken=False)

    assert queries.state_of(reread(file, row)) == "not_taken"


def test_the_author_of_a_recommendation_cannot_decide_on_it(file):
    row = recommend(file)

    with pytest.raises(SeparationOfDuties):
        decide(file, row, by=file.author)


def test_a_second_account_of_the_author_cannot_decide(file):
    row = recommend(file)
    twin = make_officer(file.db, Role.REVIEWER, person=file.author.person)
    add_member(file.db, file.case, twin)

    with pytest.raises(SeparationOfDuties):
        decide(file, row, by=twin)


def test_a_decision_on_other_words_than_those_on_record_is_refused(file):
    row = recommend(file)

    with pytest.raises(StaleVersion):
        decide(file, row, sha="0" * 64)


def test_a_recommendation_is_decided_once(file):
    row = recommend(file)
    decide(file, row)

    with pytest.raises(StaleVersion, match="already"):
        decide(file, row, by=file.member(Role.REVIEWER))


def test_a_replaced_recommendation_is_not_decided(file):
    row = recommend(file)
    later = recommend(file, supersedes=row.id)

    with pytest.raises(StaleVersion, match="replaced"):
        decide(file, row)
    assert queries.in_force(queries.recommendations_of(file.db, file.case)) == [reread(file, later)]


def test_a_recommendation_written_beside_another_is_refused(file):
    recommend(file)

    with pytest.raises(StaleVersion):
        recommend(file)


def test_the_same_measure_about_another_subject_stands_by_itself(file):
    recommend(file)

    actions.recommend(
        file.db,
        file.case,
        measure=MEASURE,
        entity=None,
        taken=False,
        reasons="Not for the case as a whole.",
        considered=considered(MEASURE),
        supersedes=None,
        by=file.author,
        at=AT,
    )

    assert len(queries.in_force(queries.recommendations_of(file.db, file.case))) == 2


def test_a_measure_against_an_entity_outside_the_case_is_not_found(file):
    with pytest.raises(NotFound):
        recommend(file, entity=make_entity(file.db, file.author, "Bystander LLC"))


def test_a_recommendation_gives_its_reasons(file):
    with pytest.raises(InvalidValue) as refusal:
        recommend(file, reasons=" ")

    assert refusal.value.field == "reasons"


def test_a_decision_gives_its_reasons(file):
    row = recommend(file)

    with pytest.raises(InvalidValue) as refusal:
        decide(file, row, reasons=" ")

    assert refusal.value.field == "reasons"


def test_a_recused_person_neither_recommends_nor_decides(file):
    row = recommend(file)
    for officer in (file.author, file.reader):
        file.db.add(
            Recusal(
                case_id=file.case.id,
                person_id=officer.person_id,
                reason="Family.",
                declared_by_id=officer.id,
                declared_at=AT,
            )
        )
    file.db.flush()

    with pytest.raises(Forbidden):
        recommend(file, supersedes=row.id)
    with pytest.raises(Forbidden):
        decide(file, row)


@pytest.mark.parametrize("fault", ["own", "other_words", "false_author"])
def test_the_schema_refuses_a_decision_that_breaks_four_eyes(file, fault):
    row = recommend(file)
    values = {
        "id": uuid.uuid4(),
        "case_id": file.case.id,
        "recommendation_id": row.id,
        "preparer_person_id": row.by_person_id,
        "content_sha256": row.content_sha256,
        "approved": True,
        "reasons": "Agreed.",
        "by_id": file.reader.id,
        "by_person_id": file.reader.person_id,
        "at": AT,
    }
    mine = {"by_id": file.author.id, "by_person_id": file.author.person_id}
    values |= {
        "own": mine,
        "other_words": {"content_sha256": "0" * 64},
        "false_author": {**mine, "preparer_person_id": file.reader.person_id},
    }[fault]

    with pytest.raises(IntegrityError), file.db.begin_nested():
        file.db.execute(sa.insert(RecommendationDecision).values(**values))


def test_the_schema_refuses_to_change_a_recommendation(file):
    row = recommend(file)

    with pytest.raises(DBAPIError), file.db.begin_nested():
        file.db.execute(
            sa.update(type(row)).where(type(row).id == row.id).values(reasons="Other words.")
        )
