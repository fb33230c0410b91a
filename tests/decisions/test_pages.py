from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.decisions import actions
from casework.decisions.measures import items_of
from models import Determination, Recommendation, RecommendationDecision
from tests.decisions.casefile import LATER, ON, PACK, considered, particulars, ready, start
from tests.factories import add_member, make_officer

MEASURE = "blocking"


@pytest.fixture
def file(db):
    return start(db)


def form(measure=MEASURE, **changes):
    items = items_of(PACK, measure)
    return {
        "supersedes": "",
        "outcome": "taken",
        "reasons": "The conduct goes on.",
        **{f"applies_{item.id}": "yes" for item in items},
        **{f"words_{item.id}": "Looked at." for item in items},
        **{f"field_{name}": text for name, text in particulars(measure).items()},
        **changes,
    }


def new(file, measure=MEASURE):
    return f"/cases/{file.case.reference}/measures/{measure}?subject={file.entity.id}"


def recommend(file, **changes):
    fields = {
        "reasons": "The conduct goes on.",
        "supersedes": None,
        "by": file.author,
        **changes,
    }
    return actions.recommend(
        file.db,
        file.case,
        measure=MEASURE,
        entity=file.entity,
        taken=True,
        considered=considered(MEASURE),
        particulars=particulars(MEASURE),
        at=LATER,
        **fields,
    )


def decision(file, row):
    return f"/cases/{file.case.reference}/recommendations/{row.id}/decision"


def count(file, table):
    return file.db.scalar(sa.select(sa.func.count()).select_from(table))


def test_every_measure_of_the_text_is_listed(file, sign_in):
    page = sign_in(file.author).get(f"/cases/{file.case.reference}/measures")

    assert page.status_code == 200
    for measure in PACK.measures.values():
        assert measure.title in page.text


@pytest.mark.parametrize("measure", list(PACK.measures))
def test_the_form_of_a_measure_asks_everything_to_be_considered(file, sign_in, measure):
    page = sign_in(file.author).get(new(file, measure))

    assert page.status_code == 200
    for item in items_of(PACK, measure):
        assert f"applies_{item.id}" in page.text


def test_a_recommendation_is_saved_and_shown_with_its_hash(file, sign_in):
    client = sign_in(file.author)

    answer = client.post_form(new(file), form())

    row = file.db.scalars(sa.select(Recommendation)).one()
    assert answer.status_code == 303
    assert row.content_sha256 in client.get(answer.location).text


def test_whoever_recommended_is_offered_no_decision(file, sign_in):
    both = file.member(Role.ANALYST, Role.REVIEWER)
    row = recommend(file, by=both)

    page = sign_in(both).get(f"/cases/{file.case.reference}/recommendations/{row.id}").text

    assert "You made this recommendation" in page
    assert "content_sha256" not in page


def test_a_recommendation_that_leaves_an_exception_out_comes_back(file, sign_in):
    sent = form()
    del sent["applies_food_medicine"]

    answer = sign_in(file.author).post_form(new(file), sent)

    assert answer.status_code == 422
    assert "The conduct goes on." in answer.text
    assert count(file, Recommendation) == 0


@pytest.mark.parametrize("supersedes", ["nonsense", "1"])
def test_a_damaged_hidden_field_is_told(file, sign_in, supersedes):
    answer = sign_in(file.author).post_form(new(file), form(supersedes=supersedes))

    assert answer.status_code == 422
    assert "damaged" in answer.text


def test_a_stale_recommendation_gets_both_texts(file, sign_in):
    row = recommend(file, reasons="What was saved first.")
    client = sign_in(file.author)

    stale = client.post_form(new(file), form(reasons="My own text."))
    again = client.post_form(new(file), form(supersedes=str(row.id)))

    assert stale.status_code == 409
    assert "My own text." in stale.text
    assert "What was saved first." in stale.text
    assert f'value="{row.id}"' in stale.text
    assert again.status_code == 303


def test_a_draft_of_a_recommendation_comes_back(file, sign_in):
    client = sign_in(file.author)
    subject = f"{file.case.reference}:{MEASURE}:{file.entity.id}"

    client.post_form(f"/drafts/recommendation/{subject}", form(reasons="Half a thought"))

    assert "Half a thought" in client.get(new(file)).text


def test_a_reviewer_decides_on_the_content_that_was_shown(file, sign_in):
    row = recommend(file)
    client = sign_in(file.reader)
    page = client.get(f"/cases/{file.case.reference}/recommendations/{row.id}").text
    shown = re.search(r'name="content_sha256"[^>]*value="([0-9a-f]{64})"', page)

    answer = client.post_form(
        decision(file, row),
        {"content_sha256": shown[1], "verdict": "approve", "reasons": "Agreed."},
    )

    assert answer.status_code == 303
    assert file.db.scalars(sa.select(RecommendationDecision)).one().approved


@pytest.mark.parametrize("sha", ["0" * 64, ""])
def test_a_decision_on_other_words_is_refused(file, sign_in, sha):
    row = recommend(file)

    answer = sign_in(file.reader).post_form(
        decision(file, row), {"content_sha256": sha, "verdict": "approve", "reasons": "Agreed."}
    )

    assert answer.status_code == 409
    assert count(file, RecommendationDecision) == 0


def test_a_second_account_of_the_author_is_refused(file, sign_in):
    row = recommend(file)
    twin = make_officer(file.db, Role.REVIEWER, person=file.author.person)
    add_member(file.db, file.case, twin)

    answer = sign_in(twin).post_form(
        decision(file, row),
        {"content_sha256": row.content_sha256, "verdict": "approve", "reasons": "Agreed."},
    )

    assert answer.status_code == 409
    assert count(file, RecommendationDecision) == 0


def test_a_decision_without_reasons_comes_back(file, sign_in):
    row = recommend(file)

    answer = sign_in(file.reader).post_form(
        decision(file, row), {"content_sha256": row.content_sha256, "verdict": "reject"}
    )

    assert answer.status_code == 422


def test_an_unknown_measure_or_recommendation_is_not_found(file, sign_in):
    client = sign_in(file.author)

    assert client.get(new(file, "banishment")).status_code == 404
    missing = f"/cases/{file.case.reference}/recommendations/{file.case.id}"
    assert client.get(missing).status_code == 404


def test_a_recommendation_of_another_case_is_not_found(file, sign_in, db):
    other = start(db)
    row = recommend(other)

    page = sign_in(file.author).get(f"/cases/{file.case.reference}/recommendations/{row.id}")

    assert page.status_code == 404


def signing(file):
    return f"/cases/{file.case.reference}/determinations/sign?subject={file.entity.id}"


WORDS = {"kind": "identify_mea", "reasons": "Each element is shown."}


def test_a_determination_is_shown_once_more_before_it_is_signed(db, sign_in):
    file = ready(db)
    client = sign_in(file.signer())

    check = client.post_form(signing(file), WORDS)
    signed = client.post_form(signing(file), {**WORDS, "step": "sign"})

    assert check.status_code == 200
    assert "Sign and freeze the record" in check.text
    assert signed.status_code == 303
    assert count(file, Determination) == 1
    page = client.get(signed.location)
    assert page.status_code == 200
    assert "The frozen record is intact" in page.text


def test_going_back_to_change_an_answer_signs_nothing(db, sign_in):
    file = ready(db)

    page = sign_in(file.signer()).post_form(signing(file), {**WORDS, "step": "change"})

    assert "Each element is shown." in page.text
    assert count(file, Determination) == 0


def test_signing_twice_with_one_form_signs_once(db, sign_in):
    file = ready(db)
    client = sign_in(file.signer())
    sent = {**WORDS, "step": "sign", "submission_key": "k" * 24}

    first, second = (client.post_form(signing(file), sent) for _ in range(2))

    assert first.location == second.location
    assert count(file, Determination) == 1


def test_a_kind_that_the_answers_do_not_bear_out_is_refused_with_its_citation(db, sign_in):
    file = ready(db)

    answer = sign_in(file.signer()).post_form(
        signing(file), {**WORDS, "kind": "not_identified", "step": "sign"}
    )

    assert answer.status_code == 409
    assert "4(b)(1)" in answer.text
    assert count(file, Determination) == 0


def test_the_page_says_why_nothing_can_be_signed_yet(db, sign_in):
    file = start(db)
    file.case.stage = "S7a"

    page = sign_in(file.signer()).get(signing(file))

    assert page.status_code == 200
    assert "cannot be signed yet" in page.text


def test_an_empty_determination_comes_back(db, sign_in):
    file = ready(db)

    assert sign_in(file.signer()).post_form(signing(file), {}).status_code == 422


def test_only_a_signing_official_signs(db, sign_in):
    file = ready(db)

    for officer in (file.author, file.reader):
        answer = sign_in(officer).post_form(signing(file), {**WORDS, "step": "sign"})
        assert answer.status_code == 403


def test_the_list_tells_what_was_signed_and_what_may_be(db, sign_in):
    file = ready(db)
    signer = file.signer()
    listing = f"/cases/{file.case.reference}/determinations"
    before = sign_in(signer).get(listing).text
    signed = actions.sign_determination(
        db, file.case, entity=file.entity, by=signer, at=LATER, on=ON, **WORDS
    )

    after = sign_in(signer).get(listing).text

    assert "Nothing has been determined" in before
    assert "Identified as attacker" in after
    assert signed.record_sha256 in after


def test_no_stage_but_the_right_one_offers_a_signature(file, sign_in):
    page = sign_in(file.author).get(f"/cases/{file.case.reference}/determinations").text

    assert "in which nothing is signed" in page
