from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from casework.access import Role
from casework.decisions.record import digest
from casework.errors import (
    Forbidden,
    InvalidValue,
    SeparationOfDuties,
    StaleVersion,
    TransitionBlocked,
)
from casework.petitions.queries.in_force import measures_in_force
from casework.petitions.queries.participation import part_taken
from casework.petitions.queries.petitions import is_intact, is_late, open_petitions
from casework.workflow.queries.standing import facts_of
from models import (
    Ballot,
    CaseIncident,
    Consideration,
    Exhibit,
    ListTakedown,
    Marking,
    Petition,
    PetitionDecision,
    Recommendation,
    RecommendationDecision,
    Recusal,
    Task,
)
from tests.factories import AT, make_entity, make_exhibit, make_incident, make_officer
from tests.petitions.measuresfile import (
    BLOCKING,
    ENTITY_LIST,
    ON,
    PUBLIC,
    RECEIVED,
    in_force,
    start,
)

MEASURES = (PUBLIC, ENTITY_LIST, BLOCKING)


@pytest.fixture
def file(db):
    return start(db)


def seen(file):
    return [row.measure for row in measures_in_force(file.db, file.case, ON)]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_petition_is_recorded_against_a_measure_in_force(file, measure):
    assert seen(file) == []
    in_force(file, measure)

    petition = file.petition(measure)

    assert seen(file) == [measure]
    assert petition.received_on == RECEIVED
    assert (petition.due_on is None) == (measure == BLOCKING)


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_can_be_petitioned_against_that_is_not_in_force(file, measure):
    with pytest.raises(InvalidValue, match="not in force"):
        file.petition(measure)


def test_an_entry_removed_for_every_country_is_no_longer_in_force(file):
    file.enter()
    file.enter(country="HK", version=1)
    file.enter(change="removed", version=2)
    assert seen(file) == [ENTITY_LIST]

    file.enter(change="removed", version=2, country="HK")

    assert seen(file) == []


def test_another_subject_of_the_case_is_not_reached(file):
    file.publish()
    other = make_entity(file.db, file.lead, "Другая компания")

    file.entity = other
    with pytest.raises(InvalidValue):
        file.petition(PUBLIC)


@pytest.mark.parametrize("measure", [PUBLIC, BLOCKING])
def test_a_granted_petition_takes_effect_with_the_answer(file, measure):
    in_force(file, measure)

    file.answer(file.petition(measure), "grant")

    assert seen(file) == []
    down = file.db.scalars(sa.select(ListTakedown)).all()
    assert [row.ground for row in down] == (["petition"] if measure == PUBLIC else [])


@pytest.mark.parametrize("outcome", ["deny", "modify"])
def test_any_other_answer_leaves_the_entry_and_a_change_is_set_as_a_task(file, outcome):
    file.publish()

    file.answer(file.petition(PUBLIC), outcome)

    assert seen(file) == [PUBLIC]
    tasks = file.db.scalars(sa.select(Task).where(Task.assignee_id == file.lead.id)).all()
    assert len(tasks) == (1 if outcome == "modify" else 0)


@pytest.mark.parametrize(("outcome", "question", "kind"), [
    ("grant", "remove", "el_remove"),
    ("modify", "modify", "el_modify"),
])  # fmt: skip
def test_the_entity_list_gives_way_only_to_a_unanimous_vote(file, outcome, question, kind):
    file.enter()
    petition = file.petition(ENTITY_LIST)
    with pytest.raises(TransitionBlocked, match="unanimous"):
        file.answer(petition, outcome)

    failed = file.move(question, petition)
    file.close(failed, "failed", "el_defer")
    with pytest.raises(TransitionBlocked):
        file.answer(petition, outcome)
    file.close(file.move(question, petition), "carried", kind)

    assert file.answer(petition, outcome).outcome == outcome


def test_a_vote_on_another_petition_or_question_opens_nothing(file):
    file.enter()
    petition, other = file.petition(ENTITY_LIST), file.petition(ENTITY_LIST)
    file.close(file.move("remove", other), "carried", "el_remove")
    file.close(file.move("modify", petition), "carried", "el_modify")

    with pytest.raises(TransitionBlocked):
        file.answer(petition, "grant")
    assert file.answer(petition, "deny").outcome == "deny"


@pytest.mark.parametrize("act", ["determination", "proposal", "publication"])
def test_whoever_took_part_in_the_listing_does_not_answer(file, act):
    file.publish()
    petition = file.petition(PUBLIC)

    with pytest.raises(SeparationOfDuties):
        file.answer(petition, by=file.took_part[act])


@pytest.mark.parametrize("act", ["motion", "closing"])
def test_whoever_took_part_in_the_vote_does_not_answer(file, act):
    file.enter()
    petition = file.petition(ENTITY_LIST)

    with pytest.raises(SeparationOfDuties):
        file.answer(petition, by=file.took_part[act])


def test_a_member_who_voted_does_not_answer(file):
    delegate = file.member(Role.AGENCY_DELEGATE, Role.REVIEWER)
    motion = file.move("add")
    file.add(
        Ballot(
            motion_id=motion.id,
            content_sha256=motion.content_sha256,
            agency=delegate.agency,
            choice="no",
            sequence=1,
            dissent="Too thin",
            **file.act(delegate),
        )
    )
    file.close(motion, "carried", "el_add")
    file.publish()

    with pytest.raises(SeparationOfDuties, match="voted"):
        file.answer(file.petition(PUBLIC), by=delegate)


@pytest.mark.parametrize("whole_case", [True, False])
def test_author_and_decider_of_a_recommendation_do_not_answer(file, whole_case):
    author, reader = file.member(), file.member()
    row = Recommendation(
        measure=PUBLIC,
        entity_id=None if whole_case else file.entity.id,
        taken=True,
        reasons="Weighed",
        content_sha256="0" * 64,
        considerations=[Consideration(position=0, item="privacy", applies="yes", text="Weighed")],
        **file.act(author),
    )
    file.add(row)
    file.add(
        RecommendationDecision(
            recommendation_id=row.id,
            preparer_person_id=author.person_id,
            content_sha256=row.content_sha256,
            approved=True,
            reasons="Agreed",
            **file.act(reader),
        )
    )
    file.publish()
    petition = file.petition(PUBLIC)

    for officer in (author, reader):
        with pytest.raises(SeparationOfDuties):
            file.answer(petition, by=officer)


def test_a_second_account_of_the_same_person_is_the_same_person(file):
    file.publish()
    signer = file.took_part["determination"]
    twin = make_officer(file.db, Role.REVIEWER, person=signer.person)

    with pytest.raises(SeparationOfDuties):
        file.answer(file.petition(PUBLIC), by=twin)


def test_parts_in_the_answer_itself_do_not_count(file):
    file.enter()
    petition = file.petition(ENTITY_LIST)
    motion = file.move("remove", petition)
    closing = file.close(motion, "carried", "el_remove")

    assert part_taken(file.db, petition, motion.by) == []
    assert part_taken(file.db, petition, closing.by) == []


@pytest.mark.parametrize("act", ["determination", "proposal", "publication"])
def test_the_database_itself_refuses_whoever_took_part(file, act):
    file.publish()
    petition = file.petition(PUBLIC)
    row = PetitionDecision(
        petition_id=petition.id,
        outcome="deny",
        reasons="By the back door",
        decided_on=ON,
        **file.frozen(),
        **file.act(file.took_part[act]),
    )

    file.db.add(row)
    with pytest.raises(DBAPIError, match="took part"):
        file.db.flush()


@pytest.mark.parametrize("table", [Petition, PetitionDecision])
def test_the_database_keeps_petitions_and_answers_as_they_are(file, table):
    file.publish()
    file.answer(file.petition(PUBLIC))

    for change in (sa.delete(table), sa.update(table).values(case_id=file.case.id)):
        with pytest.raises(DBAPIError, match="append-only"), file.db.begin_nested():
            file.db.execute(change)


def test_a_recused_person_neither_records_nor_answers(file):
    file.publish()
    petition = file.petition(PUBLIC)
    for officer in (file.clerk, file.decider):
        file.add(
            Recusal(
                case_id=file.case.id,
                person_id=officer.person_id,
                reason="Invented",
                declared_by_id=officer.id,
                declared_at=AT,
            )
        )

    with pytest.raises(Forbidden):
        file.petition(PUBLIC)
    with pytest.raises(Forbidden):
        file.answer(petition)
    assert open_petitions(file.db, file.decider) == []


def test_a_petition_is_answered_once(file):
    file.publish()
    petition = file.petition(PUBLIC)
    file.answer(petition)

    with pytest.raises(StaleVersion):
        file.answer(petition, by=file.member())


@pytest.mark.parametrize(("outcome", "reasons", "field"), [
    ("applaud", "Because", "outcome"),
    ("", "Because", "outcome"),
    ("deny", " \n", "reasons"),
])  # fmt: skip
def test_an_answer_needs_an_outcome_and_reasons(file, outcome, reasons, field):
    file.publish()
    petition = file.petition(PUBLIC)

    with pytest.raises(InvalidValue) as refused:
        file.answer(petition, outcome, reasons=reasons)

    assert refused.value.field == field


def test_the_letter_names_no_owner_who_reported_in_confidence(file):
    file.publish()
    incident = make_incident(file.db, file.lead, owner_name="Alder Models")
    make_exhibit(file.db, file.case, file.lead)
    _link_in_confidence(file, incident)
    petition = file.petition(PUBLIC)

    with pytest.raises(InvalidValue, match="in confidence"):
        file.answer(petition, reasons="As ALDER models told us.")
    assert file.answer(petition, reasons="As the record shows.")


def _link_in_confidence(file, incident):
    file.add(
        CaseIncident(
            case_id=file.case.id,
            incident_id=incident.id,
            linked_by_id=file.lead.id,
            linked_at=AT,
        )
    )
    exhibit = file.db.scalars(sa.select(Exhibit)).first()
    model = file.db.scalars(sa.select(Marking).where(Marking.exhibit_id == exhibit.id)).one()
    columns = {
        column.key: getattr(model, column.key)
        for column in sa.inspect(Marking).column_attrs
        if column.key not in {"id", "exhibit_id", "incident_id", "item"}
    }
    file.add(
        Marking(incident_id=incident.id, item="claim", **{**columns, "owner_confidential": True})
    )


def test_the_record_of_an_answer_is_frozen_under_its_hash(file):
    file.enter()
    petition = file.petition(ENTITY_LIST)
    file.close(file.move("remove", petition), "carried", "el_remove")

    decision = file.answer(petition, "grant")

    assert decision.record["petition"]["text"] == petition.text
    assert [row["decision"] for row in decision.record["votes"]] == ["el_remove"]
    assert decision.record["decision"]["reasons"] == decision.reasons
    assert is_intact(decision)
    assert digest({**decision.record, "case": {}}) != decision.record_sha256


def test_the_case_waits_while_any_petition_waits(file):
    file.publish()
    file.block()
    assert facts_of(file.db, file.case).petition == ""
    first, second = file.petition(PUBLIC), file.petition(BLOCKING)

    assert facts_of(file.db, file.case).petition == "open"
    file.answer(first)
    assert facts_of(file.db, file.case).petition == "open"
    file.answer(second)
    assert facts_of(file.db, file.case).petition == "decided"


@pytest.mark.parametrize(("days_left", "late"), [(1, False), (0, False), (-1, True)])
def test_an_answer_is_late_once_its_last_day_is_over(file, days_left, late):
    file.publish()
    petition = file.petition(PUBLIC)

    assert is_late(petition, petition.due_on - timedelta(days=days_left)) == late


def test_a_petition_in_a_closed_case_is_heard_all_the_same(file):
    file.block()
    file.case.stage = "S16"
    file.db.flush()

    assert file.answer(file.petition(BLOCKING), "grant").outcome == "grant"
