"""A case in which a measure may be decided: identified, recommended and approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.decisions import actions
from models import Officer, Recommendation, StageRecord
from tests.decisions.casefile import LATER, ON, CaseFile, considered, particulars, ready

MEASURE, STAGE = "blocking", "S12"
SIGNED_AT = LATER + timedelta(hours=1)


@dataclass
class MeasureFile:
    file: CaseFile
    row: Recommendation
    signer: Officer


def identify(file: CaseFile, signer: Officer) -> None:
    actions.sign_determination(
        file.db,
        file.case,
        entity=file.entity,
        kind="identify_mea",
        reasons="Each element is shown.",
        by=signer,
        at=LATER,
        on=ON,
    )


def put_on_record(
    file: CaseFile, kind: str, outcome: str, by: Officer, at: datetime = LATER
) -> None:
    file.db.add(
        StageRecord(
            case_id=file.case.id,
            by_id=by.id,
            by_person_id=by.person_id,
            at=at,
            kind=kind,
            outcome=outcome,
            happened_on=ON,
            note="Executive order, invented for the test.",
            citation="",
        )
    )
    file.db.flush()


def recommend(
    file: CaseFile, measure: str = MEASURE, *, taken: bool = True, by: Officer | None = None
) -> Recommendation:
    return actions.recommend(
        file.db,
        file.case,
        measure=measure,
        entity=file.entity,
        taken=taken,
        reasons="The conduct goes on.",
        considered=considered(measure),
        particulars=particulars(measure),
        supersedes=None,
        by=by or file.author,
        at=LATER,
    )


def approve(file: CaseFile, row: Recommendation, *, approved: bool = True) -> None:
    actions.decide_recommendation(
        file.db,
        file.case,
        row,
        approved=approved,
        reasons="Agreed.",
        content_sha256=row.content_sha256,
        by=file.reader,
        at=LATER,
    )


def decidable(db, *, measure: str = MEASURE, stage: str = STAGE, taken: bool = True) -> MeasureFile:
    """Everything that blocking needs is on record; the case is in the stage that decides it."""
    file = ready(db)
    signer = file.signer()
    identify(file, signer)
    put_on_record(file, "emergency", "yes", signer)
    row = recommend(file, measure, taken=taken)
    approve(file, row)
    file.case.stage = stage
    db.flush()
    return MeasureFile(file, row, signer)
