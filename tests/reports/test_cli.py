from __future__ import annotations

import json

import pytest

from tests.reports.conftest import Docket


@pytest.fixture
def run(app, docket: Docket):
    docket.db.commit()
    return app.test_cli_runner().invoke


def test_the_export_writes_an_edition_that_is_not_approved_and_says_so(run, docket, tmp_path):
    out = tmp_path / "index.pdf"

    done = run(
        args=["report", "export", "R8", "--case", docket.case.reference, "-o", str(out), "--json"]
    )

    told = json.loads(done.stdout)
    assert (done.exit_code, told["approved"], told["edition"]) == (0, False, 1)
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["R6"], "reports on the docket"),
        (["R1", "--case", "MEA-2026-99999"], "there is no such case"),
        (["Z\u4e2d"], "reports on the docket"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(run, tmp_path, arguments, message):
    done = run(args=["report", "export", *arguments, "-o", str(tmp_path / "x.pdf")])

    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_folder_is_named(run):
    done = run(args=["report", "export", "R1", "-o", "/nowhere/x.pdf"])

    assert (done.exit_code, "no such folder" in done.stderr) == (2, True)
