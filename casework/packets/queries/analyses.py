"""Analyses of usage logs whose result is an exhibit of the packet."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from casework.errors import Blocker, TransitionBlocked
from casework.evidence.actions.exhibits import context_of
from casework.evidence.queries.runs import done_runs, repeated_by, report_in
from casework.evidence.store import BlobDamaged, BlobStore
from casework.packets.analyses import Analysis
from casework.packets.analyses_told import (
    Report,
    clusters_told,
    compared_with,
    marks_told,
)
from casework.packets.facts import Figure
from casework.packets.lettering import instant
from casework.statute.pack import StatutePack
from casework.statute.uses import ANALYSIS
from models import AnalysisRun, Case, UsageLog

_HASHES = {
    "tables": "Counted tables",
    "members": "Clusters and their accounts",
    "factors": "Measures, rounded to nine places",
}


def analyses_of(
    session: Session,
    store: BlobStore | None,
    case: Case,
    pack: StatutePack,
    listed: Collection[int],
) -> tuple[Analysis, ...]:
    """The finished analyses of the case, by the number of their exhibit.

    `listed` are the numbers of the exhibits that the packet lists: of a result that is held back
    nothing is told here either.

    Raises ValueError where there is an analysis and no store to read it from, TransitionBlocked
    where the stored result does not hold.
    """
    found = sorted(
        (
            (run.exhibit.number, log, run)
            for log, run in done_runs(session, case)
            if run.exhibit and run.exhibit.number in listed
        ),
        key=lambda row: row[0],
    )
    if found and store is None:
        raise ValueError("the store is needed to print an analysis")
    titles = {
        element.offers.removeprefix(ANALYSIS): f"{element.title} ({element.id})"
        for element in pack.elements.values()
        if element.offers.startswith(ANALYSIS)
    }
    told = {run.id for _, _, run in found}
    return tuple(
        _analysis(log, run, _report(store, case, run), titles, _first(session, run, told))
        for _, log, run in found
        if store is not None
    )


def _first(session: Session, run: AnalysisRun, told: Collection[UUID]) -> AnalysisRun | None:
    """The run that this one repeats, if the packet tells of it."""
    first = repeated_by(session, run)
    return first if first and first.id in told else None


def _report(store: BlobStore, case: Case, run: AnalysisRun) -> Report:
    try:
        return report_in(store, context_of(case), run)
    except BlobDamaged:
        number = run.exhibit.number if run.exhibit else 0
        words = f"The stored file of exhibit {number}, the result of an analysis, is damaged."
        raise TransitionBlocked([Blocker(words, "Integrity of exhibits")]) from None


def _analysis(
    log: UsageLog,
    run: AnalysisRun,
    report: Report,
    titles: dict[str, str],
    first: AnalysisRun | None,
) -> Analysis:
    same = first is not None and bool(run.agrees)
    told, others = ((), ()) if same else clusters_told(report, titles)
    return Analysis(
        exhibit=run.exhibit.number if run.exhibit else 0,
        title=f"Analysis {run.number} of usage log {log.number}",
        log=log.title,
        owner=log.owner,
        files=tuple(row.exhibit.number for row in log.files),
        sampling=log.sampling,
        rows=report["rows"],
        set_aside=report["rejected"],
        accounts=report["accounts"],
        compared_with=compared_with(report),
        apart=report["apart"]["accounts"],
        clusters=told,
        others=others,
        cannot_see=tuple(report["cannot_see"]),
        provenance=_provenance(run, report),
        hashes=_hashes(run),
        repeats=_repeats(log, run, first),
    )


def _repeats(log: UsageLog, run: AnalysisRun, first: AnalysisRun | None) -> str:
    if first is None:
        return ""
    name = f"analysis {first.number} of usage log {log.number}"
    if run.agrees:
        return f"It repeats {name}: rows and results have the same hashes, and are told there."
    return f"It repeats {name} and DIFFERS from it; both results are kept."


def _provenance(run: AnalysisRun, report: Report) -> tuple[Figure, ...]:
    finished = instant(run.finished_at) if run.finished_at else ""
    return (
        Figure("Set of constants", str(report["parameters"]["set"])),
        *marks_told(report),
        Figure("Prompts named as public and left out", str(len(run.public_prompts))),
        Figure("Engine", run.engine),
        Figure("Asked by", run.asked_by.name),
        Figure("Done", finished),
        *(Figure(name, str(value)) for name, value in sorted(run.versions.items())),
    )


def _hashes(run: AnalysisRun) -> tuple[Figure, ...]:
    rows = [Figure("Accepted rows", run.input_sha256)] if run.input_sha256 else []
    return (*rows, *(Figure(_HASHES.get(name, name), value) for name, value in run.hashes.items()))
