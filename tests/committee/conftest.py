from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.committee.votefile import VoteFile, start


@pytest.fixture
def file(db: Session) -> VoteFile:
    return start(db)
