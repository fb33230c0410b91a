"""`flask screening import`: bring an edition of a sanctions list into force."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import click
from flask.cli import with_appcontext

from casework.errors import StaleVersion
from casework.screening.actions.watchlists import MOST_BYTES, Imported, Order, import_edition
from casework.screening.queries import watchlists as queries
from casework.screening.watchlists.entry import ListRefused
from casework.screening.watchlists.reading import ListFile
from casework.screening.watchlists.sources import LISTS
from models import WatchlistReject
from views.cli.answers import BadInput, NotDone, as_json
from views.clock import now, today
from views.transaction import UNAVAILABLE, own_transaction

SHOWN = 20  # rows set aside that are told in words


@click.command("import")
@click.argument("source", type=click.Choice(list(LISTS)))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", "dated", type=click.DateTime(["%Y-%m-%d"]), help="The edition's own date.")
@as_json
@with_appcontext
def import_command(source: str, files: tuple[Path, ...], dated: object, *, as_json: bool) -> None:
    """Import an edition of a list; the one before stays in force if anything fails.

    At most 512 MB in all. Importing the same bytes again changes nothing.
    """
    day = dated.date() if hasattr(dated, "date") else None
    with ExitStack() as stack:
        opened = _opened(stack, files)
        try:
            told = import_edition(
                own_transaction,
                Order(source=source, files=opened, dated_on=day),
                at=now(),
                on=today(),
                progress=_progress,
            )
        except ListRefused as refused:
            raise BadInput(_printable(str(refused))) from None
        except StaleVersion as stale:
            raise NotDone(str(stale)) from None
        except UNAVAILABLE:
            raise NotDone(
                "The database does not answer, or is not there. Try: flask doctor"
            ) from None
    with own_transaction() as session:
        _answer(told, queries.all_rejects(session, told.edition_id), in_json=as_json)


def _opened(stack: ExitStack, files: tuple[Path, ...]) -> list[ListFile]:
    found, size = [], 0
    for path in files:
        try:
            stream = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise BadInput(_printable(f"{path}: {error.strerror}")) from None
        size += path.stat().st_size
        found.append(ListFile(path.name, stream))
    if size > MOST_BYTES:
        raise BadInput(_printable(f"{files[0]}: more than {MOST_BYTES // 2**20} MB in all"))
    return found


def _progress(words: str) -> None:
    click.echo(words, err=True)


def _answer(told: Imported, rejected: list[WatchlistReject], *, in_json: bool) -> None:
    for role in told.missing:
        click.echo(f"Warning: no file with the {role} was handed in.", err=True)
    if told.repeated:
        click.echo(f"These bytes are edition {told.number} already; nothing changed.", err=True)
    if in_json:
        click.echo(json.dumps(_document(told, rejected), ensure_ascii=False))
        return
    click.echo(
        f"{told.source}: edition {told.number} of {told.label}, {told.entries} entries, "
        f"{told.names} names, {len(rejected)} rows set aside"
    )
    for row in rejected[:SHOWN]:
        click.echo(_printable(f"{row.file}: row {row.row}: {row.reason}"))
    if len(rejected) > SHOWN:
        click.echo(f"and {len(rejected) - SHOWN} more: see the page of the edition, or --json")


def _document(told: Imported, rejected: list[WatchlistReject]) -> dict[str, object]:
    return {
        "list": told.source,
        "edition": told.number,
        "label": told.label,
        "repeated": told.repeated,
        "entries": told.entries,
        "names": told.names,
        "rejected": [{"file": row.file, "row": row.row, "reason": row.reason} for row in rejected],
    }


def _printable(line: str) -> str:
    """File names and rows may hold control characters; the terminal gets none of them."""
    return "".join(each if each.isprintable() else "?" for each in line)
