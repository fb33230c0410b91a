"""The job that takes in a usage log. Nothing of it shows before all of it is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from casework.evidence.actions.exhibits import context_of
from casework.evidence.actions.logs import note
from casework.evidence.apart import work_apart
from casework.evidence.log_facts import hash_of_parts, reading_in
from casework.evidence.means import Means, fetch, workspace
from casework.evidence.queries.logs import case_of, get_log
from casework.evidence.store import BlobStore
from models import Case, CustodyEvent, UsageLog

Told = dict[str, Any]


def take_in_log(means: Means, log_id: UUID) -> None:
    """Read the files in a process of their own, keep the accepted rows, then say so in the row.
    Run again after a crash it begins anew. Raises WorkRefused, ChildDied, BlobDamaged.
    """
    with means.transaction() as session:
        order = begin_intake(session, log_id, at=means.now())
    if order is None:
        return
    with workspace(means, log_id) as folder:
        means.progress("Fetching the files from the store")
        context = order.pop("context")
        for number, file in enumerate(order["files"]):
            path = fetch(means.blobs, file.pop("key"), context, folder / f"{number}.log")
            file["path"] = str(path)
        epoch, key = means.programme_key()
        order["key"], order["out"] = key.hex(), str(folder / "rows")
        taken = work_apart("take_in", order, progress=means.progress)
        means.progress("Storing the accepted rows")
        kept = stored(means.blobs, context, taken)
    with means.transaction() as session:
        keep_taken(session, log_id, taken | kept | {"epoch": epoch}, at=means.now())


def begin_intake(session: Session, log_id: UUID, *, at: datetime) -> Told | None:
    """What the child is asked, with the keys of the files and their context; None when the log is
    taken in already. The reading is entered in the register of each file.
    """
    log = get_log(session, log_id)
    if log.state not in {"queued", "taking_in"}:
        return None
    case, reading = case_of(session, log), reading_in(log.mapping)
    log.state, log.failure = "taking_in", ""
    note_reading(session, case, log, f"read for usage log {log.number}", at=at)
    return {
        "context": context_of(case),
        "files": [
            {"name": row.exhibit.file_name, "key": row.exhibit.blob_key or ""} for row in log.files
        ],
        "mapping": dict(reading.columns),
        "capabilities": dict(reading.capabilities),
        "zone": reading.zone,
        "epoch_unit": reading.epoch_unit,
        "window_from": _iso(log.window_from),
        "window_to": _iso(log.window_to),
    }


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def note_reading(session: Session, case: Case, log: UsageLog, words: str, *, at: datetime) -> None:
    """Enter in the register of every file of the log that the system read it."""
    for row in log.files:
        session.add(
            CustodyEvent(
                exhibit_id=row.exhibit_id,
                kind="viewed",
                by_id=None,
                at=at,
                sha256=row.exhibit.sha256,
                note=words,
            )
        )
    numbers = [row.exhibit.number for row in log.files]
    note(session, case, log, "usage_log.read", by=None, at=at, exhibits=numbers, purpose=words)


def stored(store: BlobStore, context: str, taken: Mapping[str, Any]) -> Told:
    """Keys of the parts, and of the rows that were set aside. They are stored before any row
    names them; what a crash leaves is swept.
    """
    parts = []
    for part in taken["parts"]:
        put = _put(store, context, Path(part["path"]))
        parts.append({"key": put[0], "sha256": put[1], "rows": part["rows"]})
    rejected: tuple[str | None, str | None] = (None, None)
    if taken["rejected"]:
        rejected = _put(store, context, Path(taken["rejected_csv"]))
    return {"canonical": parts, "rejected_key": rejected[0], "rejected_sha256": rejected[1]}


def _put(store: BlobStore, context: str, path: Path) -> tuple[str, str]:
    with path.open("rb") as stream:
        stored = store.put(stream, context, cap=path.stat().st_size)
    return stored.key, stored.sha256


def keep_taken(session: Session, log_id: UUID, taken: Told, *, at: datetime) -> None:
    """Say in one step what was taken in; a log that was stopped meanwhile stays as it is."""
    log = get_log(session, log_id)
    if log.state != "taking_in":
        return
    log.state, log.taken_in_at = "ready", at
    for name in ("rows", "accepted", "rejected", "reasons", "minimised", "canonical"):
        setattr(log, name, taken[name])
    log.epoch = taken["epoch"]
    log.rejected_key, log.rejected_sha256 = taken["rejected_key"], taken["rejected_sha256"]
    log.canonical_sha256 = hash_of_parts([part["sha256"] for part in taken["canonical"]])
    note(
        session,
        case_of(session, log),
        log,
        "usage_log.take_in",
        by=None,
        at=at,
        input_sha256=taken["input_sha256"],
        canonical_sha256=log.canonical_sha256,
        **{name: taken[name] for name in ("rows", "accepted", "rejected")},
    )


def give_up_intake(session: Session, log_id: UUID, reason: str, *, at: datetime) -> None:
    _end(session, log_id, "failed", reason, at=at)


def note_intake_stopped(session: Session, log_id: UUID, *, at: datetime) -> None:
    _end(session, log_id, "cancelled", "", at=at)


def _end(session: Session, log_id: UUID, state: str, reason: str, *, at: datetime) -> None:
    log = get_log(session, log_id)
    if log.state == "ready":
        return
    log.state, log.failure = state, reason
    note(session, case_of(session, log), log, f"usage_log.{state}", by=None, at=at, reason=reason)
