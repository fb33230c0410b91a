"""What a report still lacks before it may leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from casework.reports.document import Gate
from casework.reports.gates import Readiness, gates_of
from casework.reports.passages import unsourced
from casework.reports.queries import passages
from casework.reports.queries.asked import Asked
from casework.reports.sections.record import is_intact
from casework.reports.source import Decision, Source
from casework.statute.casework_rows import Report
from models import ReportPassage

Texts = Mapping[str, ReportPassage]


def frozen_gates(
    session: Session,
    asked: Asked,
    source: Source,
    texts: Texts,
) -> tuple[Gate, ...]:
    known = readiness(session, asked, source, texts)
    found = gates_of(asked.report, known)
    if not asked.report.product:
        return found
    # What is lacking may itself name an owner or a report: the public reads only the rule.
    return tuple(replace(gate, found="") for gate in found)


def readiness(
    session: Session,
    asked: Asked,
    source: Source,
    texts: Texts,
) -> Readiness:
    asks = {row.id: row.title for row in asked.report.sections if row.asks}
    current = [texts[name] for name in asks if name in texts]
    return Readiness(
        positions=_positions(source),
        unwritten=[title for name, title in asks.items() if name not in texts],
        unsourced=[
            f"“{text}”" for row in current for text in unsourced(passages.sentences_in(row))
        ],
        permissions=lacking(session, asked.report, current, on=asked.on),
        vote=[] if any(case.votes for case in source.cases) else ["No vote is closed."],
        recommended=[]
        if any(row.approved for case in source.cases for row in case.proposals)
        else ["No approved recommendation is on record."],
        frozen=changed(source.decision),
        first_report=[] if source.previous else ["No earlier report is approved."],
    )


def lacking(
    session: Session, report: Report, rows: Sequence[ReportPassage], *, on: date
) -> list[str]:
    return passages.missing(session, rows, report.product, on=on) if report.product else []


def changed(decision: Decision | None) -> list[str]:
    if decision is None:
        return ["No decision was chosen."]
    return [] if is_intact(decision) else ["The record has another hash than when it was frozen."]


def _positions(source: Source) -> list[str]:
    return [
        f"{case.reference}: {agency}"
        for case in source.cases
        if any(row.status == "determined" for row in case.included)
        for agency in case.silent
    ]
