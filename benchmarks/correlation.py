"""Where a case meets others, among 100,000 tags of many cases, on SQLite.

    python benchmarks/correlation.py [TAGS]

The page's comparison for one case of 4,000 tags, of which 70 were planted in another owner's case,
over a bare scan of the tags by their index in the same run. An unrelated owner must meet nothing.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from casework.evidence.queries.correlations import compared
from models import AnalysisRun, Case, CorrelationTag, UsageLog
from models.engine import open_engine
from tests.factories import make_case, make_officer

TAGS, OWN, PLANTED, SEED = 100_000, 4_000, 70, 20261124
AT = datetime(2026, 6, 1, tzinfo=UTC)
DAY = date(2026, 5, 1)


def lab(session: Session, officer: object, name: str, tags: list[str]) -> Case:
    case = make_case(session, officer)
    log = UsageLog(
        case_id=case.id, number=1, title="May", owner=name, sampling="", mapping={},
        state="ready", created_by=officer, created_at=AT, epoch="2026H2",
    )  # fmt: skip
    run = AnalysisRun(
        log=log, number=1, parameters={}, markers={}, public_prompts=[], state="done",
        asked_by=officer, asked_at=AT, finished_at=AT,
    )  # fmt: skip
    session.add_all([log, run])
    session.flush()
    session.execute(
        sa.insert(CorrelationTag),
        [
            {
                "id": uuid4(), "run_id": run.id, "case_id": case.id, "owner": name,
                "kind": "address", "epoch": "2026H2", "tag": tag, "accounts": 4,
                "exchanges": 20, "first_on": DAY, "last_on": DAY,
            }
            for tag in tags
        ],
    )  # fmt: skip
    return case


def drawn(source: random.Random, count: int) -> list[str]:
    return [f"{source.getrandbits(128):032x}" for _ in range(count)]


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else TAGS
    source = random.Random(SEED)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'tags.db'}"
        config = Config("alembic.ini")
        config.attributes["database_url"] = url
        command.upgrade(config, "head")
        with Session(open_engine(url)) as session:
            officer = make_officer(session, "analyst")
            own_tags = drawn(source, OWN)
            own = lab(session, officer, "own", own_tags)
            met = lab(session, officer, "met", own_tags[:PLANTED] + drawn(source, OWN - PLANTED))
            for number in range((count - 2 * OWN) // OWN):
                lab(session, officer, f"other {number}", drawn(source, OWN))
            session.commit()
            scan, _ = seconds(
                lambda: session.execute(
                    sa.select(CorrelationTag.tag).order_by(
                        CorrelationTag.epoch, CorrelationTag.kind, CorrelationTag.tag
                    )
                ).all()
            )
            took, found = seconds(lambda: compared(session, own, sa.select(Case)))
            others = [case.id for _, case in found.met]
            if others != [met.id]:
                raise SystemExit(f"met {others}, planted {met.id}")
    print(
        json.dumps(
            {
                "tags": count,
                "seed": SEED,
                "planted": PLANTED,
                "met": sum(found.met[0][0].counts.values()),
                "bare index scan, CPU s": round(scan, 3),
                "comparison, CPU s": round(took, 3),
                "ratio": round(took / scan, 2),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
