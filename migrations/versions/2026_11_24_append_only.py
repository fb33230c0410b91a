"""Make the log and the acts of a case append-only, and keep recused persons out.

Triggers hold whatever the application does. On PostgreSQL they are ENABLE ALWAYS, so that a
replica session does not pass them either.

Revision ID: 2a6c1f0e9b41
Revises: 1d5b0a7c3e20
Created: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2a6c1f0e9b41"
down_revision = "1d5b0a7c3e20"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "audit_entry",
    "audit_detail",
    "stage_change",
    "stage_record",
    "comment",
    "finding",
    "finding_citation",
    "finding_review",
    "purpose_statement",
    "response_window",
    "position_request",
    "agency_position",
    "recommendation",
    "consideration",
    "recommendation_decision",
    "determination",
    "custody_event",
    "incident_revision",
    "act_event",
    "attached_text",
    "provision_text",
    "recusal",
)
ACTS = (
    "stage_change",
    "stage_record",
    "comment",
    "finding",
    "finding_review",
    "purpose_statement",
    "response_window",
    "position_request",
    "agency_position",
    "recommendation",
    "recommendation_decision",
    "determination",
)
RECUSED = "a recused person may not act in this case"
ISSUED = "an issued packet does not change"
NO_MEMBER = "a recused person may not be a member of this case"
SAME_PERSON = (
    "SELECT 1 FROM recusal JOIN officer ON officer.person_id = recusal.person_id "
    "WHERE recusal.case_id = NEW.case_id AND officer.id = NEW.officer_id"
)


def upgrade() -> None:
    # After a downgrade the log is there already: its head goes on from the last entry.
    op.execute(
        sa.text(
            "INSERT INTO audit_head (id, size, last_hash) SELECT 1, count(*), "
            "coalesce((SELECT hash FROM audit_entry ORDER BY seq DESC LIMIT 1), :zero) "
            "FROM audit_entry"
        ).bindparams(sa.bindparam("zero", bytes(32), type_=sa.LargeBinary))
    )
    if op.get_bind().dialect.name == "postgresql":
        upgrade_postgresql()
    else:
        upgrade_sqlite()


def upgrade_sqlite() -> None:
    for table in APPEND_ONLY:
        for word in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{word.lower()} BEFORE {word} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    # INSERT OR REPLACE deletes without asking the delete trigger unless recursive triggers are on.
    op.execute(
        "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry "
        "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq) "
        "BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END"
    )
    for table in ACTS:
        op.execute(
            f"CREATE TRIGGER {table}_recusal BEFORE INSERT ON {table} WHEN EXISTS "
            "(SELECT 1 FROM recusal WHERE case_id = NEW.case_id AND person_id = NEW.by_person_id) "
            f"BEGIN SELECT RAISE(ABORT, '{RECUSED}'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_person BEFORE INSERT ON {table} WHEN NOT EXISTS "
            "(SELECT 1 FROM officer WHERE id = NEW.by_id AND person_id = NEW.by_person_id) "
            "BEGIN SELECT RAISE(ABORT, 'the person is not the one behind the account'); END"
        )
    for word in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER packet_issued_no_{word.lower()} BEFORE {word} ON packet "
            f"WHEN OLD.state = 'issued' BEGIN SELECT RAISE(ABORT, '{ISSUED}'); END"
        )
    op.execute(
        "CREATE TRIGGER case_member_recusal BEFORE INSERT ON case_member "
        f"WHEN EXISTS ({SAME_PERSON}) BEGIN SELECT RAISE(ABORT, '{NO_MEMBER}'); END"
    )


def upgrade_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION deny_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        "CREATE FUNCTION deny_recused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM recusal WHERE case_id = NEW.case_id "
        "AND person_id = NEW.by_person_id) THEN "
        f"RAISE EXCEPTION '{RECUSED}'; END IF; "
        "IF NOT EXISTS (SELECT 1 FROM officer WHERE id = NEW.by_id "
        "AND person_id = NEW.by_person_id) THEN "
        "RAISE EXCEPTION 'the person is not the one behind the account'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION deny_recused_member() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF EXISTS ({SAME_PERSON}) THEN RAISE EXCEPTION '{NO_MEMBER}'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION deny_issued() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{ISSUED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER packet_issued BEFORE UPDATE OR DELETE ON packet FOR EACH ROW "
        "WHEN (OLD.state = 'issued') EXECUTE FUNCTION deny_issued()"
    )
    op.execute("ALTER TABLE packet ENABLE ALWAYS TRIGGER packet_issued")
    op.execute(
        "CREATE TRIGGER case_member_recusal BEFORE INSERT ON case_member "
        "FOR EACH ROW EXECUTE FUNCTION deny_recused_member()"
    )
    op.execute("ALTER TABLE case_member ENABLE ALWAYS TRIGGER case_member_recusal")
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION deny_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION deny_change()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change")
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate")
    for table in ACTS:
        op.execute(
            f"CREATE TRIGGER {table}_recusal BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION deny_recused()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_recusal")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        for table in ACTS:
            op.execute(f"DROP TRIGGER {table}_recusal ON {table}")
        op.execute("DROP TRIGGER case_member_recusal ON case_member")
        op.execute("DROP FUNCTION deny_recused_member()")
        op.execute("DROP TRIGGER packet_issued ON packet")
        op.execute("DROP FUNCTION deny_issued()")
        op.execute("DROP FUNCTION deny_change()")
        op.execute("DROP FUNCTION deny_recused()")
    else:
        op.execute("DROP TRIGGER audit_entry_no_replace")
        op.execute("DROP TRIGGER case_member_recusal")
        op.execute("DROP TRIGGER packet_issued_no_update")
        op.execute("DROP TRIGGER packet_issued_no_delete")
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
        for table in ACTS:
            op.execute(f"DROP TRIGGER {table}_recusal")
            op.execute(f"DROP TRIGGER {table}_person")
    op.execute("DELETE FROM audit_head")
