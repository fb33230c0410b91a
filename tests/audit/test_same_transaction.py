"""No change without its entry, no entry without its change (AU-a)."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework import audit
from casework.audit.verification import verify
from casework.errors import InvalidValue
from casework.legislation.actions import record_event
from models import ActEvent, AuditDetail, AuditEntry, AuditHead
from tests.factories import AT, TEXT_VERSION, make_officer


def count(db, table):
    return db.scalar(sa.select(sa.func.count()).select_from(table))


def record_enactment(db, officer, kind="enactment"):
    record_event(
        db, text_version=TEXT_VERSION, kind=kind, happened_on=AT.date(), note="", by=officer, at=AT
    )


def test_an_action_that_fails_leaves_no_entry(db):
    officer = make_officer(db, "signing_official")
    db.commit()

    with pytest.raises(InvalidValue), db.begin_nested():
        record_enactment(db, officer, kind="no-such-event")

    assert count(db, AuditEntry) == 0


def test_what_is_undone_after_the_action_takes_the_entry_with_it(db):
    officer = make_officer(db, "signing_official")
    db.commit()

    record_enactment(db, officer)
    db.rollback()

    assert (count(db, ActEvent), count(db, AuditEntry)) == (0, 0)
    assert db.scalars(sa.select(AuditHead)).one().size == 0
    assert verify(db).ok


@pytest.mark.parametrize("table", [AuditEntry, AuditDetail])
def test_an_entry_that_cannot_be_written_undoes_the_action(db, table):
    officer = make_officer(db, "signing_official")
    db.commit()
    refuse_inserts(db, table.__tablename__)

    with pytest.raises(DBAPIError), db.begin_nested():
        record_enactment(db, officer)

    assert (count(db, ActEvent), count(db, AuditEntry)) == (0, 0)


def test_a_request_whose_entry_cannot_be_written_changes_nothing(db, sign_in):
    client = sign_in(make_officer(db, "signing_official"))
    refuse_inserts(db, "audit_entry")
    db.commit()

    answer = client.post_form(
        f"/statute/{TEXT_VERSION}/clocks",
        {"kind": "enactment", "happened_on": "2027-01-04", "note": "signed"},
    )

    assert answer.status_code in {409, 503}
    assert count(db, ActEvent) == 0


def refuse_inserts(db, table):
    if db.get_bind().dialect.name == "sqlite":
        db.execute(
            sa.text(
                f"CREATE TRIGGER fault BEFORE INSERT ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'no room'); END"
            )
        )
        return
    db.execute(
        sa.text(
            "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'no room'; END $$"
        )
    )
    db.execute(sa.text(f"CREATE TRIGGER fault BEFORE INSERT ON {table} EXECUTE FUNCTION fault()"))


def test_the_command_tells_a_sound_log_from_a_broken_one(db, app):
    runner = app.test_cli_runner()
    audit.record(db, None, "drill", "log:drill", at=AT)
    db.commit()

    sound = runner.invoke(args=["audit", "verify", "--json"])
    db.execute(sa.update(AuditHead).values(size=7))
    db.commit()
    broken = runner.invoke(args=["audit", "verify", "--json"])

    assert (sound.exit_code, broken.exit_code) == (0, 1)
    root = db.scalar(sa.select(AuditHead.last_hash)).hex()
    assert json.loads(sound.output) == {"ok": True, "size": 1, "root": root, "first_bad": None}
    told = json.loads(broken.output)
    assert (told["ok"], told["first_bad"]) == (False, 1)
    assert told["reason"] == "the head does not point at the last entry"


def test_the_page_says_whether_the_log_holds(db, sign_in):
    client = sign_in(make_officer(db, "auditor"))
    audit.record(db, None, "drill", "log:drill", at=AT)

    sound = client.post_form("/audit/verify", follow_redirects=True)
    db.execute(sa.update(AuditHead).values(size=9))
    broken = client.post_form("/audit/verify", follow_redirects=True)

    assert "All 1 entries hold" in sound.text
    assert "Entry 1 does not hold" in broken.text
