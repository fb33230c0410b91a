"""What analyses of usage logs offer beside a question, and a citation begun from one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from casework.evidence.queries.runs import done_runs
from casework.findings.rules import CONTRARY, SUPPORTS
from casework.statute.uses import ANALYSIS
from models import AnalysisRun, Case, UsageLog
from views.forms.base import NAME
from views.forms.finding import FindingForm
from views.transaction import db

MOST_RUNS = 3


@dataclass(frozen=True, slots=True)
class Offered:
    """One analysis; `clusters` and the `facts` of one factor as its summary has them, those to look
    at first ahead.
    """

    log: UsageLog
    run: AnalysisRun
    factor: str
    clusters: list[dict[str, Any]]
    facts: list[dict[str, Any]]


def analyses_for(case: Case, offers: str) -> list[Offered]:
    """The newest analyses, for an element that asks about one factor; none for any other."""
    factor = offers.removeprefix(ANALYSIS)
    if factor == offers:
        return []
    return [
        Offered(
            log,
            run,
            factor,
            run.summary["clusters"],
            [fact for fact in run.summary["offers"] if fact["factor"] == factor],
        )
        for log, run in done_runs(db, case)[:MOST_RUNS]
    ]


def begin_citation(form: FindingForm) -> None:
    """A row for the place that the address names, as if typed: the officer saves it or not."""
    exhibit, place = request.args.get("cite", ""), request.args.get("pinpoint", "")[:NAME]
    if not exhibit.isdecimal():
        return
    bearing = CONTRARY if "against" in request.args else SUPPORTS
    row = {"exhibit": exhibit, "pinpoint": place, "bearing": bearing}
    if row not in [cited.data for cited in form.citations]:
        form.citations.append_entry(row)
