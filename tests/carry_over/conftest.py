from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from casework.statute.loader import load_pack, read_also
from casework.statute.pack import StatutePack
from tests.statute.amended import AMENDED, write_amended


@pytest.fixture(scope="module")
def amended(shared_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StatutePack]:
    """A second text of the bill, read beside the shipped ones while the module runs."""
    folder = write_amended(tmp_path_factory.mktemp("texts"))
    read_also([folder])
    yield load_pack(AMENDED)
    read_also([])
