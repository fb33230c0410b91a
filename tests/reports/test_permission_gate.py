"""The public guide goes out only with every owner's leave for the very words."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from casework.errors import TransitionBlocked
from casework.reports.actions import approval
from casework.reports.document import to_json
from casework.reports.queries.editions import contents_in
from casework.reports.queries.standing import gates_now
from models import Incident, Marking, OwnerPermission, PermissionRevocation
from tests.factories import AT
from tests.reports.conftest import LATER, ON, PACK, Docket, gate_of

WORDS = "Watch for one card behind many accounts."


@pytest.fixture
def incident(docket: Docket) -> Incident:
    row = docket.db.scalars(sa.select(Incident)).one()
    docket.db.add(
        Marking(
            incident_id=row.id, item="conduct", owner_confidential=True, trade_secret=False,
            tlp="", cui_category="",
        )
    )  # fmt: skip
    docket.db.flush()
    return row


def write(docket: Docket, incident: Incident) -> None:
    docket.write_all("R3", "Read the advisory. [public: Joint advisory AA26-251A]")
    docket.write("R3", "detect", f"{WORDS} [{incident.reference}#conduct]", expected=1)


def permit(docket: Docket, incident: Incident, **changes) -> OwnerPermission:
    fields = {
        "owner": incident.owner_name,
        "product": "guide",
        "ref": f"{incident.reference}#conduct",
        "wording": WORDS,
        "given_by": "General counsel",
        "given_on": date(2026, 11, 1),
        **changes,
    }
    by = docket.checker
    row = OwnerPermission(
        case_id=docket.case.id, by_id=by.id, by_person_id=by.person_id, at=AT, **fields
    )
    docket.db.add(row)
    docket.db.flush()
    return row


def is_open(docket: Docket, report) -> bool:
    gates = gates_now(docket.db, report, PACK, on=ON)
    return next(row for row in gates if row.id == "permissions").open


def test_a_confidential_source_without_permission_blocks_the_approval(docket, incident):
    write(docket, incident)
    report = docket.ready("R3")

    assert not gate_of(report, "permissions").open
    with pytest.raises(TransitionBlocked, match="express permission"):
        approval.approve_report(
            docket.db, report, PACK, contents_sha256=report.contents_sha256,
            by=docket.approver, at=LATER, on=ON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "opens"),
    [
        ({}, True),
        ({"wording": "Watch for one card."}, False),
        ({"product": "list"}, False),
        ({"owner": "Somebody Else"}, False),
        ({"expires_on": date(2026, 11, 23)}, False),
        ({"given_on": date(2026, 11, 25)}, False),
    ],
)
def test_only_a_live_permission_for_the_very_words_opens_the_gate(docket, incident, changes, opens):
    write(docket, incident)
    permit(docket, incident, **changes)

    assert is_open(docket, docket.ready("R3")) is opens


def test_a_permission_taken_back_before_the_approval_closes_the_gate_again(docket, incident):
    write(docket, incident)
    leave = permit(docket, incident)
    report = docket.ready("R3")
    by = docket.checker
    docket.db.add(
        PermissionRevocation(
            case_id=docket.case.id, permission_id=leave.id, revoked_on=ON, reason="Changed mind",
            by_id=by.id, by_person_id=by.person_id, at=AT,
        )
    )  # fmt: skip
    docket.db.flush()
    docket.db.expire_all()

    assert gate_of(report, "permissions").open
    assert not is_open(docket, report)


def test_an_item_nobody_has_marked_counts_as_confidential(docket):
    incident = docket.db.scalars(sa.select(Incident)).one()
    docket.write_all("R3", "Read it. [public: A]")
    docket.write("R3", "detect", f"{WORDS} [{incident.reference}#claim]", expected=1)

    assert not is_open(docket, docket.ready("R3"))


def test_every_sentence_of_the_guide_names_its_source(docket):
    docket.write_all("R3", "Read it. [public: A] Trust nobody.")

    assert not gate_of(docket.prepare("R3"), "sourced").open


def test_the_guide_tells_nothing_that_is_not_public(docket, incident):
    write(docket, incident)
    permit(docket, incident)

    told = to_json(contents_in(docket.prepare("R3"))).decode()

    assert WORDS in told
    hidden = (
        incident.reference, incident.owner_name, docket.case.reference, docket.preparer.name,
        docket.file.entity.name,
    )  # fmt: skip
    assert [word for word in hidden if word in told] == []
