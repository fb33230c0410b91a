"""Add lists of others, their names by grams, judgements of candidates.

Revision ID: 5e9f4a617c82
Revises: 4d8e3f506b71
Created: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5e9f4a617c82"
down_revision = "4d8e3f506b71"
branch_labels = None
depends_on = None

APPEND_ONLY = ("judgement_confirmation", "screening_judgement", "watchlist_reject")


def upgrade() -> None:
    op.create_table(
        "gram_count",
        sa.Column("gram", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gram", name=op.f("pk_gram_count")),
    )
    op.create_table(
        "name_gram",
        sa.Column("gram", sa.Text(), nullable=False),
        sa.Column(
            "name_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("gram", "name_id", name=op.f("pk_name_gram")),
    )
    op.create_index(op.f("ix_name_gram_name_id"), "name_gram", ["name_id"], unique=False)
    op.create_table(
        "watchlist_entry",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False, comment="the list's own key"),
        sa.Column(
            "first", sa.Integer(), nullable=False, comment="number of the edition that brought it"
        ),
        sa.Column("ended", sa.Integer(), nullable=True, comment="number of the edition without it"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="organization, person, vessel, aircraft, other",
        ),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(),
            nullable=False,
            comment="names, addresses, identifiers, programs, dates, remarks as read",
        ),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_entry")),
        sa.UniqueConstraint(
            "source", "entry_id", "first", name=op.f("uq_watchlist_entry_source_entry_id_first")
        ),
    )
    op.create_index(
        "ix_watchlist_entry_source_ended", "watchlist_entry", ["source", "ended"], unique=False
    )
    op.create_table(
        "watchlist_name",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_pk", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False, comment="primary, strong, weak, former"),
        sa.Column("form", sa.Text(), nullable=False, comment="normalised, legal form taken off"),
        sa.Column(
            "legal_form", sa.Text(), nullable=False, comment="canonical legal form, may be empty"
        ),
        sa.Column("grams", sa.Integer(), nullable=False, comment="number of its grams"),
        sa.ForeignKeyConstraint(
            ["entry_pk"],
            ["watchlist_entry.id"],
            name=op.f("fk_watchlist_name_entry_pk_watchlist_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_name")),
    )
    op.create_index(
        op.f("ix_watchlist_name_entry_pk"), "watchlist_name", ["entry_pk"], unique=False
    )
    op.create_table(
        "watchlist_edition",
        sa.Column("source", sa.Text(), nullable=False, comment="ofac-sdn, csl, bis-entity-list, …"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="from 1 within the list, in order of import",
        ),
        sa.Column(
            "label",
            sa.Text(),
            nullable=False,
            comment="the edition's own date or name, else day of import",
        ),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the files in order of name"),
        sa.Column("files", sa.JSON(), nullable=False, comment="name, size, sha256 of each file"),
        sa.Column("state", sa.Text(), nullable=False, comment="importing, complete, failed"),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("names", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("imported_by_id", sa.Uuid(), nullable=True, comment="empty: by the command line"),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by_id"],
            ["officer.id"],
            name=op.f("fk_watchlist_edition_imported_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_edition")),
        sa.UniqueConstraint("source", "number", name=op.f("uq_watchlist_edition_source_number")),
        sa.UniqueConstraint("source", "sha256", name=op.f("uq_watchlist_edition_source_sha256")),
    )
    op.create_table(
        "screening_hit",
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("matched_name", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False, comment="thousandths, 0 to 1000"),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column(
            "basis_sha256",
            sa.Text(),
            nullable=False,
            comment="of the entity's names and facts and of the entry's content: what was compared",
        ),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "settled_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="judged, or fallen away",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_screening_hit_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_hit")),
        sa.UniqueConstraint(
            "entity_id",
            "source",
            "entry_id",
            "basis_sha256",
            name=op.f("uq_screening_hit_entity_id_source_entry_id_basis_sha256"),
        ),
    )
    op.create_index(
        op.f("ix_screening_hit_entity_id"), "screening_hit", ["entity_id"], unique=False
    )
    op.create_index(
        "ix_screening_hit_open", "screening_hit", ["settled_at", "raised_at"], unique=False
    )
    op.create_table(
        "screening_judgement",
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("basis_sha256", sa.Text(), nullable=False, comment="what the person was shown"),
        sa.Column("verdict", sa.Text(), nullable=False, comment="match, no_match, unsure"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_screening_judgement_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_screening_judgement_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_screening_judgement_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_judgement")),
        sa.UniqueConstraint(
            "id", "by_person_id", name=op.f("uq_screening_judgement_id_by_person_id")
        ),
    )
    op.create_index(
        op.f("ix_screening_judgement_entity_id"), "screening_judgement", ["entity_id"], unique=False
    )
    op.create_table(
        "watchlist_reject",
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column(
            "row",
            sa.Integer(),
            nullable=False,
            comment="from 1, as a reader counts lines or records",
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "raw", sa.Text(), nullable=False, comment="the row as read, at most 2,000 characters"
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["watchlist_edition.id"],
            name=op.f("fk_watchlist_reject_edition_id_watchlist_edition"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_reject")),
    )
    op.create_index(
        op.f("ix_watchlist_reject_edition_id"), "watchlist_reject", ["edition_id"], unique=False
    )
    op.create_table(
        "judgement_confirmation",
        sa.Column("judgement_id", sa.Uuid(), nullable=False),
        sa.Column("author_person_id", sa.Uuid(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "by_person_id <> author_person_id", name=op.f("ck_judgement_confirmation_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_judgement_confirmation_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_judgement_confirmation_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["judgement_id", "author_person_id"],
            ["screening_judgement.id", "screening_judgement.by_person_id"],
            name="fk_judgement_confirmation_author",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_confirmation")),
        sa.UniqueConstraint("judgement_id", name=op.f("uq_judgement_confirmation_judgement_id")),
    )
    guard()


def guard() -> None:
    """Refuse changes to what was judged and to what was set aside, whatever the application does."""
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
    op.drop_table("judgement_confirmation")
    op.drop_table("watchlist_reject")
    op.drop_table("screening_judgement")
    op.drop_table("screening_hit")
    op.drop_table("watchlist_edition")
    op.drop_table("watchlist_name")
    op.drop_table("watchlist_entry")
    op.drop_table("name_gram")
    op.drop_table("gram_count")
