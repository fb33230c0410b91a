"""What reads as one while two entities are merged."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from casework.access import Role
from casework.incidents.queries import incidents
from casework.screening.actions import entities as actions
from casework.screening.actions.interchange import record_document
from casework.screening.actions.judgements import confirm, judge
from casework.screening.actions.rescreening import screen_batch
from casework.screening.facts import CountryFact, IdentifierFact, NameFact, RelationFact
from casework.screening.interchange import ftm
from casework.screening.queries import candidates, dossier, entities, hits, ownership
from casework.screening.queries.affiliates import affiliates_of
from casework.screening.queries.control import facts_for
from casework.screening.queries.entities import Filter
from casework.screening.queries.graphs import graph_of
from casework.screening.queries.recused import is_recused_about
from casework.statute.uses import CONTROL
from casework.workflow.actions.scope import NewSubject, put_subjects
from casework.workflow.queries import cases as workflow
from models import Recusal, ScreeningHit
from tests.entities.records import SOURCE, record
from tests.factories import AT, make_case, make_entity, make_incident, make_officer
from tests.interchange.conftest import LEI, line
from tests.judgements.lists import SDN, make_edition, make_entry, matcher
from tests.merging.acts import merged, raise_hit

ON = AT.date()


def owns(db, by, first, second, share):
    fact = RelationFact("owns", Decimal(share), Decimal(share))
    return actions.add_relation(db, first, second, fact, **record(by))


@pytest.fixture
def other(db, analyst):
    return make_entity(db, analyst, "Cell Ltd", country="")


@pytest.mark.parametrize("words", ["兰花", "orchid"])
def test_searches_by_either_name_lead_to_the_one_that_is_kept(db, analyst, kept, twin, words):
    merged(db, kept, twin, analyst)

    assert entities.search(db, analyst, words) == [kept]
    page = entities.entity_page(db, analyst, Filter(text=words))
    assert (page.entities, page.count) == ([kept], 1)


def test_a_name_that_is_recorded_anew_is_compared_with_those_of_what_is_merged(
    db, analyst, kept, twin
):
    merged(db, kept, twin, analyst)

    assert entities.same_named(db, analyst, twin.name) == [kept]
    names = entities.names_of(db, [kept])[kept.id]
    assert [row.text for row in names] == [kept.name, twin.name]


def test_a_country_of_the_merged_one_finds_the_one_that_is_kept(db, analyst, kept, twin):
    actions.add_country(db, twin, CountryFact("CN", "incorporated"), **record(analyst))
    merged(db, kept, twin, analyst)

    assert entities.entity_page(db, analyst, Filter(country="CN")).entities == [kept]
    assert ownership.home_of(kept) == "CN"


def test_the_graph_draws_both_as_one_node_without_a_tie_to_itself(db, analyst, kept, twin, other):
    owns(db, analyst, kept, other, 30)
    owns(db, analyst, twin, other, 30)
    owns(db, analyst, kept, twin, 100)
    merged(db, kept, twin, analyst)

    for asked in (kept, twin):
        graph = graph_of(db, [asked])
        assert {row.id for row in graph.entities} == {kept.id, other.id}
        assert [(tie.owner, tie.owned) for tie in graph.ties] == [(str(kept.id), str(other.id))] * 2


def test_shares_of_both_are_two_statements_of_one_holding_and_no_sum(
    db, analyst, kept, twin, other
):
    owns(db, analyst, kept, other, 30)
    owns(db, analyst, twin, other, 40)
    merged(db, kept, twin, analyst)

    found = affiliates_of(db, [twin], ON)
    assert [row.result.answer for row in found.rows] == ["not_caught"]


def test_the_cascade_leads_through_a_merged_entity(db, analyst, kept, twin, other):
    top = make_entity(db, analyst, "Top Group", country="")
    owns(db, analyst, top, kept, 60)
    owns(db, analyst, twin, other, 55)
    assert affiliates_of(db, [top], ON).rows[-1].entity == kept
    merged(db, kept, twin, analyst)

    assert {row.entity for row in affiliates_of(db, [top], ON).rows} == {kept, other}
    around = ownership.surroundings(db, kept, entities.visible_to(analyst))
    assert around.below == {str(other.id)}
    lines = facts_for(db, CONTROL, twin, entities.visible_to(analyst), ON)
    assert [row.party for row in lines] == [top]


def test_an_owner_that_is_listed_under_its_other_record_counts(db, analyst, second, kept, twin):
    hit = listed(db, twin)
    judge(db, hit, verdict="match", reason="Same number", expected=0, by=analyst, at=AT)
    confirm(db, hit, expected=1, agrees=True, reason="", by=second, at=AT)
    row = merged(db, kept, twin, analyst)
    row.in_effect_at, row.seconded_by_id = AT, second.id
    row.seconded_by_person_id = second.person_id
    db.flush()

    grounds = ownership.grounds_of(db, [kept], workflow.visible_to(analyst), ON)
    assert str(kept.id) in grounds["OFAC50"]
    assert [told.hit.id for told in hits.confirmed_of(db, [kept.id])[kept.id]] == [hit.id]


def listed(db, entity):
    """A hit of the entity on an entry in force, on what is compared now."""
    from casework.screening.queries.compared import compared

    make_edition(db)
    entry = make_entry(db)
    basis = compared(db, [entity])[entity.id].basis(entry.content_sha256)
    return raise_hit(db, entity, basis_sha256=basis)


def test_hits_of_both_are_shown_and_both_are_screened_again(db, analyst, kept, twin, monkeypatch):
    merged(db, kept, twin, analyst)
    make_edition(db)
    make_entry(db)
    asked = []
    find = matcher({f"{SDN}/7": 0.9})

    def match(session, query, **limits):
        asked.append(query.name)
        return find(session, query, **limits)

    monkeypatch.setattr(candidates, "match", match)
    monkeypatch.setattr(candidates, "plain_reasons", lambda match: [])
    screen_batch(db, None, at=AT)
    db.expire_all()

    assert {kept.name, twin.name} <= set(asked)
    assert {told.hit.entity_id for told in hits.hits_of(db, kept)} == {kept.id, twin.id}
    assert hits.waiting_count(db, kept) == 2
    assert db.scalar(sa.select(sa.func.count(ScreeningHit.id))) == 2


def test_reports_and_cases_of_both_are_counted_once_each(db, analyst, kept, twin):
    make_incident(db, analyst, parties=[(kept, "operator"), (twin, "querier")])
    make_incident(db, analyst, parties=[(twin, "operator")])
    case = make_case(db, analyst, subjects=[twin])
    merged(db, kept, twin, analyst)
    db.expire_all()

    reports = incidents.visible_to(analyst)
    assert dossier.mention_counts(db, [kept], reports) == {kept.id: 2}
    assert len(dossier.mentions(db, kept, reports).parties) == 3
    (place,) = dossier.standings(db, kept, workflow.visible_to(analyst))
    assert (place.subject.case, place.subject.entity) == (case, twin)


def test_a_case_is_found_by_the_other_name_of_its_subject(db, analyst, kept, twin):
    case = make_case(db, analyst, subjects=[twin])
    assert workflow.cases(db, analyst, workflow.Filter(q="orchid compute")).cases == []
    merged(db, kept, twin, analyst)

    assert workflow.cases(db, analyst, workflow.Filter(q="orchid compute")).cases == [case]


def test_a_party_stands_in_a_case_once_under_whichever_record(db, analyst, kept, twin):
    case = make_case(db, analyst, subjects=[twin])
    merged(db, kept, twin, analyst)

    assert put_subjects(db, case, [NewSubject(kept, "operator")]) == []


def test_a_recusal_about_one_reaches_the_other(db, analyst, second, kept, twin):
    merged(db, kept, twin, analyst)
    case = make_case(db, make_officer(db, Role.CASE_OFFICER), subjects=[twin])
    row = {"person_id": second.person_id, "declared_by_id": second.id, "declared_at": AT}
    db.add(Recusal(case_id=case.id, reason="family", **row))
    db.flush()

    assert is_recused_about(db, kept.id, second)


def test_a_file_with_the_number_of_the_merged_one_adds_to_the_one_that_is_kept(
    db, analyst, kept, twin
):
    actions.add_identifier(db, twin, IdentifierFact("lei", LEI), **record(analyst))
    merged(db, kept, twin, analyst)
    db.expire_all()

    text = line("p", "Company", name=["Orchid New", twin.name], leiCode=[LEI])
    plan = record_document(
        db,
        ftm.read(text),
        within=entities.visible_to(analyst),
        source=SOURCE,
        training=False,
        by=analyst,
        at=AT,
    )

    assert [(row.entity, row.adds) for row in plan.parties] == [(kept, (NameFact("Orchid New"),))]
