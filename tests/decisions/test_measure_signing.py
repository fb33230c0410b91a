from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from casework.access import Role
from casework.decisions import actions
from casework.decisions.actions.holds import place_hold
from casework.decisions.actions.measures import sign_measure
from casework.decisions.queries.decisions import find_recommendation, is_intact
from casework.decisions.queries.measures import never_considered
from casework.errors import (
    Forbidden,
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.workflow.queries.standing import facts_of, record_of
from casework.workflow.record import of
from models import AuditEntry, Exhibit, MeasureDecision, Recusal
from tests.decisions.casefile import ON, PACK, considered, particulars, ready
from tests.decisions.measurefile import (
    MEASURE,
    SIGNED_AT,
    STAGE,
    MeasureFile,
    approve,
    decidable,
    identify,
    put_on_record,
    recommend,
)
from tests.factories import add_member, make_officer


def sign(made, *, kind="block", by=None, sha=None, reasons="Weighed."):
    return sign_measure(
        made.file.db,
        made.file.case,
        made.row,
        kind=kind,
        reasons=reasons,
        content_sha256=sha or made.row.content_sha256,
        by=by or made.signer,
        at=SIGNED_AT,
        on=ON,
    )


def blocked(made, **changes):
    with pytest.raises(TransitionBlocked) as refusal:
        sign(made, **changes)
    assert made.file.db.scalar(sa.select(MeasureDecision.id)) is None
    return refusal.value.blockers


@pytest.mark.parametrize("kind", PACK.measures[MEASURE].outcomes)
def test_a_decision_either_way_is_signed_and_frozen_and_read_by_the_guards(db, kind):
    made = decidable(db)

    signed = sign(made, kind=kind)

    assert is_intact(signed)
    assert signed.record["decision"]["kind"] == kind
    assert signed.record["decision"]["content_sha256"] == made.row.content_sha256
    [act] = of(record_of(db, made.file.case), "record", "blocking_decision")
    assert (act.value, act.entity_id, act.day) == (kind, made.file.entity.id, ON)
    assert facts_of(db, made.file.case).blocking_decision == kind
    assert "measure.sign" in db.scalars(sa.select(AuditEntry.action)).all()


def test_without_a_declared_emergency_nothing_is_blocked_but_not_blocking_is_decided(db):
    file = ready(db)
    signer = file.signer()
    identify(file, signer)
    made = decided_without_emergency(file, signer)

    [blocker] = blocked(made)

    assert "Declared national emergency" in blocker.message
    assert blocker.citation == "5(b)(1)"
    assert sign(made, kind="not_block").kind == "not_block"


def decided_without_emergency(file, signer):
    row = recommend(file)
    approve(file, row)
    file.case.stage = STAGE
    file.db.flush()
    return MeasureFile(file, row, signer)


def test_an_emergency_that_does_not_cover_the_conduct_is_none(db):
    made = decidable(db)
    put_on_record(made.file, "emergency", "no", made.signer, SIGNED_AT)

    assert any("emergency" in blocker.message for blocker in blocked(made))


def test_a_recommendation_not_to_take_it_allows_only_that(db):
    made = decidable(db, taken=False)

    assert any("not to take it" in blocker.message for blocker in blocked(made))
    assert sign(made, kind="not_block")


def test_nothing_is_signed_before_the_recommendation_is_approved(db):
    made = decidable(db)
    row = actions.recommend(
        db,
        made.file.case,
        measure=MEASURE,
        entity=made.file.entity,
        taken=True,
        reasons="Once more.",
        considered=considered(MEASURE),
        particulars=particulars(MEASURE),
        supersedes=made.row.id,
        by=made.file.author,
        at=SIGNED_AT,
    )
    made.row = row

    assert any("approve" in blocker.message for blocker in blocked(made))


def test_a_rejected_recommendation_is_not_signed_on(db):
    made = decidable(db)
    row = recommend(made.file, "guidance")
    approve(made.file, row, approved=False)
    made.row = row

    assert any("approve" in blocker.message for blocker in blocked(made, kind="publish"))


@pytest.mark.parametrize(
    ("measure", "stage", "agency", "kinds"),
    [
        ("guidance", "S9", "COMMERCE_BIS", ("publish", "withhold")),
        ("referral", "S13", "JUSTICE_FBI", ("refer", "not_refer")),
    ],
)
def test_other_measures_are_signed_by_their_own_agency_in_their_own_stage(
    db, measure, stage, agency, kinds
):
    made = decidable(db, measure=measure, stage=stage)

    assert made.file.case.stage == stage
    assert PACK.measures[measure].outcomes == kinds
    assert any("signs" in blocker.message for blocker in blocked(made, kind=kinds[0]))
    lead = made.file.member(Role.SIGNING_OFFICIAL, agency=agency)
    assert sign(made, kind=kinds[0], by=lead).kind == kinds[0]


def test_a_decision_of_another_stage_waits(db):
    made = decidable(db, stage="S11")

    assert any("decided in the stage" in blocker.message for blocker in blocked(made))


def test_a_hold_keeps_the_measure_back_and_not_the_decision_against_it(db):
    made = decidable(db)
    place_hold(
        db,
        made.file.case,
        measure=MEASURE,
        entity=None,
        authority="The Secretary of State",
        reason="Talks are under way.",
        review_on=ON.replace(year=2027),
        by=made.signer,
        at=SIGNED_AT,
        on=ON,
    )

    assert any("hold" in blocker.message for blocker in blocked(made))
    assert sign(made, kind="not_block")


def test_the_author_does_not_sign_not_even_with_a_second_account(db):
    made = decidable(db)
    twin = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE", person=made.file.author.person)
    add_member(db, made.file.case, twin)

    with pytest.raises(SeparationOfDuties):
        sign(made, by=twin)


def test_whoever_shaped_the_record_does_not_sign(db):
    made = decidable(db)
    reader = make_officer(db, Role.SIGNING_OFFICIAL, agency="STATE", person=made.file.reader.person)
    add_member(db, made.file.case, reader)

    with pytest.raises(SeparationOfDuties, match="second reader"):
        sign(made, by=reader)


def test_a_recused_official_does_not_sign(db):
    made = decidable(db)
    db.add(
        Recusal(
            case_id=made.file.case.id,
            person_id=made.signer.person_id,
            reason="A cousin works there.",
            declared_by_id=made.signer.id,
            declared_at=SIGNED_AT,
        )
    )
    db.flush()

    with pytest.raises(Forbidden):
        sign(made)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"sha": "0" * 64}, StaleVersion),
        ({"kind": "publish"}, InvalidValue),
        ({"kind": ""}, InvalidValue),
        ({"reasons": "  "}, InvalidValue),
    ],
)
def test_other_words_and_other_kinds_are_refused(db, changes, error):
    with pytest.raises(error):
        sign(decidable(db), **changes)


def test_a_decision_is_signed_once(db):
    made = decidable(db)
    sign(made, kind="not_block")

    with pytest.raises(StaleVersion):
        sign(made)


def columns(made, **changes):
    return {
        "case_id": made.file.case.id,
        "by_id": made.signer.id,
        "by_person_id": made.signer.person_id,
        "at": SIGNED_AT,
        "recommendation_id": made.row.id,
        "preparer_person_id": made.row.by_person_id,
        "content_sha256": made.row.content_sha256,
        "kind": "block",
        "reasons": "Weighed.",
        "decided_on": ON,
        "record": {},
        "record_sha256": "0" * 64,
        **changes,
    }


def test_the_database_refuses_the_author_and_other_words(db):
    made = decidable(db)
    author = made.file.author
    own = {"by_id": author.id, "by_person_id": author.person_id}

    for changes in (own, {"content_sha256": "1" * 64}):
        with pytest.raises(IntegrityError), db.begin_nested():
            db.execute(sa.insert(MeasureDecision).values(**columns(made, **changes)))


def test_the_database_lets_no_signed_decision_change(db):
    made = decidable(db)
    signed = sign(made)

    for word in (sa.update(MeasureDecision).values(kind="not_block"), sa.delete(MeasureDecision)):
        with pytest.raises(DBAPIError), db.begin_nested():
            db.execute(word.where(MeasureDecision.id == signed.id))


def test_whatever_is_edited_later_leaves_the_frozen_records_as_they_were(db):
    made = decidable(db)
    signed = sign(made)
    row = find_recommendation(db, made.file.case, made.row.id)
    decision = row.decisions[0]
    before = (signed.record_sha256, decision.record_sha256)

    db.execute(sa.update(Exhibit).values(title="Told otherwise"))
    made.file.case.title = "Another title"
    db.flush()
    db.expire_all()

    assert (signed.record_sha256, decision.record_sha256) == before
    assert is_intact(signed)
    assert is_intact(decision)


def test_a_record_without_its_hash_is_told(db):
    made = decidable(db)
    signed = sign(made)

    assert not is_intact(MeasureDecision(**columns(made, record=signed.record)))


def test_an_approved_watch_sets_the_next_review_of_the_case(db):
    file = ready(db)
    approve(file, recommend(file, "monitor"))

    assert file.case.next_review_on.isoformat() == particulars("monitor")["next_review"]


@pytest.mark.parametrize(("taken", "approved"), [(False, True), (True, False)])
def test_a_watch_that_was_left_or_rejected_sets_none(db, taken, approved):
    file = ready(db)
    approve(file, recommend(file, "monitor", taken=taken), approved=approved)

    assert file.case.next_review_on is None


def test_what_was_never_considered_is_told(db):
    file = ready(db)
    rows = [recommend(file, "monitor", taken=False)]

    assert [row.id for row in never_considered(file.case, rows)] == [
        name for name in PACK.measures if name != "monitor"
    ]
