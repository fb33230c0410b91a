"""Sending exhibits as the pages do, and what is to be found afterwards."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from casework.evidence.actions import scans
from config import Settings
from models import Case, CustodyEvent, Exhibit
from tests.browser import DocketClient
from tests.evidence import samples
from tests.factories import AT, make_officer

FIELDS = {
    "title": "Log extract",
    "description": "Rows of one night.",
    "bearing": "supports",
    "basis": "public_statement",
    "received_from": "Lantern Models, by courier",
    "dated_on": "2026-06-01",
    "owner_confidential": "y",
    "tlp": "AMBER",
    "cui_category": "",
}


def upload(
    client: DocketClient,
    case: Case,
    fields: Mapping[str, str],
    content: bytes = samples.CSV,
    name: str = "extract.csv",
) -> TestResponse:
    url = f"/cases/{case.reference}/evidence/new"
    return client.post_form(url, {**fields, "file": (io.BytesIO(content), name)})


def release(db: Session, case: Case, number: int = 1) -> None:
    """Let an unscanned exhibit leave, as a case officer would."""
    exhibit = db.scalars(sa.select(Exhibit).where(Exhibit.number == number)).one()
    by = make_officer(db, "case_officer")
    scans.release(db, case, exhibit, reason="Scanned by the sender", by=by, at=AT)
    db.commit()


def exhibits(db: Session) -> list[Exhibit]:
    return list(db.scalars(sa.select(Exhibit).order_by(Exhibit.number)))


def blobs(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_dir / "blobs").rglob("*") if path.is_file()]


def custody(db: Session) -> list[str]:
    return list(db.scalars(sa.select(CustodyEvent.kind).order_by(CustodyEvent.at)))
