"""The ways in: pages and command line. No rule of the domain lives here."""

from __future__ import annotations

from flask import Flask

from views.assets import assets
from views.audit import audit
from views.cases import cases
from views.cli.audit import audit_cli
from views.cli.db import db_cli
from views.cli.demo.command import demo_cli
from views.cli.doctor import doctor_command
from views.cli.packet import packet_cli
from views.cli.serve import serve_command
from views.cli.statute import statute_cli
from views.cli.upkeep import backup_command, restore_command
from views.cli.users import users_cli
from views.cli.worker import worker_cli
from views.determinations import determinations
from views.drafts import drafts
from views.entities import entities
from views.evidence import evidence
from views.findings import findings
from views.health import health
from views.home import work
from views.incidents import incidents
from views.measures import measures
from views.numbers import RowNumber
from views.packets import packets
from views.people import people
from views.reports import reports
from views.session_pages import session_pages
from views.statute import statute

AREAS = (
    assets,
    health,
    session_pages,
    drafts,
    work,
    incidents,
    cases,
    entities,
    evidence,
    findings,
    measures,
    determinations,
    packets,
    statute,
    reports,
    audit,
    people,
)
COMMANDS = (
    statute_cli,
    packet_cli,
    audit_cli,
    db_cli,
    users_cli,
    demo_cli,
    worker_cli,
    serve_command,
    doctor_command,
    backup_command,
    restore_command,
)


def register_views(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber
    for area in AREAS:
        app.register_blueprint(area)


def register_commands(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
