"""A merge moves no row, and undoing it gives back every answer as it was."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.screening.actions import entities as actions
from casework.screening.facts import (
    AddressFact,
    CountryFact,
    IdentifierFact,
    NameFact,
    RelationFact,
)
from models import ScreeningHit
from tests.entities.records import record
from tests.factories import make_case, make_entity, make_incident
from tests.judgements.lists import make_edition, make_entry
from tests.merging.acts import answers, merged, raise_hit, rows_of_everything, undone

PARTIES = 3  # the first is kept, the second is merged
WHO = st.integers(0, PARTIES - 1)
SHARES = st.sampled_from([None, 10, 25, 50, 75])
FACTS = st.one_of(
    st.tuples(st.just("name"), WHO, st.sampled_from(["Orchid", "Орхидея", "兰花", "Lily"])),
    st.tuples(st.just("number"), WHO, st.sampled_from(["R-1", "R-2"])),
    st.tuples(st.just("address"), WHO, st.sampled_from(["1 Harbour Road"])),
    st.tuples(st.just("country"), WHO, st.sampled_from(["SG", "CN", "HK"])),
    st.tuples(st.just("owns"), WHO, WHO, SHARES),
    st.tuples(st.just("directs"), WHO, WHO, st.none()),
    st.tuples(st.just("report"), WHO),
    st.tuples(st.just("case"), WHO),
    st.tuples(st.just("hit"), WHO, st.sampled_from(["7", "8"])),
)
LAW = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


WRITTEN = {
    "name": (actions.add_name, NameFact),
    "number": (actions.add_identifier, lambda value: IdentifierFact("other", value)),
    "address": (actions.add_address, lambda value: AddressFact(value, "SG")),
    "country": (actions.add_country, lambda code: CountryFact(code, "incorporated")),
}


def put(db, officer, parties, fact):
    kind, entity, *rest = fact[0], parties[fact[1]], *fact[2:]
    if kind in WRITTEN:
        add, shape = WRITTEN[kind]
        add(db, entity, shape(*rest), **record(officer))
    elif kind in {"owns", "directs"}:
        _relate(db, entity, parties[rest[0]], kind, rest[1], record(officer))
    elif kind == "report":
        make_incident(db, officer, parties=[(entity, "operator")])
    elif kind == "case":
        make_case(db, officer, subjects=[entity])
    elif not any(row.entry_id == rest[0] for row in hits(db, entity)):
        raise_hit(db, entity, rest[0])


def _relate(db, first, second, kind, share, entry):
    if first.id == second.id:
        return
    exact = None if share is None else Decimal(share)
    actions.add_relation(db, first, second, RelationFact(kind, exact, exact), **entry)


def hits(db, entity):
    return db.scalars(sa.select(ScreeningHit).where(ScreeningHit.entity_id == entity.id)).all()


def world(db, analyst, facts):
    parties = [make_entity(db, analyst, f"Party {number}") for number in range(PARTIES)]
    for fact in facts:
        put(db, analyst, parties, fact)
    return parties


def lists(db):
    make_edition(db)
    for key in ("7", "8"):
        make_entry(db, key)


@LAW
@given(facts=st.lists(FACTS, max_size=12))
def test_undoing_gives_back_every_answer_row_for_row(db, analyst, facts):
    with db.begin_nested() as scratch:
        lists(db)
        parties = world(db, analyst, facts)
        rows, before = rows_of_everything(db), answers(db, analyst, parties)

        merge = merged(db, parties[0], parties[1], analyst)
        assert rows_of_everything(db) == rows
        during = answers(db, analyst, parties)
        undone(db, merge, analyst)

        assert rows_of_everything(db) == rows
        assert answers(db, analyst, parties) == before
        assert parties[1].id not in during["list"]
        scratch.rollback()


@LAW
@given(facts=st.lists(FACTS, max_size=8), later=st.lists(FACTS, max_size=6))
def test_what_is_recorded_while_merged_stands_as_if_there_had_been_no_merge(
    db, analyst, facts, later
):
    told = []
    for merging in (True, False):
        with db.begin_nested() as scratch:
            lists(db)
            parties = world(db, analyst, facts)
            merge = merged(db, parties[0], parties[1], analyst) if merging else None
            for fact in later:
                put(db, analyst, parties, fact)
            if merge:
                undone(db, merge, analyst)
            told.append(plain(db, analyst, parties))
            scratch.rollback()

    assert told[0] == told[1]


def plain(db, analyst, parties):
    """Answers that hold no key of a row, which differ between two worlds of the same facts."""
    found = answers(db, analyst, parties)
    place = {str(party.id): number for number, party in enumerate(parties)}
    told = {}
    for key, value in found.items():
        entity, _, name = key.partition(" ")
        if name in {"countries", "home", "waiting"}:
            told[place[entity], name] = value
        elif name in {"found", "alike", "names", "relations", "mentions", "standings", "hits"}:
            told[place[entity], name] = len(value)
        elif name == "graph":
            told[place[entity], name] = _read(value, place)
    return told


def _read(graph, place):
    nodes, ties = graph
    return (
        sorted((place[node.id], node.label) for node in nodes),
        sorted((place[tie.owner], place[tie.owned], str(tie.low), tie.kind) for tie in ties),
    )
