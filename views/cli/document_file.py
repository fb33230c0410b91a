"""What the commands that write a document to a file share: the case, drawing, the file itself."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from casework.packets.queries.packets import find_case
from models import Case
from views import jobs
from views.cli.answers import BadInput
from views.transaction import Session

SECONDS_TO_WAIT = 180


def refuse_output(output: Path) -> None:
    """BadInput where no file can be written under that name."""
    if not output.parent.is_dir():
        raise BadInput(f"{output}: there is no such folder")
    if output.exists() and not output.is_file():
        raise BadInput(f"{output}: this is not a file that can be replaced")


def case_named(session: Session, case_ref: str) -> Case:
    """The case of that reference; BadInput where there is none."""
    case = find_case(session, case_ref) if case_ref.isascii() else None
    if case is None:
        shown = case_ref.encode("ascii", "backslashreplace").decode()
        raise BadInput(f"{shown}: there is no such case")
    return case


def draw(job_id: UUID) -> None:
    """Do the job here, or wait for the worker that was faster; a failure is tried again."""
    for _ in range(SECONDS_TO_WAIT):
        jobs.perform(job_id)
        if jobs.ended(job_id):
            return
        time.sleep(1)


def replace_file(output: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the file, then rename: nobody finds half a document under its name."""
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
        Path(name).replace(output)
    finally:
        Path(name).unlink(missing_ok=True)
