"""One cluster of an analysis, and why each account is in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.evidence.actions.exhibits import context_of
from casework.evidence.drawing.draw import draw
from casework.evidence.queries import exhibits
from casework.evidence.queries.runs import report_in, ties_in
from casework.evidence.store import BlobDamaged
from casework.findings import queries as findings
from casework.statute.loader import load_pack
from casework.statute.uses import ANALYSIS, FACTORS
from models import AnalysisRun, Case
from views.access import requires
from views.casebar import case_page
from views.evidence import blob_store
from views.seen_items import note_exhibit
from views.transaction import db
from views.usage_log_place import found_log, found_run

TIES_ON_A_PAGE = 50
CLUSTER = "/<int:run_number>/<cluster_name>"
Report = Mapping[str, Any]


def cluster_pages(blueprint: Blueprint) -> None:
    blueprint.add_url_rule(CLUSTER, view_func=cluster, methods=["GET"])
    blueprint.add_url_rule(CLUSTER + "/ties", view_func=ties, methods=["GET"])


def opened(case: Case, run: AnalysisRun) -> tuple[Report | None, bool]:
    """The report of a finished run, and whether its stored bytes are damaged. Reading it is noted
    as reading the exhibit is.
    """
    if run.exhibit is None:
        return None, False
    note_exhibit(case, run.exhibit)
    try:
        return report_in(blob_store(), context_of(case), run), False
    except BlobDamaged:
        return None, True


@requires(Permission.EVIDENCE_READ)
def cluster(case: Case, log_number: int, run_number: int, cluster_name: str) -> ResponseReturnValue:
    log = found_log(case, log_number)
    run = found_run(log, run_number)
    report, found = _cluster(case, run, cluster_name)
    return render_template(
        "evidence/cluster.html",
        log=log,
        run=run,
        report=report,
        cluster=found,
        pictures=draw(report, cluster_name),
        elements=_elements(case),
        subjects=findings.examined(db, case),
        **case_page(case, "evidence", "logs"),
    )


def _cluster(case: Case, run: AnalysisRun, cluster_id: str) -> tuple[Report, Report]:
    report, _damaged = opened(case, run)
    rows = report["clusters"] if report else []
    found = next((row for row in rows if row["cluster_id"] == cluster_id), None)
    if report is None or found is None:
        abort(404)
    return report, found


def _elements(case: Case) -> dict[str, Any]:
    """Factor to the element of the text that asks about it."""
    elements = load_pack(case.text_version).elements.values()
    by_offer = {row.offers: row for row in elements}
    named = {factor: by_offer.get(ANALYSIS + factor) for factor in FACTORS}
    return {factor: row for factor, row in named.items() if row is not None}


@requires(Permission.EVIDENCE_READ)
def ties(case: Case, log_number: int, run_number: int, cluster_name: str) -> ResponseReturnValue:
    log = found_log(case, log_number)
    run = found_run(log, run_number)
    _report, found = _cluster(case, run, cluster_name)
    listed = exhibits.find_exhibit(db, case, run.summary["ties_exhibit"]) or abort(404)
    note_exhibit(case, listed)
    begin = max(0, min(request.args.get("from", 0, type=int), 10**9))
    rows = ties_in(blob_store(), listed.blob_key or "", context_of(case), cluster_name)
    page = list(islice(rows, begin, begin + TIES_ON_A_PAGE + 1))
    return render_template(
        "evidence/ties.html",
        log=log,
        run=run,
        cluster=found,
        listed=listed,
        ties=page[:TIES_ON_A_PAGE],
        begin=begin,
        size=TIES_ON_A_PAGE,
        more=len(page) > TIES_ON_A_PAGE,
        **case_page(case, "evidence", "logs"),
    )
