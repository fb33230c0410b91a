"""A frozen record as a reader may have it, who may not have every item of its case. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.incidents.veil import FIELDS

_TELLING = ("title", "description", "received_from", "file_name", "system", "registry_number")
_WINDOW = "window"


def opened_record(
    record: Mapping[str, Any],
    exhibits: Mapping[int, str],
    parts: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    """The record less what is kept: number of an exhibit to control, and reference of a report to
    part to control. What is stored, and its hash, stay as they are.
    """
    return {
        **record,
        "exhibits": [_exhibit(row, exhibits) for row in record.get("exhibits", [])],
        "incidents": [
            _incident(row, parts.get(row["reference"], {})) for row in record.get("incidents", [])
        ],
    }


def _exhibit(row: dict[str, Any], kept: Mapping[int, str]) -> dict[str, Any]:
    control = kept.get(row["number"])
    if control is None:
        return row
    words = f"Withheld from you: {control}"
    return {**row, **{name: "" for name in _TELLING if name in row}, "title": words, "sha256": None}


def _incident(row: dict[str, Any], kept: Mapping[str, str]) -> dict[str, Any]:
    hidden = {
        name: f"Withheld from you: {control}"
        for part, control in kept.items()
        for name in FIELDS[part] & row.keys()
        if isinstance(row[name], str)
    }
    told = {**row, **hidden}
    return {**told, _WINDOW: [None, None]} if _WINDOW in kept and _WINDOW in row else told
