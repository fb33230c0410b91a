"""Records in states that the walk-through of the demo leaves behind, so that their pages exist."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.access import Role
from casework.evidence.actions.uploads import open_upload
from casework.evidence.facts import Announced, Description
from casework.evidence.pieces import PIECE
from casework.packets.actions import prepare_packet
from models import Case, Officer
from tests.browser_paths.crawl import Ways, signed_in
from tests.browser_paths.docket import Docket
from tests.browser_paths.further_acts import GUIDANCE, add_acts, add_closed_cases, decide_guidance
from tests.browser_paths.further_lists import bring_lists, hand_in_parties
from tests.browser_paths.further_logs import bring_logs
from tests.cases.ready import (
    answer_all,
    collect_positions,
    hear,
    recommend,
    state_purpose,
)
from tests.factories import AT, make_case, make_entity, make_incident, make_officer
from tests.incidents.answers import fields
from views.clock import today

DEMO = "MEA-2026-00002"
LONG_NAME = ("北方灯塔示范智能科技与深度研究股份有限公司" * 24)[:500]


def add_further(docket: Docket) -> str:
    """A case whose determination can be signed, a packet to issue, a long name, and a draft of the
    case officer; the path of its last page before it is submitted.
    """
    with docket.sessions.begin() as db:
        officers = {key: _officer(db, one.email) for key, one in docket.accounts.items()}
        _case_to_sign(db, officers)
        case = db.scalars(sa.select(Case).where(Case.reference == DEMO)).one()
        _packet(db, case, officers)
        officers["other"] = make_officer(db, Role.REVIEWER, agency="STATE")
        add_acts(db, case, officers, today())
        _upload(db, case, officers["officer"])
        add_closed_cases(db, docket.app.extensions["blobs"], officers)
        make_entity(db, officers["analyst"], LONG_NAME, country="CN", training=True)
    bring_lists(docket)
    hand_in_parties(docket, "officer")
    docket.work_off_jobs()
    bring_logs(docket, DEMO)
    return _draft(docket)


def invite_somebody(docket: Docket) -> str:
    """The path of a one-time link, as the administrator reads it on the page."""
    client = signed_in(docket, "administrator")
    page = client.get("/people").text
    link = re.search(r'action="(/people/[^"]+/invite)"', page)
    assert link, page
    token = Ways("/people", page).fields["csrf_token"]
    answer = client.post(link[1], data={"csrf_token": token}).text
    found = re.search(r"/invitation/[\w-]+", answer)
    assert found, answer
    return found[0]


def _officer(db: Session, email: str) -> Officer:
    return db.scalars(sa.select(Officer).where(Officer.email == email)).one()


def _upload(db: Session, case: Case, by: Officer) -> None:
    """A large file of which nothing has come yet."""
    described = Description(
        title="Log of June", bearing="supports", basis="owner_telemetry", received_from="Owner"
    )
    announced = Announced(file_name="june.csv", size=3 * PIECE)
    open_upload(db, case, described, announced, cap=4 * PIECE, by=by, at=AT)


def _case_to_sign(db: Session, officers: dict[str, Officer]) -> None:
    """References of another year: the numbers of this one are given out by the application."""
    lead, analyst = officers["officer"], officers["analyst"]
    members = [officers[key] for key in ("analyst", "reviewer", "signing", "records")]
    entity = make_entity(db, lead)
    case = make_case(
        db,
        lead,
        incidents=[make_incident(db, lead, reference="INC-2025-00001")],
        subjects=[entity],
        members=members,
        reference="MEA-2025-00001",
        stage="S7b",
        training=True,
    )
    answer_all(db, case, entity, analyst, officers["reviewer"])
    state_purpose(db, case, entity, analyst)
    hear(db, case, entity, lead, "waived")
    collect_positions(db, case, officers["delegate-state"])
    recommend(db, case, GUIDANCE, analyst, officers["reviewer"])
    decide_guidance(db, case, officers["signing"], today())


def _packet(db: Session, case: Case, officers: dict[str, Officer]) -> None:
    prepare_packet(
        db, case, recipient="justice", purpose="To be read.", by=officers["records"], at=AT
    )


def _draft(docket: Docket) -> str:
    client = signed_in(docket, "officer")
    token = Ways("/", client.get("/incidents/new").text).fields["csrf_token"]
    answer = client.post("/incidents/new", data={**fields(), "csrf_token": token})
    assert answer.status_code == 303, answer.text
    return str(answer.location)
