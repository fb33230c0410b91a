from __future__ import annotations

from decimal import Decimal

import pytest

from casework.access import Role
from casework.screening.actions.entities import add_relation
from casework.screening.facts import RelationFact, SourceFact
from models import Determination
from tests.factories import AT, make_case, make_entity, make_officer

REGISTER = SourceFact("Register of companies", "registry", url="https://register.example/7")


@pytest.fixture
def analyst(db):
    return make_officer(db, Role.ANALYST)


@pytest.fixture
def party(db, analyst):
    def make(name, **more):
        return make_entity(db, analyst, name, **more)

    return make


@pytest.fixture
def owns(db, analyst):
    def record(owner, owned, low=None, high=None, kind="owns", **more):
        least = None if low is None else Decimal(low)
        most = least if high is None else Decimal(high)
        fact = RelationFact(kind, least, most, **more)
        return add_relation(db, owner, owned, fact, source=REGISTER, by=analyst, at=AT)

    return record


@pytest.fixture
def identify(db):
    """Sign, in a case that the officer reads, that the entity is an attacker."""

    def sign(officer, entity, kind="identify_mea", **more):
        case = make_case(db, officer, subjects=[entity], **more)
        db.add(
            Determination(
                case_id=case.id,
                entity_id=entity.id,
                stage=case.stage,
                kind=kind,
                reasons="As reviewed.",
                decided_on=AT.date(),
                record={},
                record_sha256="0" * 64,
                by_id=officer.id,
                by_person_id=officer.person_id,
                at=AT,
            )
        )
        db.flush()
        return case

    return sign
