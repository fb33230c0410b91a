"""Acts on the case of the demo, and closed cases, that the walk-through leaves to its readers."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from casework.decisions.actions import holds as measure_holds
from casework.decisions.queries.decisions import current_recommendation
from casework.decisions.queries.freezing import freeze
from casework.evidence.store import BlobStore
from casework.petitions.actions import answer_petition
from casework.petitions.queries.petitions import petitions_of
from casework.retention.actions import holds
from casework.workflow.actions import team
from models import Case, MeasureDecision, Officer
from tests.cases.ready import act
from tests.factories import AT, make_case, make_entity
from tests.retention.closedfile import CLOSED_AT, ON, ClosedFile, close

GUIDANCE = "guidance"


def add_acts(db: Session, case: Case, officers: dict[str, Officer], on: date) -> None:
    """A legal hold, a measure held, and a petition that was answered."""
    holds.place_hold(
        db, case, authority="D.D.C. 26-cv-17", reason="Litigation", by=officers["records"], at=AT
    )
    measure_holds.place_hold(
        db,
        case,
        measure=GUIDANCE,
        entity=None,
        authority="Under Secretary (invented)",
        reason="A partner asked for time.",
        review_on=on + timedelta(days=30),
        by=officers["signing"],
        at=AT,
        on=on,
    )
    _answer(db, case, officers, on)


def decide_guidance(db: Session, case: Case, by: Officer, on: date) -> None:
    """As a row: the case has gone on from the stage in which this is decided."""
    recommendation = current_recommendation(db, case, GUIDANCE, None)
    assert recommendation
    told = {"kind": "withhold", "decided_on": on.isoformat()}
    db.add(
        MeasureDecision(
            **act(case, by),
            **freeze(db, case, None, told, by=by, on=on).columns(),
            recommendation_id=recommendation.id,
            preparer_person_id=recommendation.by_person_id,
            content_sha256=recommendation.content_sha256,
            kind="withhold",
            reasons="It would help an attacker.",
            decided_on=on,
        )
    )
    db.flush()


def _answer(db: Session, case: Case, officers: dict[str, Officer], on: date) -> None:
    """By an official who has taken no part in the case until now."""
    team.add_member(db, case, officers["other"], by=officers["officer"], at=AT)
    answer_petition(
        db,
        case,
        petitions_of(db, case)[0],
        outcome="deny",
        reasons="The logs were offered and not enclosed.",
        by=officers["other"],
        at=AT,
        on=on,
    )


def add_closed_cases(db: Session, store: BlobStore, officers: dict[str, Officer]) -> None:
    """Two cases whose periods are over; of one of them the files are proposed to be destroyed."""
    for number in (1, 2):
        entity = make_entity(db, officers["officer"], f"Closed Example {number}", training=True)
        case = make_case(
            db,
            officers["officer"],
            subjects=[entity],
            members=[officers["records"], officers["signing"]],
            reference=f"MEA-2015-0000{number}",
            training=True,
        )
        people = (officers[key] for key in ("officer", "records", "signing"))
        file = ClosedFile(db, store, case, entity, *people)
        close(file, CLOSED_AT)
        file.receive()
        if number == 1:
            file.propose(on=ON)
