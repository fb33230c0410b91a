"""Taking a log in: every row ends in exactly one place, accepted or set aside, or nothing is kept.

The rows of each file are counted apart from the readers (newlines of a text, the footer of a
Parquet), the accepted ones again from the footers of the parts, and those set aside from
rejected.csv. Unless they agree the intake ends with `Miscounted`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import duckdb

from casework.evidence.usage import in_place
from casework.evidence.usage.batch import Bound
from casework.evidence.usage.canonical import NO_ROWS, Parts
from casework.evidence.usage.checks import MACROS
from casework.evidence.usage.counting import count, joined
from casework.evidence.usage.headers import bind, refuse_unfound
from casework.evidence.usage.kinds import kind_of
from casework.evidence.usage.lines import CHUNK
from casework.evidence.usage.minimise import Minimiser
from casework.evidence.usage.order import (
    IntakeOrder,
    LogFile,
    LogRefused,
    Miscounted,
    Part,
    Source,
    Taken,
)
from casework.evidence.usage.repeats import Requests
from casework.evidence.usage.rewriting import Rewriting, rewrite
from casework.evidence.usage.set_aside import Rejected
from casework.evidence.usage.sql import literal
from casework.evidence.usage.times import refuse_naive_window, refuse_unknown_zone

MEMORY: Final = "700MB"
THREADS: Final = 2
_UNFINISHED: Final = ".taking-in-"


def take_in(
    files: Sequence[LogFile],
    order: IntakeOrder,
    *,
    out: Path,
    progress: Callable[[str], None],
    chunk: int = CHUNK,
) -> Taken:
    """Accepted rows of all files, in their order, and rejected.csv, in the folder `out`.

    `progress` is told words, and cancels by raising. Raises LogRefused when a file as a whole
    cannot be used, Miscounted as above. Whatever is raised, `out` is as it was before. A text is
    read in chunks of about `chunk` bytes.
    """
    refuse_unknown_zone(order.zone)
    refuse_naive_window(order.window_from, order.window_to)
    if not files:
        raise LogRefused("No file was given.")
    counts = [count(file, kind_of(file), progress) for file in files]
    digest = joined(files, counts)
    bound = [bind(f, order.mapping, c.lines) for f, c in zip(files, counts, strict=True)]
    refuse_unfound(order.mapping, bound)
    if not sum(found.rows for found in bound):
        raise LogRefused(f"{', '.join(f.name for f in files)}: columns, but not one row.")
    with _unfinished(out) as folder, _connection(folder) as con:
        taken = None
        if not order.rewrite and order.key is None:
            taken = in_place.taken(con, bound, order, folder, digest, progress)
        if taken is None:
            taken = _rewritten(con, bound, order, folder, digest, progress, chunk)
        _verify(taken, bound)
        return _moved(taken, folder, out)


def _rewritten(
    con: duckdb.DuckDBPyConnection,
    bound: Sequence[Bound],
    order: IntakeOrder,
    folder: Path,
    digest: str,
    progress: Callable[[str], None],
    chunk: int,
) -> Taken:
    work = Rewriting(
        con,
        order,
        Parts(folder),
        Rejected(folder / "rejected.csv"),
        Requests(folder / "requests"),
        Minimiser(order.key),
        progress,
        chunk,
    )
    try:
        rewrite(work, bound)
        rejected = work.rejected.close()
        parts = work.parts.close()
    finally:
        work.parts.abandon()
        work.rejected.abandon()
        work.requests.close()
    return Taken(
        rows=work.seen,
        accepted=work.accepted,
        rejected=rejected,
        reasons=dict(sorted(work.rejected.reasons.items())),
        examples=work.rejected.examples,
        minimised=work.minimiser.said(bound),
        parts=parts,
        rejected_csv=work.rejected.path,
        input_sha256=digest,
        source=Source(_from(parts)),
    )


def _from(parts: Sequence[Part]) -> str:
    names = ", ".join(literal(str(part.path)) for part in parts)
    return f"select * from read_parquet([{names}])" if parts else NO_ROWS  # noqa: S608


def _verify(taken: Taken, files: Sequence[Bound]) -> None:
    """Nothing is lost and nothing is made, by counts that do not come from one another."""
    rows = sum(found.rows for found in files)
    written = sum(part.rows for part in taken.parts) if taken.parts else taken.accepted
    if not rows == taken.rows == taken.accepted + taken.rejected == written + taken.rejected:
        raise Miscounted(
            f"{rows} rows in the files, {taken.rows} read, {taken.accepted} accepted, "
            f"{written} written, {taken.rejected} in rejected.csv"
        )


def _moved(taken: Taken, folder: Path, out: Path) -> Taken:
    """What was finished, at its place in `out`."""
    for path in in_place.row_lists(folder):
        path.replace(out / path.name)
    parts = [replace(part, path=part.path.replace(out / part.path.name)) for part in taken.parts]
    source = replace(taken.source, sql=taken.source.sql.replace(str(folder), str(out)))
    rejected_csv = taken.rejected_csv.replace(out / taken.rejected_csv.name)
    return replace(taken, parts=parts, rejected_csv=rejected_csv, source=source)


@contextmanager
def _unfinished(out: Path) -> Iterator[Path]:
    """A folder within `out` for what is not finished; it is gone afterwards, come what may.

    One that a killed intake left is removed first.
    """
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left)
    folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _connection(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": MEMORY,
        "temp_directory": str(folder / "spilled"),
        "autoinstall_known_extensions": False,
    }
    with duckdb.connect(config=settings) as con:
        con.execute("set enable_progress_bar = false")  # standard output is the command's
        con.execute("set timezone = 'UTC'")
        for macro in MACROS:
            con.execute(macro)
        yield con
