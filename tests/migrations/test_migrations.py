from __future__ import annotations

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from casework import audit
from casework.audit.verification import verify
from models import Base
from models.engine import open_engine
from tests.databases import migrate
from tests.factories import AT, make_case, make_entity, make_exhibit, make_incident, make_officer
from tests.migrations.snapshots import opened, rows_of, schema_of
from views.schema import alembic_config

SCRIPTS = ScriptDirectory.from_config(alembic_config())
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()][::-1]
TABLES_REVISION = REVISIONS[0]


def downgrade(url: str, revision: str) -> None:
    command.downgrade(alembic_config(url), revision)


def fill(url: str) -> None:
    """A case with everything that hangs on it, and one entry of the log."""
    with opened(url) as engine, Session(engine) as session, session.begin():
        lead = make_officer(session, "case_officer")
        entity = make_entity(session, lead)
        incident = make_incident(session, lead, parties=[(entity, "operator")])
        case = make_case(session, lead, incidents=[incident], subjects=[entity])
        make_exhibit(session, case, lead)
        audit.record(session, lead, "case.open", "case:MEA-2026-00001", at=AT, case=case)


def without_log_head(url: str) -> dict[str, int]:
    """The head row comes and goes with the revision that makes the log append-only."""
    return {table: count for table, count in rows_of(url).items() if table != "audit_head"}


def test_migrations_form_one_line_with_one_head():
    assert len(SCRIPTS.get_heads()) == 1
    assert SCRIPTS.get_revision(TABLES_REVISION).down_revision is None


def test_the_newest_revision_is_what_the_models_say(own_url):
    with opened(own_url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_going_up_down_and_up_again_leaves_the_same_schema(empty_url, revision):
    migrate(empty_url, revision)
    first = schema_of(empty_url)

    downgrade(empty_url, "-1")
    migrate(empty_url, revision)

    assert schema_of(empty_url) == first


def test_going_all_the_way_down_leaves_no_table_and_no_function(own_url):
    downgrade(own_url, "base")

    with opened(own_url) as engine, engine.connect() as connection:
        assert sa.inspect(engine).get_table_names() == ["alembic_version"]
        if engine.dialect.name == "postgresql":
            own = sa.text(
                "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            )
            assert connection.scalar(own) == 0


def test_upgrading_keeps_the_rows_of_the_revision_before(empty_url):
    migrate(empty_url)
    fill(empty_url)
    downgrade(empty_url, TABLES_REVISION)
    before = without_log_head(empty_url)
    assert before["case"] == before["exhibit"] == 1
    assert before["audit_entry"] > 0

    migrate(empty_url)

    after = without_log_head(empty_url)
    assert {table: after[table] for table in before} == before
    assert not any(count for table, count in after.items() if table not in before)


def test_downgrading_by_one_keeps_every_row(own_url):
    fill(own_url)
    before = without_log_head(own_url)

    downgrade(own_url, "-1")

    after = without_log_head(own_url)
    assert after == {table: count for table, count in before.items() if table in after}
    assert not any(count for table, count in before.items() if table not in after)


def test_the_log_can_be_verified_and_continued_after_down_and_up(own_url):
    fill(own_url)

    downgrade(own_url, TABLES_REVISION)
    migrate(own_url)

    with opened(own_url) as engine, Session(engine) as session:
        kept = verify(session)
        assert kept.ok
        audit.record(session, None, "drill", "log:drill", at=AT)
        assert verify(session).size == kept.size + 1


def test_no_migration_imports_the_models():
    for path in sorted((Path(SCRIPTS.dir) / "versions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            ours = [m for m in modules if m.split(".")[0] in {"models", "casework", "views", "app"}]
            assert not ours, f"{path.name} imports {ours}: history must not change with the code"


def test_sqlite_is_opened_with_every_pragma_that_the_log_rests_on(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'pragmas.db'}")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "recursive_triggers", "synchronous", "busy_timeout")
        }
    engine.dispose()
    assert found == {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "synchronous": 2,
        "busy_timeout": 5000,
    }
