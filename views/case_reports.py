"""Reports of one case: package for the committee, memorandum, index of the record."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.reports.queries import editions
from casework.statute.loader import load_pack
from models import Case
from views.access import current_officer, requires
from views.casebar import case_page
from views.once import once
from views.report_pages import prepare_report, report_page
from views.report_passages import passage_page, save_passage
from views.report_place import of_case
from views.transaction import db

case_reports = Blueprint("case_reports", __name__, url_prefix="/cases/<case_ref>/reports")


@case_reports.get("")
@requires(Permission.REPORT_READ)
def index(case: Case) -> ResponseReturnValue:
    pack = load_pack(case.text_version)
    kinds = [row for row in pack.reports.values() if row.scope == "case"]
    return render_template(
        "reports/case.html",
        pack=pack,
        kinds=kinds,
        editions=editions.editions(
            db,
            current_officer,
            [row.id for row in kinds],
            text_version=case.text_version,
            training=case.training,
            case=case,
        ),
        **case_page(case, "packets", "reports"),
    )


@case_reports.get("/<case_report>")
@requires(Permission.REPORT_READ)
def show(case: Case, case_report: str) -> ResponseReturnValue:
    return report_page(of_case(case, case_report))


@case_reports.post("/<case_report>/prepare")
@requires(Permission.REPORT_PREPARE)
@once
def prepare(case: Case, case_report: str) -> ResponseReturnValue:
    return prepare_report(of_case(case, case_report))


@case_reports.get("/<case_report>/passages/<case_passage>")
@requires(Permission.REPORT_PREPARE)
def passage(case: Case, case_report: str, case_passage: str) -> ResponseReturnValue:
    return passage_page(of_case(case, case_report), case_passage)


@case_reports.post("/<case_report>/passages/<case_passage>")
@requires(Permission.REPORT_PREPARE)
@once
def write_passage(case: Case, case_report: str, case_passage: str) -> ResponseReturnValue:
    return save_passage(of_case(case, case_report), case_passage)
