"""Of which report a page is: one on the docket, of real or of training cases, or one of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, request, url_for

from casework.reports.actions.editions import Order
from casework.reports.queries.passages import Place
from casework.statute.casework_rows import Report, ReportSection
from casework.statute.loader import default_text, load_pack
from casework.statute.pack import StatutePack
from casework.workflow.queries.cases import visible_to
from models import Case
from views.access import current_officer
from views.casebar import case_page

TRAINING = "training"


@dataclass(frozen=True, slots=True)
class ReportPlace:
    report: Report
    pack: StatutePack
    training: bool
    case: Case | None

    @property
    def place(self) -> Place:
        return Place(
            text_version=self.pack.text_version,
            training=self.training,
            kind=self.report.id,
            case_id=self.case.id if self.case else None,
        )

    @property
    def draft_subject(self) -> str:
        docket = TRAINING if self.training else "docket"
        return f"{self.report.id}:{self.case.reference if self.case else docket}"

    def order(self, decision: str = "") -> Order:
        return Order(
            report=self.report,
            pack=self.pack,
            training=self.training,
            cases=visible_to(current_officer),
            case=self.case,
            decision=decision,
            default_enacted=current_app.extensions["settings"].enacted,
        )

    def section(self, name: str) -> ReportSection:
        """A section that a person writes; any other is not found."""
        found = (row for row in self.report.sections if row.id == name and row.asks)
        return next(found, None) or abort(404)

    def address(self, act: str, section: str = "") -> str:
        """The address of a page about this report: `show`, `passage`, `annex`, `prepare`."""
        named: dict[str, Any]
        if self.case is not None:
            named = {"case_ref": self.case.reference, "case_report": self.report.id}
            named |= {"case_passage": section} if section else {}
            return url_for(f"case_reports.{act}", **named)
        named = {"docket_report": self.report.id, "docket": TRAINING if self.training else None}
        named |= {"docket_passage": section} if section else {}
        return url_for(f"reports.{act}", **named)

    @property
    def layout(self) -> dict[str, Any]:
        """What the layout of the page needs; `layout` is the template it extends."""
        if self.case is not None:
            return {"layout": "layouts/case.html", **case_page(self.case, "packets", "reports")}
        return {"layout": "layouts/page.html", "case": None, "training": self.training}


def training_asked() -> bool:
    return request.args.get("docket", "") == TRAINING


def of_docket(kind: str) -> ReportPlace:
    pack = load_pack(default_text())
    return ReportPlace(_made_here(pack, kind, "docket"), pack, training_asked(), None)


def of_case(case: Case, kind: str) -> ReportPlace:
    pack = load_pack(case.text_version)
    return ReportPlace(_made_here(pack, kind, "case"), pack, case.training, case)


def _made_here(pack: StatutePack, kind: str, scope: str) -> Report:
    report = pack.reports.get(kind)
    return report if report and report.scope == scope else abort(404)
