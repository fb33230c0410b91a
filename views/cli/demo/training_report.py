"""The invented report and the invented firms of the training case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.incidents import report as reports
from casework.incidents.actions import incidents
from casework.screening.actions import entities as screening
from casework.screening.facts import (
    AddressFact,
    CountryFact,
    IdentifierFact,
    NameFact,
    RelationFact,
    SourceFact,
)
from casework.workflow.actions import scope
from casework.workflow.actions.scope import NewSubject
from models import Case, Entity, Incident, Source
from views.cli.demo.walk import Walk


def add_entities(walk: Walk) -> tuple[Entity, Entity, Source]:
    owner = _entity(walk, walk.data["owner"], "organization")
    respondent = _entity(walk, walk.data["respondent"], "organization")
    return respondent, owner, respondent.names[0].source


def _source() -> SourceFact:
    return SourceFact(
        title="Extract of the company register (invented)",
        basis="registry",
        publisher="Training register",
        published_on=date(2026, 6, 22),
        accessed_on=date(2026, 6, 22),
    )


def _entity(walk: Walk, row: dict[str, Any], kind: str) -> Entity:
    entity = screening.create_entity(
        walk.session,
        kind=kind,
        name=NameFact(row["name"], language=row.get("language", "en")),
        training=True,
        source=_source(),
        **walk.by("analyst"),
    )
    entry: dict[str, Any] = {"source": entity.names[0].source}
    for text, name_kind, language in row.get("other_names", ()):
        fact = NameFact(text, name_kind, language)
        screening.add_name(walk.session, entity, fact, **entry, **walk.by("analyst"))
    for tie in ("located", "headquartered"):
        country = CountryFact(row["country"], tie)
        screening.add_country(walk.session, entity, country, **entry, **walk.by("analyst"))
    if "identifier" in row:
        identifier = IdentifierFact(*row["identifier"])
        screening.add_identifier(walk.session, entity, identifier, **entry, **walk.by("analyst"))
    if "address" in row:
        address = AddressFact(*row["address"])
        screening.add_address(walk.session, entity, address, **entry, **walk.by("analyst"))
    return entity


def add_related(walk: Walk, case: Case, respondent: Entity, source: Source) -> None:
    for row in walk.data["related"]:
        other = _entity(walk, row, row["kind"])
        kind, direction, low, high, since = row["relation"]
        fact = RelationFact(
            kind,
            low=Decimal(low) if low else None,
            high=Decimal(high) if high else None,
            starts_on=since,
        )
        pair = (other, respondent) if direction == "from" else (respondent, other)
        screening.add_relation(walk.session, *pair, fact, source=source, **walk.by("analyst"))
        subject = NewSubject(other, row["role"], examined=False, note=row["note"])
        scope.add_subject(walk.session, case, subject, **walk.by("officer"))


def file_incident(walk: Walk, respondent: Entity, owner: Entity) -> Incident:
    row = walk.data["incident"]
    incident = incidents.submit_incident(
        walk.session, _report(row, walk.data["owner"]["name"]), training=True, **walk.by("reporter")
    )
    for entity, role in ((respondent, "querier"), (owner, "model_owner")):
        note = "Named by the reporter."
        incidents.link_party(walk.session, incident, entity, role, note, **walk.by("officer"))
    for decision in ("acknowledge", "accept"):
        incidents.triage(walk.session, incident, decision, reason="", **walk.by("officer"))
    return incident


def _report(row: dict[str, Any], owner: str) -> reports.IncidentReport:
    kind, text, said_on, where = row["answer"]
    title, basis, dated_on = row["source"]
    return reports.IncidentReport(
        title=row["title"],
        narrative=row["narrative"].strip(),
        channel=row["channel"],
        reporter_name=owner,
        owner_name=owner,
        model_name=row["model_name"],
        recreation=reports.Trait(*row["recreation"]),
        terms_of_use=reports.Trait(*row["terms"]),
        interface=reports.Trait(*row["interface"]),
        window_start=row["window_start"],
        window_end=row["window_end"],
        exchanges=reports.Volume(*row["exchanges"]),
        accounts=reports.Volume(*row["accounts"]),
        tokens=reports.Volume(*row["tokens"]),
        terms={
            name: tuple(row[name])
            for name in ("capability", "access_path", "method", "atlas", "basis")
        },
        accuser=row["accuser"],
        alleged_on=row["alleged_on"],
        allegation=row["allegation"].strip(),
        confidence=row["confidence"],
        claim_status="disputed",
        answer=reports.Answer(kind, text, said_on, where),
        sources=(reports.SourceLine(title, basis=basis, published_on=dated_on),),
        handling=tuple(
            reports.Handling(item, owner_confidential=True, tlp="TLP:AMBER", cui_category="PROPIN")
            for item in reports.ITEMS
        ),
    )
