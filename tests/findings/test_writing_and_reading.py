from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from casework.access import Role
from casework.errors import Forbidden, InvalidValue, NotFound, SeparationOfDuties, StaleVersion
from casework.findings import actions, queries
from casework.findings.rules import CitedPlace, Reading
from models import AuditEntry, Finding, FindingReview, Recusal
from tests.decisions.casefile import LATER, factor_texts, given, start
from tests.factories import AT, add_member, make_case, make_entity, make_exhibit, make_officer


@pytest.fixture
def file(db):
    return start(db)


def sheet(file):
    return queries.sheet_of(file.case, file.entity, queries.current_findings(file.db, file.case))


def recuse(file, officer):
    file.db.add(
        Recusal(
            case_id=file.case.id,
            person_id=officer.person_id,
            reason="Holds shares of the owner.",
            declared_by_id=officer.id,
            declared_at=AT,
        )
    )
    file.db.flush()


def test_a_new_answer_is_a_new_revision_and_the_old_one_stays(file):
    first = file.write("EX1", "insufficient")

    second = file.write("EX1", "met", expected=1)

    assert [
        row.revision for row in queries.revisions_of(file.db, file.case, "EX1", file.entity)
    ] == [2, 1]
    assert (first.answer, second.answer) == ("insufficient", "met")
    assert queries.answers_of(file.db, file.case, file.entity, reviewed=False) == {"EX1": "met"}


def test_an_answer_counts_only_once_a_second_person_agrees(file):
    file.write("EX1")
    before = sheet(file).answers(reviewed=True)

    file.read("EX1")

    assert before == {}
    assert sheet(file).answers(reviewed=True) == {"EX1": "met"}


def test_a_reading_of_an_older_revision_does_not_count_for_a_newer_one(file):
    file.write("EX1")
    file.read("EX1")

    file.write("EX1", "not_met", expected=1)

    assert sheet(file).answers(reviewed=True) == {}
    assert [row.id for row in sheet(file).unread] == ["EX1"]


def test_a_dissent_keeps_an_answer_from_counting_until_a_third_person_agrees(file):
    file.write("EX1")
    file.read("EX1", dissent="Row 17 is a test account.")
    contested = sheet(file)

    file.read("EX1", by=file.member(Role.REVIEWER))

    assert [row.id for row in contested.contested] == ["EX1"]
    assert contested.answers(reviewed=True) == {}
    line = sheet(file).lines("subject")[0]
    assert line.standing is Reading.DISSENT_NOTED
    assert [review.dissent for review in line.dissents] == ["Row 17 is a test account."]


def test_the_author_cannot_be_the_second_reader(file):
    file.write("EX1")

    with pytest.raises(SeparationOfDuties):
        file.read("EX1", by=file.author)


def test_a_second_account_of_the_author_cannot_be_the_second_reader(file):
    file.write("EX1")
    twin = make_officer(file.db, Role.REVIEWER, person=file.author.person)
    add_member(file.db, file.case, twin)

    with pytest.raises(SeparationOfDuties):
        file.read("EX1", by=twin)


def test_nobody_reads_the_same_revision_twice(file):
    file.write("EX1")
    file.read("EX1")

    with pytest.raises(SeparationOfDuties, match="already"):
        file.read("EX1")


def insert_review(file, finding, **changes):
    values = {
        "id": uuid.uuid4(),
        "case_id": file.case.id,
        "finding_id": finding.id,
        "author_person_id": finding.by_person_id,
        "agrees": True,
        "dissent": "",
        "by_id": file.reader.id,
        "by_person_id": file.reader.person_id,
        "at": AT,
        **changes,
    }
    with file.db.begin_nested():
        file.db.execute(sa.insert(FindingReview).values(**values))


def test_the_schema_accepts_a_reading_by_another_person(file):
    insert_review(file, file.write("EX1"))

    assert sheet(file).answers(reviewed=True) == {"EX1": "met"}


def test_the_schema_refuses_a_reading_by_the_author(file):
    finding = file.write("EX1")

    with pytest.raises(IntegrityError):
        insert_review(file, finding, by_id=file.author.id, by_person_id=file.author.person_id)


def test_the_schema_refuses_a_false_author(file):
    finding = file.write("EX1")

    with pytest.raises(IntegrityError):
        insert_review(
            file,
            finding,
            by_id=file.author.id,
            by_person_id=file.author.person_id,
            author_person_id=file.reader.person_id,
        )


def test_the_schema_refuses_a_person_who_is_not_behind_the_account(file):
    finding = file.write("EX1")

    with pytest.raises(DBAPIError):
        insert_review(file, finding, by_id=file.author.id)


def test_the_schema_refuses_a_reading_by_a_recused_person(file):
    finding = file.write("EX1")
    recuse(file, file.reader)

    with pytest.raises(DBAPIError):
        insert_review(file, finding)


def test_the_schema_refuses_to_change_an_answer(file):
    finding = file.write("EX1")

    with pytest.raises(DBAPIError), file.db.begin_nested():
        file.db.execute(sa.update(Finding).where(Finding.id == finding.id).values(answer="not_met"))


def test_the_schema_refuses_the_same_revision_twice_for_the_whole_case(file):
    first = file.write("OW1")

    copy = {column.name: getattr(first, column.name) for column in Finding.__table__.columns} | {
        "id": uuid.uuid4()
    }
    with pytest.raises(IntegrityError), file.db.begin_nested():
        file.db.execute(sa.insert(Finding).values(**copy))


@pytest.mark.parametrize("act", ["write", "read", "state_purpose"])
def test_a_recused_person_can_do_nothing(file, act):
    if act == "read":
        file.write("EX1")
    recuse(file, file.reader if act == "read" else file.author)

    with pytest.raises(Forbidden):
        file.state_purpose() if act == "state_purpose" else getattr(file, act)("EX1")


def test_an_answer_to_a_revision_that_was_replaced_is_refused(file):
    file.write("EX1")

    with pytest.raises(StaleVersion, match="Revision 1"):
        file.write("EX1", "not_met", expected=0)


def test_a_reading_of_a_revision_that_was_replaced_is_refused(file):
    file.write("EX1")
    file.write("EX1", expected=1)

    with pytest.raises(StaleVersion):
        file.read("EX1", revision=1)


def test_a_derived_element_takes_no_answer(file):
    with pytest.raises(InvalidValue, match="follows from other answers"):
        file.write("EC3")


@pytest.mark.parametrize(("element", "with_subject"), [("OW1", True), ("EX1", False)])
def test_an_element_is_answered_only_in_its_own_scope(file, element, with_subject):
    with pytest.raises(InvalidValue):
        actions.write_finding(
            file.db,
            file.case,
            entity=file.entity if with_subject else None,
            element=element,
            given=given(),
            expected_revision=0,
            by=file.author,
            at=AT,
        )


def test_an_unknown_element_is_not_found(file):
    with pytest.raises(NotFound):
        queries.answerable(file.db, file.case, "ZZ9", None)


def test_an_entity_that_the_case_does_not_examine_takes_no_answer(file):
    stranger = make_entity(file.db, file.author, "Bystander LLC")

    with pytest.raises(NotFound):
        queries.answerable(file.db, file.case, "EX1", stranger)


def test_an_exhibit_of_another_case_cannot_be_cited(file):
    other = make_case(file.db, file.author)
    make_exhibit(file.db, other, file.author, number=9)

    with pytest.raises(InvalidValue, match="no exhibit 9") as refusal:
        actions.write_finding(
            file.db,
            file.case,
            entity=file.entity,
            element="EX1",
            given=given(citations=(CitedPlace(9, "page 1", "supports"),)),
            expected_revision=0,
            by=file.author,
            at=AT,
        )

    assert refusal.value.field == "citations"


def test_a_dissent_gives_its_reasons(file):
    file.write("EX1")

    with pytest.raises(InvalidValue):
        actions.review_finding(
            file.db,
            file.case,
            entity=file.entity,
            element="EX1",
            revision=1,
            agrees=False,
            dissent=" ",
            by=file.reader,
            at=AT,
        )


def test_every_act_leaves_one_entry_in_the_log(file):
    file.write("EX1")
    file.read("EX1")
    file.state_purpose()

    actions_done = file.db.scalars(
        sa.select(AuditEntry.action)
        .where(AuditEntry.case_id == file.case.id)
        .order_by(AuditEntry.seq)
    ).all()
    assert actions_done[-3:] == ["finding.write", "finding.review", "purpose.state"]


def test_a_statement_written_beside_another_is_refused(file):
    file.state_purpose()

    with pytest.raises(StaleVersion):
        file.state_purpose()


def test_a_statement_without_an_innocent_explanation_is_refused(file):
    with pytest.raises(InvalidValue) as refusal:
        actions.state_purpose(
            file.db,
            file.case,
            entity=file.entity,
            text="The whole.",
            factors=factor_texts(),
            innocent_explanation="  ",
            expected=0,
            by=file.author,
            at=LATER,
        )

    assert refusal.value.field == "innocent_explanation"


def test_allegations_never_set_an_answer(file):
    """Invariant 11: an incident that alleges everything leaves every element unanswered."""
    found = sheet(file)

    assert found.answers(reviewed=False) == {}
    assert "EX1" in {row.id for row in found.unanswered}


def test_reading_the_findings_takes_the_same_queries_however_many_there_are(file):
    def count():
        statements = []
        listen = lambda *args: statements.append(args[2])  # noqa: E731
        engine = file.db.get_bind()
        sa.event.listen(engine, "before_cursor_execute", listen)
        file.db.expire_all()
        case = file.case
        case.id, file.entity.id  # noqa: B018
        statements.clear()
        [
            review.by.name
            for row in queries.current_findings(file.db, case)
            for review in row.reviews
        ]
        sa.event.remove(engine, "before_cursor_execute", listen)
        return len(statements)

    file.write("EX1")
    file.read("EX1")
    few = count()
    for element in ("EX2", "PR1", "FE1", "OW1", "CS1"):
        file.write(element)
        file.read(element, by=file.member(Role.REVIEWER))

    assert count() == few
