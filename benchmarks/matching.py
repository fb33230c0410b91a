"""Accuracy on labelled pairs of names, and pairs a second, against nomenklatura's logic-v2.

    python benchmarks/matching.py [labelled_pairs.csv [PYTHON]]

PYTHON is an interpreter with nomenklatura, in an environment of its own:

    python -m venv nk && nk/bin/pip install nomenklatura==4.17.4

(needs libicu-dev and a compiler, or python3-icu). Without it only the own figures are printed. The
thresholds were fixed before measuring: `REVIEW` here, 0.7 there, as in its practice. Wanted for
organizations: F1 of at least 0.893; names a second: at least 10 times as many.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks._published import published
from casework.screening.matching.align import near
from casework.screening.matching.forms import forms
from casework.screening.matching.subjects import REVIEW, ListedName, Party, Query, judge
from casework.screening.matching.words import Weights

OTHER_THRESHOLD, WANTED_F1, WANTED_RATIO = 0.7, 0.893, 10
Row = dict[str, str]

THEIRS = """
import json, sys, time, uuid
from followthemoney import ValueEntity, model
from nomenklatura.matching import get_algorithm
rows = json.load(sys.stdin)
def made(schema, name):
    found = ValueEntity(model.get(schema), {"id": uuid.uuid4().hex})
    found.add("name", name)
    return found
pairs = [(made(r["schema"], r["name1"]), made(r["schema"], r["name2"])) for r in rows]
rule = get_algorithm("logic-v2")
config = rule.default_config()
rule.compare(*pairs[0], config)
start = time.process_time()
scores = [rule.compare(*pair, config).score for pair in pairs]
print(json.dumps([scores, time.process_time() - start]))
"""


def kind_of(row: Row) -> str:
    return {"Person": "person", "Vessel": "vessel"}.get(row["schema"], "organization")


def score(row: Row) -> float:
    kind = kind_of(row)
    names = [
        ListedName(row["name2"], "primary", form.text, form.legal_form)
        for form in forms(row["name2"], kind)
    ]
    asked = Query(name=row["name1"], kind="person" if kind == "person" else "organization")
    found = judge(asked, Party(kind=kind, names=tuple(names)), Weights())
    return found.score if found else 0.0


def ours(rows: Sequence[Row]) -> tuple[list[float], float]:
    """Scores and seconds of the processor, nothing remembered from before but the tables."""
    for name in ("華為技術有限公司", "ПАО «Газпром»", "شركة النفط"):
        score({"schema": "Company", "name1": name, "name2": name})
    forms.cache_clear()
    near.cache_clear()
    start = time.process_time()
    return [score(row) for row in rows], time.process_time() - start


def theirs(rows: Sequence[Row], python: str) -> tuple[list[float], float]:
    done = subprocess.run(
        [python, "-c", THEIRS], input=json.dumps(rows), capture_output=True, text=True, check=True
    )
    scores, seconds = json.loads(done.stdout)
    return scores, seconds


def figures(rows: Sequence[Row], scores: Sequence[float], threshold: float, kind: str) -> str:
    told = Counter(
        (found >= threshold, row["is_match"] == "true")
        for row, found in zip(rows, scores, strict=True)
        if kind in {kind_of(row), "all"}
    )
    hit, false, missed = told[True, True], told[True, False], told[False, True]
    precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
    f1 = 2 * hit / max(1, 2 * hit + false + missed)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({told.total()} pairs)"


def main(file: Path, python: str = "") -> None:
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    measured = {"own": (*ours(rows), REVIEW)}
    if python:
        measured["logic-v2"] = (*theirs(rows, python), OTHER_THRESHOLD)
    for name, (scores, seconds, threshold) in measured.items():
        for kind in ("organization", "person", "all"):
            said = figures(rows, scores, threshold, kind)
            print(f"{name:9} at {threshold:.2f}  {kind:12} {said}")
        print(f"{name:9} {len(rows) / seconds:,.0f} pairs a second")
    if python:
        ratio = measured["logic-v2"][1] / measured["own"][1]
        print(f"ratio {ratio:.1f} times the pairs a second (wanted {WANTED_RATIO})")
    print(f"wanted F1 for organizations: {WANTED_F1}")


if __name__ == "__main__":
    pairs = Path(sys.argv[1]) if len(sys.argv) > 1 else published("names/labelled_pairs.csv")
    main(pairs, *sys.argv[2:3])
