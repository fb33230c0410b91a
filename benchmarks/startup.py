"""How long a fresh process takes from its start to the first answered request.

Each run is a process of its own on an empty, migrated installation; the median of five counts,
beside a bare interpreter that imports Flask, so that the figure means something on any machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 5
WISH = 1.5
OURS = """
from app import create_app
answer = create_app().test_client().get("/sign-in")
assert answer.status_code == 200, answer.status
"""
BARE = """
from flask import Flask
app = Flask("bare")
app.add_url_rule("/", view_func=lambda: "x")
assert app.test_client().get("/").status_code == 200
"""


def seconds(code: str, environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DOCKET_DATA_DIR": folder, "DOCKET_DATABASE_URL": ""}
        upgrade = [sys.executable, "-m", "flask", "db", "upgrade"]
        subprocess.run(upgrade, cwd=ROOT, env=environment, check=True, capture_output=True)
        ours = statistics.median(seconds(OURS, environment) for _ in range(RUNS))
        bare = statistics.median(seconds(BARE, environment) for _ in range(RUNS))
    verdict = "within" if ours <= WISH else "above"
    print(f"start to first answer: {ours:.2f} s, {verdict} the wish of {WISH} s")
    print(f"bare Flask:            {bare:.2f} s")
    print(f"ratio:                 {ours / bare:.1f}")


if __name__ == "__main__":
    main()
