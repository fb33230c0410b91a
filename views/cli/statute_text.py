"""`flask statute attach-text` and `compare`: the words of a bill, and how two texts differ."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from casework.legislation import actions as legislation
from casework.statute import bill_xml, loader
from casework.statute.comparison import Difference, compare
from casework.statute.pack import StatutePack
from views.cli.answers import BadInput, as_json
from views.cli.statute_files import opened, pack_of
from views.clock import now
from views.transaction import cli_transaction


@click.command("attach-text")
@with_appcontext
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@click.pass_context
def attach_text(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Store the words of a bill from its official XML."""
    with opened(file) as source:
        content = source.read(bill_xml.LARGEST + 1)
    pack, text = _bill(file, content)
    unmatched = bill_xml.match(pack, text.provisions)
    unspoken = pack.provisions.keys() - {provision.id for provision in text.provisions}
    if not unspoken:
        with cli_transaction() as session:
            legislation.attach_text(
                session,
                text_version=pack.text_version,
                provisions=list(text.provisions),
                source_name=file.name,
                source_sha256=hashlib.sha256(content).hexdigest(),
                by=None,
                at=now(),
            )
    _report(pack.text_version, len(text.provisions), unmatched, as_json=as_json)
    if unspoken:
        click.echo("Nothing was stored: the text lacks places that the pack rests on.", err=True)
    context.exit(1 if unspoken else 0)


@click.command("compare")
@with_appcontext
@click.argument("old")
@click.argument("new")
@as_json
def compare_texts(old: str, new: str, *, as_json: bool) -> None:
    """Say what differs between two texts, element by element, stage by stage."""
    found = compare(pack_of(old), pack_of(new))
    if as_json:
        rows = [_difference(row) for row in found]
        click.echo(json.dumps({"from": old, "to": new, "differences": rows}))
        return
    for row in found:
        told = "; ".join(f"{each.field}: {each.before} -> {each.after}" for each in row.changes)
        click.echo(f"{row.part} {row.name}: {', '.join(row.states)}{': ' if told else ''}{told}")


def _difference(row: Difference) -> dict[str, object]:
    changes = [
        {"field": each.field, "before": each.before, "after": each.after} for each in row.changes
    ]
    return {
        "part": row.part,
        "from_id": row.before or None,
        "to_id": row.after or None,
        "states": list(row.states),
        "changes": changes,
    }


def _bill(file: Path, content: bytes) -> tuple[StatutePack, bill_xml.BillText]:
    """Return the pack whose bill the file is, and its words."""
    try:
        text = bill_xml.read_bill(content)
    except bill_xml.BillTextRefused as error:
        raise BadInput(f"{file.name!r}: {error}") from None
    for pack in map(pack_of, loader.available()):
        if bill_xml.is_text_of(text, pack.act):
            return pack, text
    raise BadInput(f"{file.name!r}: {bill_xml.describe(text)} has no pack here")


def _report(text_version: str, count: int, unmatched: list[str], *, as_json: bool) -> None:
    if as_json:
        answer = {"text_version": text_version, "provisions": count, "unmatched": unmatched}
        click.echo(json.dumps(answer))
        return
    click.echo(f"{text_version}: {count} provisions read")
    if unmatched:
        click.echo(f"Not in both pack and text: {', '.join(unmatched)}")
