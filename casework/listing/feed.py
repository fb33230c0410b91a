"""The public list as JSON and CSV. Field names are a promise to other people's programs. Pure."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any, Final

from casework.listing.register import Entry, Register

LIST_NAME: Final = "AI Model Extraction Attackers List"
COLUMNS: Final = (
    "id", "name", "other_names", "weak_names", "kind", "countries", "part", "conduct",
    "responses", "basis", "determined_on", "authority", "added_on", "changed_on",
    "comes_down_on", "correction", "training", "generated_at",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")


def as_json(
    real: Register, training: Register, *, planning: bool, notice: str, authority: str
) -> dict[str, Any]:
    """Everything but the time at which it was made. Days are ISO days in Washington."""
    return {
        "list": LIST_NAME,
        "authority": authority,
        "planning": planning,
        "notice": notice,
        "first_publication": _iso(real.first_publication),
        "comes_down_on": _iso(real.comes_down_on),
        "entries": [entry_json(row) for row in real.entries],
        "removed": [_removed(row) for row in real.removed],
        "training_entries": [entry_json(row) for row in training.entries],
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    content, facts = entry.content or {}, entry.facts
    return {
        "id": str(entry.id),
        "name": facts["name"],
        "other_names": facts["names"],
        "kind": facts["kind"],
        "countries": facts["countries"],
        "part": content["part"],
        "conduct": [line["text"] for line in content["lines"]],
        "responses": facts["denials"],
        "basis": entry.basis,
        "determined_on": facts["determined_on"],
        "authority": content["authority"],
        "added_on": _iso(entry.added_on),
        "changed_on": _iso(entry.changed_on),
        "comes_down_on": _iso(entry.comes_down_on),
        "correction": content["correction"],
    }


def as_csv(real: Register, training: Register, *, generated_at: str) -> str:
    """One line for each entry under a line of column names; lists are joined by semicolons."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for rows, word in ((real.entries, "no"), (training.entries, "yes")):
        for entry in rows:
            told = {**_row(entry), "training": word, "generated_at": generated_at}
            writer.writerow([safe(told[name]) for name in COLUMNS])
    return out.getvalue()


def safe(cell: str) -> str:
    """The cell as text, whatever a spreadsheet would make of its first character."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(entry: Entry) -> dict[str, str]:
    told = entry_json(entry)
    names = told.pop("other_names")
    lists = {
        "other_names": [row["text"] for row in names if row["strength"] != "weak"],
        "weak_names": [row["text"] for row in names if row["strength"] == "weak"],
        "countries": told["countries"],
        "responses": [_response(row) for row in told["responses"]],
    }
    plain = {name: str(value) for name, value in told.items() if isinstance(value, str)}
    joined = {name: "; ".join(values) for name, values in lists.items()}
    return {**plain, **joined, "conduct": " ".join(told["conduct"])}


def _response(row: dict[str, str]) -> str:
    told = f"{row['kind']} ({row['made_on']})" if row["made_on"] else row["kind"]
    return f"{told}: {row['text']}" if row["text"] else told


def _removed(entry: Entry) -> dict[str, str | None]:
    return {
        "id": str(entry.id),
        "removed_on": _iso(entry.changed_on),
        "ground": entry.history[-1].ground,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
