"""The ways in: pages and command line. No rule of the domain lives here."""

from __future__ import annotations

from flask import Flask

from views.analysis_runs import analysis_runs
from views.assets import assets
from views.attackers_list import attackers_list
from views.audit import audit
from views.calendar_feed import calendar
from views.case_carry_over import carry_over
from views.case_clocks import case_clocks
from views.case_reports import case_reports
from views.cases import cases
from views.cli.audit import audit_cli
from views.cli.db import db_cli
from views.cli.demo.command import demo_cli
from views.cli.doctor import doctor_command
from views.cli.evidence import evidence_cli
from views.cli.packet import packet_cli
from views.cli.report import report_cli
from views.cli.screening import screening_cli
from views.cli.serve import serve_command
from views.cli.statute import statute_cli
from views.cli.upkeep import backup_command, restore_command
from views.cli.users import users_cli
from views.cli.watch import scan_cli, scrub_cli
from views.cli.worker import worker_cli
from views.correlations import correlations
from views.custody import custody
from views.determinations import determinations
from views.disposition import disposition
from views.drafts import drafts
from views.entities import entities
from views.entity_list import entity_list
from views.escalations import escalations
from views.evidence import evidence
from views.findings import findings
from views.health import health
from views.home import work
from views.incidents import incidents
from views.listing_pages import listing
from views.markings import markings
from views.measure_decisions import measure_decisions
from views.measure_holds import measure_holds
from views.measures import measures
from views.notices import notices
from views.numbers import RowNumber
from views.packets import packets
from views.people import people
from views.permissions import permissions
from views.petition_answers import petition_answers
from views.petitions import petitions
from views.report_editions import report_editions
from views.reports import reports
from views.retention import retention
from views.screening import screening
from views.session_pages import session_pages
from views.statute import statute
from views.statute_comparison import statute_comparison
from views.uploads_pages import uploads
from views.usage_logs import usage_logs
from views.vote_motion import motions
from views.vote_postponements import postponements
from views.votes import votes

AREAS = (
    assets,
    health,
    attackers_list,
    session_pages,
    drafts,
    work,
    incidents,
    cases,
    case_clocks,
    calendar,
    entities,
    screening,
    evidence,
    correlations,
    usage_logs,
    analysis_runs,
    custody,
    uploads,
    findings,
    markings,
    measures,
    notices,
    measure_decisions,
    measure_holds,
    entity_list,
    votes,
    motions,
    postponements,
    escalations,
    petitions,
    petition_answers,
    retention,
    disposition,
    determinations,
    permissions,
    listing,
    packets,
    carry_over,
    statute_comparison,
    statute,
    reports,
    report_editions,
    case_reports,
    audit,
    people,
)
COMMANDS = (
    statute_cli,
    screening_cli,
    evidence_cli,
    packet_cli,
    report_cli,
    audit_cli,
    db_cli,
    users_cli,
    demo_cli,
    worker_cli,
    scrub_cli,
    scan_cli,
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
