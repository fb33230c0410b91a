"""`flask report export`: write an edition of a report to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from casework.errors import InvalidValue
from casework.evidence.store import BlobDamaged
from casework.people.actions.machine import command_line_officer
from casework.reports.actions import editions as actions
from casework.reports.actions.editions import Order
from casework.reports.queries import editions as queries
from casework.reports.queries.decisions import decisions_of
from casework.statute.loader import default_text, load_pack
from casework.statute.pack import StatutePack
from models import Case, Report
from views.cli.answers import BadInput, NotDone, answer, as_json
from views.cli.document_file import case_named, draw, refuse_output, replace_file
from views.clock import now, today
from views.transaction import UNAVAILABLE, Session, own_transaction

report_cli = AppGroup("report", help="Reports that the text asks for: write one to a file.")


@dataclass(frozen=True, slots=True)
class _Written:
    number: int
    state: str
    pages: int
    sha256: str


@report_cli.command("export")
@click.argument("kind")
@click.option("--case", "case_ref", default="", help="Reference, for a report of one case.")
@click.option("--training", is_flag=True, help="Of the training docket.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write."
)
@as_json
def export(kind: str, case_ref: str, output: Path, *, training: bool, as_json: bool) -> None:
    """Write the approved edition of a report, or prepare and draw a new one.

    Of a report about a decision, the latest decision of the case is taken.
    """
    refuse_output(output)
    try:
        written = _write(_approved_or_prepared(kind, case_ref, training=training), output)
    except UNAVAILABLE:
        raise NotDone("The database does not answer, or is not there. Try: flask doctor") from None
    except BlobDamaged:
        raise NotDone("The stored pages do not agree with their hash.") from None
    approved = written.state == "approved"
    document = {
        "report": kind,
        "case": case_ref or None,
        "edition": written.number,
        "approved": approved,
        "pages": written.pages,
        "sha256": written.sha256,
    }
    stands = "approved" if approved else "not approved"
    words = f"{output}: {kind}, edition {written.number}, {written.pages} pages, {stands}"
    answer(as_json, document, f"{words}\nSHA-256 {written.sha256}")


def _approved_or_prepared(kind: str, case_ref: str, *, training: bool) -> UUID:
    with own_transaction() as session:
        case = case_named(session, case_ref) if case_ref else None
        pack = load_pack(case.text_version if case else default_text())
        _refuse_kind(kind, case, pack)
        found = queries.newest(
            session,
            kind,
            text_version=pack.text_version,
            training=case.training if case else training,
            case=case,
            state="approved",
        )
        if found is not None:
            return found.id
        made = _prepared(session, kind, case, pack, training=training)
        job = queries.job_of(session, made)
        report_id, job_id = made.id, job.id if job else None
    if job_id is not None:
        draw(job_id)
    return report_id


def _refuse_kind(kind: str, case: Case | None, pack: StatutePack) -> None:
    scope = "case" if case else "docket"
    made = [row.id for row in pack.reports.values() if row.scope == scope]
    if kind not in made:
        shown = kind.encode("ascii", "backslashreplace").decode()
        where = "of one case" if case else "on the docket (others need --case)"
        raise BadInput(f"{shown}: reports {where} are {', '.join(made)}")


def _prepared(
    session: Session, kind: str, case: Case | None, pack: StatutePack, *, training: bool
) -> Report:
    report = pack.reports[kind]
    decisions = decisions_of(session, case, pack) if case and report.decision else {}
    order = Order(
        report=report,
        pack=pack,
        training=case.training if case else training,
        cases=queries.every_case(),
        case=case,
        decision=next(iter(decisions), ""),
        default_enacted=current_app.extensions["settings"].enacted,
    )
    by = command_line_officer(session, at=now())
    try:
        return actions.prepare_report(session, order, by=by, at=now(), on=today())
    except InvalidValue:
        raise NotDone("This case has no decision whose record was frozen.") from None


def _write(report_id: UUID, output: Path) -> _Written:
    with own_transaction() as session:
        report = session.get_one(Report, report_id)
        if report.sha256 is None:
            job = queries.job_of(session, report)
            raise NotDone(report.failure or (job.failure if job else "") or "It is not drawn yet.")
        pieces = actions.hand_out(
            session,
            current_app.extensions["blobs"],
            report,
            by=command_line_officer(session, at=now()),
            at=now(),
        )
        replace_file(output, pieces)
        return _Written(report.number, report.state, report.pages or 0, report.sha256)
