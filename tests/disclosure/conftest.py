from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from casework.incidents.report import ITEMS
from models import Case, Exhibit, Incident, Marking, Officer
from tests.factories import make_case, make_entity, make_exhibit, make_incident, make_officer


@dataclass
class Held:
    """A case with one confidential report and one exhibit; every officer is a member."""

    case: Case
    incident: Incident
    exhibit: Exhibit
    records: Officer
    second: Officer
    lead: Officer
    analyst: Officer
    signing: Officer
    contractor: Officer

    @property
    def marking(self) -> Marking:
        return self.exhibit.markings[0]

    def part(self, name: str) -> Marking:
        return next(row for row in self.incident.markings if row.item == name)


@pytest.fixture
def held(db: Session) -> Held:
    reporter = make_officer(db, "reporter")
    reporter.affiliation = "outside"
    lead = make_officer(db, "case_officer")
    records, second = make_officer(db, "records_officer"), make_officer(db, "records_officer")
    analyst, signing = make_officer(db, "analyst"), make_officer(db, "signing_official")
    contractor = make_officer(db, "analyst")
    contractor.affiliation = "federal_contractor"
    incident = make_incident(db, reporter)
    incident.markings = [
        Marking(
            item=item, owner_confidential=True, trade_secret=False, tlp="TLP:AMBER", cui_category=""
        )
        for item in ITEMS
    ]
    case = make_case(
        db,
        lead,
        incidents=[incident],
        subjects=[make_entity(db, lead)],
        members=[analyst, signing, contractor],
    )
    exhibit = make_exhibit(db, case, lead, title="Card numbers of the accounts")
    exhibit.markings[0].tlp = "TLP:AMBER"
    db.commit()
    return Held(case, incident, exhibit, records, second, lead, analyst, signing, contractor)
