"""The columns of a file as received, and which of ours each one is."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from casework.evidence.usage import parquet_rows, text_rows
from casework.evidence.usage.batch import Bound, Shape
from casework.evidence.usage.columns import BY_NAME, COLUMNS, REQUIRED, suggest
from casework.evidence.usage.kinds import LogKind, kind_of
from casework.evidence.usage.order import LogFile, LogRefused

DELIMITERS: Final = (",", ";", "\t", "|")
LOOKED_AT: Final = 1000
LONGEST: Final = 1 << 20
EXAMPLES: Final = 3
_EXAMPLE_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class Theirs:
    """One column of theirs, with up to three different values that it holds near the top."""

    name: str
    examples: Sequence[str]


def columns_of(file: LogFile) -> list[Theirs]:
    """Every column of a file, in its order. Raises LogRefused as the intake would."""
    kind = kind_of(file)
    names, _ = _names(file, kind)
    rows = list(islice(_first_rows(file, kind), LOOKED_AT))
    found = []
    for name in names:
        values = (row.get(name) for row in rows)
        shown = (str(value)[:_EXAMPLE_LENGTH] for value in values if value not in {None, ""})
        found.append(Theirs(name, list(islice(dict.fromkeys(shown), EXAMPLES))))
    return found


def completed(files: Sequence[LogFile], mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping, filled up by name and alias from the columns that it leaves free.

    For somebody who names only the columns that are called otherwise. A column of ours that leads
    to an empty name is left out.
    """
    theirs = dict.fromkeys(name for file in files for name in _names(file, kind_of(file))[0])
    free = [name for name in theirs if name not in mapping.values()]
    filled = {**suggest(free), **mapping}
    return {ours: name for ours, name in filled.items() if name}


def bind(file: LogFile, mapping: Mapping[str, str], lines: int) -> Bound:
    """The file with its columns found; LogRefused names each one that is required and missing."""
    kind = kind_of(file)
    names, delimiter = _names(file, kind)
    found = {ours: name for ours, name in (mapping or suggest(names)).items() if name in names}
    _refuse_unknown(mapping)
    _refuse_missing(file, found, mapping, names)
    if kind == "parquet":
        parquet = parquet_rows.opened(file)
        schema = parquet.schema_arrow
        shapes = {o: parquet_rows.shape_of(file, schema.field(name)) for o, name in found.items()}
        return Bound(file, kind, names, found, shapes, parquet.metadata.num_rows)
    shape: Shape = "text" if kind == "csv" else "json"
    rows = lines - 1 if kind == "csv" else lines
    return Bound(file, kind, names, found, dict.fromkeys(found, shape), rows, delimiter)


def refuse_unfound(mapping: Mapping[str, str], files: Sequence[Bound]) -> None:
    """A mapping may name a column that some files lack, not one that all of them lack."""
    for ours, theirs in mapping.items():
        if not any(ours in bound.mapping for bound in files):
            raise LogRefused(
                f"The mapping takes {ours} from a column {theirs}, which no file has. "
                f"Columns of {files[0].file.name}: {', '.join(files[0].columns)}."
            )


def _refuse_unknown(mapping: Mapping[str, str]) -> None:
    unknown = [ours for ours in mapping if ours not in BY_NAME]
    if unknown:
        known = ", ".join(column.name for column in COLUMNS)
        raise LogRefused(f"The mapping names {unknown[0]}, which is no column of a log: {known}.")


def _refuse_missing(
    file: LogFile, found: Mapping[str, str], mapping: Mapping[str, str], names: Sequence[str]
) -> None:
    missing = [
        f"{ours}{f' (mapped to {mapping[ours]})' if ours in mapping else ''}, without which "
        f"{BY_NAME[ours].purpose}"
        for ours in REQUIRED
        if ours not in found
    ]
    if missing:
        raise LogRefused(
            f"{file.name} has no column for {'; nor for '.join(missing)}. "
            f"Its columns: {', '.join(names)}. Map the column or send it."
        )


def _names(file: LogFile, kind: LogKind) -> tuple[list[str], str]:
    """The names of the columns and, for a CSV, the delimiter."""
    if kind == "parquet":
        names, delimiter = list(parquet_rows.opened(file).schema_arrow.names), ""
    elif kind == "csv":
        names, delimiter = _csv_header(file)
    else:
        rows = list(islice(_first_rows(file, kind), LOOKED_AT))
        if not rows:
            raise LogRefused(f"{file.name}: none of its first lines is a JSON object.")
        return list(dict.fromkeys(key for row in rows for key in row)), ""
    twice = [name for name, times in Counter(names).items() if times > 1 and name]
    if twice:
        raise LogRefused(
            f"{file.name} has two columns called {twice[0]}; which one counts cannot be told. "
            "Rename one."
        )
    return names, delimiter


def _csv_header(file: LogFile) -> tuple[list[str], str]:
    with text_rows.opened(file) as stream:
        line = stream.readline(LONGEST)
    try:
        header = line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise LogRefused(f"{file.name}, row 1: the header is not UTF-8.") from None
    if "\r" in header:
        raise LogRefused(f"{file.name}: its lines end with CR alone. Save it with LF or CR LF.")
    delimiter = max(DELIMITERS, key=header.count)
    try:
        names = next(csv.reader([header], delimiter=delimiter, strict=True), [])
    except csv.Error as failure:
        raise LogRefused(f"{file.name}, row 1: the header cannot be read ({failure}).") from None
    return [name.strip() for name in names], delimiter


def _first_rows(file: LogFile, kind: LogKind) -> Iterator[Mapping[str, Any]]:
    if kind == "parquet":
        with parquet_rows.refused_when_damaged(file):
            for batch in parquet_rows.opened(file).iter_batches(LOOKED_AT):
                yield from batch.to_pylist()
        return
    with text_rows.opened(file) as stream:
        lines = (stream.readline(LONGEST).decode(errors="replace") for _ in range(LOOKED_AT + 1))
        if kind == "csv":
            names, delimiter = _csv_header(file)
            for line in islice(lines, 1, None):
                for row in csv.reader([line.rstrip("\r\n")], delimiter=delimiter):
                    yield dict(zip(names, row, strict=False))
        else:
            yield from filter(None, map(_object, lines))


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
