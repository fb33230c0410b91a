from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.installation import Site, installed
from tests.packets_record.rich_case import RichCase, make_rich_case


@pytest.fixture
def site(own_url: str, own_engine: sa.Engine, tmp_path: Path) -> Iterator[Site]:
    with installed(own_url, own_engine, tmp_path) as site:
        yield site


@pytest.fixture
def rich(site: Site) -> RichCase:
    with site.session() as session, session.begin():
        return make_rich_case(session)
