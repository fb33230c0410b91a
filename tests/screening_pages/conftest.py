from __future__ import annotations

import pytest

from tests.judgements.conftest import analyst, entity, entry, finds, hit, second

__all__ = ["analyst", "entity", "entry", "finds", "hit", "second"]


@pytest.fixture
def desk(sign_in, analyst):
    """The browser of the analyst."""
    return sign_in(analyst)
