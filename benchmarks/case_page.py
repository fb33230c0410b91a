"""The case page with 100 events on its timeline, against a bare Flask route.

The bare route renders a static template whose answer is as long. Both run in one process, turn by
turn; the ratio of the medians and the number of queries are printed. Wanted: at most 4 times the
time, at most 12 queries.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from flask import Flask, render_template
from flask.testing import FlaskClient
from jinja2 import DictLoader
from sqlalchemy.orm import Session

from app import create_app
from casework.people.actions import accounts as people
from casework.statute.loader import default_text
from casework.workflow.actions import team
from config import Settings
from models import Case, Officer
from views.cli.demo.people import add_cast
from views.cli.demo.training import walk_training_case
from views.cli.demo.walk import Walk
from views.clock import now, today
from views.schema import alembic_config
from views.sessions import token_sha256
from views.transaction import cli_transaction

EVENTS, ROUNDS = 100, 60
PAGES = ("", "/history")


def prepare(app: Flask, folder: Path) -> tuple[str, Officer]:
    """The training case with enough comments to show more than 100 events."""
    with app.app_context():
        command.upgrade(alembic_config(app.extensions["settings"].database_url), "head")
        with cli_transaction() as session:
            officers = add_cast(session, folder / "accounts.txt", at=now())
            walk = Walk(
                session=session,
                store=app.extensions["blobs"],
                officers=officers,
                text_version=default_text(),
                at=now(),
                on=today(),
                cap=10_000_000,
            )
            case = walk_training_case(walk)
            add_comments(session, case, officers["officer"])
            reference, officer = case.reference, officers["officer"]
    return reference, officer


def add_comments(session: Session, case: Case, officer: Officer) -> None:
    for number in range(EVENTS):
        at = now() + timedelta(milliseconds=number)
        team.comment(session, case, f"Comment {number} on the record.", by=officer, at=at)


def signed_in(app: Flask, officer: Officer) -> FlaskClient:
    client = app.test_client()
    token = "b" * 43
    with app.app_context(), cli_transaction() as session:
        people.keep_session(
            session,
            token_sha256(token),
            officer_id=str(officer.id),
            data=f'{{"officer_id": "{officer.id}"}}',
            at=now(),
            address="127.0.0.1",
            agent="benchmark",
        )
    client.set_cookie("docket", token)
    return client


def bare(html: str) -> FlaskClient:
    """A Flask application with one route that renders a static template of the same text."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"page.html": "{% raw %}" + html + "{% endraw %}"})
    app.add_url_rule("/", view_func=lambda: render_template("page.html"))
    return app.test_client()


def seconds(client: FlaskClient, path: str) -> float:
    start = time.perf_counter()
    answer = client.get(path)
    spent = time.perf_counter() - start
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return spent


def count_queries(client: FlaskClient, path: str) -> int:
    """Statements of one request, those of the session and of BEGIN left out."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE")):
            seen.append(str(arguments[2]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    client.get(path)
    sa.event.remove(sa.Engine, "before_cursor_execute", note)
    return len(seen)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = create_app(
            Settings(
                database_url=f"sqlite:///{folder}/docket.db", data_dir=folder, secret_key="b" * 40
            )
        )
        reference, officer = prepare(app, folder)
        client = signed_in(app, officer)
        for page in PAGES:
            path = f"/cases/{reference}{page}"
            html = client.get(path).get_data(as_text=True)
            other = bare(html)
            pairs = [(seconds(client, path), seconds(other, "/")) for _ in range(ROUNDS)][5:]
            ours = statistics.median(pair[0] for pair in pairs)
            plain = statistics.median(pair[1] for pair in pairs)
            print(
                f"{path}: {ours * 1000:.1f} ms, bare route {plain * 1000:.1f} ms for "
                f"{len(html):,} characters, ratio {ours / plain:.2f} (wanted: at most 4); "
                f"{count_queries(client, path)} queries (wanted: at most 12)"
            )


if __name__ == "__main__":
    main()
