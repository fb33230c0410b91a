from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from casework.access import Role
from casework.decisions.record import digest
from casework.errors import InvalidValue, SeparationOfDuties, StaleVersion, TransitionBlocked
from casework.listing.actions.permissions import revoke_permission
from casework.listing.actions.publication import take_down
from casework.listing.entry import Line
from casework.listing.queries.proposals import first_publication, lapsed_permissions, weigh
from casework.listing.queries.public import drop_days, is_listed
from casework.workflow.queries.standing import facts_of
from models import AuditEntry, CaseIncident, Incident, ListProposal, ListPublication, Source
from tests.factories import AT, make_exhibit, make_incident
from tests.listing.world import ENACTED, ON, TEXT, build, member
from tests.plain_report import OWNER

LATER = AT + timedelta(hours=1)


@pytest.fixture
def world(db):
    return build(db)


def closed(world, proposal=None, **changes):
    """Titles of the gates that are closed."""
    fields = {"enacted": ENACTED, "on": ON, **changes}
    proposal = proposal or world.propose()
    found = weigh(world.db, world.case, proposal, **fields)
    return [gate.title for gate in found.gates if not gate.is_open]


def down(world, publication, **changes):
    fields = {"ground": "error", "reason": "Another firm of that name.", "by": world.publisher}
    return take_down(world.db, world.case, publication, **{**fields, **changes}, at=LATER, on=ON)


def test_an_entry_goes_public_once_every_gate_is_open(world):
    world.permit()
    proposal = world.propose()

    row = world.publish(proposal)

    assert row.published_on == ON
    assert row.record["permissions"][0]["wording"] == TEXT
    assert row.record_sha256 == digest(row.record)
    assert is_listed(world.db, world.case, on=ON)
    facts = facts_of(world.db, world.case)
    assert (facts.listed, facts.list_outcome) == (True, "listed")


def test_each_act_has_its_entry_in_the_log(world):
    world.permit()
    row = world.publish(world.propose())
    down(world, row)

    actions = world.db.scalars(sa.select(AuditEntry.action)).all()
    assert {"permission.record", "list.propose", "list.publish", "list.take_down"} <= set(actions)


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"enacted": None}, "The text is in force"),
        ({"enacted": ON + timedelta(days=1)}, "The text is in force"),
        ({"on": date(2026, 11, 23)}, "Owners' permissions"),
    ],
)
def test_one_closed_gate_blocks_publication(world, changes, gate):
    world.permit()
    proposal = world.propose()
    assert closed(world, proposal, **changes) == [gate]

    with pytest.raises(TransitionBlocked):
        world.publish(proposal, **changes)


def test_an_invented_entry_needs_no_enactment(db):
    world = build(db, training=True)
    world.permit()

    assert world.publish(world.propose(), enacted=None).published_on == ON


@pytest.mark.parametrize("wording", [TEXT[:-1], f"{TEXT} ", TEXT.replace("340", "341"), "340"])
def test_a_permission_for_other_words_opens_nothing(world, wording):
    world.permit(wording=wording)

    assert closed(world) == ["Owners' permissions"]


def test_every_owner_of_a_shared_source_has_to_agree(world):
    other = make_incident(world.db, world.preparer, owner_name="Birch AI")
    by = world.preparer.id
    world.db.add(
        CaseIncident(case_id=world.case.id, incident_id=other.id, linked_by_id=by, linked_at=AT)
    )
    shared = make_exhibit(world.db, world.case, world.preparer, received_from="A partner")
    ref = f"exhibit:{shared.number}"
    proposal = world.propose(world.words(Line(TEXT, (ref,))))
    world.permit(ref=ref)
    assert closed(world, proposal) == ["Owners' permissions"]

    world.permit(ref=ref, owner="Birch AI")

    assert closed(world, proposal) == []


def test_public_material_that_shows_the_same_lifts_the_need(world):
    found = Source(
        incident_id=world.incident.id, position=9, title="Report of a newspaper", publisher="",
        url="", basis="public_reporting", note="",
    )  # fmt: skip
    world.db.add(found)
    world.db.flush()
    world.db.expire(world.incident)

    line = Line(TEXT, (world.volumes,), (f"source:{found.id}",))

    assert closed(world, world.propose(world.words(line))) == []


def test_material_that_is_not_public_is_no_parallel(world):
    line = Line(TEXT, (world.volumes,), (f"{world.incident.reference}#claim",))

    with pytest.raises(InvalidValue) as refused:
        world.propose(world.words(line))

    assert refused.value.field == "lines-0-parallel"


def test_what_is_marked_confidential_after_the_proposal_closes_the_gate(world):
    claim = f"{world.incident.reference}#claim"
    proposal = world.propose(world.words(Line(TEXT, (claim,))))
    assert closed(world, proposal) == []

    mark = next(row for row in world.incident.markings if row.item == "claim")
    mark.owner_confidential = True
    world.db.flush()

    assert "Owners' permissions" in closed(world, proposal)


def test_a_provider_alone_is_never_proposed(db):
    world = build(db, kind="identify_fanp")

    with pytest.raises(TransitionBlocked, match="names it an attacker"):
        world.propose()


def test_an_attack_of_more_than_a_year_before_is_not_proposed(db):
    world = build(db, last_attack=ON - timedelta(days=366))

    with pytest.raises(TransitionBlocked, match="past year"):
        world.propose()


def test_the_strict_reading_closes_the_gate_once_the_year_is_over(world):
    world.permit()
    proposal = world.propose(world.words(reading="publication"))

    assert closed(world, proposal, on=ON + timedelta(days=365)) == []
    assert closed(world, proposal, on=ON + timedelta(days=366)) == [
        "The entity may be listed",
        "Time left",
    ]


def test_another_stage_publishes_nothing(world):
    world.permit()
    proposal = world.propose()
    world.case.stage = "S14"

    assert closed(world, proposal) == ["Stage, determination and approval"]


def test_without_an_approved_recommendation_nothing_is_published(db):
    world = build(db, recommended=False)
    world.permit()

    assert closed(world) == ["Stage, determination and approval"]


def test_the_preparer_does_not_publish(world):
    both = member(world, Role.RECORDS_OFFICER, Role.SIGNING_OFFICIAL)
    world.permit()
    proposal = world.propose(by=both)

    with pytest.raises(SeparationOfDuties):
        world.publish(proposal, by=both)


def test_the_database_itself_refuses_one_person_twice(world):
    proposal = world.propose()
    by = world.preparer
    world.db.add(
        ListPublication(
            case_id=world.case.id, by_id=by.id, by_person_id=by.person_id, at=AT,
            proposal_id=proposal.id, preparer_person_id=by.person_id,
            content_sha256=proposal.content_sha256, published_on=ON, record={},
            record_sha256="0" * 64,
        )
    )  # fmt: skip

    with pytest.raises(IntegrityError):
        world.db.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE list_publication SET content_sha256 = 'x'",
        "DELETE FROM list_publication",
        "UPDATE list_proposal SET content_sha256 = 'x'",
        "UPDATE owner_permission SET wording = 'x'",
        "DELETE FROM list_takedown",
    ],
)
def test_the_database_changes_nothing_that_was_published(world, statement):
    world.permit()
    down(world, world.publish(world.propose()))

    with pytest.raises(DBAPIError, match="append-only"):
        world.db.execute(sa.text(statement))


def test_another_agency_does_not_publish(world):
    world.permit()
    stranger = member(world, Role.SIGNING_OFFICIAL, agency="COMMERCE_BIS")

    with pytest.raises(TransitionBlocked, match="publishes"):
        world.publish(world.propose(), by=stranger)


def test_other_words_than_those_shown_are_not_published(world):
    world.permit()

    with pytest.raises(StaleVersion):
        world.publish(world.propose(), content_sha256="0" * 64)


def test_a_replaced_proposal_is_not_published(world):
    world.permit()
    first = world.propose()
    world.propose(supersedes=first.id)

    with pytest.raises(StaleVersion, match="newer"):
        world.publish(first)


def test_two_proposals_at_once_are_told(world):
    world.propose()

    with pytest.raises(StaleVersion):
        world.propose()


def test_an_entry_is_published_once(world):
    world.permit()
    proposal = world.propose()
    world.publish(proposal)

    with pytest.raises(StaleVersion, match="already"):
        world.publish(proposal)


def test_a_correction_takes_the_earlier_entry_down_in_the_same_act(world):
    world.permit()
    first = world.propose()
    old = world.publish(first)
    other = "It queried the model at night."
    world.permit(wording=other)
    second = world.propose(
        world.words(Line(other, (world.volumes,))), supersedes=first.id, at=LATER
    )

    new = world.publish(second, at=LATER)

    world.db.refresh(old)
    assert old.takedown.ground == "correction"
    assert list(drop_days(world.db, world.case)) == [new.id]
    assert facts_of(world.db, world.case).listed


def test_an_answer_that_came_in_later_is_not_left_out(world):
    world.permit()
    proposal = world.propose()
    assert proposal.content["facts"]["denials"] == []

    world.db.execute(
        sa.update(Incident)
        .where(Incident.id == world.incident.id)
        .values(response="denies", response_text="We did not.", response_on=ON)
    )

    assert closed(world, proposal) == ["The record is as it was proposed"]
    again = world.propose(supersedes=proposal.id)
    assert again.content["facts"]["denials"] == [
        {"kind": "denies", "text": "We did not.", "made_on": ON.isoformat()}
    ]


def test_an_answer_held_in_confidence_is_told_without_its_words(world):
    claim = next(row for row in world.incident.markings if row.item == "claim")
    claim.owner_confidential = True
    world.incident.response, world.incident.response_text = "denies", "We did not."
    world.db.flush()

    [told] = world.propose().content["facts"]["denials"]

    assert told == {"kind": "denies", "text": "", "made_on": ""}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"part": "facilitated"}, "part"),
        ({"reading": "mine"}, "reading"),
        ({"lines": ()}, "lines"),
        ({"lines": (Line("", ("exhibit:1",)),)}, "lines-0-text"),
        ({"lines": (Line(TEXT, ()),)}, "lines-0-sources"),
        ({"lines": (Line(TEXT, ("exhibit:99",)),)}, "lines-0-sources"),
        ({"lines": (Line("It stole the model.", ("exhibit:1",)),)}, "lines-0-text"),
        ({"lines": (Line("This is proven.", ("exhibit:1",)),)}, "lines-0-text"),
        ({"lines": (Line("A CRIMINAL act.", ("exhibit:1",)),)}, "lines-0-text"),
        ({"correction": " "}, "correction"),
    ],
)
def test_words_that_no_entry_may_use_are_refused_beside_their_field(world, words, field):
    with pytest.raises(InvalidValue) as refused:
        world.propose(replace(world.words(), **words))

    assert refused.value.field == field


def test_a_persons_privacy_is_weighed_in_writing(world):
    world.entity.kind = "person"
    world.db.flush()

    with pytest.raises(InvalidValue) as refused:
        world.propose()

    assert refused.value.field == "privacy"
    assert world.propose(world.words(privacy="A public officer."))


def test_a_revoked_permission_is_told_and_blocks_the_next_publication(world):
    leave = world.permit()
    proposal = world.propose()
    row = world.publish(proposal)
    assert lapsed_permissions(world.db, world.case, [row], on=ON) == {row.id: []}

    revoke_permission(
        world.db, world.case, leave, revoked_on=ON, reason="The owner wrote.",
        by=world.preparer, at=LATER, on=ON,
    )  # fmt: skip

    [missing] = lapsed_permissions(world.db, world.case, [row], on=ON)[row.id]
    assert (missing.owner, missing.ref) == (OWNER, world.volumes)
    again = world.propose(supersedes=proposal.id)
    assert closed(world, again) == ["Owners' permissions"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ground": "correction"}, "ground"),
        ({"ground": "x"}, "ground"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_take_down_has_a_ground_and_a_reason(world, changes, field):
    world.permit()
    row = world.publish(world.propose())

    with pytest.raises(InvalidValue) as refused:
        down(world, row, **changes)

    assert refused.value.field == field


def test_an_entry_is_taken_down_once(world):
    world.permit()
    row = world.publish(world.propose())
    down(world, row)
    assert facts_of(world.db, world.case).list_outcome == "removed"

    with pytest.raises(StaleVersion):
        down(world, row)


def test_an_entry_is_down_by_its_clock_without_any_act(world):
    world.permit()
    row = world.publish(world.propose())
    ends = drop_days(world.db, world.case)[row.id]

    assert ends == date(2031, 11, 24)
    assert is_listed(world.db, world.case, on=ends - timedelta(days=1))
    assert not is_listed(world.db, world.case, on=ends)


def test_the_list_was_first_published_with_its_first_entry_ever(world):
    assert first_publication(world.db, training=False) is None
    world.permit()
    down(world, world.publish(world.propose()))

    assert first_publication(world.db, training=False) == ON
    assert first_publication(world.db, training=True) is None


def test_a_second_case_publishes_nothing_about_an_entity_that_is_shown(world):
    world.permit()
    world.publish(world.propose())
    other = build(world.db, name="Second Ltd")
    other.permit()
    proposal = other.propose()
    copy = ListProposal(
        case_id=other.case.id, by_id=other.preparer.id, by_person_id=other.preparer.person_id,
        at=LATER, entity_id=world.entity.id, determination_id=proposal.determination_id,
        content=proposal.content, content_sha256="1" * 64, supersedes_id=None,
    )  # fmt: skip
    world.db.add(copy)
    world.db.flush()

    assert "One entry for one entity" in closed(other, copy)
