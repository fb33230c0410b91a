"""Somebody with the database in hand drops the triggers and rewrites; verification says where."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework import audit
from casework.audit.verification import verify
from tests.factories import AT, make_officer

CHANGES = {
    "the words of one entry": (
        "UPDATE audit_entry SET leaf = replace(leaf, 'log:2', 'log:9') WHERE seq = 2",
        2,
        "the hash is not that of the entry",
    ),
    "one entry in the middle deleted": (
        "DELETE FROM audit_detail WHERE seq = 2; DELETE FROM audit_entry WHERE seq = 2",
        2,
        "entry 2 is missing",
    ),
    "the first entry deleted": (
        "DELETE FROM audit_detail WHERE seq = 0; DELETE FROM audit_entry WHERE seq = 0",
        0,
        "entry 0 is missing",
    ),
    "the last entry deleted": (
        "DELETE FROM audit_detail WHERE seq = 4; DELETE FROM audit_entry WHERE seq = 4",
        4,
        "the head does not point at the last entry",
    ),
    "two entries swapped": (
        """UPDATE audit_detail SET seq = 99 WHERE seq = 1;
        UPDATE audit_entry SET seq = 99 WHERE seq = 1;
        UPDATE audit_entry SET seq = 1 WHERE seq = 2;
        UPDATE audit_entry SET seq = 2 WHERE seq = 99""",
        1,
        "the entry does not follow the one before it",
    ),
    "the text of a detail": (
        "UPDATE audit_detail SET detail = '{\"number\": 7}' WHERE seq = 3",
        3,
        "the detail is not the one that was recorded",
    ),
    "the salt of a detail": (
        "UPDATE audit_detail SET salt = 'ffff' WHERE seq = 3",
        3,
        "the detail is not the one that was recorded",
    ),
    "a detail removed": (
        "DELETE FROM audit_detail WHERE seq = 1",
        1,
        "the detail is not the one that was recorded",
    ),
    "a column that queries read": (
        "UPDATE audit_entry SET object = 'log:other' WHERE seq = 1",
        1,
        "the columns for queries differ from the entry",
    ),
    "the actor that queries read": (
        "UPDATE audit_entry SET actor_id = NULL WHERE seq = 1",
        1,
        "the columns for queries differ from the entry",
    ),
    "the head moved back": (
        "UPDATE audit_head SET size = 4",
        5,
        "the head does not point at the last entry",
    ),
    "the head removed": (
        "DELETE FROM audit_head",
        5,
        "the head does not point at the last entry",
    ),
}


def disarm(session: Session) -> None:
    """What a database owner could do: the triggers and the foreign keys are put out of force."""
    if session.get_bind().dialect.name == "sqlite":
        names = session.scalars(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE :like"),
            {"like": "%ON audit_%"},
        ).all()
        for name in names:
            session.execute(sa.text(f"DROP TRIGGER {name}"))
        session.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
        return
    session.execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
    session.execute(sa.text("ALTER TABLE audit_detail DISABLE TRIGGER ALL"))


@pytest.fixture
def log(db):
    officer = make_officer(db, "auditor")
    for number in range(5):
        audit.record(db, officer, "drill", f"log:{number}", at=AT, number=number)
    db.commit()
    disarm(db)
    return db


def run(session: Session, statements: str) -> None:
    for statement in statements.split(";"):
        session.execute(sa.text(statement.replace(":", r"\:")))
    session.expire_all()


@pytest.mark.parametrize("name", CHANGES)
def test_verification_names_the_first_entry_that_does_not_hold(log, name):
    statements, first_bad, reason = CHANGES[name]
    assert verify(log).ok

    run(log, statements)

    found = verify(log)
    assert (found.ok, found.first_bad, found.reason) == (False, first_bad, reason)


def test_an_entry_rewritten_with_its_own_hash_breaks_the_next_one(log):
    leaf = json.loads(log.scalar(sa.text("SELECT leaf FROM audit_entry WHERE seq = 2")))
    leaf["action"] = "something.else"
    text = json.dumps(leaf, separators=(",", ":"), sort_keys=True)
    log.execute(
        sa.text(
            "UPDATE audit_entry SET leaf = :leaf, hash = :hash, action = :action WHERE seq = 2"
        ),
        {"leaf": text, "hash": audit.leaf_hash(text.encode()), "action": "something.else"},
    )
    log.expire_all()

    found = verify(log)

    assert (found.first_bad, found.reason) == (3, "the entry does not follow the one before it")


def test_an_entry_that_is_no_longer_json_is_told_and_not_tripped_over(log):
    log.execute(
        sa.text("UPDATE audit_entry SET leaf = :leaf, hash = :hash WHERE seq = 2"),
        {"leaf": "not json", "hash": audit.leaf_hash(b"not json")},
    )
    log.expire_all()

    found = verify(log)

    assert (found.first_bad, found.reason) == (2, "the entry cannot be read")


def test_an_entry_without_its_fields_is_told_and_not_tripped_over(log):
    prev = log.scalar(sa.text("SELECT hash FROM audit_entry WHERE seq = 1"))
    text = json.dumps({"seq": 2, "prev": bytes(prev).hex()})
    log.execute(
        sa.text("UPDATE audit_entry SET leaf = :leaf, hash = :hash WHERE seq = 2"),
        {"leaf": text, "hash": audit.leaf_hash(text.encode())},
    )
    log.expire_all()

    found = verify(log)

    assert (found.first_bad, found.reason) == (2, "the entry cannot be read")
