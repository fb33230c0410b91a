"""Add uploads in pieces, usage logs, analyses, scans, scrubs, merges of entities.

Revision ID: 6fa05b728d93
Revises: 5e9f4a617c82
Created: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "6fa05b728d93"
down_revision = "5e9f4a617c82"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scrub_round",
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached", sa.Uuid(), nullable=True, comment="key of the exhibit read last"),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False, comment="altered or missing"),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True, comment="empty: by schedule"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["officer.id"],
            name=op.f("fk_scrub_round_asked_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrub_round")),
    )
    op.create_index(op.f("ix_scrub_round_started_at"), "scrub_round", ["started_at"], unique=False)

    op.create_table(
        "entity_merge",
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "in_effect_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="null: waits for a second person",
        ),
        sa.Column("seconded_by_id", sa.Uuid(), nullable=True),
        sa.Column("seconded_by_person_id", sa.Uuid(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Uuid(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL) AND (undone_at IS NULL) = (undone_reason IS NULL)",
            name=op.f("ck_entity_merge_undone_whole"),
        ),
        sa.CheckConstraint(
            "(seconded_by_id IS NULL) = (seconded_by_person_id IS NULL) AND (seconded_by_id IS NULL OR in_effect_at IS NOT NULL)",
            name=op.f("ck_entity_merge_seconded_whole"),
        ),
        sa.CheckConstraint(
            "seconded_by_person_id IS NULL OR seconded_by_person_id <> by_person_id",
            name=op.f("ck_entity_merge_four_eyes"),
        ),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_entity_merge_two_entities")),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_entity_merge_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_entity_merge_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"],
            ["entity.id"],
            name=op.f("fk_entity_merge_kept_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["merged_id"],
            ["entity.id"],
            name=op.f("fk_entity_merge_merged_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["seconded_by_id"],
            ["officer.id"],
            name=op.f("fk_entity_merge_seconded_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["seconded_by_person_id"],
            ["person.id"],
            name=op.f("fk_entity_merge_seconded_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"],
            ["officer.id"],
            name=op.f("fk_entity_merge_undone_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_merge")),
    )
    op.create_index(op.f("ix_entity_merge_kept_id"), "entity_merge", ["kept_id"], unique=False)
    op.create_index(
        "uq_entity_merge_standing",
        "entity_merge",
        ["merged_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )

    op.create_table(
        "usage_log",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 1 within the case"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False, comment="the model owner whose log it is"),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("window_to", sa.DateTime(timezone=True), nullable=True, comment="exclusive"),
        sa.Column(
            "sampling",
            sa.Text(),
            nullable=False,
            comment="the owner's words: all rows, or which filter",
        ),
        sa.Column(
            "mapping",
            sa.JSON(),
            nullable=False,
            comment="columns (ours to theirs), capabilities, zone and unit of their times",
        ),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="mapping, queued, taking_in, ready, failed, cancelled",
        ),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("rows", sa.BigInteger(), nullable=False, comment="accepted and set aside"),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("rejected", sa.BigInteger(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column(
            "minimised",
            sa.JSON(),
            nullable=False,
            comment="what was done to identifiers, by column",
        ),
        sa.Column(
            "epoch",
            sa.Text(),
            nullable=True,
            comment="which programme key made the tokens of the rows",
        ),
        sa.Column("canonical", sa.JSON(), nullable=False),
        sa.Column(
            "canonical_sha256", sa.Text(), nullable=True, comment="of the parts' hashes in order"
        ),
        sa.Column("rejected_key", sa.Text(), nullable=True, comment="blob of rejected.csv"),
        sa.Column("rejected_sha256", sa.Text(), nullable=True),
        sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_usage_log_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["officer.id"],
            name=op.f("fk_usage_log_created_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_usage_log_job_id_job"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_log")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_usage_log_case_id_number")),
    )
    op.create_table(
        "analysis_run",
        sa.Column("log_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 1 within the log"),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column(
            "markers", sa.JSON(), nullable=False, comment="releases and rival events, sourced"
        ),
        sa.Column(
            "public_prompts",
            sa.JSON(),
            nullable=False,
            comment="template hashes known to be public",
        ),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="queued, running, done, failed, cancelled"
        ),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("engine", sa.Text(), nullable=False, comment="name and release of the engine"),
        sa.Column(
            "versions",
            sa.JSON(),
            nullable=False,
            comment="of the code and of every library that computes",
        ),
        sa.Column("input_sha256", sa.Text(), nullable=True),
        sa.Column("hashes", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("exhibit_id", sa.Uuid(), nullable=True),
        sa.Column(
            "repeats_id",
            sa.Uuid(),
            nullable=True,
            comment="the run whose parameters this one repeats",
        ),
        sa.Column(
            "agrees", sa.Boolean(), nullable=True, comment="whether the hashes equal that run's"
        ),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["officer.id"],
            name=op.f("fk_analysis_run_asked_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_analysis_run_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_analysis_run_job_id_job"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["log_id"],
            ["usage_log.id"],
            name=op.f("fk_analysis_run_log_id_usage_log"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["repeats_id"],
            ["analysis_run.id"],
            name=op.f("fk_analysis_run_repeats_id_analysis_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_run")),
        sa.UniqueConstraint("log_id", "number", name=op.f("uq_analysis_run_log_id_number")),
    )
    op.create_table(
        "exhibit_scan",
        sa.Column("exhibit_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False, comment="clean, infected, failed"),
        sa.Column(
            "engine",
            sa.Text(),
            nullable=False,
            comment="scanner and its signatures, as it names itself",
        ),
        sa.Column(
            "detail",
            sa.Text(),
            nullable=False,
            comment="name of what was found, or why the scan failed",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_exhibit_scan_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit_scan")),
    )
    op.create_index(
        op.f("ix_exhibit_scan_exhibit_id"), "exhibit_scan", ["exhibit_id"], unique=False
    )

    op.create_table(
        "upload",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "file_name", sa.Text(), nullable=False, comment="as sent; shown, never used as a path"
        ),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="bytes, as announced"),
        sa.Column(
            "piece_size", sa.Integer(), nullable=False, comment="bytes of every piece but the last"
        ),
        sa.Column(
            "sha256_told",
            sa.Text(),
            nullable=False,
            comment="hex, as the sender gave it; may be empty",
        ),
        sa.Column("described", sa.JSON(), nullable=False, comment="the description of the exhibit"),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="open, joining, received, cancelled, refused",
        ),
        sa.Column("failure", sa.Text(), nullable=False, comment="why it was refused"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "touched_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the last piece came",
        ),
        sa.Column("exhibit_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_upload_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_upload_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_upload_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_case_id"), "upload", ["case_id"], unique=False)
    op.create_index("ix_upload_state_touched_at", "upload", ["state", "touched_at"], unique=False)

    op.create_table(
        "usage_log_file",
        sa.Column("log_id", sa.Uuid(), nullable=False),
        sa.Column("exhibit_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_usage_log_file_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["log_id"],
            ["usage_log.id"],
            name=op.f("fk_usage_log_file_log_id_usage_log"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_log_file")),
        sa.UniqueConstraint(
            "log_id", "exhibit_id", name=op.f("uq_usage_log_file_log_id_exhibit_id")
        ),
    )
    op.create_index(
        op.f("ix_usage_log_file_exhibit_id"), "usage_log_file", ["exhibit_id"], unique=False
    )
    op.create_index(op.f("ix_usage_log_file_log_id"), "usage_log_file", ["log_id"], unique=False)

    op.create_table(
        "correlation_tag",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False, comment="folded name of the model owner"),
        sa.Column("kind", sa.Text(), nullable=False, comment="address, payment, template"),
        sa.Column("epoch", sa.Text(), nullable=False, comment="which programme key made it"),
        sa.Column(
            "tag", sa.Text(), nullable=False, comment="first 128 bits of an HMAC-SHA-256, hex"
        ),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("exchanges", sa.BigInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_correlation_tag_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["analysis_run.id"],
            name=op.f("fk_correlation_tag_run_id_analysis_run"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correlation_tag")),
        sa.UniqueConstraint(
            "run_id", "kind", "tag", name=op.f("uq_correlation_tag_run_id_kind_tag")
        ),
    )
    op.create_index(
        op.f("ix_correlation_tag_case_id"), "correlation_tag", ["case_id"], unique=False
    )
    op.create_index(
        "ix_correlation_tag_epoch_kind_tag",
        "correlation_tag",
        ["epoch", "kind", "tag"],
        unique=False,
    )

    op.create_table(
        "upload_piece",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="from 0"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("blob_key", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["upload.id"],
            name=op.f("fk_upload_piece_upload_id_upload"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_piece")),
        sa.UniqueConstraint("upload_id", "number", name=op.f("uq_upload_piece_upload_id_number")),
    )
    op.add_column(
        "job",
        sa.Column(
            "cancel_asked_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when somebody asked a running job to stop",
        ),
    )
    guard()
    _comment()


def guard() -> None:
    """Refuse changes to what a scanner said and to an analysis that has ended, whatever the
    application does.
    """
    if op.get_bind().dialect.name == "postgresql":
        for word in ("no_change BEFORE UPDATE OR DELETE", "no_truncate BEFORE TRUNCATE"):
            each = "STATEMENT" if "TRUNCATE" in word else "ROW"
            op.execute(
                f"CREATE TRIGGER exhibit_scan_{word} ON exhibit_scan "
                f"FOR EACH {each} EXECUTE FUNCTION deny_change()"
            )
        op.execute("ALTER TABLE exhibit_scan ENABLE ALWAYS TRIGGER exhibit_scan_no_change")
        op.execute("ALTER TABLE exhibit_scan ENABLE ALWAYS TRIGGER exhibit_scan_no_truncate")
        op.execute(
            "CREATE TRIGGER analysis_run_ended BEFORE UPDATE OR DELETE ON analysis_run "
            "FOR EACH ROW WHEN (OLD.finished_at IS NOT NULL) EXECUTE FUNCTION deny_change()"
        )
        op.execute("ALTER TABLE analysis_run ENABLE ALWAYS TRIGGER analysis_run_ended")
        return
    for word in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER exhibit_scan_no_{word.lower()} BEFORE {word} ON exhibit_scan "
            "BEGIN SELECT RAISE(ABORT, 'exhibit_scan is append-only'); END"
        )
        op.execute(
            f"CREATE TRIGGER analysis_run_ended_{word.lower()} BEFORE {word} ON analysis_run "
            "WHEN OLD.finished_at IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'an analysis that has ended does not change'); END"
        )


COMMENTS = (
    ("exhibit", "malware", "unscanned, pending, clean, infected, not_applicable"),
    ("job", "state", "queued, running, done, failed, cancelled"),
    (
        "custody_event",
        "kind",
        "received, viewed, downloaded, transferred, rehashed, embedded, scanned, released, disposed",
    ),
)


def _comment() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table, column, words in COMMENTS:
            op.execute(f"COMMENT ON COLUMN {table}.{column} IS '{words}'")


def downgrade() -> None:
    op.drop_column("job", "cancel_asked_at")
    for table in (
        "upload_piece",
        "correlation_tag",
        "usage_log_file",
        "upload",
        "exhibit_scan",
        "analysis_run",
        "usage_log",
        "entity_merge",
        "scrub_round",
    ):
        op.drop_table(table)
