"""A usage log of a case with one finished analysis, as an address names them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.evidence.actions.exhibits import context_of
from casework.evidence.actions.run_analysis import keep_run
from casework.evidence.store import BlobStore
from models import AnalysisRun, Case, Exhibit, Officer, UsageLog, UsageLogFile
from tests.factories import AT

CLUSTER = "C1"
_FACTOR: dict[str, Any] = {"state": "not_shown", "missing": [], "measures": {}}
_REPORT = {
    "rows": 9,
    "rejected": 1,
    "accounts": 3,
    "engine": "duckdb",
    "versions": {"duckdb": "2"},
    "hashes": {"tables": "0" * 64, "members": "0" * 64, "factors": "0" * 64},
    "parameters": {"set": "2026-11"},
    "markers": {},
    "sensitivity": [],
    "baseline": {"accounts": 1, "exchanges": 1, "source": "unclustered"},
    "apart": {"accounts": 0, "by_kind": {}},
    "cannot_see": ["This log cannot show who controls the accounts."],
    "clusters": [
        {
            "cluster_id": CLUSTER,
            "accounts": 2,
            "exchanges": 8,
            "grade": "B",
            "first": "2026-05-04T00:00:00Z",
            "last": "2026-05-05T00:00:00Z",
            "attention": False,
            "contrary": [],
            "innocent": [],
            "factors": dict.fromkeys(("i", "ii", "iii", "iv"), _FACTOR),
            "series": {
                "daily": [], "week": [], "capabilities": [], "lives": [], "lorenz": [],
                "network": {"nodes": [], "edges": []},
            },
        }
    ],
}  # fmt: skip


def log_of(db: Session, store: BlobStore, case: Case, lead: Officer) -> UsageLog:
    """A log of the first exhibit, of which one row was set aside."""
    exhibit = db.scalars(sa.select(Exhibit).where(Exhibit.case_id == case.id)).first()
    assert exhibit is not None
    aside = b"file,row,reasons,text\nlog.csv,2,E03 ts: is not a time,x\n"
    stored = store.put(BytesIO(aside), context_of(case), cap=1000)
    log = UsageLog(
        case_id=case.id, number=1, title="May", owner="Lantern Models", sampling="All rows",
        mapping={"columns": {"ts": "ts"}, "capabilities": {}, "zone": "", "epoch_unit": ""},
        state="ready", rows=10, accepted=9, rejected=1, reasons={"E03": 1}, taken_in_at=AT,
        canonical_sha256="0" * 64, rejected_key=stored.key, rejected_sha256=stored.sha256,
        created_by=lead, created_at=AT,
    )  # fmt: skip
    log.files = [UsageLogFile(exhibit_id=exhibit.id, position=0)]
    db.add(log)
    db.flush()
    return log


def log_in(db: Session, store: BlobStore, case: Case, lead: Officer) -> dict[str, int]:
    log = log_of(db, store, case, lead)
    run = AnalysisRun(
        log=log, number=1, parameters={}, markers={"releases": [], "rival_releases": []},
        public_prompts=[], state="running", asked_by=lead, asked_at=AT, started_at=AT,
    )  # fmt: skip
    db.add(run)
    db.flush()
    with TemporaryDirectory() as folder:
        report, ties = Path(folder) / "report.json", Path(folder) / "ties.csv"
        report.write_text(json.dumps(_REPORT))
        ties.write_text(f"account_id,cluster_id,kind,v,n,members\na,{CLUSTER},address,x,4,2\n")
        keep_run(
            db,
            store,
            run.id,
            {"report": str(report), "ties": str(ties)},
            ("2026H2", bytes(32)),
            at=AT,
        )
    return {"log_number": log.number, "run_number": run.number}
