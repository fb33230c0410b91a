"""Read answers from JSON, one document or one on each line, and refuse what is ambiguous."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NoReturn, cast

LARGEST = 1024 * 1024

_PARTS = ("text_version", "answers", "dates", "facts")
_BOM = b"\xef\xbb\xbf"


class CaseFileRefused(ValueError):
    """Not a document of answers. `row` counts lines from 1, 0 means the whole file."""

    def __init__(self, reason: str, *, field: str = "", row: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.row = row


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Answers, days (as `YYYY-MM-DD`) and facts of one subject; an empty text means any."""

    text_version: str
    answers: dict[str, str]
    dates: dict[str, str]
    facts: dict[str, str | bool]


def read_document(source: BinaryIO) -> CaseFile:
    """Read the one document of a file; CaseFileRefused names the field that is wrong."""
    content = source.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise CaseFileRefused(f"the document is larger than {LARGEST // 1024} kB")
    if not content.removeprefix(_BOM).strip():
        raise CaseFileRefused("the file is empty")
    return _case(content.removeprefix(_BOM), 0)


def read_lines(source: BinaryIO) -> Iterator[tuple[int, CaseFile]]:
    """Row number and document of each line; blank lines may only end the file."""
    blank = row = 0
    while line := source.readline(LARGEST + 1):
        row += 1
        if len(line) > LARGEST:
            raise CaseFileRefused(f"the line is longer than {LARGEST // 1024} kB", row=row)
        line = line.removeprefix(_BOM) if row == 1 else line
        if not line.strip():
            blank = blank or row
            continue
        if blank:
            raise CaseFileRefused("the line is empty", row=blank)
        yield row, _case(line, row)
    if not row or blank == 1:
        raise CaseFileRefused("the file is empty")


def _case(content: bytes, row: int) -> CaseFile:
    try:
        return _parts(_parse(content))
    except CaseFileRefused as refusal:
        refusal.row = row
        raise


def _parse(content: bytes) -> object:
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise CaseFileRefused("not UTF-8 text") from None
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise CaseFileRefused(reason) from None
    except RecursionError:
        raise CaseFileRefused("nested too deeply") from None
    except CaseFileRefused:
        raise
    except ValueError:
        # Python refuses to turn a number of thousands of digits into an int.
        raise CaseFileRefused("a number is too long") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise CaseFileRefused("stands twice", field=key[:60])
        found[key] = value
    return found


def _no_constant(word: str) -> NoReturn:
    raise CaseFileRefused(f"not JSON: {word} is no value")


def _parts(document: object) -> CaseFile:
    if not isinstance(document, dict):
        raise CaseFileRefused("expected an object with answers")
    for key in document:
        if key not in _PARTS:
            raise CaseFileRefused("unknown field", field=key[:60])
    if "answers" not in document:
        raise CaseFileRefused("is missing", field="answers")
    text_version = document.get("text_version", "")
    if not isinstance(text_version, str):
        raise CaseFileRefused("expected text", field="text_version")
    return CaseFile(
        text_version,
        _table(document, "answers"),
        _table(document, "dates"),
        cast(dict[str, str | bool], _table(document, "facts", bool)),
    )


def _table(document: dict[str, object], part: str, *also: type) -> dict[str, str]:
    table = document.get(part, {})
    if not isinstance(table, dict):
        raise CaseFileRefused("expected an object", field=part)
    for key, value in table.items():
        if not isinstance(value, (str, *also)):
            wanted = "text, true or false" if also else "text"
            raise CaseFileRefused(f"expected {wanted}", field=f"{part}.{key[:40]}")
    return cast(dict[str, str], table)
