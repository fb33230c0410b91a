"""What `flask evidence analyze` does: intake, analysis, files, words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from casework.evidence.analysis.engines import LOCAL, EngineUnavailable, require
from casework.evidence.analysis.memory import Memory, MemoryUnreadable
from casework.evidence.analysis.run import Request, analyse
from casework.evidence.analysis.run_files import write_accounts
from casework.evidence.drawing.draw import plots_for
from casework.evidence.usage.headers import completed
from casework.evidence.usage.intake import take_in
from casework.evidence.usage.order import IntakeOrder, LogFile, LogRefused, Miscounted, Taken
from views.cli.answers import BadInput, NotDone, answer
from views.cli.evidence_files import mapping_of, markers_of, opened_folder, prompts_of
from views.cli.evidence_words import contract_of, reasons_in_words, summary_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The command line as it was given."""

    logs: tuple[Path, ...]
    out: Path
    markers: Path | None
    public_prompts: Path | None
    pairs: tuple[str, ...]
    zone: str | None
    epoch_unit: Literal["s", "ms", "us"] | None
    memory: str
    engine: str
    threads: int
    sensitivity: bool


def carry_out(asked: Asked, *, in_json: bool) -> None:
    """Raises BadInput and NotDone."""
    request = _request(asked)
    files = [LogFile(str(path), path) for path in asked.logs]
    try:
        Memory.of(request.memory)
        require(request.engine)
        order = _order(asked, files)
        with opened_folder(asked.out) as folder:
            document = _analysed(files, order, request, folder)
    except (LogRefused, MemoryUnreadable, EngineUnavailable) as refusal:
        raise BadInput(str(refusal)) from None
    except Miscounted as fault:
        raise NotDone(f"Rows were lost or made while the log was read: {fault}") from None
    except OSError as failure:
        raise NotDone(f"{failure.filename or asked.out}: {failure.strerror or failure}") from None
    answer(in_json, contract_of(document), summary_of(document, asked.out))


def _request(asked: Asked) -> Request:
    return Request(
        markers=markers_of(asked.markers),
        public_prompts=prompts_of(asked.public_prompts),
        engine=asked.engine,
        memory=asked.memory,
        threads=asked.threads,
        sensitivity=asked.sensitivity,
    )


def _order(asked: Asked, files: list[LogFile]) -> IntakeOrder:
    mapping = mapping_of(asked.pairs)
    return IntakeOrder(
        mapping=completed(files, mapping) if mapping else {},
        zone=asked.zone,
        epoch_unit=asked.epoch_unit,
        rewrite=asked.engine != LOCAL,
    )


def _analysed(
    files: list[LogFile], order: IntakeOrder, request: Request, folder: Path
) -> dict[str, Any]:
    """The report; its files are in `folder`. Rows that were set aside are told there as well."""
    with TemporaryDirectory(prefix="work-", dir=folder) as work:
        taken = take_in(files, order, out=Path(work), progress=_unheard)
        taken.rejected_csv.replace(folder / "rejected.csv")
        if not taken.accepted:
            raise NotDone(f"Every row was set aside: {reasons_in_words(taken.reasons)}")
        parts = [part.path for part in taken.parts]
        source = parts or taken.source
        result = analyse(source, request, workspace=Path(work), progress=_unheard)
    document = {**_counts(taken), **result.document}
    (folder / "report.json").write_text(
        json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8"
    )
    write_accounts(result, folder / "accounts.csv")
    for name, svg in plots_for(document):
        (folder / name).write_text(svg, "utf-8")
    return document


def _counts(taken: Taken) -> Mapping[str, Any]:
    return {
        "rows": taken.rows,
        "rejected": taken.rejected,
        "reasons": dict(taken.reasons),
        "input_sha256": taken.input_sha256,
    }


def _unheard(words: str) -> None:
    """Standard output is for the answer, and standard error for faults."""
