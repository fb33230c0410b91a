"""The small log taken in and analysed once, by the functions that the worker's child runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.evidence.actions import log_intake, run_analysis
from casework.evidence.actions.exhibits import context_of
from casework.evidence.analysis.parameters import shipped
from casework.evidence.work_analysis import analyse_rows
from casework.evidence.work_intake import take_in_files
from models import AnalysisRun, UsageLog
from tests.factories import AT
from tests.usage_logs.desk import Desk
from tests.usage_logs.small_log import log_file

PROGRAMME = ("2026H2", bytes([7] * 32))
MARKERS = {
    "releases": [
        {"model": "lantern-2", "ts": "2026-05-07T12:00:00Z", "source": "Release notes of the owner"}
    ],
    "rival_releases": [
        {"model": "orchid-9", "ts": "2026-06-20T00:00:00Z", "kind": "release", "source": "Press"}
    ],
}


@dataclass(frozen=True)
class Computed:
    taken: dict[str, Any]
    made: dict[str, Any]


def compute(folder: Path) -> Computed:
    path = folder / "usage.csv"
    path.write_bytes(log_file())
    order = {
        "files": [{"name": "usage.csv", "path": str(path)}],
        "mapping": {},
        "capabilities": {},
        "zone": "",
        "epoch_unit": "",
        "window_from": "",
        "window_to": "",
        "key": PROGRAMME[1].hex(),
        "out": str(folder / "rows"),
    }
    taken = take_in_files(order, _quiet)
    asked = {
        "parts": [part["path"] for part in taken["parts"]],
        "markers": MARKERS,
        "public_prompts": [],
        "parameters": shipped().as_dict(),
        "engine": "duckdb",
        "memory": "500MB",
        "workspace": str(folder),
        "about": {
            "rows": taken["accepted"],
            "rejected": taken["rejected"],
            "input_sha256": "0" * 64,
        },
    }
    return Computed(taken, analyse_rows(asked, _quiet))


def _quiet(words: str) -> None:
    pass


def keep_computed(desk: Desk, computed: Computed) -> AnalysisRun:
    """Keep both results of the newest log as the jobs do."""
    db, store, log = desk.db, desk.app.extensions["blobs"], desk.log()
    log.state = "taking_in"
    kept = log_intake.stored(store, context_of(desk.case), computed.taken)
    log_intake.keep_taken(db, log.id, computed.taken | kept | {"epoch": PROGRAMME[0]}, at=AT)
    return keep_run(desk, computed, log)


def keep_run(desk: Desk, computed: Computed, log: UsageLog, **changes: Any) -> AnalysisRun:
    fields = {
        "log": log,
        "number": len(log.runs) + 1,
        "parameters": shipped().as_dict(),
        "markers": MARKERS,
        "public_prompts": [],
        "state": "running",
        "asked_by": log.created_by,
        "asked_at": AT,
        "started_at": AT,
    }
    run = AnalysisRun(**{**fields, **changes})
    desk.db.add(run)
    desk.db.flush()
    run_analysis.keep_run(
        desk.db, desk.app.extensions["blobs"], run.id, computed.made, PROGRAMME, at=AT
    )
    desk.db.commit()
    return desk.run()
