"""The database in which walks begin: one case at the public list, one to be signed, one new."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from casework.access import Role
from casework.legislation.actions import record_event
from casework.workflow.actions.cases import open_case
from casework.workflow.actions.scope import NewSubject
from models import AuditEntry, Officer
from tests.factories import TEXT_VERSION, make_entity, make_incident, make_officer
from tests.listing.world import mark
from tests.whole_path import acts_early as early
from tests.whole_path.desk import Desk
from tests.whole_path.leading import go_on
from tests.whole_path.ledger import Docket
from tests.whole_path.people import ACCOUNTS, hire

ENACTED = date(2026, 6, 1)
OUTSIDE = ("commerce", "state", "defense", "energy", "treasury", "records")
CASES = (
    ("Orchid", ("attacker", "provider")),
    ("Willow", ("both", "provider")),
    ("Cedar", ("attacker",)),
)


def prepare(desk: Desk) -> None:
    with desk.sessions() as db:
        desk.ledger.officers = hire(db)
        lead = db.get_one(Officer, desk.ledger.officers["lead"])
        record_event(
            db, text_version=TEXT_VERSION, kind="enactment", happened_on=ENACTED, note="Signed",
            by=None, at=desk.at,
        )  # fmt: skip
        reporter = make_officer(db, Role.REPORTER)
        for word, subjects in CASES:
            docket = _open(desk, db, lead, reporter, word, subjects)
            desk.ledger.dockets[docket.reference] = docket
        db.commit()
        desk.ledger.entries = db.scalar(sa.select(sa.func.count()).select_from(AuditEntry))
    for ref in desk.ledger.dockets:
        for name in ACCOUNTS:
            if name not in {*OUTSIDE, "lead"}:
                assert early.admit(desk, "lead", ref, name)
    first, second, _ = desk.ledger.dockets
    bring(desk, first, "S10")
    bring(desk, second, "S7a")


def go_further(desk: Desk) -> None:
    """The first case is listed, petitioned against and before the committee; the second listed."""
    first, second, _ = desk.ledger.dockets
    for _ in range(3):
        assert go_on(desk, first), desk.why
    assert early.advance(desk, "chair", first, "S11", "propose_existing_power"), desk.why
    for _ in range(2):
        assert go_on(desk, first), desk.why
    bring(desk, second, "S10")
    for _ in range(2):
        assert go_on(desk, second), desk.why


def bring(desk: Desk, ref: str, stage: str) -> None:
    while desk.docket(ref).path[-1] != stage:
        assert go_on(desk, ref), f"{ref} stays at {desk.docket(ref).path[-1]}: {desk.why}"


def _open(desk, db, lead, reporter, word, subjects) -> Docket:
    names = {what: f"{word} {what.title()} Ltd" for what in subjects}
    made = {what: make_entity(db, lead, name, country="CN") for what, name in names.items()}
    incident = make_incident(db, reporter, title=f"Report that names {word}")
    mark(db, incident, "volumes", secret=True)
    case = open_case(
        db, [incident], title=f"Alleged copying by {word}", summary=f"Of {word}.",
        text_version=TEXT_VERSION, by=lead, at=desk.at,
        subjects=[NewSubject(entity, "querier") for entity in made.values()],
    )  # fmt: skip
    return Docket(
        reference=case.reference,
        title=case.title,
        incident=incident.reference,
        subjects={what: entity.id for what, entity in made.items()},
        names=names,
        path=[case.stage],
        text_version=TEXT_VERSION,
    )
