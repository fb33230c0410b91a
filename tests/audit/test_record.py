from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
import rfc8785
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casework import audit
from casework.audit import Origin, verification
from casework.audit.verification import Verification, verify
from models import AuditDetail, AuditEntry
from tests.factories import AT, make_case, make_officer

# JSON as RFC 8785 writes it: whole numbers of a double's exact range, text without surrogates.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
)
DETAILS = st.dictionaries(
    st.from_regex(r"[a-z_]{1,12}", fullmatch=True).map(lambda name: f"d_{name}"),
    SCALARS | st.lists(SCALARS, max_size=4),
    max_size=5,
)


def entries(db):
    return list(db.scalars(sa.select(AuditEntry).order_by(AuditEntry.seq)))


def test_an_empty_log_holds(db):
    assert verify(db) == Verification(0, sha256(b"").hexdigest(), audit.GENESIS.hex())


def test_an_entry_names_who_did_what_to_what_and_when(db):
    officer = make_officer(db, "analyst")
    case = make_case(db, officer)

    audit.record(db, officer, "finding.write", "finding:1", at=AT, case=case, element="model")

    entry = entries(db)[-1]
    leaf = json.loads(entry.leaf)
    assert (entry.actor_id, entry.action, entry.object) == (
        officer.id,
        "finding.write",
        "finding:1",
    )
    assert (entry.at, entry.case_id) == (AT, case.id)
    assert leaf["person"] == str(officer.person_id)
    assert leaf["at"] == "2026-11-24T15:00:00.000000+00:00"


def test_an_entry_carries_the_origin_of_the_request(db):
    db.info["origin"] = Origin(session="ab" * 8, address="192.0.2.7")

    audit.record(db, None, "sign_in.fail", "sign-in", at=AT)

    leaf = json.loads(entries(db)[-1].leaf)
    assert (leaf["session"], leaf["address"]) == ("ab" * 8, "192.0.2.7")


def test_entries_are_numbered_from_zero_and_each_carries_the_hash_of_the_one_before(db):
    for number in range(4):
        audit.record(db, None, "drill", f"log:{number}", at=AT)

    found = entries(db)
    assert [entry.seq for entry in found] == [0, 1, 2, 3]
    assert json.loads(found[0].leaf)["prev"] == bytes(32).hex()
    for before, after in pairwise(found):
        assert json.loads(after.leaf)["prev"] == before.hash.hex()


def test_an_outsider_can_compute_every_hash_from_the_published_rules(db):
    audit.record(db, None, "drill", "log:drill", at=AT, words="as typed", count=3)

    entry, detail = (
        db.scalars(sa.select(AuditEntry)).one(),
        db.scalars(sa.select(AuditDetail)).one(),
    )
    leaf = json.loads(entry.leaf)
    assert rfc8785.dumps(leaf).decode() == entry.leaf
    assert sha256(b"\x00" + entry.leaf.encode()).digest() == entry.hash
    committed = detail.salt.encode() + rfc8785.dumps(detail.detail)
    assert sha256(committed).hexdigest() == leaf["detail"]


def test_the_same_detail_twice_has_two_hashes_so_that_nobody_can_guess_it_from_the_leaf(db):
    for _ in range(2):
        audit.record(db, None, "drill", "log:drill", at=AT, answer="yes")

    first, second = (json.loads(entry.leaf)["detail"] for entry in entries(db))
    assert first != second


def test_a_number_that_json_does_not_know_is_refused(db):
    with pytest.raises(rfc8785.FloatDomainError):
        audit.record(db, None, "drill", "log:drill", at=AT, share=float("nan"))


def test_a_log_longer_than_one_batch_is_walked_to_its_end(db, monkeypatch):
    monkeypatch.setattr(verification, "_BATCH", 3)
    for number in range(8):
        audit.record(db, None, "drill", f"log:{number}", at=AT + timedelta(seconds=number))

    found = verify(db)
    assert (found.size, found.last_hash, found.ok) == (8, entries(db)[-1].hash.hex(), True)


@given(details=DETAILS, subject=st.from_regex(r"[a-z]{1,8}:[A-Za-z0-9-]{1,20}", fullmatch=True))
@hypothesis_settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_recorded_is_read_back_and_verifies(db, details, subject):
    audit.record(db, None, "drill", subject, at=AT, **details)

    assert verify(db).ok
    assert entries(db)[-1].object == subject
    newest = db.scalars(sa.select(AuditDetail).order_by(AuditDetail.seq.desc())).first()
    assert newest is not None
    assert newest.detail == details
