from __future__ import annotations

from pathlib import Path

import pytest

from tests.analysis_run.logs import rows_of_log, write_canonical


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_canonical(rows_of_log(), tmp_path_factory.mktemp("log"))
