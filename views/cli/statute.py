"""`flask statute …`: list, check and apply the texts of the Act, and attach their words."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, NoReturn

import click
from flask.cli import AppGroup

from casework.statute import case_file, loader
from casework.statute.clocks import Due, clocks
from casework.statute.days import ImpossibleDate, read_day
from casework.statute.elements import AnswerRefused, Evaluation, evaluate
from casework.statute.pack import StatutePack
from views.cli.answers import BadInput, as_json
from views.cli.statute_files import opened, pack_of
from views.cli.statute_text import attach_text, compare_texts

statute_cli = AppGroup("statute", help="The texts of the law: list, check, compare, apply, attach.")
statute_cli.add_command(attach_text)
statute_cli.add_command(compare_texts)


@statute_cli.command("list")
@as_json
def list_texts(*, as_json: bool) -> None:
    """List the texts that have a pack."""
    rows = [_about(pack_of(text_version)) for text_version in loader.available()]
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(
            f"{row['text_version']}: {row['title']} ({_standing(row)}), "
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
    with opened(file) as source:
        # Echo would flush after every line; thousands of them are written through one buffer.
        for answer in _answers(file, source):
            sys.stdout.write(
                (json.dumps(_document(answer)) if as_json else _sentence(answer)) + "\n"
            )


@statute_cli.command("clocks")
@click.option("--enacted", envvar="DOCKET_ENACTED", help="Date of enactment, YYYY-MM-DD.")
@click.option("--text", "text_version", help="Text version; by default that of new cases.")
@click.option("--all", "everything", is_flag=True, help="Show the clocks of a single case too.")
@as_json
def show_clocks(
    enacted: str | None, text_version: str | None, *, everything: bool, as_json: bool
) -> None:
    """Show the clocks of an Act; without a date of enactment they are hypothetical."""
    pack = pack_of(text_version or loader.default_text())
    try:
        day = read_day(enacted) if enacted is not None else pack.act.enacted
        found = clocks(pack, day, {})
    except ImpossibleDate as error:
        raise BadInput(f"--enacted: {error}") from None
    rows = [row for row in found if everything or not pack.clocks[row.id].of_case]
    if as_json:
        click.echo(json.dumps([_clock(row) for row in rows]))
        return
    for row in rows:
        click.echo(f"{row.id:4} {_when(row)}  {row.title}, {row.citation}. {row.reading}")


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
        "enacted": _iso(pack.act.enacted),
        "provisions": len(pack.provisions),
        "elements": len(pack.elements),
    }


def _standing(row: dict[str, object]) -> str:
    return str(row["status"]) if row["enacted"] else f"{row['status']}, not law"


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
        pack = loader.load_pack(case.text_version or loader.default_text())
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
