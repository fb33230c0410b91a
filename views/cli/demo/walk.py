"""What the steps of the training walk share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from casework.evidence.store import BlobStore
from models import Officer
from views.transaction import Session

DATA = Path(__file__).parent / "data" / "training.toml"


@dataclass
class Walk:
    """What the steps of the walk share. `on` is today in Washington."""

    session: Session
    store: BlobStore
    officers: dict[str, Officer]
    text_version: str
    at: datetime
    on: date
    cap: int
    data: dict[str, Any] = field(default_factory=lambda: tomllib.loads(DATA.read_text()))

    def by(self, key: str) -> dict[str, Any]:
        """Who acts and when; each act a moment after the one before."""
        self.at += timedelta(milliseconds=1)
        return {"by": self.officers[key], "at": self.at}
