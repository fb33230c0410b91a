from __future__ import annotations

import errno
import subprocess
import sys

import pytest

from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder
from tests.usage.logs import MADE, rows, taken, written


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("after", [1, 2, 4])
def test_an_intake_that_is_cancelled_leaves_the_folder_as_it_was(tmp_path, kind, after):
    out = tmp_path / "out"
    out.mkdir()
    (out / "kept").write_text("mine")
    told = []

    def progress(words: str) -> None:
        told.append(words)
        if len(told) == after:
            raise Cancelled

    file = written(tmp_path, MADE[kind](rows(200)))
    with pytest.raises(Cancelled):
        take_in([file], IntakeOrder(), out=out, progress=progress, chunk=5000)

    assert [path.name for path in out.iterdir()] == ["kept"]


def test_progress_says_how_far_it_is(tmp_path):
    told: list[str] = []
    file = written(tmp_path, MADE["csv"](rows(100)), "june.csv")

    take_in([file], IntakeOrder(), out=tmp_path / "out", progress=told.append, chunk=6000)

    assert told[0] == "june.csv: counting"
    assert told[-1] == "june.csv: 100 rows read in all, 0 set aside"
    assert len(told) > 3


def test_what_a_killed_intake_left_is_removed_by_the_next(tmp_path):
    left = tmp_path / "out" / ".taking-in-abc"
    left.mkdir(parents=True)
    (left / "part-00001.parquet").write_text("half")

    taken(tmp_path, MADE["csv"](rows(3)))

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["part-00001.parquet", "rejected.csv"]


FULL = """
import resource, sys
from pathlib import Path
from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
folder = Path(sys.argv[1])
try:
    take_in([LogFile("log", folder / "log")], IntakeOrder(), out=folder / "out",
            progress=lambda words: None)
except OSError as failure:
    print("no room:", failure.errno)
"""


def test_a_full_disc_ends_the_intake_and_leaves_nothing(tmp_path):
    written(tmp_path, MADE["csv"](rows(5000)))

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.stdout == f"no room: {errno.EFBIG}\n", done.stderr
    assert list((tmp_path / "out").iterdir()) == []
