from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from casework.screening.actions.watchlists import Imported, Order, import_edition
from casework.screening.watchlists.reading import ListFile
from tests.plain_report import AT

Import = Callable[..., Imported]


def as_files(files: dict[str, bytes]) -> list[ListFile]:
    return [ListFile(name, BytesIO(content)) for name, content in files.items()]


@pytest.fixture
def bring(db: Session) -> Import:
    """Import files (content by name) as an edition of a list; says what progress was told."""

    @contextmanager
    def transaction() -> Iterator[Session]:
        with db.begin_nested():
            yield db

    def run(source: str, files: dict[str, bytes], **order: Any) -> Imported:
        db.info["progress"] = told = []
        return import_edition(
            transaction,
            Order(source=source, files=as_files(files), **order),
            at=AT,
            on=date(2026, 11, 24),
            progress=told.append,
        )

    return run
