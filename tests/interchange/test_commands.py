from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from casework.access import Role
from models import Entity
from tests.factories import make_case, make_entity, make_officer
from tests.interchange.conftest import line

SOURCE = ("--source", "Export of another office", "--basis", "registry")


@pytest.fixture
def run(app, db, analyst, tmp_path):
    """A command under `flask screening`, on one file of the given text."""
    db.commit()
    path = tmp_path / "file.jsonl"

    def command(word, text, *more, officer=analyst):
        path.write_text(text)
        what = text if word == "export" else str(path)
        given = [word, what, "--officer", officer.email, *more]
        return app.test_cli_runner().invoke(args=["screening", *given])

    return command


def test_a_file_is_tried_first_and_then_recorded(run, db, lines):
    tried = run("load", lines, "--format", "ftm", *SOURCE, "--dry-run", "--json")
    assert tried.exit_code == 0, tried.output
    assert json.loads(tried.stdout)["relations"] == 1
    assert "Vessel" in tried.stderr
    assert db.scalars(sa.select(Entity)).all() == []

    done = run("load", lines, "--format", "ftm", *SOURCE)

    assert done.stdout == "2 new parties, 0 on record already; 1 relations added.\n"
    assert len(db.scalars(sa.select(Entity)).all()) == 2


@pytest.mark.parametrize(
    ("ownership", "fault"),
    [
        ({"percentage": ["fifty"]}, "row 3: percentage 'fifty'"),
        ({"asset": ["p"]}, "row 3: a party cannot own or control itself"),
        ({"startDate": ["2026-02-01"], "endDate": ["2026-01-01"]}, "row 3: The end lies before"),
    ],
)
def test_a_row_that_is_wrong_ends_the_command_with_2_and_its_reason(run, db, ownership, fault):
    edge = {"owner": ["p"], "asset": ["c"]} | ownership
    rows = [line("p", "Company", name=["P"]), line("c", "Company", name=["C"])]

    found = run("load", "\n".join([*rows, line("o", "Ownership", **edge)]), "--format", "ftm",
                *SOURCE)  # fmt: skip

    assert found.exit_code == 2
    assert fault in found.stderr
    assert db.scalars(sa.select(Entity)).all() == []


def test_what_goes_out_is_what_the_account_may_see(run, db, analyst):
    entity = make_entity(db, analyst, "Orchid 兰花")
    case = make_case(db, analyst, subjects=[entity])
    stranger = make_officer(db, Role.ANALYST)
    reporter = make_officer(db, Role.REPORTER)
    db.commit()

    for what in (str(entity.id), case.reference):
        found = run("export", what, "--format", "bods")
        assert found.exit_code == 0
        assert json.loads(found.stdout)[0]["recordDetails"]["name"] == "Orchid 兰花"
        assert "Left out: That a party is headquartered in a country" in found.stderr
    assert run("export", case.reference, "--format", "ftm", officer=stranger).exit_code == 2
    assert run("export", str(entity.id), "--format", "ftm", officer=reporter).exit_code == 2
    assert run("export", "nothing", "--format", "ftm").exit_code == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "csv", *SOURCE), "csv"),
        (("--format", "ftm", "--source", "S", "--basis", "hearsay-at-best"), "no basis"),
    ],
)
def test_an_option_that_does_not_fit_is_named(run, lines, words, message):
    found = run("load", lines, *words)

    assert found.exit_code == 2
    assert message in found.stderr
