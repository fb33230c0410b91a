"""Merging and undoing through the pages."""

from __future__ import annotations

from casework.access import Role
from casework.screening.actions import entities as actions
from casework.screening.facts import IdentifierFact
from casework.screening.queries.merges import history_of
from models import Determination
from tests.entities.records import record, text
from tests.factories import AT, make_case, make_entity, make_incident, make_officer
from tests.merging.acts import REASON, merged, undone

WHY = {"reason": REASON}


def fields(kept, **more):
    return WHY | {"keep": str(kept.id)} | more


def test_the_other_is_found_compared_and_merged_and_its_page_leads_to_the_one_kept(
    desk, db, kept, twin
):
    page = text(desk.get(f"/entities/{kept.id}/merge?q=兰花"))
    assert f"/entities/{kept.id}/merge/{twin.id}" in page
    shown = text(desk.get(f"/entities/{kept.id}/merge/{twin.id}"))
    assert "Nothing on record speaks against it" in shown

    done = desk.post_form(f"/entities/{kept.id}/merge/{twin.id}", fields(kept))

    assert done.location == f"/entities/{kept.id}"
    page = text(desk.get(f"/entities/{kept.id}"))
    assert 'Recorded as <span dir="auto">兰花计算有限公司</span>' in page
    page = text(desk.get(f"/entities/{twin.id}"))
    assert "Merged into Orchid Compute Ltd" in page
    assert f"/entities/{kept.id}" in page


def test_what_speaks_against_it_must_be_read_and_what_was_typed_stays(
    desk, db, analyst, kept, twin
):
    for entity, number in ((kept, "5493001KJTIIGC8Y1R12"), (twin, "529900T8BM49AURSDO55")):
        actions.add_identifier(db, entity, IdentifierFact("lei", number), **record(analyst))
    url = f"/entities/{kept.id}/merge/{twin.id}"

    refused = desk.post_form(url, fields(kept))
    assert refused.status_code == 422
    assert "Read what speaks against it, and say that you did." in text(refused)
    assert REASON in text(refused)

    hidden = text(refused).split('name="conflicts"')[1].split('value="')[1][:64]
    done = desk.post_form(url, fields(kept, conflicts=hidden, acknowledged="y"))
    assert done.status_code == 303


def test_whoever_comes_second_is_told_who_was_first_and_keeps_the_reason(desk, db, kept, twin):
    other, colleague = make_entity(db, (by := make_officer(db, Role.ANALYST))), by
    merged(db, other, twin, colleague)

    late = desk.post_form(f"/entities/{kept.id}/merge/{twin.id}", fields(kept))

    assert late.status_code == 409
    assert f"is merged into {other.name} already" in text(late)
    assert REASON in text(late)


def test_a_form_without_a_choice_or_a_reason_names_both(desk, kept, twin):
    refused = desk.post_form(f"/entities/{kept.id}/merge/{twin.id}", {})

    assert refused.status_code == 422
    assert "Choose which one is kept." in text(refused)
    assert "Say what shows that the two are one." in text(refused)


def test_a_merge_is_undone_with_a_reason_and_both_pages_keep_the_history(
    desk, db, analyst, kept, twin
):
    row = merged(db, kept, twin, analyst)
    url = f"/entities/{kept.id}/merges/{row.id}"

    refused = desk.post_form(f"{url}/undo", {"reason": ""})
    assert refused.status_code == 422
    assert "Say what shows that they are two." in text(refused)
    done = desk.post_form(f"{url}/undo", {"reason": "Two branches"})

    assert done.location == f"/entities/{twin.id}"
    for entity in (kept, twin):
        page = text(desk.get(f"/entities/{entity.id}"))
        assert "Undone" in page
        assert "Merged into Orchid" not in page
    assert desk.post_form(f"{url}/undo", {"reason": "Again"}).status_code == 409


def test_a_reviewer_is_the_second_person_of_a_merge_that_decides_something(
    desk, sign_in, db, analyst, second, kept, twin
):
    make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[twin], stage="S2")
    url = f"/entities/{kept.id}/merge/{twin.id}"
    assert "A second person is needed" in text(desk.get(url))
    desk.post_form(url, fields(kept))
    (row,) = history_of(db, kept)
    record_url = f"/entities/{kept.id}/merges/{row.id}"
    assert "Another person must compare both" in text(desk.get(record_url))
    assert desk.post_form(f"{record_url}/second").status_code == 409

    reader = sign_in(second)
    assert "Agree: they are one" in text(reader.get(record_url))
    assert reader.post_form(f"{record_url}/second").location == f"/entities/{kept.id}"
    assert "Merged into Orchid Compute Ltd" in text(reader.get(f"/entities/{twin.id}"))


def test_subjects_and_reports_name_the_one_kept_beside_what_was_recorded(
    desk, db, analyst, kept, twin
):
    incident = make_incident(db, analyst, parties=[(twin, "operator")])
    case = make_case(db, analyst, subjects=[twin])
    merged(db, kept, twin, analyst)

    subjects = text(desk.get(f"/cases/{case.reference}/subjects"))
    assert f'href="/entities/{kept.id}"' in subjects
    assert 'Recorded as <span dir="auto">兰花计算有限公司</span>' in subjects
    assert "Merged into" in text(desk.get(f"/incidents/{incident.reference}"))
    page = text(desk.get(f"/entities/{kept.id}"))
    assert "Named in 1 report" in page
    assert case.reference in page


def test_ownership_of_a_merged_entity_is_that_of_the_one_kept(desk, db, analyst, kept, twin):
    merged(db, kept, twin, analyst)

    answer = desk.get(f"/entities/{twin.id}/ownership")
    assert (answer.status_code, answer.location) == (303, f"/entities/{kept.id}/ownership")


def test_a_determination_keeps_the_name_it_was_made_under(desk, db, analyst, kept, twin):
    case = make_case(db, analyst, subjects=[twin])
    row = Determination(
        case_id=case.id,
        entity_id=twin.id,
        kind="identified",
        stage=case.stage,
        reasons="Weighed",
        decided_on=AT.date(),
        record={"entity": {"name": twin.name}},
        record_sha256="0" * 64,
        by_id=analyst.id,
        by_person_id=analyst.person_id,
        at=AT,
    )
    db.add(row)
    db.flush()
    frozen = dict(row.record)
    merge = merged(db, kept, twin, analyst)

    db.refresh(row)
    assert (row.record, row.entity) == (frozen, twin)
    assert merge.in_effect_at is None
    undone(db, merge, analyst)


def test_nobody_merges_with_what_cannot_be_seen(sign_in, db, analyst, kept, twin):
    delegate = sign_in(make_officer(db, Role.AGENCY_DELEGATE, agency="STATE"))

    assert delegate.get(f"/entities/{kept.id}/merge").status_code == 404
    assert delegate.get(f"/entities/{kept.id}/merge/{twin.id}").status_code == 404
