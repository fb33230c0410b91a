from __future__ import annotations

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.legislation.actions import attach_text
from models import AuditEntry, Finding, FindingReview, PurposeStatement, Recusal
from tests.decisions.casefile import PACK, factor_texts, start
from tests.factories import AT, make_entity, make_officer


@dataclass
class Attached:
    id: str
    heading: str
    words: str


FORM = {
    "revision": "0",
    "answer": "met",
    "reasons": "Row 17 shows it.",
    "innocent_explanation": "",
    "confidence": "high",
    "citations-0-exhibit": "1",
    "citations-0-pinpoint": "row 17",
    "citations-0-bearing": "supports",
    "citations-1-exhibit": "",
    "citations-1-pinpoint": "",
    "citations-1-bearing": "supports",
}


@pytest.fixture
def file(db):
    return start(db)


@pytest.fixture
def place(file):
    """Address of the findings of the case; with an element, of that element of the subject."""

    def address(element="", part=""):
        base = f"/cases/{file.case.reference}/findings"
        return f"{base}/{element}{part}?subject={file.entity.id}" if element else base

    return address


def count(file, table):
    return file.db.scalar(sa.select(sa.func.count()).select_from(table))


def test_the_matrix_shows_every_element_that_is_asked(file, sign_in, place):
    page = sign_in(file.author).get(place())

    assert page.status_code == 200
    for element in PACK.elements.values():
        assert (f"{element.id} {element.title}" in page.text) is not bool(element.derived_from)


def test_the_matrix_tells_what_is_open_and_who_disagrees(file, sign_in, place):
    file.write("EX1")
    file.read("EX1", dissent="Row 17 is a test account.")
    file.write("EX2")

    page = sign_in(file.author).get(place()).text

    assert "Readers disagree: EX1" in page
    assert "Not read by a second person: EX2" in page
    assert "Row 17 is a test account." in page


def test_the_matrix_explains_a_conclusion_down_to_the_exhibit(file, sign_in, place):
    file.write("OW1", "not_met")
    file.read("OW1")

    page = sign_in(file.author).get(place()).text

    assert "Rights of the owner (3(13)(A)): not met" in " ".join(page.split())
    assert f"/cases/{file.case.reference}/evidence/1" in page


def test_a_case_without_a_subject_says_what_to_do(file, sign_in, place, db):
    for subject in file.case.subjects:
        subject.examined = False

    page = sign_in(file.author).get(place())

    assert page.status_code == 200
    assert "No subject is examined yet" in page.text


def test_an_answer_is_saved_from_the_form(file, sign_in, place):
    answer = sign_in(file.author).post_form(place("EX1"), FORM)

    assert answer.status_code == 303
    finding = file.db.scalars(sa.select(Finding)).one()
    assert (finding.answer, finding.revision, finding.by_id) == ("met", 1, file.author.id)
    assert [(row.exhibit.number, row.pinpoint) for row in finding.citations] == [(1, "row 17")]


def test_the_same_form_sent_twice_is_saved_once(file, sign_in, place):
    client = sign_in(file.author)
    sent = {**FORM, "submission_key": "k" * 24}

    first, second = (client.post_form(place("EX1"), sent) for _ in range(2))

    assert (first.location, second.status_code) == (second.location, 303)
    assert count(file, Finding) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"citations-0-exhibit": "", "citations-0-pinpoint": ""}, "only with an exhibit"),
        ({"citations-0-bearing": "contrary"}, "only with an exhibit"),
        ({"citations-0-pinpoint": ""}, "Say where in the exhibit"),
        ({"citations-0-exhibit": ""}, "Choose the exhibit"),
        ({"citations-0-exhibit": "99"}, "Not a valid choice"),
        ({"reasons": ""}, "Give the reasons"),
        ({"reasons": "a\u202eb"}, "U+202E"),
        ({"reasons": "x" * 20_001}, "20,001"),
        ({"answer": "maybe"}, "Not a valid choice"),
        ({"confidence": ""}, "sure you are"),
    ],
)
def test_a_form_that_cannot_stand_comes_back_with_what_was_typed(
    file, sign_in, place, change, message
):
    answer = sign_in(file.author).post_form(place("EX1"), {**FORM, **change})

    assert answer.status_code == 422
    assert message in answer.text
    assert "error-summary" in answer.text
    assert count(file, Finding) == 0


def test_what_was_typed_stays_in_a_refused_form(file, sign_in, place):
    sent = {**FORM, "confidence": "", "reasons": "A <b>long</b> thought."}

    page = sign_in(file.author).post_form(place("EX1"), sent).text

    assert "A &lt;b&gt;long&lt;/b&gt; thought." in page


def test_a_stale_form_gets_both_texts_and_can_be_saved_again(file, sign_in, place):
    file.write("EX1", "insufficient")
    client = sign_in(file.author)

    stale = client.post_form(place("EX1"), {**FORM, "reasons": "My own text."})
    again = client.post_form(place("EX1"), {**FORM, "revision": "1", "reasons": "Both."})

    assert stale.status_code == 409
    assert "My own text." in stale.text
    assert "The log shows it." in stale.text
    assert 'name="revision" type="hidden" value="1"' in stale.text
    assert again.status_code == 303
    assert count(file, Finding) == 2


def test_a_revision_that_never_was_is_refused(file, sign_in, place):
    answer = sign_in(file.author).post_form(place("EX1"), {**FORM, "revision": "5"})

    assert answer.status_code == 409
    assert count(file, Finding) == 0


def test_there_is_nothing_to_read_before_an_answer(file, sign_in, place):
    answer = sign_in(file.reader).post_form(
        place("EX1", "/reading"), {"revision": "1", "verdict": "agrees"}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 30, "٣"])
def test_a_damaged_revision_never_overwrites(file, sign_in, place, revision):
    file.write("EX1")

    answer = sign_in(file.author).post_form(place("EX1"), {**FORM, "revision": revision})

    assert answer.status_code == 409
    assert count(file, Finding) == 1


def test_more_exhibit_rows_keep_what_was_typed(file, sign_in, place):
    answer = sign_in(file.author).post_form(place("EX1"), {**FORM, "more": "1"})

    assert answer.status_code == 200
    assert "Row 17 shows it." in answer.text
    assert "citations-4-exhibit" in answer.text
    assert count(file, Finding) == 0


def test_a_saved_draft_comes_back(file, sign_in, place):
    client = sign_in(file.author)
    subject = f"{file.case.reference}:EX1:{file.entity.id}"

    kept = client.post_form(f"/drafts/finding/{subject}", {**FORM, "reasons": "Half a thought"})

    assert kept.status_code == 200
    assert "Half a thought" in client.get(place("EX1")).text
    client.post_form(place("EX1"), FORM)
    assert "Half a thought" not in client.get(place("EX1")).text


def test_a_second_reader_agrees(file, sign_in, place):
    file.write("EX1")

    answer = sign_in(file.reader).post_form(
        place("EX1", "/reading"), {"revision": "1", "verdict": "agrees"}
    )

    assert answer.status_code == 303
    assert file.db.scalars(sa.select(FindingReview)).one().by_id == file.reader.id


def test_a_dissent_without_reasons_comes_back(file, sign_in, place):
    file.write("EX1")

    answer = sign_in(file.reader).post_form(
        place("EX1", "/reading"), {"revision": "1", "verdict": "dissents"}
    )

    assert answer.status_code == 422
    assert "Say why you do not agree." in answer.text


def test_the_author_is_refused_as_second_reader(file, sign_in, place):
    file.write("EX1")

    answer = sign_in(file.author).post_form(
        place("EX1", "/reading"), {"revision": "1", "verdict": "agrees"}
    )

    assert answer.status_code == 409
    assert count(file, FindingReview) == 0


def test_a_reading_of_a_replaced_revision_is_refused(file, sign_in, place):
    file.write("EX1")
    file.write("EX1", expected=1)

    answer = sign_in(file.reader).post_form(
        place("EX1", "/reading"), {"revision": "1", "verdict": "agrees"}
    )

    assert answer.status_code == 409


def test_the_actor_is_the_signed_in_officer_whatever_the_form_says(file, sign_in, place):
    sign_in(file.author).post_form(place("EX1"), {**FORM, "by": str(file.reader.id)})

    assert file.db.scalars(sa.select(Finding)).one().by_id == file.author.id


def test_a_reviewer_cannot_write_an_answer(file, sign_in, place):
    assert sign_in(file.reader).post_form(place("EX1"), FORM).status_code == 403


def test_a_case_of_others_is_not_found(file, sign_in, place):
    client = sign_in(make_officer(file.db, Role.ANALYST))

    assert client.get(place()).status_code == 404
    assert client.post_form(place("EX1"), FORM).status_code == 404


def test_a_recused_person_finds_nothing(file, sign_in, place):
    file.db.add(
        Recusal(
            case_id=file.case.id,
            person_id=file.author.person_id,
            reason="Family.",
            declared_by_id=file.author.id,
            declared_at=AT,
        )
    )

    client = sign_in(file.author)

    assert client.get(place()).status_code == 404
    assert client.post_form(place("EX1"), FORM).status_code == 404
    assert count(file, Finding) == 0


@pytest.mark.parametrize("subject", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_a_subject_outside_the_case_is_not_found(file, sign_in, place, subject):
    page = sign_in(file.author).get(f"{place()}/EX1?subject={subject}")

    assert page.status_code == 404


def test_an_entity_that_is_not_examined_is_not_found(file, sign_in, place):
    other = make_entity(file.db, file.author, "Bystander LLC")

    page = sign_in(file.author).get(f"{place()}/EX1?subject={other.id}")

    assert page.status_code == 404


@pytest.mark.parametrize(("element", "status"), [("EC3", 422), ("ZZ9", 404), ("OW1", 422)])
def test_an_element_that_cannot_be_answered_so_is_refused(file, sign_in, place, element, status):
    assert sign_in(file.author).get(place(element)).status_code == status


def test_the_words_of_the_bill_stand_beside_the_question_once_attached(file, sign_in, place, db):
    before = sign_in(file.author).get(place("EX1")).text
    attach_text(
        db,
        text_version=file.case.text_version,
        provisions=[Attached("3(11)(A)", "An invented heading", "Invented words for a test.")],
        source_name="invented.xml",
        source_sha256="0" * 64,
        by=None,
        at=AT,
    )

    after = sign_in(file.author).get(place("EX1")).text

    assert "No text of the bill is attached" in before
    assert "Invented words for a test." in after


def statement(**changes):
    factors = {f"factor_{name}": text for name, text in factor_texts().items()}
    texts = {"text": "Together they point to training.", "innocent_explanation": "A batch job."}
    return {"expected": "0", **factors, **texts, **changes}


def purpose(file):
    return f"/cases/{file.case.reference}/purpose?subject={file.entity.id}"


def test_a_statement_on_purpose_is_put_on_record(file, sign_in):
    answer = sign_in(file.author).post_form(purpose(file), statement())

    assert answer.status_code == 303
    assert file.db.scalars(sa.select(PurposeStatement)).one().factors == factor_texts()


@pytest.mark.parametrize("left_out", ["factor_PU1d", "innocent_explanation", "text"])
def test_a_statement_that_leaves_something_out_comes_back(file, sign_in, left_out):
    answer = sign_in(file.author).post_form(purpose(file), statement(**{left_out: " "}))

    assert answer.status_code == 422
    assert count(file, PurposeStatement) == 0


def test_a_stale_statement_gets_both_texts(file, sign_in):
    file.state_purpose()

    answer = sign_in(file.author).post_form(purpose(file), statement(text="My own text."))

    assert answer.status_code == 409
    assert "My own text." in answer.text
    assert "Taken together the facts point to training." in answer.text


def test_the_statement_page_names_every_factor_and_its_innocent_look_alikes(file, sign_in):
    page = sign_in(file.author).get(purpose(file)).text

    assert "Nightly batch jobs run without a pause" in page
    assert sign_in(file.reader).get(purpose(file)).status_code == 200


def test_reading_pages_writes_nothing(file, sign_in, place):
    file.write("EX1")
    client = sign_in(file.author)
    before = count(file, AuditEntry)

    for address in (place(), place("EX1"), purpose(file)):
        assert client.get(address).status_code == 200

    assert count(file, AuditEntry) == before
