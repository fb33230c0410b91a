from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.decisions import actions
from casework.decisions.queries import decisions as queries
from casework.decisions.record import digest
from casework.decisions.signing import Signing, not_signed_here, sign_blockers
from casework.errors import Forbidden, InvalidValue, NotFound, SeparationOfDuties, TransitionBlocked
from casework.findings.actions import signed
from casework.workflow.engine import CaseFacts
from casework.workflow.queries.standing import record_of
from models import AuditEntry, Determination, Exhibit, Finding, Recusal, StageChange
from tests.decisions.casefile import (
    ATTACK,
    LATER,
    ON,
    PACK,
    PROVIDER,
    considered,
    particulars,
    ready,
    start,
)
from tests.factories import add_member, make_entity, make_officer


def sign(file, kind="identify_mea", *, by=None, reasons="Each element is shown."):
    return actions.sign_determination(
        file.db,
        file.case,
        entity=file.entity,
        kind=kind,
        reasons=reasons,
        by=by or file.signer(),
        at=LATER,
        on=ON,
    )


def refusals(file, kind="identify_mea", *, by=None):
    with pytest.raises(TransitionBlocked) as refusal:
        sign(file, kind, by=by)
    return [blocker.message for blocker in refusal.value.blockers]


def conclusions(file):
    return queries.conclusions_of(file.case, file.entity.id, record_of(file.db, file.case))


def test_an_identified_attacker_is_determined_as_one(db):
    file = ready(db)

    signed = sign(file)

    assert conclusions(file).reviewed.values["identified"] == "met"
    assert signed.kind == "identify_mea"
    assert signed.decided_on == ON


def test_an_identified_account_provider_is_determined_as_one_and_not_as_attacker(db):
    file = ready(db, PROVIDER)

    assert refusals(file, "identify_mea") == [
        "“Model extraction attack” is not met by the answers as reviewed."
    ]
    assert sign(file, "identify_fanp").kind == "identify_fanp"


def test_an_identified_subject_cannot_be_determined_as_not_identified(db):
    file = ready(db)

    assert refusals(file, "not_identified") == [
        "“Identified entity of concern” is met by the answers as reviewed."
    ]


@pytest.mark.parametrize("answer", ["met", "insufficient"])
def test_an_exclusion_not_answered_no_means_no_attack(db, answer):
    """Invariant 2: whatever else is met."""
    file = ready(db, {**ATTACK, "XC1": answer})

    expected = "not_met" if answer == "met" else "insufficient"
    assert conclusions(file).reviewed.values["model_extraction_attack"] == expected
    assert len(refusals(file, "identify_mea")) == 2
    assert sign(file, "not_identified").kind == "not_identified"


def test_no_finding_is_met_without_exhibit_author_and_second_reader(db):
    """Invariant 1, on every answer that the conclusion rests on."""
    file = ready(db)

    for row in db.scalars(sa.select(Finding).where(Finding.answer == "met")):
        assert row.citations
        assert row.by_person_id == file.author.person_id
        assert {review.by_person_id for review in row.reviews} == {file.reader.person_id}
    assert conclusions(file).reviewed.values["identified"] == "met"


def test_one_unread_answer_of_the_chain_leaves_the_conclusion_open(db):
    file = ready(db)
    file.write("EX1", expected=1)

    found = conclusions(file)

    assert found.drafted.values["identified"] == "met"
    assert found.reviewed.values["identified"] == "insufficient"


def test_an_answer_revised_since_must_be_read_before_anything_is_signed(db):
    file = ready(db)
    file.write("AS1", "not_met", expected=1)

    assert any("AS1" in message for message in refusals(file))


def test_a_later_edit_leaves_the_frozen_record_and_its_hash_unchanged(db):
    """Invariant 5."""
    file = ready(db)
    signed = sign(file)
    key, before = signed.id, signed.record_sha256

    exhibit = db.scalars(sa.select(Exhibit).where(Exhibit.case_id == file.case.id)).one()
    exhibit.title = "Quite another title"
    file.case.summary = "Quite another summary"
    file.entity.name = "Quite another name"
    file.write("EX1", "not_met", expected=1)
    db.flush()
    db.expire_all()

    kept = db.get(Determination, key)
    assert kept.record_sha256 == before == digest(kept.record)
    assert queries.is_intact(kept)
    assert "Quite another" not in str(kept.record)


def test_the_record_holds_what_lay_before_the_signer(db):
    file = ready(db)
    actions.recommend(
        db,
        file.case,
        measure="monitor",
        entity=file.entity,
        taken=False,
        reasons="Watching is not enough.",
        considered=considered("monitor"),
        supersedes=None,
        by=file.author,
        at=LATER,
    )

    record = sign(file).record

    exhibit = db.scalars(sa.select(Exhibit).where(Exhibit.case_id == file.case.id)).one()
    assert [row["sha256"] for row in record["exhibits"]] == [exhibit.sha256]
    assert {row["element"] for row in record["findings"]} >= set(ATTACK)
    assert all(row["reviews"] for row in record["findings"])
    assert [row["response"] for row in record["incidents"]] == ["none_found"]
    assert {row["position"] for row in record["positions"]} == {"concur"}
    assert [row["state"] for row in record["recommendations"]] == ["not_taken"]
    assert record["conclusions"]["as_reviewed"]["identified"]["value"] == "met"
    assert record["case"]["text_version"] == file.case.text_version
    assert record["decision"]["kind"] == "identify_mea"


def test_a_changed_record_is_seen(db):
    signed = sign(ready(db))

    signed.record = {**signed.record, "case": {"title": "Other"}}

    assert not queries.is_intact(signed)
    db.expire(signed)


@pytest.mark.parametrize("act", ["author", "reader", "recommender"])
def test_whoever_shaped_the_record_does_not_sign_it(db, act):
    file = ready(db)
    signer = file.member(Role.SIGNING_OFFICIAL, Role.REVIEWER, agency="STATE")
    if act == "author":
        file.write("DR1", "not_met", expected=1, by=signer)
    elif act == "reader":
        file.read("DR1", by=signer)
    else:
        actions.recommend(
            db,
            file.case,
            measure="monitor",
            entity=None,
            taken=True,
            reasons="Watch.",
            considered=considered("monitor"),
            particulars=particulars("monitor"),
            supersedes=None,
            by=signer,
            at=LATER,
        )

    with pytest.raises(SeparationOfDuties):
        sign(file, by=signer)


def test_a_second_account_of_the_author_does_not_sign(db):
    file = ready(db)
    twin = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE", person=file.author.person)
    add_member(db, file.case, twin)

    with pytest.raises(SeparationOfDuties):
        sign(file, by=twin)


def test_a_recused_official_does_not_sign(db):
    file = ready(db)
    signer = file.signer()
    db.add(
        Recusal(
            case_id=file.case.id,
            person_id=signer.person_id,
            reason="Former counsel of the owner.",
            declared_by_id=signer.id,
            declared_at=LATER,
        )
    )
    db.flush()

    with pytest.raises(Forbidden):
        sign(file, by=signer)


def test_an_official_of_another_agency_does_not_sign(db):
    file = ready(db)
    other = file.member(Role.SIGNING_OFFICIAL, agency="ENERGY")

    [message] = refusals(file, by=other)

    assert "signs" in message


def test_a_stage_is_signed_once_for_each_subject(db):
    file = ready(db)
    sign(file)

    assert refusals(file) == ["This stage already holds a signed determination about the subject."]


def test_a_case_that_came_back_to_the_stage_may_be_signed_again(db):
    file = ready(db)
    sign(file)
    db.add(
        StageChange(
            **signed(file.case, file.author, LATER + timedelta(days=30)),
            from_stage="S6",
            to_stage=file.case.stage,
            decision="submit",
            reason="Conduct after the first assessment.",
        )
    )
    db.flush()

    assert sign(file).kind == "identify_mea"


def test_the_rule_itself_knows_what_a_stage_signs():
    signing = Signing(
        facts=CaseFacts(stage="S1"), kind="identify_mea", agency="STATE", signed=False
    )

    assert sign_blockers(signing, PACK) == [not_signed_here(PACK, "S1")]


@pytest.mark.parametrize("kind", ["list_add", "block", "nonsense", ""])
def test_nothing_else_is_signed_here(db, kind):
    assert "signs no such decision" in refusals(ready(db), kind)[0]


def test_nothing_is_signed_in_another_stage(db):
    file = ready(db)
    file.case.stage = "S6"
    db.flush()

    assert "signs no such decision" in refusals(file)[0]


def test_a_case_that_is_not_ready_says_everything_that_is_missing(db):
    file = start(db)
    file.case.stage = "S7a"
    db.flush()

    messages = refusals(file)

    assert len(messages) > 4
    assert any("no answer" in message for message in messages)
    assert any("statement on purpose" in message for message in messages)


def test_reasons_are_needed(db):
    with pytest.raises(InvalidValue):
        sign(ready(db), reasons=" ")


def test_an_entity_outside_the_case_is_not_found(db):
    file = ready(db)
    file.entity = make_entity(db, file.author, "Bystander LLC")

    with pytest.raises(NotFound):
        sign(file)


def test_signing_leaves_one_entry_in_the_log_with_the_hash(db):
    file = ready(db)
    signed = sign(file)

    entries = db.scalars(
        sa.select(AuditEntry).where(AuditEntry.action == "determination.sign")
    ).all()

    assert [entry.case_id for entry in entries] == [file.case.id]
    assert signed.record_sha256 == digest(signed.record)
