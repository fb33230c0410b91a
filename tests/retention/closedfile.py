"""A case that was closed long ago, with files kept for it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from casework.access import Role
from casework.evidence.actions.exhibits import receive_file
from casework.evidence.facts import Description
from casework.evidence.store import BlobStore
from casework.retention.actions import disposition, holds
from casework.retention.schedule import schedule
from models import (
    Case,
    Disposition,
    DispositionDecision,
    Entity,
    Exhibit,
    LegalHold,
    LegalHoldRelease,
    Officer,
    StageChange,
)
from tests.factories import AT, add_member, make_case, make_entity, make_officer

CLOSING = "S16"
CLOSED_AT = datetime(2016, 3, 1, 3, tzinfo=UTC)  # still the day before in Washington
CLOSED_ON = date(2016, 2, 29)
ON = date(2026, 11, 24)
ITEM = schedule()[0]
CONTENT = b"account,prompts\n17,4100\n"


@dataclass
class ClosedFile:
    db: Session
    store: BlobStore
    case: Case
    entity: Entity
    lead: Officer
    records: Officer
    second: Officer

    def member(self, *roles: str) -> Officer:
        officer = make_officer(self.db, *(roles or (Role.RECORDS_OFFICER,)))
        add_member(self.db, self.case, officer)
        return officer

    def receive(self, content: bytes = CONTENT, case: Case | None = None) -> Exhibit:
        made = receive_file(
            self.db,
            self.store,
            case or self.case,
            Description(title="Log", bearing="supports", basis="registry", received_from="Owner"),
            io.BytesIO(content),
            file_name="log.csv",
            cap=1 << 20,
            even_closed=True,
            by=self.lead,
            at=AT,
        )
        self.db.flush()
        return made

    def hold(self, by: Officer | None = None) -> LegalHold:
        return holds.place_hold(
            self.db,
            self.case,
            authority="D.D.C. 26-cv-17",
            reason="Litigation",
            by=by or self.records,
            at=AT,
        )

    def release(self, row: LegalHold, by: Officer | None = None) -> LegalHoldRelease:
        return holds.release_hold(
            self.db, self.case, row, reason="Dismissed", by=by or self.second, at=AT
        )

    def propose(self, **changes: Any) -> Disposition:
        given = {
            "item": ITEM.id,
            "reason": "The period is over.",
            "by": self.records,
            "on": ON,
            **changes,
        }
        return disposition.propose(self.db, self.case, at=AT, **given)

    def decide(self, row: Disposition, **changes: Any) -> DispositionDecision:
        given = {
            "approved": True,
            "reasons": "Agreed.",
            "content_sha256": row.content_sha256,
            "by": self.second,
            "on": ON,
            **changes,
        }
        return disposition.decide(self.db, self.case, row, at=AT, **given)

    def destroy(self) -> int:
        return disposition.destroy_files(self.db, self.store, self.case)


def start(db: Session, store: BlobStore, *, closed: bool = True, files: int = 1) -> ClosedFile:
    lead = make_officer(db, Role.CASE_OFFICER, Role.ANALYST)
    records, second = (
        make_officer(db, Role.RECORDS_OFFICER),
        make_officer(db, Role.SIGNING_OFFICIAL),
    )
    entity = make_entity(db, lead)
    stage = CLOSING if closed else "S14"
    case = make_case(db, lead, subjects=[entity], members=[records, second], stage=stage)
    file = ClosedFile(db, store, case, entity, lead, records, second)
    if closed:
        close(file, CLOSED_AT)
    for number in range(files):
        file.receive(CONTENT + str(number).encode())
    return file


def close(file: ClosedFile, at: datetime, case: Case | None = None) -> None:
    case = case or file.case
    change = StageChange(
        case_id=case.id,
        from_stage="S14",
        to_stage=CLOSING,
        decision="archive",
        reason="Done",
        by_id=file.lead.id,
        by_person_id=file.lead.person_id,
        at=at,
    )
    case.stage = CLOSING
    file.db.add(change)
    file.db.flush()


def later(days: int) -> date:
    return ON + timedelta(days=days)
