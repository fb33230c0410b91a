"""The whole analysis of a typed Parquet log against one bare scan of its columns, in CPU seconds.

    python benchmarks/analysis_scale.py [--rows 1 10 30] [--data DIR] [--generator FILE]
        [--memory 2GB]

--rows is in millions. A log is looked for as DIR/m<rows>/log.parquet, with markers.json beside it;
where there is none, FILE (generate_log.py, seed 1) makes it, and it is deleted at the end. Scan
and analysis each run in a process of their own, one after the other. Wanted at 30 million rows: at
most 10 bare scans, less than 4 GB (2.5 GB with a limit of 2GB), and no more than linear growth.
Without --generator and --data nothing can be measured, and that is said.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks._published import BESIDE

SEED, THREADS = 1, 2
WANTED_RATIO, WANTED_GB = 10.0, 4.0
USUAL_GENERATOR = BESIDE / "generate_log.py"

SCAN = """
import sys, duckdb
con = duckdb.connect(config={"threads": 2})
con.execute("set enable_progress_bar = false")
con.sql(
    "select count(*), sum(input_tokens), sum(output_tokens), max(ts), max(account_id), max(org_id),"
    " max(ip), max(payment_fp), max(template_hash), max(capability), max(model),"
    " bit_xor(prompt_simhash) from read_parquet(?)", params=[sys.argv[1]]
).fetchall()
"""
ANALYSIS = """
import json, sys, tempfile, time
from pathlib import Path
from casework.evidence.analysis.markers import read_markers
from casework.evidence.analysis.run import Request, analyse
from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile
log, markers, memory = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
quiet = lambda words: None
with tempfile.TemporaryDirectory() as folder:
    start = time.process_time()
    taken = take_in([LogFile(log.name, log)], IntakeOrder(rewrite=False), out=Path(folder),
                    progress=quiet)
    checked = round(time.process_time() - start, 3)
    request = Request(markers=read_markers(json.loads(markers.read_text())), memory=memory)
    done = analyse(taken.source, request, workspace=Path(folder), progress=quiet)
print(json.dumps({"rows": taken.rows, "steps": {"intake": checked, **done.seconds},
                  "hashes": done.document["hashes"], "accounts": done.document["accounts"]}))
"""


def measured(code: str, *arguments: str) -> tuple[float, float, Any]:
    """CPU seconds and greatest resident memory in GB of a process, and what it printed."""
    root = Path(__file__).parents[1]
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=root, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("a measured process failed")
        out.seek(0)
        printed = out.read()
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6, json.loads(printed or "null")


@contextmanager
def log_of(millions: int, data: Path, generator: Path) -> Iterator[Path | None]:
    folder = data / f"m{millions}"
    if (folder / "log.parquet").exists():
        yield folder
        return
    if not generator.exists():
        print(f"{millions} M rows: no log in {folder} and no generator {generator}: not measured")
        yield None
        return
    rows = str(millions * 1_000_000)
    try:
        command = [sys.executable, str(generator), "--rows", rows, "--seed", str(SEED)]
        subprocess.run([*command, "--out", str(folder)], check=True, capture_output=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def report(millions: int, folder: Path, memory: str) -> float:
    """Print one log's figures; the CPU seconds of the analysis for each million rows."""
    log = str(folder / "log.parquet")
    measured(SCAN, log)  # so that both find the file in memory
    scan, _, _ = measured(SCAN, log)
    whole, peak, told = measured(ANALYSIS, log, str(folder / "markers.json"), memory)
    steps = ", ".join(f"{name} {seconds:.1f}" for name, seconds in told["steps"].items())
    print(f"{told['rows']:,} rows, {told['accounts']:,} accounts, memory {memory}:")
    print(f"  bare scan {scan:.2f} CPU s, analysis {whole:.2f} CPU s ({steps})")
    print(f"  ratio {whole / scan:.1f} (wanted at 30 M: at most {WANTED_RATIO:.0f})")
    print(
        f"  peak {peak:.2f} GB (wanted: below {WANTED_GB:.0f}), members {told['hashes']['members']}"
    )
    return whole / (told["rows"] / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[1, 5])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--generator", type=Path, default=USUAL_GENERATOR)
    parser.add_argument("--memory", default="2GB")
    asked = parser.parse_args()
    print(f"seed {SEED}, {THREADS} threads")
    with tempfile.TemporaryDirectory() as scratch:
        last = None
        for millions in asked.rows:
            with log_of(millions, asked.data or Path(scratch), asked.generator) as folder:
                if folder is None:
                    continue
                each = report(millions, folder, asked.memory)
            if last is not None:
                print(f"  CPU for each million rows, against the log before: {each / last:.2f}")
            last = each


if __name__ == "__main__":
    main()
