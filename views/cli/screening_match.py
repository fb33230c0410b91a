"""`flask screening match`: who on the lists a name may stand for, or the names of a file."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from casework.screening.countries import COUNTRIES
from casework.screening.queries import candidates
from casework.screening.queries.candidates import LIMIT, THRESHOLD, Match, Query
from views.cli.answers import BadInput, NotDone, as_json
from views.transaction import UNAVAILABLE, Session, own_transaction

KINDS = ("organization", "person")
COLUMNS = ("name", "kind", "country")
LONGEST_NAME, MOST_MATCHES = 600, 25
_FIELD_LIMIT = 1_000_000  # characters of one field of a file


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many matches are wanted, and from which score on."""

    limit: int
    threshold: float


@click.command("match")
@click.argument("name", required=False)
@click.option("--country", default="", help="ISO 3166 code of two letters.")
@click.option("--kind", default="", help="organization or person; else both.")
@click.option("--limit", default=LIMIT, show_default=True, type=click.IntRange(1, MOST_MATCHES))
@click.option("--threshold", default=THRESHOLD, show_default=True, type=float)
@click.option("--input", "file", type=click.Path(path_type=Path), help="Names as CSV.")
@as_json
def match_command(
    name: str | None,
    country: str,
    kind: str,
    limit: int,
    threshold: float,
    file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Compare NAME, or each row of --input (name,kind,country), with the lists in force."""
    if not (math.isfinite(threshold) and 0 <= threshold <= 1):
        raise BadInput("--threshold: give a number from 0 to 1")
    wanted = Wanted(limit, threshold)
    if (name is None) == (file is None):
        raise BadInput("Give either a NAME or --input FILE")
    try:
        if file is not None:
            _match_file(file, wanted)
            return
        query = _query({"name": name or "", "kind": kind, "country": country}, "")
        with own_transaction() as session:
            _answer(_matches(session, query, wanted), in_json=as_json)
    except UNAVAILABLE:
        raise NotDone("The database does not answer, or is not there. Try: flask doctor") from None


def _match_file(file: Path, wanted: Wanted) -> None:
    """Print one JSON line for each row; nothing is printed when any row is faulty."""
    queries = list(_rows(file))
    with own_transaction() as session:
        for row, query in queries:
            asked = {"name": query.name, "kind": query.kind, "country": "".join(query.countries)}
            told = _matches(session, query, wanted)
            line = {"row": row, "query": asked, "matches": [_document(each) for each in told]}
            click.echo(json.dumps(line, ensure_ascii=False))


def _rows(file: Path) -> Iterator[tuple[int, Query]]:
    """Rows from 1, the header not counted, with the queries they ask."""
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = csv.DictReader(source, strict=True)
            _require_columns(file, rows.fieldnames or ())
            for number, row in enumerate(rows, 1):
                if None in row:
                    raise BadInput(f"{file.name}: row {number}: more fields than columns")
                yield number, _query(row, f"{file.name}: row {number}: ")
    except OSError as error:
        raise BadInput(_printable(f"{str(file)!r}: {error.strerror}")) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(_printable(f"{file.name}: not CSV in UTF-8: {error}")) from None


def _require_columns(file: Path, found: object) -> None:
    names = list(found) if isinstance(found, (list, tuple)) else []
    if "name" not in names:
        raise BadInput(_printable(f"{file.name}: header: the column name is missing"))
    if unknown := [name for name in names if name not in COLUMNS]:
        said = ", ".join(map(str, unknown))
        raise BadInput(_printable(f"{file.name}: header: {said}: columns are {','.join(COLUMNS)}"))


def _query(row: dict[str, str], where: str) -> Query:
    """Read a query; BadInput names the field at fault after `where`."""
    told = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not told["name"]:
        raise BadInput(f"{where}name: give a name")
    if len(told["name"]) > LONGEST_NAME:
        raise BadInput(f"{where}name: at most {LONGEST_NAME} characters")
    if not any(map(str.isalnum, told["name"])):
        raise BadInput(f"{where}name: has neither letters nor digits")
    if told["kind"] not in {"", *KINDS}:
        raise BadInput(_printable(f"{where}kind: {told['kind']!r}: organization or person"))
    country = told["country"].upper()
    if country and country not in COUNTRIES:
        raise BadInput(_printable(f"{where}country: {told['country']!r}: no ISO 3166 code"))
    return Query(name=told["name"], kind=told["kind"], countries=(country,) if country else ())


def _matches(session: Session, query: Query, wanted: Wanted) -> list[Match]:
    return candidates.match(session, query, limit=wanted.limit, threshold=wanted.threshold)


def _answer(found: list[Match], *, in_json: bool) -> None:
    if in_json:
        click.echo(json.dumps([_document(each) for each in found], ensure_ascii=False))
        return
    for each in found:
        told = f"{each.score:.2f} {each.source}/{each.entry_id} {each.name}"
        click.echo(_printable(told))
        for reason in each.reasons:
            click.echo(_printable(f"     {reason.speaks}: {reason.text}"))
    if not found:
        click.echo("Nothing on the lists in force comes near this name.")


def _document(found: Match) -> dict[str, object]:
    return {
        "list": found.source,
        "entry_id": found.entry_id,
        "name": found.name,
        "matched_name": found.matched_name,
        "score": found.score,
        "reasons": [reason.text for reason in found.reasons],
    }


def _printable(line: str) -> str:
    """Names may hold control characters; the terminal gets none of them."""
    return "".join(each if each.isprintable() else "?" for each in line)
