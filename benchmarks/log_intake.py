"""What taking a log in costs: CPU seconds for each million rows, memory, and beside a bare read.

    python benchmarks/log_intake.py [ROWS …] [--kinds csv,jsonl,parquet] [--log FILE …]

Logs of ROWS rows (1 million) are made with the log generator, seed 1, or given. Each intake runs
in a process of its own, so that its memory is its own. The bare read is DuckDB's: for a text every
column read as text, for a Parquet every value touched. "in place" is a typed Parquet that is
checked and not written anew. Wanted: at most 10 CPU seconds for a million rows of CSV or JSON
lines, 1.5 GB whatever the size; a Parquet in place at about one bare scan.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks._published import published  # noqa: E402
from casework.evidence.usage.intake import take_in  # noqa: E402
from casework.evidence.usage.order import IntakeOrder, LogFile  # noqa: E402

MILLION, WANTED_SECONDS, WANTED_MEMORY, SEED = 1_000_000, 10.0, 1.5, 1
BARE = {
    "csv": "select max(columns(*)) from read_csv('{}', all_varchar = true)",
    "jsonl": "select max(columns(*)) from read_json('{}', format = 'newline_delimited')",
    "parquet": "select bit_xor(hash(columns(*))) from read_parquet('{}')",
}


def used() -> tuple[float, float]:
    """CPU seconds of this process so far, and the most memory it held (GB)."""
    now = resource.getrusage(resource.RUSAGE_SELF)
    return now.ru_utime + now.ru_stime, now.ru_maxrss / 2**20


def child(task: str, kind: str, log: str) -> None:
    """One measurement, printed as JSON: rows, CPU seconds, GB."""
    before, _ = used()
    rows = 0
    if task == "bare":
        with duckdb.connect(config={"threads": 2}) as con:
            con.execute(BARE[kind].format(log)).fetchall()
    else:
        with tempfile.TemporaryDirectory(dir=Path(log).parent) as folder:
            order = IntakeOrder(
                key=b"k" * 32 if task == "keyed" else None, rewrite=task != "in place"
            )
            found = take_in(
                [LogFile(Path(log).name, Path(log))],
                order,
                out=Path(folder),
                progress=lambda words: None,
            )
            rows = found.rows
    after, memory = used()
    print(json.dumps([rows, after - before, memory]))


def measured(task: str, kind: str, log: Path) -> tuple[int, float, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--child", task, kind, str(log)],
        capture_output=True,
        text=True,
        check=True,
    )
    rows, seconds, memory = json.loads(done.stdout)
    return rows, seconds, memory


def report(kind: str, log: Path) -> None:
    _, bare, _ = measured("bare", kind, log)
    print(f"{kind}: {log.stat().st_size / 2**20:,.0f} MB, bare read {bare:.2f} CPU s")
    for task in ("plain", "keyed", *(["in place"] if kind == "parquet" else [])):
        rows, seconds, memory = measured(task, kind, log)
        each = seconds / rows * MILLION
        good = each <= WANTED_SECONDS and memory <= WANTED_MEMORY
        print(
            f"  {task:9} {rows:>11,} rows  {each:5.2f} CPU s/million  {memory:.2f} GB  "
            f"ratio {seconds / bare:.1f} to the bare read  {'within' if good else 'ABOVE'}"
        )


def generated(rows: int, kind: str, folder: Path) -> Path:
    maker = published("generate_log.py")
    told = ["--rows", str(rows), "--seed", str(SEED), "--out", str(folder), "--format", kind]
    subprocess.run([sys.executable, str(maker), *told], check=True, capture_output=True)
    return folder / f"log.{kind}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rows", type=int, nargs="*", default=[MILLION])
    parser.add_argument("--kinds", default="csv,jsonl,parquet")
    parser.add_argument("--log", type=Path, nargs="*", default=[])
    parser.add_argument("--child", nargs=3)
    told = parser.parse_args()
    if told.child:
        child(*told.child)
        return
    for log in told.log:
        report(log.suffix[1:], log)
    for rows in [] if told.log else told.rows:
        for kind in told.kinds.split(","):
            with tempfile.TemporaryDirectory() as folder:
                report(kind, generated(rows, kind, Path(folder)))


if __name__ == "__main__":
    main()
