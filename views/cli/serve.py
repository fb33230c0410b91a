"""`flask serve`: the application behind waitress on the loopback address."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress import create_server

from casework.evidence.pieces import PIECE
from views.cli.answers import BadInput

HOST = "127.0.0.1"
THREADS = 8
SLACK = 1024 * 1024  # the form around a file of the greatest size


@click.command("serve")
@with_appcontext
def serve_command() -> None:
    """Serve on 127.0.0.1 at PORT (8000 without it) until told to stop."""
    port = _port(os.environ.get("PORT", "8000"))
    server = create_server(_application(), host=HOST, port=port, **_options())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    click.echo(f"Serving on http://{HOST}:{port}")
    server.run()  # returns once the exception of the signal has emptied its threads
    server.close()


def _application() -> Flask:
    # waitress hands the application to its threads, where the proxy would find no context.
    return current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001


def _options() -> dict[str, object]:
    settings = current_app.extensions["settings"]
    return {
        "threads": THREADS,
        "ident": None,  # no Server header (HD-5)
        "max_request_body_size": max(settings.upload_cap, PIECE) + SLACK,
        # Behind a proxy that is counted, its headers are the application's to judge.
        "clear_untrusted_proxy_headers": not settings.proxies,
    }


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 0 < number < 2**16:
        raise BadInput(f"PORT is {text!r}: give a port from 1 to 65535.")
    return number


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
