"""Opening a case, its words, its reports and its subjects."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from casework.access import Role
from casework.errors import InvalidValue, StaleVersion
from casework.workflow.actions.cases import edit_case, open_case
from casework.workflow.numbering import reference, series
from casework.workflow.queries.cases import subjects_of
from models import AuditEntry, Case, CaseCounter, Comment
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, TEXT_VERSION, make_case, make_entity, make_incident, make_officer

EARLIEST = datetime(2000, 1, 2)  # noqa: DTZ001 (the strategy adds the zone)


def opened(db: Session, *, at: datetime = AT, count: int = 1) -> list[Case]:
    officer = make_officer(db, Role.CASE_OFFICER)
    report = make_incident(db, officer)
    return [
        open_case(
            db,
            [report],
            title="Relay accounts",
            summary="Alleged.",
            text_version=TEXT_VERSION,
            by=officer,
            at=at,
        )
        for _ in range(count)
    ]


def test_references_follow_each_other_within_a_year(db: Session) -> None:
    assert [case.reference for case in opened(db, count=3)] == [
        "MEA-2026-00001",
        "MEA-2026-00002",
        "MEA-2026-00003",
    ]


def test_a_new_year_begins_at_one_and_at_midnight_in_washington(db: Session) -> None:
    late = opened(db, at=datetime(2027, 1, 1, 4, 59, tzinfo=UTC))
    early = opened(db, at=datetime(2027, 1, 1, 5, 0, tzinfo=UTC))

    assert [case.reference for case in late + early] == ["MEA-2026-00001", "MEA-2027-00001"]


@given(st.datetimes(timezones=st.just(UTC), min_value=EARLIEST), st.integers(1, 10**7))
def test_numbers_read_back_as_they_were_given(at: datetime, number: int) -> None:
    prefix, year, digits = reference(series("MEA", at), number).split("-")

    assert prefix == "MEA"
    assert abs(int(year) - at.year) <= 1
    assert int(digits) == number


def test_the_opener_leads_and_parties_become_subjects_in_their_role(db: Session) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    accused, owner = make_entity(db, officer, "Orchid"), make_entity(db, officer, "Lantern")
    reports = [
        make_incident(db, officer, parties=[(accused, "querier"), (owner, "model_owner")]),
        make_incident(db, officer, parties=[(accused, "director")]),
    ]

    case = open_case(
        db,
        reports,
        title="Campaign",
        summary="Alleged.",
        text_version=TEXT_VERSION,
        by=officer,
        at=AT,
    )

    assert case.lead is officer
    assert case.stage == "S1"
    assert {(row.entity.name, row.examined) for row in subjects_of(db, case)} == {
        ("Orchid", True),
        ("Lantern", False),
    }
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.case_id == case.id)).one()
    assert entry.action == "case.open"


def test_a_case_without_a_report_is_not_opened(db: Session) -> None:
    with pytest.raises(InvalidValue):
        open_case(
            db,
            [],
            title="Nothing",
            summary="",
            text_version=TEXT_VERSION,
            by=make_officer(db, Role.CASE_OFFICER),
            at=AT,
        )

    assert db.scalars(sa.select(CaseCounter)).all() == []


def test_a_form_sent_twice_opens_one_case(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    report = make_incident(db, officer)
    client, key = sign_in(officer), secrets.token_urlsafe(18)
    sent = {
        "title": "Relay accounts",
        "summary": "Alleged.",
        "incidents": report.reference.lower(),
        "submission_key": key,
    }

    first, second = client.post_form("/cases/new", sent), client.post_form("/cases/new", sent)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert db.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Give the case a title"),
        ({"title": "x" * 201}, "Use at most 200 characters; this has 201."),
        ({"title": "a\u202eb"}, "U+202E"),
        ({"summary": "a\0b"}, "U+0000"),
        ({"incidents": ""}, "Name at least one incident."),
        ({"incidents": "INC-2026-99999"}, "There is no incident INC-2026-99999."),
    ],
)
def test_bad_input_is_told_beside_the_field_and_stores_nothing(
    db: Session, sign_in: SignIn, changes: dict[str, str], words: str
) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    report = make_incident(db, officer)
    sent = {"title": "Relay", "summary": "Kept words.", "incidents": report.reference} | changes

    answer = sign_in(officer).post_form("/cases/new", sent)

    assert answer.status_code == 422
    assert words in answer.text
    if "summary" not in changes:
        assert "Kept words." in answer.text
    assert db.scalars(sa.select(Case)).all() == []


def test_a_stale_edit_is_refused_and_the_page_shows_both_texts(
    db: Session, sign_in: SignIn
) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer)
    seen = case.version
    edit_case(
        db,
        case,
        title="Saved first",
        summary="Their words.",
        next_review_on=None,
        by=officer,
        at=AT,
        version=seen,
    )
    db.flush()

    answer = sign_in(officer).post_form(
        f"/cases/{case.reference}/edit",
        {"version": str(seen), "title": "Saved second", "summary": "My words."},
    )

    assert answer.status_code == 409
    assert "Their words." in answer.text
    assert "My words." in answer.text
    assert case.summary == "Their words."


def test_a_stale_step_is_refused(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, _ = ready.make_marked_case(db, officer)
    client = sign_in(officer)

    address = f"/cases/{case.reference}/steps/intake_accept"
    assert client.post_form(address, {"version": str(case.version + 1)}).status_code == 409
    assert case.stage == "S1"


@pytest.mark.parametrize("version", ["", "-1", "one", "1" * 30])
def test_a_form_without_its_version_is_not_read(db: Session, sign_in: SignIn, version: str) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case, _ = ready.make_marked_case(db, officer)

    answer = sign_in(officer).post_form(
        f"/cases/{case.reference}/steps/intake_accept", {"version": version}
    )

    assert answer.status_code == 400


def test_an_edit_with_an_old_version_raises(db: Session) -> None:
    case = make_case(db, officer := make_officer(db, Role.CASE_OFFICER))

    with pytest.raises(StaleVersion):
        edit_case(
            db,
            case,
            title="",
            summary="",
            next_review_on=None,
            by=officer,
            at=AT,
            version=case.version + 1,
        )


def test_a_comment_sent_twice_is_kept_once(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.ANALYST)
    case = make_case(db, make_officer(db, Role.CASE_OFFICER), members=[officer])
    client, sent = sign_in(officer), {"text": "Seen.", "submission_key": "k" * 20}

    for _ in range(3):
        assert client.post_form(f"/cases/{case.reference}/comments", sent).status_code == 303

    assert len(db.scalars(sa.select(Comment)).all()) == 1


def test_a_withdrawn_report_opens_no_case(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    report = make_incident(db, officer, state="withdrawn")

    answer = sign_in(officer).post_form(
        "/cases/new", {"title": "A", "summary": "B", "incidents": report.reference}
    )

    assert answer.status_code == 422
    assert "was withdrawn" in answer.text
    assert db.scalars(sa.select(Case)).all() == []
    assert db.scalars(sa.select(CaseCounter)).all() == []
