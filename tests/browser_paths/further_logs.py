"""Usage logs of the demo's case, one analysed and one to be mapped, and a merge that waits."""

from __future__ import annotations

import io

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.evidence.actions.exhibits import receive_file
from casework.evidence.actions.logs import ask_intake, open_log
from casework.evidence.actions.runs import Order, ask_run
from casework.evidence.analysis.parameters import shipped
from casework.evidence.facts import Description
from casework.evidence.log_facts import LogFacts, Reading
from casework.evidence.store import BlobStore
from casework.screening.actions.merges import merge
from models import Case, Officer, UsageLog
from tests.browser_paths.docket import Docket
from tests.factories import AT, make_entity
from tests.usage_logs.computed import MARKERS
from tests.usage_logs.small_log import log_file


def bring_logs(docket: Docket, case_ref: str) -> None:
    """Take one log in and analyse it by the worker's own jobs; leave the other to be mapped."""
    store = docket.app.extensions["blobs"]
    with docket.sessions.begin() as db:
        case = db.scalars(sa.select(Case).where(Case.reference == case_ref)).one()
        analyst = _officer(db, docket.accounts["analyst"].email)
        number = _received(db, store, case, analyst)
        for title in ("Traffic of May", "Traffic of June, to be mapped"):
            facts = LogFacts(title=title, owner="Lantern Models", sampling="All rows.")
            log = open_log(db, case, [number], facts, Reading(), by=analyst, at=AT)
            if log.number == 1:
                ask_intake(db, case, log, by=analyst, at=AT)
        _to_be_merged(db, case, analyst)
    docket.work_off_jobs()
    with docket.sessions.begin() as db:
        log = db.scalars(sa.select(UsageLog).where(UsageLog.number == 1)).one()
        case = db.get_one(Case, log.case_id)
        assert log.state == "ready", log.failure
        order = Order(parameters=shipped().as_dict(), markers=MARKERS)
        ask_run(db, case, log, order, by=log.created_by, at=AT)
    docket.work_off_jobs()


def _officer(db: Session, email: str) -> Officer:
    return db.scalars(sa.select(Officer).where(Officer.email == email)).one()


def _received(db: Session, store: BlobStore, case: Case, by: Officer) -> int:
    described = Description(
        title="Log", bearing="neutral", basis="owner_telemetry", received_from="Owner"
    )
    content = log_file()
    exhibit = receive_file(
        db, store, case, described, io.BytesIO(content), file_name="usage.csv",
        cap=len(content), by=by, at=AT,
    )  # fmt: skip
    return exhibit.number


def _to_be_merged(db: Session, case: Case, by: Officer) -> None:
    """Something was decided about the subject, so that a second person must agree."""
    kept = case.subjects[0].entity
    other = make_entity(db, by, "Beifang Dengta Intelligence", country="CN", training=True)
    merge(
        db, kept, other, reason="One registration number.", acknowledged=None,
        cases=sa.select(Case), by=by, at=AT,
    )  # fmt: skip
