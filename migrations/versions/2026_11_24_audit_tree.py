"""Add the hash tree of the audit log and its checkpoints.

Revision ID: 7ab16c839ea4
Revises: 6fa05b728d93
Created: 2026-11-24
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "7ab16c839ea4"
down_revision = "6fa05b728d93"
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_checkpoint", "audit_node")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False, comment="8, 16, 24"),
        sa.Column("index", WHOLE, autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(hash) = 32", name=op.f("ck_audit_node_hash_length")),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_audit_node")),
    )
    op.create_table(
        "audit_checkpoint",
        sa.Column(
            "size",
            WHOLE,
            autoincrement=False,
            nullable=False,
            comment="entries that it covers",
        ),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column(
            "note", sa.Text(), nullable=False, comment="the signed note, C2SP tlog-checkpoint"
        ),
        sa.Column(
            "occasion",
            sa.Text(),
            nullable=False,
            comment="the act that called for it, or schedule",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(root) = 32", name=op.f("ck_audit_checkpoint_root_length")),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_audit_checkpoint")),
    )
    sum_up()
    guard()


def sum_up() -> None:
    """Store the nodes over the entries that are there already."""
    bind = op.get_bind()
    node = sa.table("audit_node", sa.column("level"), sa.column("index"), sa.column("hash"))
    row = [found[0] for found in bind.execute(sa.text("SELECT hash FROM audit_entry ORDER BY seq"))]
    level = 8
    while len(row) >= 256:
        row = [_over(row[at : at + 256]) for at in range(0, len(row) - len(row) % 256, 256)]
        bind.execute(
            node.insert(),
            [{"level": level, "index": number, "hash": found} for number, found in enumerate(row)],
        )
        level += 8


def _over(row: list[bytes]) -> bytes:
    while len(row) > 1:
        row = [
            hashlib.sha256(b"\x01" + bytes(row[at]) + bytes(row[at + 1])).digest()
            for at in range(0, len(row), 2)
        ]
    return row[0]


def guard() -> None:
    """Refuse changes to nodes and checkpoints, whatever the application does."""
    for table in APPEND_ONLY:
        if op.get_bind().dialect.name == "postgresql":
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
            continue
        for word in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{word.lower()} BEFORE {word} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def downgrade() -> None:
    op.drop_table("audit_checkpoint")
    op.drop_table("audit_node")
