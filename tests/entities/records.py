"""Words and small readings that several tests of entities share."""

from __future__ import annotations

import sqlalchemy as sa

from casework.screening.facts import SourceFact
from models import Finding
from tests.factories import AT

SOURCE = SourceFact("Register of companies", "registry", url="https://register.example/7")
NEW_SOURCE = {
    "source_title": "Register of companies",
    "source_basis": "registry",
    "source_url": "https://register.example/7",
}


def record(officer):
    return {"source": SOURCE, "by": officer, "at": AT}


def text(response):
    return " ".join(response.get_data(as_text=True).split())


def count(db, table):
    return db.scalar(sa.select(sa.func.count()).select_from(table))


def finding(db, case, entity, officer, revision, answer):
    row = Finding(
        case_id=case.id,
        entity_id=entity.id,
        element="FE1",
        revision=revision,
        answer=answer,
        reasons="Register extract.",
        innocent_explanation="",
        confidence="high",
        by_id=officer.id,
        by_person_id=officer.person_id,
        at=AT,
    )
    db.add(row)
    db.flush()
    return row
