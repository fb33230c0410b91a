"""What is raised, what is not raised twice, and what is open again."""

from __future__ import annotations

from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa

from casework import queue
from casework.handlers import HANDLERS, Tools
from casework.screening.actions import entities, rescreening
from casework.screening.actions.judgements import confirm, judge
from casework.screening.actions.rescreening import ask_for_rescreening, screen, together
from casework.screening.facts import AddressFact, CountryFact, IdentifierFact, NameFact
from casework.screening.queries import hits as queries
from casework.screening.queries.compared import RESCREEN
from models import AuditEntry, Job, ScreeningHit
from tests.factories import AT, make_entity
from tests.judgements.lists import CONTENT, SDN, UN, hits, make_edition, make_entry

LATER = AT.replace(year=AT.year + 1)


def record(officer, entity):
    return {"source": entity.names[0].source, "by": officer, "at": LATER}


def state(db, hit):
    return queries.tell(db, [hit])[0].state


def actions_about(db, entity):
    found = sa.select(AuditEntry.action).where(AuditEntry.object == f"entity:{entity.id}")
    return list(db.scalars(found.order_by(AuditEntry.seq)))


def test_recording_an_entity_raises_what_resembles_it_once(db, entity, hit):
    assert (hit.entity_id, hit.source, hit.entry_id, hit.edition) == (entity.id, SDN, "7", 1)
    assert (hit.score, hit.matched_name) == (910, "ORCHID COMPUTE LIMITED")
    assert actions_about(db, entity).count("screening.screen") == 1


def test_nothing_is_raised_or_logged_while_no_list_is_in_force(db, analyst, finds):
    finds({f"{SDN}/7": 0.91})
    entity = make_entity(db, analyst)

    assert hits(db) == []
    assert "screening.screen" not in actions_about(db, entity)


def test_screening_again_changes_nothing(db, entity, hit):
    outcome = screen(db, entity, at=LATER)

    assert (outcome.raised, outcome.fallen) == ([], [])
    assert hits(db) == [hit]
    assert actions_about(db, entity).count("screening.screen") == 1


@pytest.mark.parametrize(
    ("act", "fact"),
    [
        (entities.add_name, NameFact("Orchid", kind="alias")),
        (entities.add_country, CountryFact("MY", "located")),
        (entities.add_identifier, IdentifierFact("lei", "549300OXUX3ZJ6XWDA21")),
    ],
)
def test_a_change_of_what_is_compared_raises_the_pair_again(db, analyst, entity, hit, act, fact):
    judge(db, hit, verdict="no_match", reason="Other firm", expected=0, by=analyst, at=AT)

    row = act(db, entity, fact, **record(analyst, entity))

    told = {state(db, each) for each in hits(db)}
    assert told == {"no_match", "open"}
    (again,) = [each for each in hits(db) if each.id != hit.id]
    assert queries.tell(db, [again])[0].earlier.verdict == "no_match"

    entities.withdraw(db, entity, row, reason="Wrong", by=analyst, at=LATER)
    assert state(db, again) == "fallen"
    assert state(db, hit) == "no_match"


def test_what_is_not_compared_raises_nothing(db, analyst, entity, hit):
    entities.add_address(db, entity, AddressFact("9 Pier", "SG"), **record(analyst, entity))

    assert hits(db) == [hit]


def test_a_new_wording_opens_the_pair_again_and_an_unchanged_one_does_not(db, entity, hit):
    make_edition(db, number=2)
    assert screen(db, entity, at=LATER).raised == []

    make_edition(db, number=3)
    make_entry(db, first=3, content={**CONTENT, "remarks": "Address struck out."})
    assert screen(db, entity, at=LATER).raised == ["ofac-sdn/7"]

    assert state(db, hit) == "fallen"
    (newer,) = [row for row in hits(db) if row.id != hit.id]
    assert (state(db, newer), newer.edition) == ("open", 3)


def test_a_candidate_that_nothing_raises_falls_away_and_may_come_back(db, finds, entity, hit):
    finds({})
    assert screen(db, entity, at=LATER).fallen == ["ofac-sdn/7"]
    assert state(db, hit) == "fallen"

    finds({f"{SDN}/7": 0.8})
    assert screen(db, entity, at=LATER).raised == ["ofac-sdn/7"]
    assert state(db, hit) == "open"
    assert hits(db) == [hit]


def test_what_people_ended_stays_ended_when_it_comes_back(db, finds, analyst, entity, hit):
    judge(db, hit, verdict="no_match", reason="Other firm", expected=0, by=analyst, at=AT)
    finds({})
    screen(db, entity, at=LATER)
    finds({f"{SDN}/7": 0.91})

    assert screen(db, entity, at=LATER).raised == []
    assert state(db, hit) == "no_match"


def test_a_confirmed_match_is_still_told_after_the_wording_changed(
    db, analyst, second, entity, hit
):
    judge(db, hit, verdict="match", reason="Same number", expected=0, by=analyst, at=AT)
    confirm(db, hit, expected=1, agrees=True, reason="", by=second, at=AT)
    make_edition(db, number=2)
    make_entry(db, first=2, content={**CONTENT, "remarks": ""})
    screen(db, entity, at=LATER)

    (told,) = queries.confirmed_of(db, [entity.id])[entity.id]
    assert (told.edition.number, told.wording.content["remarks"]) == (1, CONTENT["remarks"])
    assert queries.waiting_count(db, entity) == 1


def test_each_list_is_raised_by_itself_under_its_own_edition(db, finds, analyst, entry):
    make_edition(db, UN, 4)
    make_entry(db, "CDi.1", source=UN, first=4)
    finds({f"{SDN}/7": 0.91, f"{UN}/CDi.1": 0.75, f"{UN}/gone": 0.99})

    entity = make_entity(db, analyst)

    told = queries.hits_of(db, entity)
    assert [(row.hit.source, row.edition.number) for row in told] == [(SDN, 1), (UN, 4)]


def test_many_changes_together_are_screened_once(db, analyst, entity, hit):
    before = actions_about(db, entity).count("screening.screen")
    with together(db, by=analyst, at=LATER):
        for text in ("One", "Two", "Three"):
            entities.add_name(db, entity, NameFact(text), **record(analyst, entity))

    assert actions_about(db, entity).count("screening.screen") == before + 1
    assert len(hits(db)) == 2


def test_everything_is_screened_by_a_job_that_tells_how_far_it_is(
    db, finds, analyst, entry, tmp_path
):
    made = [make_entity(db, analyst, f"Firm {number}") for number in range(5)]
    finds({f"{SDN}/7": 0.9})
    told = []
    tools = Tools(
        transaction=lambda: inside(db),
        blobs=None,
        progress=told.append,
        cache=tmp_path,
        now=lambda: LATER,
    )
    job = ask_for_rescreening(db, by=analyst, at=AT)

    HANDLERS[RESCREEN].run(tools, job.payload)
    HANDLERS[RESCREEN].run(tools, job.payload)

    assert {row.entity_id for row in hits(db)} == {entity.id for entity in made}
    assert len(hits(db)) == 5
    assert told[0] == "5 of 5 entities are screened"


@contextmanager
def inside(db):
    with db.begin_nested():
        yield db


def test_batches_reach_every_entity(db, monkeypatch, finds, analyst, entry):
    for number in range(5):
        make_entity(db, analyst, f"Firm {number}")
    monkeypatch.setattr(rescreening, "BATCH", 2)
    finds({f"{SDN}/7": 0.9})

    last, done = rescreening.screen_batch(db, None, at=LATER)
    while last is not None:
        last, count = rescreening.screen_batch(db, last, at=LATER)
        done += count

    assert done == len(hits(db)) == 5


def test_a_second_wish_before_the_first_has_begun_is_the_same_job(db, analyst):
    first = ask_for_rescreening(db, by=analyst, at=AT)
    assert ask_for_rescreening(db, by=None, at=LATER) is first

    queue.claim(db, first.id, at=AT)
    assert ask_for_rescreening(db, by=None, at=LATER).id != first.id
    assert db.scalar(sa.select(sa.func.count(Job.id)).where(Job.kind == RESCREEN)) == 2


def test_a_job_that_is_given_up_leaves_a_word_in_the_log(db):
    HANDLERS[RESCREEN].give_up(db, {}, "The disk is full", AT)

    assert "screening.failed" in db.scalars(sa.select(AuditEntry.action)).all()


def test_only_the_database_says_when_a_hit_was_raised_twice(db, hit):
    names = {column.name for column in sa.inspect(ScreeningHit).columns} - {"id"}
    twin = sa.insert(ScreeningHit).values({name: getattr(hit, name) for name in names})

    with pytest.raises(sa.exc.IntegrityError), db.begin_nested():
        db.execute(twin.values(id=uuid4()))
