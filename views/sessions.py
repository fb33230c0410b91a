"""Sessions kept on the server (SS-1 to SS-4): the cookie holds a random token, the table its
SHA-256, so that a copy of the database opens no session and a row can be ended at any time.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask, Request, Response, g, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from casework.people import queries as people_queries
from casework.people.actions import accounts as people
from config import Settings
from views.clock import now
from views.transaction import UNAVAILABLE, cli_transaction, own_transaction

SEEN_EVERY = timedelta(seconds=60)


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """`ended_officer_id` is set when the cookie names a session that has run out: a form sent
    with it may still be kept as that officer's draft.
    """

    def __init__(self, data: dict[str, Any], token: str, *, stored: bool) -> None:
        def changed(_: CallbackDict[str, Any]) -> None:
            self.modified = True

        super().__init__(data, changed)
        self.token = token
        self.stored = stored
        self.old_tokens: list[str] = []
        self.modified = False
        self.touch = False
        self.ended_officer_id: str | None = None
        self.ended_data: dict[str, Any] = {}

    def rotate(self) -> None:
        """A new token, and nothing of what came before (fixation: SS-2)."""
        if self.stored:
            self.old_tokens.append(self.token)
        self.clear()
        self.token, self.stored, self.modified = secrets.token_urlsafe(32), False, True

    def end(self) -> None:
        self.rotate()
        self.modified = False


def current_session() -> ServerSession:
    """The session of this request, with what Flask's own type does not know."""
    return cast(ServerSession, session)


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ServerSessions(SessionInterface):
    def __init__(self, settings: Settings) -> None:
        self.idle = timedelta(minutes=settings.idle_minutes)
        self.absolute = timedelta(hours=settings.absolute_hours)
        self.secure = settings.base_url.startswith("https://")
        self.cookie = "__Host-docket" if self.secure else "docket"

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.cookie, "")
        if not token or len(token) > 128:
            return self._fresh()
        with cli_transaction(reading=True) as session:
            row = people_queries.find_session(session, token_sha256(token))
            if row is None:
                return self._fresh()
            data, officer_id = json.loads(row.data), row.officer_id
            alive = row.ended_at is None and self._alive(row.created_at, row.seen_at, now())
            touch = now() - row.seen_at > SEEN_EVERY
        if not alive:
            fresh = self._fresh()
            fresh.ended_officer_id = str(officer_id) if officer_id else None
            fresh.ended_data = data
            return fresh
        found = ServerSession(data, token, stored=True)
        found.touch = touch
        return found

    def save_session(self, app: Flask, found: SessionMixin, response: Response) -> None:
        saved = cast(ServerSession, found)
        changed = saved.modified or saved.old_tokens
        if response.status_code >= 500 or not (changed or saved.touch):
            return  # after a fault the database may be away: nobody waits for it twice
        try:
            self._store(saved)
        except UNAVAILABLE:
            if saved.old_tokens:
                raise
            app.logger.warning("a session could not be stored")
            return
        response.set_cookie(
            self.cookie,
            saved.token,
            secure=self.secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        response.vary.add("Cookie")

    @staticmethod
    def _store(saved: ServerSession) -> None:
        with own_transaction() as store:
            people.end_sessions(store, [token_sha256(old) for old in saved.old_tokens], at=now())
            if saved.modified or saved.stored:
                people.keep_session(
                    store,
                    token_sha256(saved.token),
                    officer_id=saved.get("officer_id"),
                    data=json.dumps(dict(saved)),
                    at=now(),
                    address=g.get("address", ""),
                    agent=g.get("agent", "")[:200],
                )

    def _alive(self, created: datetime, seen: datetime, at: datetime) -> bool:
        return at - seen < self.idle and at - created < self.absolute

    @staticmethod
    def _fresh() -> ServerSession:
        return ServerSession({}, secrets.token_urlsafe(32), stored=False)
