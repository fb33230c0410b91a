from __future__ import annotations

import http.client
import signal
import socket
import time
from contextlib import closing

import pytest

from tests.installation import Site, wait_until


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answer(port: int, path: str) -> tuple[int, dict[str, str]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        found = connection.getresponse()
        found.read()
        return found.status, {name.lower(): value for name, value in found.getheaders()}


def listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_it_serves_without_naming_its_server_and_ends_when_asked(site: Site) -> None:
    port = free_port()
    process = site.start("serve", PORT=str(port))
    wait_until(lambda: listens(port))

    status, headers = answer(port, "/healthz")
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()

    assert status == 200
    assert "server" not in headers
    assert process.wait(timeout=20) == 0
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_exit_2(site: Site, port: str) -> None:
    site.environment["PORT"] = port

    done = site.run("serve")

    assert done.returncode == 2
    assert "PORT" in done.stderr
