"""The audit log at size: how long it takes to verify, and to prove one entry.

    python benchmarks/audit_log.py [ENTRIES]

Entries are written in bulk, each a true leaf chained to the one before it; then the whole log is
verified as `flask audit verify` does, against one bare pass that reads and hashes the leaves and
nothing else, in the same run. Proofs are of entries drawn with a printed seed.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import rfc8785
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from casework.audit import GENESIS, detail_hash, merkle
from casework.audit.merkle import leaf_hash
from casework.audit.tree import StoredTree, sum_up
from casework.audit.verification import verify
from models import AuditDetail, AuditEntry, AuditHead
from models.engine import open_engine

ENTRIES, BATCH, SEED, PROOFS = 1_000_000, 10_000, 20261124, 200
START = datetime(2026, 1, 1, tzinfo=UTC)
ACTOR = UUID(int=7)


def rows(first: int, last: bytes) -> tuple[list[dict], list[dict], bytes]:
    entries, details = [], []
    for seq in range(first, first + BATCH):
        at = START + timedelta(milliseconds=seq)
        detail = {"element": "model", "answer": "met", "exhibit": seq % 300}
        leaf = rfc8785.dumps(
            {
                "v": 1, "seq": seq, "at": at.isoformat(timespec="microseconds"),
                "actor": str(ACTOR), "person": str(ACTOR), "session": "a" * 16,
                "address": "192.0.2.1", "action": "finding.write", "object": f"finding:{seq}",
                "case": "", "detail": detail_hash("ab", detail), "nonce": f"{seq:032x}",
                "prev": last.hex(),
            }
        )  # fmt: skip
        last = leaf_hash(leaf)
        entries.append(
            {
                "seq": seq, "leaf": leaf.decode(), "hash": last, "at": at, "actor_id": ACTOR,
                "action": "finding.write", "object": f"finding:{seq}", "case_id": None,
            }
        )  # fmt: skip
        details.append({"seq": seq, "salt": "ab", "detail": detail})
    return entries, details, last


def fill(session: Session, count: int) -> None:
    last = GENESIS
    for first in range(0, count, BATCH):
        entries, details, last = rows(first, last)
        session.execute(sa.insert(AuditEntry), entries)
        session.execute(sa.insert(AuditDetail), details)
    for size in range(256, count + 1, 256):
        sum_up(session, size)
    head = session.scalars(sa.select(AuditHead)).one()
    head.size, head.last_hash = count, last
    session.commit()


def timed(work: object) -> tuple[float, object]:
    started = time.process_time()
    answer = work()  # type: ignore[operator]
    return time.process_time() - started, answer


def bare(session: Session) -> int:
    """Read every leaf and hash it."""
    found = session.execute(sa.select(AuditEntry.leaf).order_by(AuditEntry.seq))
    return sum(1 for (leaf,) in found if leaf_hash(leaf.encode()))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'log.db'}"
        config = Config("alembic.ini")
        config.attributes["database_url"] = url
        command.upgrade(config, "head")
        with Session(open_engine(url)) as session:
            fill(session, count)
            scan, _ = timed(lambda: bare(session))
            whole, found = timed(lambda: verify(session))
            if not found.ok:
                raise SystemExit(f"the log does not hold: {found}")
            drawn = random.Random(SEED)  # noqa: S311
            took = []
            for _ in range(PROOFS):
                seq = drawn.randrange(count)
                seconds, _ = timed(
                    lambda seq=seq: merkle.inclusion(seq, count, StoredTree(session, count))
                )
                took.append(seconds * 1000)
    took.sort()
    print(
        json.dumps(
            {
                "entries": count,
                "seed": SEED,
                "bare pass, CPU s": round(scan, 2),
                "verify, CPU s": round(whole, 2),
                "verify over bare pass": round(whole / scan, 1),
                "proof, CPU ms, median": round(statistics.median(took), 2),
                "proof, CPU ms, p95": round(took[int(PROOFS * 0.95)], 2),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
