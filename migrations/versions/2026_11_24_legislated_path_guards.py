"""Guard the tables of the legislated path: append-only, no recused person, four eyes.

Triggers hold whatever the application does. On PostgreSQL they are ENABLE ALWAYS.

Revision ID: 4d8e3f506b71
Revises: 3c7d2e4f5a60
Created: 2026-11-24
"""

from __future__ import annotations

from alembic import op

revision = "4d8e3f506b71"
down_revision = "3c7d2e4f5a60"
branch_labels = None
depends_on = None

ACTS = (
    "annex_pointer",
    "ballot",
    "carry_over",
    "disposition",
    "disposition_decision",
    "entity_list_entry",
    "escalation",
    "escalation_outcome",
    "legal_hold",
    "legal_hold_release",
    "list_proposal",
    "list_publication",
    "list_takedown",
    "measure_decision",
    "measure_hold",
    "measure_hold_lift",
    "motion",
    "motion_closing",
    "owner_permission",
    "permission_revocation",
    "petition",
    "petition_decision",
    "postponement",
    "postponement_answer",
    "report_passage",
    "submitter_answer",
    "submitter_notice",
    "submitter_ruling",
)
APPEND_ONLY = (*ACTS, "marking_change", "report_case", "report_check", "transmittal")
RECUSED = "a recused person may not act in this case"

RECUSED_FROM_REPORT = (
    "EXISTS (SELECT 1 FROM report_case JOIN recusal ON recusal.case_id = report_case.case_id "
    "WHERE report_case.report_id = NEW.report_id AND recusal.person_id = NEW.by_person_id)"
)
# Name, table, when the row is refused, and the words of the refusal.
NOT_DELEGATE = (
    "NOT EXISTS (SELECT 1 FROM officer "
    "JOIN organization ON organization.id = officer.organization_id "
    "JOIN role_grant ON role_grant.officer_id = officer.id "
    "WHERE officer.id = NEW.by_id AND organization.agency = NEW.agency "
    "AND role_grant.role = 'agency_delegate')"
)
HOLD_STANDS = (
    "EXISTS (SELECT 1 FROM legal_hold WHERE legal_hold.case_id = NEW.case_id "
    "AND NOT EXISTS (SELECT 1 FROM legal_hold_release "
    "WHERE legal_hold_release.hold_id = legal_hold.id))"
)
# A stored file is given up only as two people decided, and for good.
NOT_DISPOSABLE = (
    f"OLD.disposed_at IS NOT NULL OR (NEW.disposed_at IS NOT NULL AND ({HOLD_STANDS} OR "
    "NOT EXISTS (SELECT 1 FROM disposition_decision "
    "WHERE disposition_decision.case_id = NEW.case_id AND disposition_decision.approved)))"
)
UNDISPOSED = "a file is destroyed only as two people decided, and for good"
REFUSALS = (
    ("ballot_delegate", "ballot", NOT_DELEGATE, "only a delegate of the agency votes for it"),
    (
        "postponement_answer_delegate",
        "postponement_answer",
        NOT_DELEGATE,
        "only a delegate of the agency answers for it",
    ),
    ("escalation_delegate", "escalation", NOT_DELEGATE, "only a delegate of the agency escalates"),
    (
        "motion_open",
        "motion",
        "EXISTS (SELECT 1 FROM motion AS earlier WHERE earlier.case_id = NEW.case_id "
        "AND earlier.entity_id = NEW.entity_id AND earlier.question = NEW.question "
        "AND NOT EXISTS (SELECT 1 FROM motion_closing "
        "WHERE motion_closing.motion_id = earlier.id))",
        "a motion on this question is open",
    ),
    (
        "ballot_closed",
        "ballot",
        "EXISTS (SELECT 1 FROM motion_closing WHERE motion_id = NEW.motion_id)",
        "the vote is closed",
    ),
    (
        "petition_decision_other",
        "petition_decision",
        "EXISTS (SELECT 1 FROM petition WHERE petition.id = NEW.petition_id AND ("
        "EXISTS (SELECT 1 FROM determination WHERE determination.case_id = petition.case_id "
        "AND determination.entity_id = petition.entity_id "
        "AND determination.by_person_id = NEW.by_person_id) OR "
        "EXISTS (SELECT 1 FROM list_publication JOIN list_proposal "
        "ON list_proposal.id = list_publication.proposal_id "
        "WHERE list_proposal.case_id = petition.case_id "
        "AND list_proposal.entity_id = petition.entity_id "
        "AND NEW.by_person_id IN (list_publication.by_person_id, "
        "list_publication.preparer_person_id)) OR "
        "EXISTS (SELECT 1 FROM measure_decision JOIN recommendation "
        "ON recommendation.id = measure_decision.recommendation_id "
        "WHERE recommendation.case_id = petition.case_id "
        "AND recommendation.entity_id = petition.entity_id "
        "AND NEW.by_person_id IN (measure_decision.by_person_id, "
        "measure_decision.preparer_person_id))))",
        "whoever took part in the first decision does not decide on the petition",
    ),
    (
        "submitter_ruling_other",
        "submitter_ruling",
        "EXISTS (SELECT 1 FROM submitter_notice WHERE submitter_notice.id = NEW.notice_id "
        "AND submitter_notice.by_person_id = NEW.by_person_id)",
        "whoever sent the notice does not rule on it",
    ),
    (
        "disposition_hold",
        "disposition_decision",
        f"NEW.approved AND {HOLD_STANDS}",
        "a legal hold stands",
    ),
    (
        "legal_hold_release_other",
        "legal_hold_release",
        "EXISTS (SELECT 1 FROM legal_hold WHERE legal_hold.id = NEW.hold_id "
        "AND legal_hold.by_person_id = NEW.by_person_id)",
        "whoever placed a legal hold does not release it",
    ),
    (
        "report_case_recusal",
        "report_case",
        "EXISTS (SELECT 1 FROM report JOIN recusal "
        "ON recusal.person_id = report.prepared_by_person_id "
        "WHERE report.id = NEW.report_id AND recusal.case_id = NEW.case_id)",
        RECUSED,
    ),
    ("report_check_recusal", "report_check", RECUSED_FROM_REPORT, RECUSED),
    ("transmittal_recusal", "transmittal", RECUSED_FROM_REPORT, RECUSED),
)
APPROVED = "an approved report does not change"


def upgrade() -> None:
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
    for name, table, when, words in REFUSALS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        )
    op.execute(
        "CREATE TRIGGER exhibit_disposal BEFORE UPDATE OF disposed_at ON exhibit "
        f"WHEN {NOT_DISPOSABLE} BEGIN SELECT RAISE(ABORT, '{UNDISPOSED}'); END"
    )
    for word in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER report_approved_no_{word.lower()} BEFORE {word} ON report "
            f"WHEN OLD.state = 'approved' BEGIN SELECT RAISE(ABORT, '{APPROVED}'); END"
        )


def upgrade_postgresql() -> None:
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
    for name, table, when, words in REFUSALS:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {when} THEN RAISE EXCEPTION '{words}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    op.execute(
        "CREATE FUNCTION deny_approved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{APPROVED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER report_approved BEFORE UPDATE OR DELETE ON report FOR EACH ROW "
        "WHEN (OLD.state = 'approved') EXECUTE FUNCTION deny_approved()"
    )
    op.execute("ALTER TABLE report ENABLE ALWAYS TRIGGER report_approved")
    op.execute(
        "CREATE FUNCTION exhibit_disposal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {NOT_DISPOSABLE} THEN RAISE EXCEPTION '{UNDISPOSED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER exhibit_disposal BEFORE UPDATE OF disposed_at ON exhibit "
        "FOR EACH ROW EXECUTE FUNCTION exhibit_disposal()"
    )
    op.execute("ALTER TABLE exhibit ENABLE ALWAYS TRIGGER exhibit_disposal")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        downgrade_postgresql()
        return
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(f"DROP TRIGGER {table}_no_delete")
    for table in ACTS:
        op.execute(f"DROP TRIGGER {table}_recusal")
        op.execute(f"DROP TRIGGER {table}_person")
    for name, *_ in REFUSALS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TRIGGER exhibit_disposal")
    op.execute("DROP TRIGGER report_approved_no_update")
    op.execute("DROP TRIGGER report_approved_no_delete")


def downgrade_postgresql() -> None:
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    for table in ACTS:
        op.execute(f"DROP TRIGGER {table}_recusal ON {table}")
    for name, table, *_ in REFUSALS:
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP TRIGGER exhibit_disposal ON exhibit")
    op.execute("DROP FUNCTION exhibit_disposal()")
    op.execute("DROP TRIGGER report_approved ON report")
    op.execute("DROP FUNCTION deny_approved()")
