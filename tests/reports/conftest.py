"""A docket with a signed determination, and what is needed to prepare reports about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from casework.access import Role
from casework.decisions.record import digest
from casework.evidence.store import BlobStore
from casework.packets.box import Rendered
from casework.reports.actions import editions, passages
from casework.reports.actions.editions import Order
from casework.reports.queries.editions import contents_in
from casework.reports.queries.passages import Place
from casework.statute.loader import load_pack
from casework.workflow.queries.cases import visible_to
from models import AgencyPosition, Case, Determination, Officer, Report, ReportPassage
from tests.decisions.casefile import SIGNING_STAGE, CaseFile, start
from tests.factories import AT, TEXT_VERSION, make_officer

PACK = load_pack(TEXT_VERSION)
ON = date(2026, 11, 24)
LATER = AT + timedelta(days=1)
PDF = b"%PDF-1.7 stands for the pages"


@dataclass
class Docket:
    """`preparer` prepares and writes, `checker` checks, `approver` approves; all see the case."""

    db: Session
    blobs: BlobStore
    file: CaseFile
    determination: Determination
    preparer: Officer
    checker: Officer
    approver: Officer

    @property
    def case(self) -> Case:
        return self.file.case

    def order(self, kind: str, **changes: Any) -> Order:
        report = PACK.reports[kind]
        fields: dict[str, Any] = {
            "report": report,
            "pack": PACK,
            "training": False,
            "cases": visible_to(self.preparer),
            "case": self.case if report.scope == "case" else None,
            **changes,
        }
        return Order(**fields)

    def prepare(self, kind: str, *, by: Officer | None = None, **changes: Any) -> Report:
        return editions.prepare_report(
            self.db, self.order(kind, **changes), by=by or self.preparer, at=LATER, on=ON
        )

    def ready(self, kind: str, **changes: Any) -> Report:
        report = self.prepare(kind, **changes)
        rendered = Rendered(PDF, pages=3, sha256="", isolated=True)
        editions.keep_rendered(self.db, self.blobs, report.id, rendered, at=LATER)
        return report

    def place(self, kind: str, *, training: bool = False) -> Place:
        case = self.case if PACK.reports[kind].scope == "case" else None
        return Place(
            text_version=TEXT_VERSION,
            training=training,
            kind=kind,
            case_id=case.id if case else None,
        )

    def write(
        self,
        kind: str,
        section: str,
        text: str = "Written in plain words.",
        *,
        expected: int = 0,
        by: Officer | None = None,
    ) -> ReportPassage:
        author = by or self.preparer
        return passages.write_passage(
            self.db,
            PACK.reports[kind],
            self.place(kind),
            next(row for row in PACK.reports[kind].sections if row.id == section),
            text=text,
            expected_revision=expected,
            cases=visible_to(author),
            case=self.case if PACK.reports[kind].scope == "case" else None,
            by=author,
            at=AT,
        )

    def write_all(self, kind: str, text: str = "Written in plain words.") -> None:
        for row in PACK.reports[kind].sections:
            if row.asks:
                self.write(kind, row.id, text)


def section_of(report: Report, name: str) -> Any:
    return next(row for row in contents_in(report).sections if row.id == name)


def gate_of(report: Report, name: str) -> Any:
    return next(row for row in contents_in(report).gates if row.id == name)


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs", b"k" * 32)


def _determined(file: CaseFile) -> Determination:
    by = file.signer()
    record: dict[str, Any] = {"case": {"reference": file.case.reference}, "exhibits": []}
    row = Determination(
        case_id=file.case.id,
        entity_id=file.entity.id,
        stage=SIGNING_STAGE,
        kind="identify_mea",
        reasons="Each element is shown.",
        decided_on=ON,
        record=record,
        record_sha256=digest(record),
        by_id=by.id,
        by_person_id=by.person_id,
        at=AT,
    )
    file.db.add(row)
    file.db.flush()
    return row


def _heard(file: CaseFile, agency: str) -> None:
    delegate = make_officer(file.db, Role.AGENCY_DELEGATE, agency=agency)
    file.db.add(
        AgencyPosition(
            case_id=file.case.id,
            agency=agency,
            position="concur",
            comment="",
            by_id=delegate.id,
            by_person_id=delegate.person_id,
            at=AT,
        )
    )


@pytest.fixture
def docket(db: Session, blobs: BlobStore) -> Docket:
    """The determination is put into the table as it is: what leads to one is tested elsewhere."""
    file = start(db)
    file.write("EX1")
    file.read("EX1")
    for agency in sorted(PACK.members("oc")):
        _heard(file, agency)
    file.case.stage = SIGNING_STAGE
    return Docket(
        db,
        blobs,
        file,
        _determined(file),
        make_officer(db, Role.RECORDS_OFFICER, name="Jonas Okafor"),
        make_officer(db, Role.RECORDS_OFFICER, name="Mara Castellanos"),
        file.member(Role.SIGNING_OFFICIAL),
    )
