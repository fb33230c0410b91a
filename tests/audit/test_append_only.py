"""The schema refuses to change what was recorded, whatever the application would do."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from casework import audit
from casework.audit.verification import verify
from models import AuditHead, Comment, Recusal, StageChange
from tests.factories import AT, make_case, make_officer

ON_BOTH = [
    "UPDATE audit_entry SET action = 'nothing.happened' WHERE seq = 0",
    "DELETE FROM audit_entry WHERE seq = 1",
    "UPDATE audit_detail SET salt = '' WHERE seq = 0",
    "DELETE FROM audit_detail WHERE seq = 1",
    """INSERT INTO audit_entry (seq, leaf, hash, at, action, object)
    SELECT 0, 'forged', hash, at, 'forged', object FROM audit_entry WHERE seq = 1
    ON CONFLICT (seq) DO UPDATE SET leaf = excluded.leaf""",
]
ON_SQLITE = [
    """INSERT OR REPLACE INTO audit_entry (seq, leaf, hash, at, action, object)
    SELECT 0, 'forged', zeroblob(32), at, 'forged', object FROM audit_entry WHERE seq = 1""",
    "REPLACE INTO audit_detail (seq, salt, detail) VALUES (0, '', '{}')",
]
ON_POSTGRESQL = [
    "TRUNCATE audit_detail",
    "TRUNCATE audit_entry CASCADE",
]


@pytest.fixture
def log(db):
    for number in range(3):
        audit.record(db, None, "drill", f"log:{number}", at=AT)
    db.commit()
    return db


def refuses(session: Session, statement: str) -> bool:
    try:
        with session.begin_nested():
            session.execute(sa.text(statement))
    except DBAPIError:
        return True
    return False


@pytest.mark.parametrize("statement", ON_BOTH)
def test_the_log_cannot_be_rewritten(log, statement):
    assert refuses(log, statement)
    assert verify(log).ok


@pytest.mark.parametrize("number", range(2))
def test_the_log_cannot_be_rewritten_by_what_this_database_alone_offers(log, number):
    own = ON_SQLITE if log.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL

    assert refuses(log, own[number])
    assert verify(log).ok


def test_a_session_that_replays_as_a_replica_meets_the_same_refusal(log):
    if log.get_bind().dialect.name == "sqlite":
        pytest.skip("SQLite has no replica role")
    log.execute(sa.text("SET LOCAL session_replication_role = replica"))

    assert refuses(log, ON_BOTH[0])


def test_a_second_head_is_refused(log):
    log.add(AuditHead(id=2, size=0, last_hash=bytes(32)))

    with pytest.raises(IntegrityError):
        log.flush()


@pytest.mark.parametrize("kind", [StageChange, Comment])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET at = at", "DELETE FROM {table}"])
def test_an_act_in_a_case_cannot_be_changed_or_removed(db, kind, statement):
    officer = make_officer(db, "case_officer")
    case = make_case(db, officer)
    act = {"case_id": case.id, "by_id": officer.id, "by_person_id": officer.person_id, "at": AT}
    words = (
        {"text": "noted"}
        if kind is Comment
        else {"from_stage": "a", "to_stage": "b", "decision": "", "reason": ""}
    )
    db.add(kind(**act, **words))
    db.commit()

    assert refuses(db, statement.format(table=kind.__tablename__))


def test_a_recused_person_cannot_act_even_past_the_application(db):
    lead, recused = make_officer(db, "case_officer"), make_officer(db, "analyst")
    case = make_case(db, lead, members=[recused])
    db.add(
        Recusal(
            case_id=case.id,
            person_id=recused.person_id,
            reason="worked for the owner",
            declared_by_id=recused.id,
            declared_at=AT,
        )
    )
    db.commit()
    db.add(
        Comment(
            case_id=case.id,
            by_id=recused.id,
            by_person_id=recused.person_id,
            at=AT,
            text="a word too many",
        )
    )

    with pytest.raises(DBAPIError, match="recused"):
        db.flush()


def test_an_act_cannot_be_put_down_to_another_person_than_the_one_behind_the_account(db):
    officer, other = make_officer(db, "case_officer"), make_officer(db, "analyst")
    case = make_case(db, officer)
    db.add(
        Comment(
            case_id=case.id,
            by_id=officer.id,
            by_person_id=other.person_id,
            at=AT,
            text="under a false name",
        )
    )

    with pytest.raises(DBAPIError, match="not the one behind the account"):
        db.flush()


def test_two_entries_cannot_share_a_number(log):
    log.execute(sa.update(AuditHead).values(size=2))

    with pytest.raises(DBAPIError):
        audit.record(log, None, "drill", "log:2", at=AT)
