"""An analysis as the worker asks its child process for it: JSON values there and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from casework.evidence.analysis.markers import read_markers
from casework.evidence.analysis.parameters import Parameters
from casework.evidence.analysis.run import Request, analyse
from casework.evidence.analysis.run_files import write_ties


def analyse_rows(order: Mapping[str, Any], progress: Callable[[str], None]) -> dict[str, Any]:
    """`parts` are files of canonical rows, `workspace` a folder; the rest as Request has it.
    Answers with the paths of the report and of the list of ties.
    """
    folder = Path(order["workspace"])
    request = Request(
        markers=read_markers(order["markers"]),
        public_prompts=frozenset(order["public_prompts"]),
        parameters=parameters_in(order["parameters"]),
        engine=order["engine"],
        memory=order["memory"],
        sensitivity=True,
    )
    parts = [Path(path) for path in order["parts"]]
    result = analyse(parts, request, workspace=folder, progress=progress)
    progress("Writing the report")
    report, ties = folder / "report.json", folder / "ties.csv"
    told = {**order["about"], **result.document}
    report.write_text(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1))
    write_ties(result, ties)
    return {"report": str(report), "ties": str(ties)}


def parameters_in(kept: Mapping[str, Any]) -> Parameters:
    """A set as a run keeps it. Raises TypeError where a constant is missing or one too many."""
    hints = get_type_hints(Parameters)
    return Parameters(
        **{
            row.name: hints[row.name](**kept[row.name])
            if isinstance(hints[row.name], type) and row.name != "set"
            else kept[row.name]
            for row in fields(Parameters)
        }
    )
