"""Public allegations as seed records: alleged, sourced, with the answer or where it was sought."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from casework.incidents.actions import incidents
from casework.incidents.report import Answer, Handling, IncidentReport, SourceLine, Trait, Volume
from casework.screening.actions import entities as screening
from casework.screening.facts import NameFact, SourceFact
from casework.statute.loader import load_pack
from casework.workflow.actions import cases as workflow
from models import Case, Entity, Incident, Officer
from views.transaction import Session

DATA = Path(__file__).parent / "data" / "reported.toml"
LOOKED_FOR = date(2026, 11, 24)  # the day on which answers were last looked for


def add_reported(
    session: Session, officer: Officer, *, text_version: str, at: datetime
) -> list[Incident]:
    """File the public allegations and close the counter-example; nobody answers an element."""
    data = tomllib.loads(DATA.read_text())
    sources = {row.pop("id"): row for row in data["source"]}
    entities = {
        row["id"]: screening.create_entity(
            session,
            kind="organization",
            name=NameFact(row["name"]),
            source=SourceFact(**sources[row["source"]]),
            by=officer,
            at=at,
        )
        for row in data["entity"]
    }
    filed = {
        row["id"]: _file(session, row, sources, entities, officer, at) for row in data["incident"]
    }
    _close(session, data["counter_example"], filed, officer, text_version, at)
    return list(filed.values())


def _file(
    session: Session,
    row: dict[str, Any],
    sources: dict[str, dict[str, Any]],
    entities: dict[str, Entity],
    officer: Officer,
    at: datetime,
) -> Incident:
    incident = incidents.submit_incident(
        session, _report(row, SourceLine(**sources[row["source"]])), by=officer, at=at
    )
    if "party" in row:
        role = "student_developer" if row["id"] == "cursor-kimi" else "querier"
        note = "Named by the accuser."
        incidents.link_party(
            session, incident, entities[row["party"]], role, note, by=officer, at=at
        )
    return incident


def _report(row: dict[str, Any], source: SourceLine) -> IncidentReport:
    none_found = row["response"] == "none_found"
    return IncidentReport(
        title=row["title"],
        narrative=row.get("narrative", row.get("response_text", "")) if none_found else "",
        channel="public_report",
        reporter_name=row["reporter_name"],
        owner_name=row["owner_name"],
        model_name=row["model_name"],
        recreation=Trait(row.get("recreation", "unknown"), row.get("recreation_note", "")),
        terms_of_use=Trait(row.get("terms", "unknown"), row.get("terms_note", "")),
        interface=Trait(row.get("interface", "unknown"), row.get("interface_note", "")),
        window_note=row["window_note"],
        exchanges=Volume(row.get("exchanges"), row.get("exchanges_qualifier", "")),
        terms={
            "capability": tuple(row["capabilities"]),
            "access_path": tuple(row["access_paths"]),
            "method": tuple(row["methods"]),
            "atlas": tuple(row["atlas"]),
            "basis": tuple(row["basis"]),
        },
        accuser=row["accuser"],
        alleged_on=row["alleged_on"],
        allegation=row["allegation"].strip(),
        confidence=row["confidence"],
        answer=Answer(
            kind=row["response"],
            text="" if none_found else row["response_text"],
            on=LOOKED_FOR if none_found else row["response_on"],
            source="" if none_found else row["response_source"],
        ),
        sources=(source,),
        handling=(Handling("claim", tlp="TLP:CLEAR"),),
    )


def _close(
    session: Session,
    example: dict[str, str],
    filed: dict[str, Incident],
    officer: Officer,
    text_version: str,
    at: datetime,
) -> Case:
    case = workflow.open_case(
        session,
        [filed[example["incident"]]],
        title=example["title"],
        summary=example["summary"],
        text_version=text_version,
        by=officer,
        at=at,
    )
    workflow.advance_case(
        session,
        case,
        load_pack(text_version).closing[0],
        reason=example["reason"].strip(),
        decision="return",
        by=officer,
        at=at,
        version=case.version,
    )
    return case
