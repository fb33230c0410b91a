"""Calls routes on behalf of roles, each call undone after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from casework.access import Role
from tests.architecture.world import World
from tests.browser import DocketClient
from views.sessions import token_sha256


def name_of(rule: Rule, method: str) -> str:
    """The route as the matrix writes it: converters are left out."""
    path = re.sub(r"<(?:[^>]*:)?(\w+)>", r"<\1>", rule.rule)
    return f"{method} {path}"


def rules_of(app: Flask) -> dict[str, Rule]:
    return {
        name_of(rule, method): rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


class Caller:
    """Calls routes on behalf of roles; what a call changes is undone after it."""

    def __init__(self, connection: sa.Connection, app: Flask, db: Session) -> None:
        self.connection, self.app, self.db = connection, app, db
        self.rules = rules_of(app)
        self.world = World(app, db)

    def status(self, route: str, role: str | None, *, hidden: str = "", query: str = "") -> int:
        """The status of the answer. `hidden` names the arguments that are those of the hidden
        case: `all`, or one of them. `query` is added to the address."""
        values = dict(self.world.own)
        if hidden:
            chosen = values if hidden == "all" else [hidden]
            values |= {name: self.world.hidden[name] for name in chosen}
        with self._undone():
            chosen_role = Role(role) if role else None
            client = self.client(chosen_role)
            return self._open(client, route, chosen_role, values, query).status_code

    def statements(self, route: str, role: str) -> list[str]:
        """What the call wrote: the first words of each statement, as `INSERT INTO comment`."""
        found: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            words = statement.split()[:3]
            if words[0] in {"INSERT", "UPDATE", "DELETE"}:
                found.append(" ".join(words if words[0] != "UPDATE" else words[:2]))

        with self._undone():
            client = self.client(Role(role))
            self.db.commit()
            sa.event.listen(self.connection, "before_cursor_execute", note)
            try:
                self._open(client, route, Role(role), dict(self.world.own), "")
            finally:
                sa.event.remove(self.connection, "before_cursor_execute", note)
        return found

    @contextmanager
    def _undone(self) -> Iterator[None]:
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            self.db.rollback()
            savepoint.rollback()
            self.db.expire_all()

    def _open(
        self,
        client: DocketClient,
        route: str,
        role: Role | None,
        values: dict[str, Any],
        query: str,
    ) -> TestResponse:
        endpoint = self.rules[route].endpoint
        url = self.world.url(endpoint, {**values, "digest": token_sha256(client.token)}, role)
        url += ("&" if "?" in url else "?") + query if query else ""
        if route.startswith("POST "):
            return client.post_form(url, self.world.fields(endpoint))
        return client.get(url)

    def client(self, role: Role | None) -> DocketClient:
        client = self.app.test_client()
        assert isinstance(client, DocketClient)
        client.store = self.db
        if role:
            client.sign_in_as(self.world.officers[role])
        return client
