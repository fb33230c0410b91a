"""`flask statute …`: list, check and apply the texts of the Act, and attach their words."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, NoReturn

import click
from flask.cli import AppGroup

from casework.legislation import actions as legislation
from casework.statute import bill_xml, case_file, loader
from casework.statute.clocks import Due, clocks
from casework.statute.days import ImpossibleDate, read_day
from casework.statute.elements import AnswerRefused, Evaluation, evaluate
from casework.statute.pack import StatutePack
from views.cli.answers import BadInput, as_json
from views.clock import now
from views.transaction import cli_transaction

NEWEST = "hr8283_ih_2026_04_15"

statute_cli = AppGroup("statute", help="The texts of the Act: list, check, apply, attach.")


@statute_cli.command("list")
@as_json
def list_texts(*, as_json: bool) -> None:
    """List the texts that have a pack."""
    rows = [_about(_pack(text_version)) for text_version in loader.available()]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(
            f"{row['text_version']}: {row['title']} ({row['status']}, not law), "
            f"{row['provisions']} provisions, {row['elements']} elements"
        )


@statute_cli.command("check")
@click.argument("text_version", required=False)
@as_json
@click.pass_context
def check(context: click.Context, text_version: str | None, *, as_json: bool) -> None:
    """Say whether a text, or every text, holds together."""
    names = loader.available() if text_version is None else (text_version,)
    problems = [f"{name}/{problem}" for name in names for problem in _problems(name)]
    if as_json:
        click.echo(json.dumps({"ok": not problems, "problems": problems}))
    else:
        click.echo("\n".join(problems) or f"{', '.join(names)}: holds together")
    context.exit(1 if problems else 0)


@statute_cli.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def evaluate_file(file: Path, *, as_json: bool) -> None:
    """Apply the logic to answers: one document, or one on each line of a .jsonl file."""
    with _opened(file) as source:
        # Echo would flush after every line; thousands of them are written through one buffer.
        for answer in _answers(file, source):
            sys.stdout.write(
                (json.dumps(_document(answer)) if as_json else _sentence(answer)) + "\n"
            )


@statute_cli.command("clocks")
@click.option("--enacted", envvar="DOCKET_ENACTED", help="Date of enactment, YYYY-MM-DD.")
@as_json
def show_clocks(enacted: str | None, *, as_json: bool) -> None:
    """Show every clock; without a date of enactment they are hypothetical."""
    try:
        rows = clocks(_pack(NEWEST), read_day(enacted) if enacted is not None else None, {})
    except ImpossibleDate as error:
        raise BadInput(f"--enacted: {error}") from None
    if as_json:
        click.echo(json.dumps([_clock(row) for row in rows]))
        return
    for row in rows:
        click.echo(f"{row.id:4} {_when(row)}  {row.title}, {row.citation}. {row.reading}")


@statute_cli.command("attach-text")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@click.pass_context
def attach_text(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Store the words of a bill from its official XML."""
    with _opened(file) as source:
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


def _pack(text_version: str) -> StatutePack:
    try:
        return loader.load_pack(text_version)
    except loader.PackError as error:
        raise BadInput(str(error)) from None


def _problems(text_version: str) -> list[str]:
    try:
        return loader.check_pack(text_version)
    except loader.UnknownPack as error:
        raise BadInput(str(error)) from None


def _about(pack: StatutePack) -> dict[str, object]:
    return {
        "text_version": pack.text_version,
        "title": pack.act.title,
        "status": pack.act.status,
        "provisions": len(pack.provisions),
        "elements": len(pack.elements),
    }


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise BadInput(f"{file.name!r}: {error.strerror}") from None


def _answers(file: Path, source: BinaryIO) -> Iterator[Evaluation]:
    try:
        for row, case in _cases(file, source):
            yield _apply(case, row)
    except case_file.CaseFileRefused as refusal:
        _refuse(file, refusal)


def _cases(file: Path, source: BinaryIO) -> Iterable[tuple[int, case_file.CaseFile]]:
    if file.suffix.lower() == ".jsonl":
        return case_file.read_lines(source)
    return [(0, case_file.read_document(source))]


def _apply(case: case_file.CaseFile, row: int) -> Evaluation:
    try:
        pack = loader.load_pack(case.text_version or NEWEST)
        return evaluate(pack, case.answers, case.dates, case.facts)
    except loader.UnknownPack as error:
        raise case_file.CaseFileRefused(str(error), field="text_version", row=row) from None
    except AnswerRefused as refusal:
        raise case_file.CaseFileRefused(refusal.reason, field=refusal.field, row=row) from None


def _refuse(file: Path, refusal: case_file.CaseFileRefused) -> NoReturn:
    row = f", row {refusal.row}" if refusal.row else ""
    field = f", field {refusal.field}" if refusal.field else ""
    line = f"{file.name}{row}{field}: {refusal.reason[:300]}"
    # User input may hold control characters; the terminal gets none of them.
    raise BadInput("".join(each if each.isprintable() else "?" for each in line))


def _document(answer: Evaluation) -> dict[str, object]:
    because = {
        name: [
            {"element": each.element, "citation": each.citation, "answer": each.answer}
            for each in grounds
        ]
        for name, grounds in answer.because.items()
    }
    return {**answer.values, "because": because}


def _sentence(answer: Evaluation) -> str:
    return "; ".join(f"{name}: {value}" for name, value in answer.values.items())


def _clock(row: Due) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "citation": row.citation,
        "authority": row.authority,
        "lead": row.lead,
        "due": _iso(row.due),
        "act_by": _iso(row.act_by),
        "reading": row.reading,
        "planning": row.planning,
        "waits_for": row.waits_for or None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _when(row: Due) -> str:
    if row.due is None:
        return f"waits for {row.waits_for}"
    early = "" if row.act_by == row.due else f" (act by {_iso(row.act_by)})"
    return f"{_iso(row.due)}{early}"


def _bill(file: Path, content: bytes) -> tuple[StatutePack, bill_xml.BillText]:
    """Return the pack whose bill the file is, and its words."""
    try:
        text = bill_xml.read_bill(content)
    except bill_xml.BillTextRefused as error:
        raise BadInput(f"{file.name!r}: {error}") from None
    for pack in map(_pack, loader.available()):
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
