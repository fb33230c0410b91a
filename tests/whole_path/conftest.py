from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.databases import Databases
from tests.whole_path.browsing import set_clock
from tests.whole_path.storage import Prepared


@pytest.fixture(scope="package")
def prepared(test_databases: Databases, shared_app: Flask) -> Iterator[Prepared]:
    """Made once: some three hundred acts bring the cases where the walks begin."""
    before = dict(shared_app.extensions)
    with pytest.MonkeyPatch.context() as patch:
        made = Prepared(test_databases, shared_app)
        set_clock(patch, lambda: made.current)
        yield made
        made.drop()
    shared_app.extensions.clear()
    shared_app.extensions.update(before)
