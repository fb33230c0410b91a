"""Plumbing of the tests of the look: the gallery on a free port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.look.gallery import create_gallery
from tests.serving import served


@pytest.fixture(scope="session")
def gallery() -> Flask:
    return create_gallery()


@pytest.fixture(scope="session")
def address(gallery: Flask) -> Iterator[str]:
    with served(gallery) as found:
        yield found
