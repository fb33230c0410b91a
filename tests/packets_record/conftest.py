"""A case with everything that a packet prints, and what is needed to draw it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from casework.evidence.store import BlobStore
from tests.packets_record.rich_case import RichCase, make_rich_case


@pytest.fixture
def rich(db: Session) -> RichCase:
    return make_rich_case(db, review_on=date(2027, 2, 1))


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs", b"k" * 32)
