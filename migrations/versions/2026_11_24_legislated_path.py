"""Add the tables of the whole legislated path, and the columns that handling needs.

Revision ID: 3c7d2e4f5a60
Revises: 2a6c1f0e9b41
Created: 2026-11-24
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3c7d2e4f5a60"
down_revision = "2a6c1f0e9b41"
branch_labels = None
depends_on = None

# Added in place: rebuilding a table, as batch mode does, would lose its triggers on SQLite.
COLUMNS = (
    (
        "agency_position",
        lambda: sa.Column(
            "draft_sha256",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="of the draft finding it was given on; empty: given before this column",
        ),
    ),
    (
        "exhibit",
        lambda: sa.Column(
            "disposed_at",
            sa.DateTime(timezone=True),
            comment="when the stored file was destroyed under a records schedule",
        ),
    ),
    (
        "marking",
        lambda: sa.Column(
            "cui_specified",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="law sets own controls",
        ),
    ),
    (
        "marking",
        lambda: sa.Column(
            "dissemination",
            sa.JSON(),
            nullable=False,
            server_default="[]",
            comment="vocabulary dissemination: NOFORN, FED ONLY, DL ONLY, …",
        ),
    ),
    (
        "marking",
        lambda: sa.Column(
            "releasable_to",
            sa.JSON(),
            nullable=False,
            server_default="[]",
            comment="ISO 3166-1 alpha-2, with REL TO and DISPLAY ONLY",
        ),
    ),
    (
        "marking",
        lambda: sa.Column(
            "statute",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="law that protects the item",
        ),
    ),
    (
        "marking",
        lambda: sa.Column("personal_data", sa.Boolean(), nullable=False, server_default=sa.false()),
    ),
    ("marking", lambda: sa.Column("expires_on", sa.Date())),
    (
        "officer",
        lambda: sa.Column(
            "affiliation",
            sa.Text(),
            nullable=False,
            server_default="federal_employee",
            comment="federal_employee, federal_contractor, outside",
        ),
    ),
    (
        "officer",
        lambda: sa.Column(
            "nationality",
            sa.Text(),
            nullable=False,
            server_default="US",
            comment="ISO 3166-1 alpha-2",
        ),
    ),
    (
        "recommendation",
        lambda: sa.Column(
            "particulars",
            sa.JSON(),
            nullable=False,
            server_default="{}",
            comment="fields that the pack asks for before this measure",
        ),
    ),
    (
        "recommendation_decision",
        lambda: sa.Column(
            "record",
            sa.JSON(),
            comment="what lay before the decider; empty for decisions older than this column",
        ),
    ),
    ("recommendation_decision", lambda: sa.Column("record_sha256", sa.Text())),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, column())
    # Accounts of owners belong to nobody in the government.
    op.execute(
        "UPDATE officer SET affiliation = 'outside' WHERE organization_id IN "
        "(SELECT id FROM organization WHERE agency IS NULL)"
    )
    op.create_table(
        "calendar_feed",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_calendar_feed_officer_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_calendar_feed_token_sha256")),
    )
    op.create_index(
        op.f("ix_calendar_feed_officer_id"), "calendar_feed", ["officer_id"], unique=False
    )
    op.create_table(
        "annex_pointer",
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("custodian", sa.Text(), nullable=False),
        sa.Column("registry_number", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_annex_pointer_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_annex_pointer_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_annex_pointer_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annex_pointer")),
    )
    op.create_table(
        "carry_over",
        sa.Column("from_version", sa.Text(), nullable=False),
        sa.Column("to_version", sa.Text(), nullable=False),
        sa.Column("from_stage", sa.Text(), nullable=False),
        sa.Column("to_stage", sa.Text(), nullable=False),
        sa.Column(
            "decisions",
            sa.JSON(),
            nullable=False,
            comment="element to what became of its answer and why",
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_carry_over_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_carry_over_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_carry_over_case_id_case"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry_over")),
    )
    op.create_index(op.f("ix_carry_over_case_id"), "carry_over", ["case_id"], unique=False)
    op.create_table(
        "disposition",
        sa.Column("authority", sa.Text(), nullable=False, comment="item of the records schedule"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False, comment="exhibits: number, title, sha256"),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_disposition_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_disposition_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_disposition_case_id_case"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
        sa.UniqueConstraint(
            "id",
            "by_person_id",
            "content_sha256",
            name=op.f("uq_disposition_id_by_person_id_content_sha256"),
        ),
    )
    op.create_index(op.f("ix_disposition_case_id"), "disposition", ["case_id"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column(
            "authority", sa.Text(), nullable=False, comment="court, docket number, counsel's notice"
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_legal_hold_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_legal_hold_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_legal_hold_case_id_case"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_case_id"), "legal_hold", ["case_id"], unique=False)
    op.create_table(
        "measure_hold",
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Uuid(), nullable=True),
        sa.Column("authority", sa.Text(), nullable=False, comment="who may order it, and by what"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_measure_hold_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_measure_hold_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_measure_hold_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_measure_hold_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_hold")),
    )
    op.create_index(op.f("ix_measure_hold_case_id"), "measure_hold", ["case_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="id of a report of the pack"),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="edition, from 1 within the kind; training editions are counted apart",
        ),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state", sa.Text(), nullable=False, comment="queued, rendering, failed, ready, approved"
        ),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("contents_sha256", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=False),
        sa.Column("prepared_by_person_id", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by_person_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("blob_key", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)",
            name=op.f("ck_report_approved_has_a_time"),
        ),
        sa.CheckConstraint(
            "(state IN ('queued', 'rendering', 'failed')) = (sha256 IS NULL)",
            name=op.f("ck_report_bytes_once_ready"),
        ),
        sa.CheckConstraint(
            "approved_by_person_id IS NULL OR approved_by_person_id <> prepared_by_person_id",
            name=op.f("ck_report_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["officer.id"],
            name=op.f("fk_report_approved_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_person_id"],
            ["person.id"],
            name=op.f("fk_report_approved_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_report_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"],
            ["officer.id"],
            name=op.f("fk_report_prepared_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_person_id"],
            ["person.id"],
            name=op.f("fk_report_prepared_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "id",
            "prepared_by_person_id",
            "contents_sha256",
            name=op.f("uq_report_id_prepared_by_person_id_contents_sha256"),
        ),
        sa.UniqueConstraint(
            "kind", "training", "number", name=op.f("uq_report_kind_training_number")
        ),
    )
    op.create_index(op.f("ix_report_case_id"), "report", ["case_id"], unique=False)
    op.create_index(op.f("ix_report_prepared_at"), "report", ["prepared_at"], unique=False)
    op.create_table(
        "report_passage",
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="id of a report of the pack"),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "sources",
            sa.JSON(),
            nullable=False,
            comment="sentences: each with text and refs, for the permission gate",
        ),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_report_passage_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_report_passage_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_report_passage_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_passage")),
        sa.UniqueConstraint(
            "case_id",
            "kind",
            "section",
            "revision",
            name=op.f("uq_report_passage_case_id_kind_section_revision"),
        ),
    )
    op.create_index(
        "uq_report_passage_whole",
        "report_passage",
        ["text_version", "training", "kind", "section", "revision"],
        unique=True,
        sqlite_where=sa.text("case_id IS NULL"),
        postgresql_where=sa.text("case_id IS NULL"),
    )
    op.create_table(
        "submitter_notice",
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False, comment="who asked for the release"),
        sa.Column("described", sa.Text(), nullable=False, comment="what would be released"),
        sa.Column(
            "items", sa.JSON(), nullable=False, comment="INC-2026-00001#volumes, or exhibit:3"
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_submitter_notice_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_submitter_notice_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_submitter_notice_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incident.id"],
            name=op.f("fk_submitter_notice_incident_id_incident"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submitter_notice")),
    )
    op.create_index(
        op.f("ix_submitter_notice_case_id"), "submitter_notice", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_submitter_notice_incident_id"), "submitter_notice", ["incident_id"], unique=False
    )
    op.create_table(
        "disposition_decision",
        sa.Column("disposition_id", sa.Uuid(), nullable=False),
        sa.Column("preparer_person_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "by_person_id <> preparer_person_id", name=op.f("ck_disposition_decision_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_disposition_decision_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_disposition_decision_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_disposition_decision_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["disposition_id", "preparer_person_id", "content_sha256"],
            ["disposition.id", "disposition.by_person_id", "disposition.content_sha256"],
            name="fk_disposition_decision_content",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition_decision")),
        sa.UniqueConstraint("disposition_id", name=op.f("uq_disposition_decision_disposition_id")),
    )
    op.create_index(
        op.f("ix_disposition_decision_case_id"), "disposition_decision", ["case_id"], unique=False
    )
    op.create_table(
        "legal_hold_release",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_legal_hold_release_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_legal_hold_release_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_legal_hold_release_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"],
            ["legal_hold.id"],
            name=op.f("fk_legal_hold_release_hold_id_legal_hold"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold_release")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_legal_hold_release_hold_id")),
    )
    op.create_index(
        op.f("ix_legal_hold_release_case_id"), "legal_hold_release", ["case_id"], unique=False
    )
    op.create_table(
        "list_proposal",
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("determination_id", sa.Uuid(), nullable=False),
        sa.Column(
            "content",
            sa.JSON(),
            nullable=False,
            comment="name, kind, aliases, countries, part, last_attack, sentences with sources",
        ),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_list_proposal_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_list_proposal_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_list_proposal_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["determination_id"],
            ["determination.id"],
            name=op.f("fk_list_proposal_determination_id_determination"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_list_proposal_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["list_proposal.id"],
            name=op.f("fk_list_proposal_supersedes_id_list_proposal"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_proposal")),
        sa.UniqueConstraint(
            "id",
            "by_person_id",
            "content_sha256",
            name=op.f("uq_list_proposal_id_by_person_id_content_sha256"),
        ),
    )
    op.create_index(op.f("ix_list_proposal_case_id"), "list_proposal", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_list_proposal_entity_id"), "list_proposal", ["entity_id"], unique=False
    )
    op.create_table(
        "measure_decision",
        sa.Column("recommendation_id", sa.Uuid(), nullable=False),
        sa.Column("preparer_person_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="vocabulary decision_kind"),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False, comment="local day in Washington"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "by_person_id <> preparer_person_id", name=op.f("ck_measure_decision_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_measure_decision_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_measure_decision_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_measure_decision_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id", "preparer_person_id", "content_sha256"],
            ["recommendation.id", "recommendation.by_person_id", "recommendation.content_sha256"],
            name="fk_measure_decision_content",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_decision")),
        sa.UniqueConstraint(
            "recommendation_id", name=op.f("uq_measure_decision_recommendation_id")
        ),
    )
    op.create_index(
        op.f("ix_measure_decision_case_id"), "measure_decision", ["case_id"], unique=False
    )
    op.create_table(
        "measure_hold_lift",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_measure_hold_lift_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_measure_hold_lift_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_measure_hold_lift_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"],
            ["measure_hold.id"],
            name=op.f("fk_measure_hold_lift_hold_id_measure_hold"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_hold_lift")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_measure_hold_lift_hold_id")),
    )
    op.create_index(
        op.f("ix_measure_hold_lift_case_id"), "measure_hold_lift", ["case_id"], unique=False
    )
    op.create_table(
        "owner_permission",
        sa.Column("owner", sa.Text(), nullable=False, comment="the owner as the report names it"),
        sa.Column("product", sa.Text(), nullable=False, comment="vocabulary permission_product"),
        sa.Column("ref", sa.Text(), nullable=False, comment="INC-2026-00001#volumes, or exhibit:3"),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column(
            "given_by",
            sa.Text(),
            nullable=False,
            comment="name and office of who signed for the owner",
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("exhibit_id", sa.Uuid(), nullable=True, comment="the signed paper, if held"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_owner_permission_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_owner_permission_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_owner_permission_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_owner_permission_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_permission")),
    )
    op.create_index(
        op.f("ix_owner_permission_case_id"), "owner_permission", ["case_id"], unique=False
    )
    op.create_table(
        "petition",
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False, comment="id of a measure of the pack"),
        sa.Column("asks", sa.Text(), nullable=False, comment="vocabulary petition_ask"),
        sa.Column("petitioner", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "due_on", sa.Date(), nullable=True, comment="of the pack's clock; empty: none is set"
        ),
        sa.Column("exhibit_id", sa.Uuid(), nullable=True, comment="the petition as received"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_petition_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_petition_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_petition_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_petition_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_petition_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
    )
    op.create_index(op.f("ix_petition_case_id"), "petition", ["case_id"], unique=False)
    op.create_table(
        "report_case",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "determined",
            sa.Boolean(),
            nullable=False,
            comment="a signed determination of it is reported",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_report_case_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_report_case_report_id_report"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("report_id", "case_id", name=op.f("pk_report_case")),
    )
    op.create_index(op.f("ix_report_case_case_id"), "report_case", ["case_id"], unique=False)
    op.create_table(
        "report_check",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("preparer_person_id", sa.Uuid(), nullable=False),
        sa.Column("contents_sha256", sa.Text(), nullable=False),
        sa.Column(
            "gate", sa.Text(), nullable=False, comment="id of a gate of the report in the pack"
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "by_person_id <> preparer_person_id", name=op.f("ck_report_check_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_report_check_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_report_check_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_id", "preparer_person_id", "contents_sha256"],
            ["report.id", "report.prepared_by_person_id", "report.contents_sha256"],
            name="fk_report_check_contents",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_check")),
        sa.UniqueConstraint("report_id", "gate", name=op.f("uq_report_check_report_id_gate")),
    )
    op.create_table(
        "submitter_answer",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="objects, consents, silent"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("exhibit_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_submitter_answer_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_submitter_answer_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_submitter_answer_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_submitter_answer_exhibit_id_exhibit"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["submitter_notice.id"],
            name=op.f("fk_submitter_answer_notice_id_submitter_notice"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submitter_answer")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_submitter_answer_notice_id")),
    )
    op.create_index(
        op.f("ix_submitter_answer_case_id"), "submitter_answer", ["case_id"], unique=False
    )
    op.create_table(
        "submitter_ruling",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_submitter_ruling_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_submitter_ruling_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_submitter_ruling_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"],
            ["submitter_notice.id"],
            name=op.f("fk_submitter_ruling_notice_id_submitter_notice"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submitter_ruling")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_submitter_ruling_notice_id")),
    )
    op.create_index(
        op.f("ix_submitter_ruling_case_id"), "submitter_ruling", ["case_id"], unique=False
    )
    op.create_table(
        "transmittal",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="sent, received"),
        sa.Column("receiver", sa.Text(), nullable=False, comment="vocabulary committee, or a name"),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_transmittal_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_transmittal_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["report.id"],
            name=op.f("fk_transmittal_report_id_report"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmittal")),
    )
    op.create_index(op.f("ix_transmittal_report_id"), "transmittal", ["report_id"], unique=False)
    op.create_table(
        "dissemination_listing",
        sa.Column("marking_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["officer.id"],
            name=op.f("fk_dissemination_listing_added_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["marking_id"],
            ["marking.id"],
            name=op.f("fk_dissemination_listing_marking_id_marking"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
            name=op.f("fk_dissemination_listing_officer_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("marking_id", "officer_id", name=op.f("pk_dissemination_listing")),
    )
    op.create_index(
        op.f("ix_dissemination_listing_officer_id"),
        "dissemination_listing",
        ["officer_id"],
        unique=False,
    )
    op.create_table(
        "list_publication",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("preparer_person_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False, comment="local day in Washington"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "by_person_id <> preparer_person_id", name=op.f("ck_list_publication_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_list_publication_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_list_publication_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_list_publication_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "preparer_person_id", "content_sha256"],
            ["list_proposal.id", "list_proposal.by_person_id", "list_proposal.content_sha256"],
            name="fk_list_publication_content",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_publication")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_list_publication_proposal_id")),
    )
    op.create_index(
        op.f("ix_list_publication_case_id"), "list_publication", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_list_publication_published_on"), "list_publication", ["published_on"], unique=False
    )
    op.create_table(
        "marking_change",
        sa.Column("marking_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="marked, changed, decontrolled"),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_marking_change_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_marking_change_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["marking_id"],
            ["marking.id"],
            name=op.f("fk_marking_change_marking_id_marking"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_change")),
    )
    op.create_index(
        op.f("ix_marking_change_marking_id"), "marking_change", ["marking_id"], unique=False
    )
    op.create_table(
        "motion",
        sa.Column("question", sa.Text(), nullable=False, comment="id of a ballot rule of the pack"),
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("recommendation_id", sa.Uuid(), nullable=True),
        sa.Column("petition_id", sa.Uuid(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("circulated_on", sa.Date(), nullable=False, comment="local day in Washington"),
        sa.Column(
            "due_on", sa.Date(), nullable=False, comment="of the pack's clock, from circulation"
        ),
        sa.Column(
            "seated",
            sa.JSON(),
            nullable=False,
            comment="codes of observing agencies that vote on this motion",
        ),
        sa.Column("seating_reason", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_motion_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_motion_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_motion_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_motion_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"],
            ["petition.id"],
            name=op.f("fk_motion_petition_id_petition"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_motion_recommendation_id_recommendation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion")),
        sa.UniqueConstraint("id", "content_sha256", name=op.f("uq_motion_id_content_sha256")),
    )
    op.create_index(op.f("ix_motion_case_id"), "motion", ["case_id"], unique=False)
    op.create_index(op.f("ix_motion_entity_id"), "motion", ["entity_id"], unique=False)
    op.create_table(
        "permission_revocation",
        sa.Column("permission_id", sa.Uuid(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_permission_revocation_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_permission_revocation_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_permission_revocation_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["owner_permission.id"],
            name=op.f("fk_permission_revocation_permission_id_owner_permission"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permission_revocation")),
        sa.UniqueConstraint("permission_id", name=op.f("uq_permission_revocation_permission_id")),
    )
    op.create_index(
        op.f("ix_permission_revocation_case_id"), "permission_revocation", ["case_id"], unique=False
    )
    op.create_table(
        "petition_decision",
        sa.Column("petition_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, comment="vocabulary review_outcome"),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_petition_decision_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_petition_decision_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_petition_decision_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"],
            ["petition.id"],
            name=op.f("fk_petition_decision_petition_id_petition"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_decision")),
        sa.UniqueConstraint("petition_id", name=op.f("uq_petition_decision_petition_id")),
    )
    op.create_index(
        op.f("ix_petition_decision_case_id"), "petition_decision", ["case_id"], unique=False
    )
    op.create_table(
        "ballot",
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False, comment="vocabulary ballot_choice"),
        sa.Column(
            "sequence",
            sa.Integer(),
            nullable=False,
            comment="from 1 within the motion, in order of casting",
        ),
        sa.Column(
            "dissent",
            sa.Text(),
            nullable=False,
            comment="memorandum of a member that votes against",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_ballot_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_ballot_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_ballot_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["motion_id", "content_sha256"],
            ["motion.id", "motion.content_sha256"],
            name="fk_ballot_motion_content",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("motion_id", "sequence", name=op.f("uq_ballot_motion_id_sequence")),
    )
    op.create_index(op.f("ix_ballot_case_id"), "ballot", ["case_id"], unique=False)
    op.create_table(
        "escalation",
        sa.Column("motion_id", sa.Uuid(), nullable=True, comment="empty: coordination"),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False, comment="vocabulary escalation_level"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column(
            "due_on", sa.Date(), nullable=True, comment="empty: the law sets this level none"
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["officer.id"], name=op.f("fk_escalation_by_id_officer"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_escalation_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_escalation_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"],
            ["motion.id"],
            name=op.f("fk_escalation_motion_id_motion"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index(op.f("ix_escalation_case_id"), "escalation", ["case_id"], unique=False)
    op.create_table(
        "list_takedown",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("taken_down_on", sa.Date(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False, comment="vocabulary takedown_ground"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_list_takedown_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_list_takedown_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_list_takedown_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["list_publication.id"],
            name=op.f("fk_list_takedown_publication_id_list_publication"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_takedown")),
        sa.UniqueConstraint("publication_id", name=op.f("uq_list_takedown_publication_id")),
    )
    op.create_index(op.f("ix_list_takedown_case_id"), "list_takedown", ["case_id"], unique=False)
    op.create_table(
        "motion_closing",
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, comment="carried, failed, no_quorum"),
        sa.Column(
            "decision", sa.Text(), nullable=False, comment="vocabulary decision_kind; may be empty"
        ),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_motion_closing_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_motion_closing_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_motion_closing_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"],
            ["motion.id"],
            name=op.f("fk_motion_closing_motion_id_motion"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motion_closing")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_motion_closing_motion_id")),
    )
    op.create_index(op.f("ix_motion_closing_case_id"), "motion_closing", ["case_id"], unique=False)
    op.create_table(
        "postponement",
        sa.Column("motion_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_postponement_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_postponement_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_postponement_case_id_case"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["motion_id"],
            ["motion.id"],
            name=op.f("fk_postponement_motion_id_motion"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postponement")),
    )
    op.create_index(op.f("ix_postponement_case_id"), "postponement", ["case_id"], unique=False)
    op.create_index(op.f("ix_postponement_motion_id"), "postponement", ["motion_id"], unique=False)
    op.create_table(
        "entity_list_entry",
        sa.Column("entity_id", sa.Uuid(), nullable=False),
        sa.Column("motion_closing_id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False, comment="ISO 3166-1 alpha-2"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False, comment="added, modified, removed"),
        sa.Column(
            "fields",
            sa.JSON(),
            nullable=False,
            comment="names, addresses, licence_requirement, licence_policy, savings_clause",
        ),
        sa.Column("federal_register", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_entity_list_entry_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_entity_list_entry_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_entity_list_entry_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entity.id"],
            name=op.f("fk_entity_list_entry_entity_id_entity"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["motion_closing_id"],
            ["motion_closing.id"],
            name=op.f("fk_entity_list_entry_motion_closing_id_motion_closing"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_list_entry")),
        sa.UniqueConstraint(
            "case_id",
            "entity_id",
            "country",
            "version",
            name=op.f("uq_entity_list_entry_case_id_entity_id_country_version"),
        ),
    )
    op.create_index(
        op.f("ix_entity_list_entry_case_id"), "entity_list_entry", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_entity_list_entry_entity_id"), "entity_list_entry", ["entity_id"], unique=False
    )
    op.create_table(
        "escalation_outcome",
        sa.Column("escalation_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False, comment="vocabulary escalation_outcome"),
        sa.Column(
            "decision",
            sa.Text(),
            nullable=False,
            comment="vocabulary decision_kind: what stands after it; empty: nothing, or coordination",
        ),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_escalation_outcome_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_escalation_outcome_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_escalation_outcome_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"],
            ["escalation.id"],
            name=op.f("fk_escalation_outcome_escalation_id_escalation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_outcome")),
        sa.UniqueConstraint("escalation_id", name=op.f("uq_escalation_outcome_escalation_id")),
    )
    op.create_index(
        op.f("ix_escalation_outcome_case_id"), "escalation_outcome", ["case_id"], unique=False
    )
    op.create_table(
        "postponement_answer",
        sa.Column("postponement_id", sa.Uuid(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["officer.id"],
            name=op.f("fk_postponement_answer_by_id_officer"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_postponement_answer_by_person_id_person"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_postponement_answer_case_id_case"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["postponement_id"],
            ["postponement.id"],
            name=op.f("fk_postponement_answer_postponement_id_postponement"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postponement_answer")),
        sa.UniqueConstraint(
            "postponement_id", "agency", name=op.f("uq_postponement_answer_postponement_id_agency")
        ),
    )
    op.create_index(
        op.f("ix_postponement_answer_case_id"), "postponement_answer", ["case_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("postponement_answer")
    op.drop_table("escalation_outcome")
    op.drop_table("entity_list_entry")
    op.drop_table("postponement")
    op.drop_table("motion_closing")
    op.drop_table("list_takedown")
    op.drop_table("escalation")
    op.drop_table("ballot")
    op.drop_table("petition_decision")
    op.drop_table("permission_revocation")
    op.drop_table("motion")
    op.drop_table("marking_change")
    op.drop_table("list_publication")
    op.drop_table("dissemination_listing")
    op.drop_table("transmittal")
    op.drop_table("submitter_ruling")
    op.drop_table("submitter_answer")
    op.drop_table("report_check")
    op.drop_table("report_case")
    op.drop_table("petition")
    op.drop_table("owner_permission")
    op.drop_table("measure_hold_lift")
    op.drop_table("measure_decision")
    op.drop_table("list_proposal")
    op.drop_table("legal_hold_release")
    op.drop_table("disposition_decision")
    op.drop_table("submitter_notice")
    op.drop_table("report_passage")
    op.drop_table("report")
    op.drop_table("measure_hold")
    op.drop_table("legal_hold")
    op.drop_table("disposition")
    op.drop_table("carry_over")
    op.drop_table("annex_pointer")
    op.drop_table("calendar_feed")
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column().name)
