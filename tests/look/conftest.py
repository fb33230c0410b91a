"""Plumbing of the tests of the look: the gallery on a free port."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.look.gallery import create_gallery


@pytest.fixture(scope="session")
def gallery() -> Flask:
    return create_gallery()


@pytest.fixture(scope="session")
def address(gallery: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, gallery, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
