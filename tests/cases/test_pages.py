"""What the pages show, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.access import Role
from casework.workflow.actions import team
from casework.workflow.queries.cases import PAGE
from models import Officer
from tests.cases import ready
from tests.conftest import SignIn
from tests.factories import AT, make_case, make_incident, make_officer

BUDGET = 12


@contextmanager
def counted(connection: sa.Connection) -> Iterator[list[str]]:
    """The statements that read or write rows; savepoints are not queries."""
    seen: list[str] = []

    def note(*event: object) -> None:
        if not str(event[2]).startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(str(event[2]))

    sa.event.listen(connection, "before_cursor_execute", note)
    yield seen
    sa.event.remove(connection, "before_cursor_execute", note)


@pytest.mark.parametrize("page", ["", "/history"])
@pytest.mark.parametrize("events", [5, 100])
def test_a_case_page_stays_within_its_queries_however_much_happened(
    db: Session, connection: sa.Connection, sign_in: SignIn, page: str, events: int
) -> None:
    officer, other = make_officer(db, Role.CASE_OFFICER), make_officer(db, Role.ANALYST)
    case, entity = ready.make_marked_case(db, officer, members=[other], stage="S6")
    ready.answer_all(db, case, entity, officer, other)
    ready.collect_positions(db, case, officer)
    for number in range(events):
        team.comment(db, case, f"Comment {number}", by=(officer, other)[number % 2], at=AT)
        team.add_task(
            db, case, title=f"Task {number}", assignee=other, due_on=None, by=officer, at=AT
        )
    client = sign_in(officer)
    client.get("/")

    with counted(connection) as statements:
        answer = client.get(f"/cases/{case.reference}{page}")

    assert answer.status_code == 200
    assert len(statements) <= BUDGET, "\n\n".join(statements)


def test_the_overview_says_what_is_alleged_who_answers_and_what_blocks(
    db: Session, sign_in: SignIn
) -> None:
    officer = make_officer(db, Role.CASE_OFFICER, name="Ines Example")
    report = make_incident(
        db, officer, response="denies", response_text="It has a licence.", response_source="Letter"
    )
    case = make_case(db, officer, incidents=[report])

    page = sign_in(officer).get(f"/cases/{case.reference}").text

    for words in (
        report.allegation,
        "It has a licence.",
        "Denies",
        "about 120,000",
        "Ines Example",
        "Accept the report",
        "Return the report to its sender",
    ):
        assert words in page


def test_an_incident_without_a_response_says_so_beside_the_claim(
    db: Session, sign_in: SignIn
) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer, incidents=[make_incident(db, officer)])

    page = sign_in(officer).get(f"/cases/{case.reference}").text

    assert "No response found as of" in page


def test_history_tells_each_event_in_words_with_its_reason(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER, name="Ines Example")
    member = make_officer(db, Role.ANALYST, name="Tomas Sample")
    case, _ = ready.make_marked_case(db, officer, members=[member])
    client = sign_in(officer)
    client.post_form(f"/cases/{case.reference}/steps/intake_accept", {"version": "1"})
    team.recuse(db, case, member, reason="Worked there.", by=officer, at=AT)

    page = client.get(f"/cases/{case.reference}/history").text

    for words in (
        "Accept the report: now at Preservation and confidentiality",
        "Recorded that Tomas Sample is recused",
        "Worked there.",
        "Ines Example",
    ):
        assert words in page


def test_history_leaves_out_no_action_and_survives_an_entry_without_details(
    db: Session, sign_in: SignIn
) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer)
    audit.record(db, officer, "some.new_thing", "thing:1", at=AT, case=case)
    audit.record(db, officer, "member.add", "officer:1", at=AT, case=case)

    page = sign_in(officer).get(f"/cases/{case.reference}/history").text

    assert "Some: new thing" in page
    assert "Gave (not recorded) access to the case" in page


def test_history_is_read_to_its_end_page_by_page(db: Session, sign_in: SignIn) -> None:
    officer = make_officer(db, Role.CASE_OFFICER)
    case = make_case(db, officer)
    for number in range(120):
        audit.record(db, officer, f"entry.n{number:03}x", "thing:1", at=AT, case=case)
    client = sign_in(officer)

    first = client.get(f"/cases/{case.reference}/history").text
    before = first.split("before=")[1].split('"')[0]
    second = client.get(f"/cases/{case.reference}/history?before={before}").text

    for number in range(120):
        assert (f"N{number:03}x".lower() in first) != (f"N{number:03}x".lower() in second)


@pytest.fixture
def many(db: Session) -> Officer:
    """An officer with two pages of cases, all opened at different times."""
    officer = make_officer(db, Role.CASE_OFFICER)
    for number in range(PAGE + 5):
        make_case(
            db,
            officer,
            title=f"Matter {number % 7}",
            opened_at=AT + timedelta(hours=number % 9),
            stage="S2" if number % 2 else "S1",
            training=number % 3 == 0,
        )
    return officer


@pytest.mark.parametrize("sort", ["opened", "-opened", "title", "-title", "reference", "nonsense"])
def test_every_case_stands_on_exactly_one_page_in_any_order(
    db: Session, sign_in: SignIn, many: Officer, sort: str
) -> None:
    client = sign_in(many)

    first = client.get(f"/cases?sort={sort}").text
    after = first.split("after=")[1].split("&")[0].split('"')[0]
    second = client.get(f"/cases?sort={sort}&after={after}").text

    for number in range(1, PAGE + 6):
        link = f'href="/cases/MEA-2026-{number:05}"'
        assert (link in first) != (link in second)


def test_filters_narrow_the_list_and_its_count(db: Session, sign_in: SignIn, many: Officer) -> None:
    client = sign_in(many)

    assert "<strong>15</strong> cases" in client.get("/cases?stage=S2").text
    assert "<strong>10</strong> cases" in client.get("/cases?training=yes").text
    assert "<strong>5</strong> cases" in client.get("/cases?stage=S2&training=yes").text
    assert "No case matches" in client.get("/cases?q=%25").text
    assert "<strong>30</strong> cases" in client.get("/cases?stage=S99&lead=junk").text


def test_empty_pages_say_what_will_be_there(db: Session, sign_in: SignIn) -> None:
    client = sign_in(make_officer(db, Role.CASE_OFFICER))

    assert "Nothing waits for you" in client.get("/").text
    assert "You work on no case yet" in client.get("/cases").text


def test_my_work_shows_what_waits_to_be_read_decided_and_signed(
    db: Session, sign_in: SignIn
) -> None:
    lead, reviewer = make_officer(db, Role.ANALYST), make_officer(db, Role.REVIEWER)
    signer = make_officer(db, Role.SIGNING_OFFICIAL)
    case, entity = ready.make_marked_case(db, lead, members=[reviewer, signer], stage="S7a")
    finding = ready.answer_all(db, case, entity, lead, reviewer)[0]
    ready.state_purpose(db, case, entity, lead)

    assert "Answers that wait" not in sign_in(reviewer).get("/").text
    assert case.reference in sign_in(signer).get("/").text
    assert case.reference not in sign_in(reviewer).get("/").text

    db.add(
        type(finding)(
            **ready.act(case, lead),
            entity_id=finding.entity_id,
            element=finding.element,
            revision=2,
            answer="insufficient",
            reasons="Doubt.",
            innocent_explanation="",
            confidence="low",
        )
    )
    ready.determine(db, case, entity, signer)

    assert "1 unread" in sign_in(reviewer).get("/").text
    assert "Answers that wait" not in sign_in(lead).get("/").text
    assert case.reference not in sign_in(signer).get("/").text


def test_an_untouched_filter_shows_no_error(db: Session, sign_in: SignIn, many: Officer) -> None:
    client = sign_in(many)

    for address in ("/cases", "/cases?stage=S2", "/cases?mine=y", "/cases?sort=title"):
        assert "Not a valid choice" not in client.get(address).text
