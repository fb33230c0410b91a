"""Two labs' cases, planted indicators, and who learns that they meet."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from casework.evidence.actions.correlations import keep_tags
from models import (
    AnalysisRun,
    AuditEntry,
    CaseMember,
    CorrelationTag,
    Recusal,
    UsageLog,
    UsageLogFile,
)
from tests.factories import AT, make_case, make_exhibit, make_officer

EPOCH, KEY = "2026H2", bytes([7] * 32)
REPORT = {
    "clusters": [
        {"cluster_id": "C1", "attention": True, "first": "2026-05-01", "last": "2026-05-09"}
    ]
}
PLANTED = {"address": ["ip_aa", "ip_bb"], "payment": ["pay_cc"]}


@pytest.fixture
def analyst(db):
    return make_officer(db, "analyst")


@pytest.fixture
def lab(db, tmp_path):
    """Makes a case of a lab with a tagged analysis of its log."""

    def make(officer, owner, values, *, epoch=EPOCH, **told):
        case = make_case(db, officer, **told)
        exhibit = make_exhibit(db, case, officer)
        log = UsageLog(
            case_id=case.id, number=1, title="May", owner=owner, sampling="All", mapping={},
            state="ready", created_by=officer, created_at=AT, epoch=epoch,
        )  # fmt: skip
        log.files = [UsageLogFile(exhibit_id=exhibit.id, position=0)]
        run = AnalysisRun(
            log=log, number=1, parameters={}, markers={}, public_prompts=[], state="done",
            asked_by=officer, asked_at=AT, finished_at=AT,
        )  # fmt: skip
        db.add_all([log, run])
        db.flush()
        ties = tmp_path / f"{case.reference}.csv"
        rows = [
            f"acc{n},C1,{kind},{value},5,3"
            for kind, held in values.items()
            for value in held
            for n in range(3)
        ]
        ties.write_text("\n".join(["account_id,cluster_id,kind,v,n,members", *rows]) + "\n")
        keep_tags(db, run, REPORT, ties, (EPOCH, KEY), at=AT)
        db.commit()
        return case

    return make


def page(sign_in, officer, case):
    answer = sign_in(officer).get(f"/cases/{case.reference}/evidence/correlations")
    assert answer.status_code == 200
    return answer.text


def test_staff_on_both_cases_learn_that_and_where_two_labs_meet(db, sign_in, lab, analyst):
    own = lab(analyst, "Lantern Models", PLANTED)
    other = lab(analyst, "Orchid Labs", {"address": ["ip_aa"], "payment": ["pay_cc", "pay_dd"]})
    lab(analyst, "Harbor AI", {"address": ["ip_ee"]})

    text = page(sign_in, analyst, own)

    assert other.reference in text
    assert "orchid labs" in text
    assert "harbor ai" not in text
    for value in ("ip_aa", "pay_cc", "pay_dd", "ip_ee"):
        assert value not in text
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "correlation.read")).one()
    assert (entry.actor_id, entry.case_id) == (analyst.id, own.id)


def test_the_database_holds_no_value_and_no_unkeyed_hash(db, lab, analyst):
    lab(analyst, "Lantern Models", PLANTED)

    rows = db.scalars(sa.select(CorrelationTag)).all()

    stored = json.dumps([[row.tag, row.owner, row.kind] for row in rows])
    assert len(rows) == 3
    assert all(value not in stored for held in PLANTED.values() for value in held)


def test_who_is_not_on_the_other_case_learns_nothing_of_it(db, sign_in, lab, analyst):
    outsider = make_officer(db, "analyst")
    own = lab(analyst, "Lantern Models", PLANTED)
    other = lab(outsider, "Orchid Labs", PLANTED)

    text = page(sign_in, analyst, own)

    assert other.reference not in text
    assert "orchid" not in text
    assert "Nothing to compare with yet" in text


def test_who_is_recused_from_the_other_case_learns_nothing_of_it(db, sign_in, lab, analyst):
    own = lab(analyst, "Lantern Models", PLANTED)
    other = lab(analyst, "Orchid Labs", PLANTED)
    db.execute(sa.delete(CaseMember).where(CaseMember.case_id == other.id))
    db.add(
        Recusal(
            case_id=other.id,
            person_id=analyst.person_id,
            reason="Worked there",
            declared_by_id=analyst.id,
            declared_at=AT,
        )
    )
    db.commit()

    assert other.reference not in page(sign_in, analyst, own)


def test_practice_and_real_cases_do_not_meet(sign_in, lab, analyst):
    own = lab(analyst, "Lantern Models", PLANTED)
    other = lab(analyst, "Orchid Labs", PLANTED, training=not own.training)

    assert other.reference not in page(sign_in, analyst, own)


def test_a_log_under_an_earlier_key_is_not_tagged_and_the_page_says_what_to_do(
    app, db, sign_in, lab, analyst
):
    folder = app.extensions["settings"].data_dir / "keys"
    folder.mkdir(exist_ok=True)
    (folder / f"programme-{EPOCH}.key").write_bytes(KEY)
    own = lab(analyst, "Lantern Models", PLANTED, epoch="2025H1")

    text = page(sign_in, analyst, own)

    assert db.scalars(sa.select(CorrelationTag)).all() == []
    assert "earlier programme key (2025H1). Take it in again" in text


@pytest.mark.parametrize("role", ["signing_official", "records_officer", "agency_delegate"])
def test_who_does_not_investigate_is_refused(db, sign_in, lab, analyst, role):
    officer = make_officer(db, role)
    own = lab(analyst, "Lantern Models", PLANTED)
    db.add(CaseMember(case_id=own.id, officer_id=officer.id, added_by_id=analyst.id, added_at=AT))
    db.commit()

    answer = sign_in(officer).get(f"/cases/{own.reference}/evidence/correlations")

    assert answer.status_code in {403, 404}
