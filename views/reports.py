"""Reports on the docket: what the text asks for, by when, and how far each has come."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.access import Permission, permits
from casework.legislation import queries as legislation
from casework.reports.queries import editions
from casework.statute.loader import default_text, load_pack
from casework.statute.pack import StatutePack
from models import Report
from views.access import current_officer, requires
from views.casebar import Tab, enacted_setting
from views.once import once
from views.report_pages import prepare_report, report_page
from views.report_passages import annex_page, passage_page, save_passage
from views.report_passages import register_annex as register
from views.report_place import of_docket, training_asked
from views.transaction import db

reports = Blueprint("reports", __name__, url_prefix="/reports")


@reports.get("")
@requires(Permission.STATUTE_READ)
def index() -> ResponseReturnValue:
    text_version = default_text()
    pack = load_pack(text_version)
    dues = legislation.clocks_of(db, text_version, enacted_setting())
    return render_template(
        "reports/index.html",
        pack=pack,
        dues=[due for due in dues if due.default],
        newest=_newest(pack),
        docket="training" if training_asked() else "",
        dockets=_dockets(),
        training=training_asked(),
    )


def _dockets() -> list[Tab]:
    training = training_asked()
    return [
        Tab("Real cases", url_for("reports.index"), not training, None),
        Tab("Training cases", url_for("reports.index", docket="training"), training, None),
    ]


def _newest(pack: StatutePack) -> dict[str, Report]:
    """The newest edition of each report on the docket, for those who may read them."""
    if not permits(current_officer, Permission.REPORT_READ):
        return {}
    found = editions.editions(
        db,
        current_officer,
        [row.id for row in pack.reports.values() if row.scope == "docket"],
        text_version=pack.text_version,
        training=training_asked(),
    )
    return {row.kind: row for row in reversed(found)}


@reports.get("/<docket_report>")
@requires(Permission.REPORT_READ)
def show(docket_report: str) -> ResponseReturnValue:
    return report_page(of_docket(docket_report))


@reports.post("/<docket_report>/prepare")
@requires(Permission.REPORT_PREPARE)
@once
def prepare(docket_report: str) -> ResponseReturnValue:
    return prepare_report(of_docket(docket_report))


@reports.get("/<docket_report>/passages/<docket_passage>")
@requires(Permission.REPORT_PREPARE)
def passage(docket_report: str, docket_passage: str) -> ResponseReturnValue:
    return passage_page(of_docket(docket_report), docket_passage)


@reports.post("/<docket_report>/passages/<docket_passage>")
@requires(Permission.REPORT_PREPARE)
@once
def write_passage(docket_report: str, docket_passage: str) -> ResponseReturnValue:
    return save_passage(of_docket(docket_report), docket_passage)


@reports.get("/<docket_report>/annexes/new")
@requires(Permission.REPORT_PREPARE)
def annex(docket_report: str) -> ResponseReturnValue:
    return annex_page(of_docket(docket_report))


@reports.post("/<docket_report>/annexes/new")
@requires(Permission.REPORT_PREPARE)
@once
def register_annex(docket_report: str) -> ResponseReturnValue:
    return register(of_docket(docket_report))
