"""Editions from preparation to receipt, over the actions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.access import Role
from casework.decisions.actions import sign_determination
from casework.errors import (
    Forbidden,
    InvalidValue,
    NotFound,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.evidence.queries.exhibits import known_blobs
from casework.reports.actions import approval, editions, passages
from casework.reports.queries.decisions import decisions_of
from casework.reports.queries.editions import contents_in, find_visible, job_of, left_out
from casework.reports.queries.editions import editions as listed
from casework.reports.source import Annex
from casework.workflow.queries.cases import visible_to
from casework.workflow.queries.standing import facts_of
from models import AuditEntry, Incident, Recusal, Report
from tests.decisions.casefile import ready
from tests.factories import AT, TEXT_VERSION, make_case, make_entity, make_officer
from tests.reports.conftest import LATER, ON, PACK, Docket, gate_of, section_of

RECEIVERS = PACK.codes("committee")


def recuse(docket: Docket, officer, case=None) -> None:
    docket.db.add(
        Recusal(
            case_id=(case or docket.case).id,
            person_id=officer.person_id,
            reason="Kinship",
            declared_by_id=officer.id,
            declared_at=AT,
        )
    )
    docket.db.flush()


def check(docket: Docket, report: Report, gate: str = "unclassified", **changes) -> None:
    fields = {
        "words": "Read in full by the security office.",
        "contents_sha256": report.contents_sha256,
        "by": docket.checker,
        **changes,
    }
    approval.record_check(docket.db, report, PACK.reports[report.kind], gate, at=LATER, **fields)


def approve(docket: Docket, report: Report, **changes) -> None:
    fields = {"contents_sha256": report.contents_sha256, "by": docket.approver, "on": ON, **changes}
    approval.approve_report(docket.db, report, PACK, at=LATER, **fields)


def approved(docket: Docket, kind: str = "R1") -> Report:
    docket.write_all(kind)
    report = docket.ready(kind)
    check(docket, report)
    approve(docket, report)
    return report


def transmit(docket: Docket, report: Report, step: str, receiver: str, **changes) -> None:
    on = LATER.date()
    fields = {"happened_on": on, "words": "By courier", "on": on, **changes}
    approval.note_transmittal(
        docket.db, report, PACK, step=step, receiver=receiver, by=docket.checker, at=LATER, **fields
    )


def test_preparing_freezes_the_sections_in_the_order_of_the_text_and_asks_for_pages(docket):
    report = docket.prepare("R1")

    document = contents_in(report)
    asked = [row.id for row in PACK.reports["R1"].sections]
    assert [row.id for row in document.sections] == asked
    assert [row.citation for row in document.sections[:8]] == [
        f"4(b)({number})" for number in range(1, 9)
    ]
    assert (report.number, report.state, document.cover.case) == (1, "queued", "")
    assert job_of(docket.db, report).kind == "render_report"
    assert "hypothetical" in document.cover.planning
    assert "not law" in document.cover.status
    assert len(document.letters) == len(RECEIVERS)
    assert all("Ranking Member" in letter.to[1] for letter in document.letters)


def test_only_what_is_signed_is_called_determined(docket):
    other = make_entity(docket.db, docket.preparer, "Second Firm")
    make_case(docket.db, docket.preparer, subjects=[other])

    rows = contents_in(docket.prepare("R1")).included

    assert {row.name: row.status for row in rows} == {
        docket.file.entity.name: "determined",
        "Second Firm": "alleged",
    }


def test_a_denial_stands_with_the_claim(docket):
    incident = docket.db.scalars(sa.select(Incident)).first()
    incident.response, incident.response_text = "denies", "We trained on our own data."
    docket.db.flush()

    body = section_of(docket.prepare("R1"), "determinations").body

    (claim,) = body.incidents[0].claims
    assert (claim.response.kind, claim.response.text) == ("denies", "We trained on our own data.")


def test_training_cases_and_real_ones_are_reported_apart(docket):
    entity = make_entity(docket.db, docket.preparer, "Training Firm", training=True)
    make_case(docket.db, docket.preparer, subjects=[entity], training=True)

    real, training = docket.prepare("R1"), docket.prepare("R1", training=True)

    assert [row.name for row in contents_in(real).included] == [docket.file.entity.name]
    assert [row.name for row in contents_in(training).included] == ["Training Firm"]
    assert contents_in(training).cover.training
    assert (real.number, training.number) == (1, 1)


def test_a_recused_preparer_cannot_include_the_case_and_whoever_is_recused_does_not_see_it(docket):
    seen = docket.prepare("R1")
    recuse(docket, docket.preparer)

    without = docket.prepare("R1")

    assert contents_in(without).included == ()
    assert find_visible(docket.db, docket.preparer, seen.id) is None
    assert find_visible(docket.db, docket.approver, seen.id) is not None
    assert left_out(docket.db, docket.approver, without) == [docket.case.reference]
    kinds = {"text_version": TEXT_VERSION, "training": False}
    assert [row.id for row in listed(docket.db, docket.preparer, ["R1"], **kinds)] == [without.id]
    with pytest.raises(Forbidden):
        docket.prepare("R6")


def test_a_passage_drawn_from_a_case_is_left_out_by_who_may_not_see_the_case(docket):
    incident = docket.db.scalars(sa.select(Incident)).first()
    docket.write("R1", "aid", f"Helped. [{incident.reference}#claim]", by=docket.checker)
    assert section_of(docket.prepare("R1"), "aid").written is not None

    recuse(docket, docket.preparer)

    report = docket.prepare("R1")
    assert section_of(report, "aid").written is None
    assert "Help by the government" in gate_of(report, "written").found


def test_the_database_itself_refuses_a_case_of_a_recused_preparer(docket):
    recuse(docket, docket.preparer)

    with pytest.raises(DBAPIError, match="recused"):
        docket.prepare("R1", cases=visible_to(docket.checker))


@pytest.mark.parametrize("kind", ["R4", "R7", "R9"])
def test_a_report_made_elsewhere_is_not_made_here(docket, kind):
    with pytest.raises(NotFound):
        docket.prepare(kind)


def test_an_approval_needs_every_gate_a_second_person_and_the_contents_shown(docket):
    docket.write_all("R1")
    report = docket.ready("R1")

    with pytest.raises(TransitionBlocked, match="unclassified"):
        approve(docket, report)
    check(docket, report)
    with pytest.raises(StaleVersion):
        approve(docket, report, contents_sha256="0" * 64)
    with pytest.raises(SeparationOfDuties):
        approve(docket, report, by=docket.preparer)
    approve(docket, report)

    assert (report.state, report.approved_by) == ("approved", docket.approver)
    with pytest.raises(TransitionBlocked, match="already"):
        approve(docket, report)


def test_what_is_not_written_or_not_drawn_is_not_approved(docket):
    report = docket.prepare("R1")
    check(docket, report)

    assert gate_of(report, "written").found.startswith("Detection")
    with pytest.raises(TransitionBlocked, match="pages"):
        approve(docket, report)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by": "preparer"}, SeparationOfDuties),
        ({"contents_sha256": "0" * 64}, StaleVersion),
        ({"words": " "}, InvalidValue),
        ({"gate": "positions"}, InvalidValue),
    ],
)
def test_a_check_is_of_these_contents_by_another_person_and_in_words(docket, changes, refusal):
    report = docket.prepare("R1")
    if changes.get("by") == "preparer":
        changes = {"by": docket.preparer}

    with pytest.raises(refusal):
        check(docket, report, **changes)


def test_the_database_holds_four_eyes_and_approved_contents_whatever_the_application_does(docket):
    report = approved(docket)

    with pytest.raises(DBAPIError, match="does not change"), docket.db.begin_nested():
        docket.db.execute(sa.update(Report).values(kind="R2"))
    other = docket.prepare("R2")
    with pytest.raises(DBAPIError, match="four_eyes"), docket.db.begin_nested():
        docket.db.execute(
            sa.update(Report)
            .where(Report.id == other.id)
            .values(approved_by_person_id=Report.prepared_by_person_id)
        )
    assert report.blob_key in known_blobs(docket.db)


def test_two_receipts_of_committees_let_the_case_leave_its_stage(docket):
    report = approved(docket)
    first, second = RECEIVERS

    transmit(docket, report, "sent", first)
    transmit(docket, report, "received", first)
    assert facts_of(docket.db, docket.case).congress_receipts == 1
    transmit(docket, report, "sent", second)
    transmit(docket, report, "received", second)

    assert facts_of(docket.db, docket.case).congress_receipts == 2


@pytest.mark.parametrize(
    ("step", "changes", "refusal"),
    [
        ("received", {}, TransitionBlocked),
        ("sent", {"happened_on": LATER.date() + timedelta(days=1)}, InvalidValue),
        ("sent", {"happened_on": LATER.date() - timedelta(days=3)}, InvalidValue),
        ("lost", {}, InvalidValue),
    ],
)
def test_an_impossible_transmittal_is_refused(docket, step, changes, refusal):
    report = approved(docket)

    with pytest.raises(refusal):
        transmit(docket, report, step, RECEIVERS[0], **changes)


def test_nothing_is_sent_before_the_approval_nor_twice_nor_to_a_stranger(docket):
    with pytest.raises(TransitionBlocked):
        transmit(docket, docket.ready("R1"), "sent", RECEIVERS[0])
    report = approved(docket)
    with pytest.raises(InvalidValue):
        transmit(docket, report, "sent", "PRESS")
    transmit(docket, report, "sent", RECEIVERS[0])
    with pytest.raises(TransitionBlocked):
        transmit(docket, report, "sent", RECEIVERS[0])


def test_the_update_tells_what_was_added_since_the_last_approved_report(docket):
    first = docket.prepare("R2")
    approved(docket)

    again = docket.prepare("R2")

    assert not gate_of(first, "first_report").open
    assert len(section_of(first, "additional").body.tables[0].rows) == 1
    assert gate_of(again, "first_report").open
    assert section_of(again, "additional").body.tables == ()
    assert "edition 1" in section_of(again, "additional").body.paragraphs[0]


def test_the_index_has_the_hash_of_the_chosen_determination(docket):
    decisions = decisions_of(docket.db, docket.case, PACK)
    key = f"determination:{docket.determination.id}"

    report = docket.prepare("R8", decision=key)

    assert key in decisions
    rows = section_of(report, "record_hash").body.tables[0].rows
    assert rows[0][1] == rows[1][1] == docket.determination.record_sha256
    assert gate_of(report, "frozen").open
    with pytest.raises(InvalidValue, match="Choose the decision"):
        docket.prepare("R8", decision="determination:other")


def test_a_signed_determination_is_indexed_with_all_that_was_frozen(docket):
    file = ready(docket.db)
    signed = sign_determination(
        docket.db, file.case, entity=file.entity, kind="identify_mea", reasons="Shown.",
        by=file.signer(), at=AT, on=ON,
    )  # fmt: skip

    report = docket.prepare("R8", case=file.case, decision=f"determination:{signed.id}")

    rows = section_of(report, "index").body.tables[0].rows
    entries = sum(len(part) for part in signed.record.values() if isinstance(part, list))
    assert len(rows) == entries
    assert section_of(report, "record_hash").body.tables[0].rows[0][1] == signed.record_sha256


def test_a_passage_is_revised_on_what_was_seen_and_never_overwritten(docket):
    docket.write("R1", "detection", "First.")
    with pytest.raises(StaleVersion):
        docket.write("R1", "detection", "Second.")
    docket.write("R1", "detection", "Second.", expected=1)

    written = section_of(docket.prepare("R1"), "detection").written

    assert (written.revision, written.paragraphs[0][0].text) == (2, "Second.")
    with pytest.raises(InvalidValue, match="record alone"):
        docket.write("R1", "countries")
    with pytest.raises(InvalidValue, match="classification"):
        docket.write("R1", "aid", "(S//NF) It says.")
    with pytest.raises(InvalidValue, match="not among the cases"):
        docket.write("R1", "aid", "It says. [INC-2026-09999#claim]")


def test_an_annex_is_a_pointer_and_no_field_takes_classified_words(docket):
    annex = Annex(title="Annex A", system="High side", custodian="Registry", registry_number="17")

    def register(row: Annex) -> None:
        passages.register_annex(
            docket.db, PACK.reports["R1"], docket.place("R1"), annex=row, case=None,
            by=docket.preparer, at=AT,
        )  # fmt: skip

    register(annex)
    with pytest.raises(InvalidValue, match="classification"):
        register(Annex(title="(TS//SI) A", system="H", custodian="R", registry_number="1"))

    report = docket.prepare("R1")
    assert section_of(report, "annexes").body.tables[0].rows == (
        ("Annex A", "High side", "Registry", "17"),
    )
    assert "One annex is sent apart" in contents_in(report).letters[0].paragraphs[1]


def test_a_failed_drawing_says_why_and_can_be_asked_for_again(docket):
    report = docket.prepare("R1")
    with pytest.raises(TransitionBlocked):
        editions.retry_report(docket.db, report, by=docket.preparer, at=LATER)
    editions.give_up_rendering(docket.db, report.id, "No font draws it.", at=LATER)
    assert (report.state, report.failure) == ("failed", "No font draws it.")

    editions.retry_report(docket.db, report, by=docket.preparer, at=LATER)

    assert (report.state, report.failure) == ("queued", "")


def test_the_pages_are_stored_once_and_handed_out_as_they_were(docket):
    report = docket.ready("R1")
    kept = report.sha256
    docket.ready("R2")

    handed = b"".join(
        editions.hand_out(docket.db, docket.blobs, report, by=docket.preparer, at=LATER)
    )

    assert handed.startswith(b"%PDF")
    assert editions.begin_rendering(docket.db, report.id) is None
    assert report.sha256 == kept
    actions = list(docket.db.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.seq)))
    assert [word for word in actions if word.startswith("report.")][-1] == "report.download"


def test_a_case_officer_outside_a_case_reports_only_what_is_open_to_them(docket):
    outsider = make_officer(docket.db, Role.CASE_OFFICER)

    report = docket.prepare("R1", by=outsider, cases=visible_to(outsider))

    assert contents_in(report).included == ()
