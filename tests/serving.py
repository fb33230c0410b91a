"""Serve an application to a browser as `flask serve` does: behind waitress."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from waitress import create_server, wasyncore


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Yield the address of `app` on a free port of the loopback interface."""
    channels: dict[int, object] = {}
    server = create_server(app, map=channels, host="127.0.0.1", port=0, threads=8)
    ended = threading.Event()

    def answer() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.1, use_poll=True, map=channels, count=1)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        ended.set()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(channels, ignore_all=True)
