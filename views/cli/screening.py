"""`flask screening …`: work out who is caught through ownership."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from casework.screening.ownership import Result, ownership
from casework.screening.ownership_input import GraphRefused, plain, problems, read_graph
from views.cli.answers import BadInput, as_json
from views.cli.screening_interchange import export_command, load_command
from views.cli.screening_lists import import_command
from views.cli.screening_match import match_command

LARGEST = 64 * 1024 * 1024  # bytes of one graph

screening_cli = AppGroup("screening", help="Lists, names and ownership.")
screening_cli.add_command(import_command)
screening_cli.add_command(match_command)
screening_cli.add_command(export_command)
screening_cli.add_command(load_command)


@screening_cli.command("ownership")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def show_ownership(file: Path, *, as_json: bool) -> None:
    """Apply the rule named in GRAPH.json to its stakes."""
    document = _document(file)
    try:
        graph = read_graph(document)
    except GraphRefused as refusal:
        raise BadInput(_printable(f"{file.name}: {str(refusal)[:300]}")) from None
    found = ownership(
        graph.rule, graph.listed, graph.stakes, on=graph.on, countries=graph.countries
    )
    told = problems(graph)
    if as_json:
        results = {name: _result(row) for name, row in found.items()}
        click.echo(json.dumps({"results": results, "problems": told}, ensure_ascii=False))
        return
    for name, row in found.items():
        click.echo(_printable(_sentence(name, row)))
    for problem in told:
        click.echo(_printable(problem), err=True)


def _document(file: Path) -> object:
    try:
        with file.open("rb") as source:
            content = source.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{file.name!r}: {error.strerror}") from None
    if len(content) > LARGEST:
        raise BadInput(f"{file.name!r}: larger than {LARGEST // 2**20} MB")
    try:
        return json.loads(content, object_pairs_hook=_no_twice)
    except GraphRefused as refusal:
        raise BadInput(_printable(f"{file.name}: {refusal}")) from None
    except (ValueError, RecursionError) as error:
        raise BadInput(_printable(f"{file.name}: not JSON: {error}")) from None


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise GraphRefused(f"{name}: stands twice in one object")
        found[name] = value
    return found


def _result(row: Result) -> dict[str, object]:
    interest = row.economic_interest
    return {
        "answer": row.answer,
        "aggregate_min": plain(row.least),
        "aggregate_max": plain(row.most),
        "via": [list(pair) for pair in row.via],
        "flags": list(row.flags),
        "economic_interest": None if interest is None else plain(interest),
        "ultimate_parent": row.ultimate_parent,
    }


def _sentence(name: str, row: Result) -> str:
    held = plain(row.least)
    if row.least != row.most:
        held = f"{held} to {plain(row.most)}"
    flags = f" [{', '.join(row.flags)}]" if row.flags else ""
    return f"{name}: {row.answer.replace('_', ' ')}, {held} percent in the aggregate{flags}"


def _printable(line: str) -> str:
    """User input may hold control characters; the terminal gets none of them."""
    return "".join(each if each.isprintable() else "?" for each in line)
