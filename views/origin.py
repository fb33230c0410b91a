"""Where a request came from, for the audit log."""

from __future__ import annotations

from flask import Flask, g, request, session

from casework.audit import Origin
from views.sessions import token_sha256


def address() -> str:
    """The peer's address; behind proxies the one that the configured number of them vouch for."""
    return request.remote_addr or ""


def note_origin(app: Flask) -> None:
    @app.before_request
    def note() -> None:
        token = getattr(session, "token", "") if session.get("officer_id") else ""
        g.address = address()
        g.agent = request.user_agent.string
        g.origin = Origin(token_sha256(token)[:16] if token else "", g.address)
