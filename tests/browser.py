"""A browser for tests: keeps cookies, and sends forms as the pages of the application do."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models import Officer, SignInSession
from views.sessions import token_sha256


class DocketClient(FlaskClient):
    """Before each request what the test has added to `store` is kept; afterwards every row that
    the test holds is read anew."""

    store: Session

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        self.store.commit()
        answer = super().open(*arguments, **{"buffered": True, **options})
        for each in (*answer.history, answer):  # large forms are sent from a temporary file
            each.request.environ["wsgi.input"].close()
        return answer

    @property
    def cookie_name(self) -> str:
        return str(self.application.session_interface.cookie)

    @property
    def token(self) -> str:
        """What the session cookie holds; empty without one."""
        cookie = self.get_cookie(self.cookie_name)
        return cookie.value if cookie else ""

    def use_token(self, token: str) -> None:
        self.set_cookie(self.cookie_name, token)

    def sign_in_as(self, officer: Officer) -> None:
        self.use_token(self._new_session(officer))

    def sign_out_quietly(self) -> None:
        """Forget the cookie; the session itself stays."""
        self.delete_cookie(self.cookie_name)

    def csrf_token(self) -> str:
        """A token that the forms of the current session would carry."""
        if self._session() is None:
            self.use_token(self._new_session(None))
        row = self._session()
        assert row is not None
        data = json.loads(row.data)
        if "csrf_token" not in data:
            data["csrf_token"] = secrets.token_hex(20)
            row.data = json.dumps(data)
            self.store.commit()
        signer = URLSafeTimedSerializer(str(self.application.secret_key), salt="wtf-csrf-token")
        return str(signer.dumps(data["csrf_token"]))

    def post_form(
        self, url: str, data: Mapping[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """Send a form with its CSRF token and a submission key, unless `data` brings its own."""
        hidden = {"csrf_token": self.csrf_token(), "submission_key": secrets.token_urlsafe(18)}
        return self.post(url, data={**hidden, **dict(data or {})}, **options)

    def _session(self) -> SignInSession | None:
        return self.store.get(SignInSession, token_sha256(self.token)) if self.token else None

    def _new_session(self, officer: Officer | None) -> str:
        token, at = secrets.token_urlsafe(32), datetime.now(UTC)
        data = {"csrf_token": secrets.token_hex(20)}
        if officer:
            data["officer_id"] = str(officer.id)
        self.store.add(
            SignInSession(
                token_sha256=token_sha256(token),
                officer_id=officer.id if officer else None,
                data=json.dumps(data),
                created_at=at,
                seen_at=at,
                address="127.0.0.1",
                agent="tests",
            )
        )
        self.store.commit()
        return token
