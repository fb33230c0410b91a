"""`flask screening export` and `flask screening load`: entities out to other systems and in."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from flask.cli import with_appcontext

from casework.access import Permission, permits
from casework.errors import CaseworkError
from casework.people import queries as people
from casework.screening.actions.interchange import record_document
from casework.screening.facts import SourceFact
from casework.screening.interchange.records import Document, DocumentRefused, printable
from casework.screening.queries import entities as screening
from casework.screening.queries import interchange as queries
from casework.workflow.queries import cases as workflow
from models import Entity, Officer
from views.assembly import words_of
from views.cli.answers import BadInput, answer, as_json
from views.clock import now
from views.entity_interchange import written
from views.forms.entity_interchange import FORMATS, READERS
from views.transaction import Session, cli_transaction

LARGEST = 64 * 1024 * 1024  # bytes of one file

_format = click.option(
    "--format", "file_format", type=click.Choice(list(FORMATS)), required=True, help="Of the file."
)
_officer = click.option(
    "--officer", "email", required=True, help="Account whose view and name are used."
)


@click.command("export")
@click.argument("what")
@_format
@_officer
@with_appcontext
def export_command(what: str, file_format: str, email: str) -> None:
    """Write an entity (its id) or the subjects of a case (its reference) to standard output.

    What the format cannot carry is told on standard error.
    """
    with cli_transaction() as session:
        officer = _who(session, email, Permission.ENTITY_READ)
        within = screening.visible_to(officer)
        found = _found(session, officer, what)
        text, dropped = written(queries.around(session, found, within), file_format)
    click.echo(text, nl=False)
    for row in dropped:
        click.echo(f"Left out: {row}", err=True)


@click.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@_format
@_officer
@click.option("--source", "title", required=True, help="Title of the source that every fact cites.")
@click.option("--basis", required=True, help="What the source is: a code such as registry.")
@click.option("--training", is_flag=True, help="Invented, for training.")
@click.option("--dry-run", is_flag=True, help="Say what would be added and record nothing.")
@as_json
@with_appcontext
def load_command(
    file: Path,
    file_format: str,
    email: str,
    title: str,
    basis: str,
    *,
    training: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Record the parties and relations of FILE, or nothing of it if anything is wrong."""
    document = _document(file, file_format)
    if basis not in words_of("basis"):
        raise BadInput(f"{printable(basis)}: no basis; known are {', '.join(words_of('basis'))}.")
    with cli_transaction() as session:
        officer = _who(session, email, Permission.ENTITY_EDIT)
        within = screening.visible_to(officer)
        try:
            if dry_run:
                plan = queries.plan_for(session, document, within, training=training)
            else:
                plan = record_document(
                    session,
                    document,
                    within=within,
                    source=SourceFact(title, basis),
                    training=training,
                    by=officer,
                    at=now(),
                )
        except CaseworkError as refusal:
            raise BadInput(printable(str(refusal))) from None
        told = _told(plan, document, dry_run=dry_run)
    words = (
        f"{told['new']} new parties, {told['on_record']} on record already;"
        f" {told['relations']} relations {'would be added' if dry_run else 'added'}."
    )
    for row in (*document.left_out, *plan.conflicts):
        click.echo(printable(row), err=True)
    answer(as_json, told, words)


def _told(plan: queries.Plan, document: Document, *, dry_run: bool) -> dict[str, object]:
    return {
        "recorded": not dry_run,
        "new": sum(row.entity is None for row in plan.parties),
        "on_record": sum(row.entity is not None for row in plan.parties),
        "relations": len(plan.links),
        "left_out": list(document.left_out),
        "conflicts": list(plan.conflicts),
    }


def _who(session: Session, email: str, permission: Permission) -> Officer:
    officer = people.officer_by_email(session, email)
    if officer is None or not officer.active or not permits(officer, permission, None):
        raise BadInput(f"{printable(email)}: no active account that may do this.")
    return officer


def _found(session: Session, officer: Officer, what: str) -> list[Entity]:
    case = workflow.visible_case(session, officer, what)
    if case is not None:
        return queries.subjects_of(session, case.id, screening.visible_to(officer))
    try:
        entity = screening.visible_entity(session, officer, UUID(what))
    except ValueError:
        entity = None
    if entity is None:
        raise BadInput(f"{printable(what)}: neither an entity nor a case that the officer may see.")
    return [entity]


def _document(file: Path, file_format: str) -> Document:
    try:
        with file.open("rb") as source:
            content = source.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(printable(f"{file}: {error.strerror}")) from None
    except UnicodeDecodeError:
        raise BadInput(printable(f"{file}: no text in UTF-8")) from None
    if len(content) > LARGEST:
        raise BadInput(printable(f"{file}: larger than {LARGEST // 2**20} MB"))
    try:
        return READERS[file_format](text)
    except DocumentRefused as refused:
        raise BadInput(printable(f"{file.name}: {refused}")) from None
