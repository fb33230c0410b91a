"""A report as a claim, which is never shown without what the accused answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.incidents.sides import OWNERS_SIDE
from models import Incident
from views.assembly import label, number
from views.entities_claims import Reference, Response


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What components/allegation.html draws."""

    accuser: str
    accused: str
    made_on: date
    text: str
    status: str
    basis: list[str]
    figures: list[Figure]
    source: Reference
    response: Response | None
    looked_on: date


def claim_of(incident: Incident, on: date) -> Claim:
    """The claim with its answer; an answer never looked for again is dated `on`."""
    return Claim(
        accuser=incident.accuser,
        accused=", ".join(
            dict.fromkeys(
                party.entity.name for party in incident.parties if party.role not in OWNERS_SIDE
            )
        )
        or "the party that the report describes",
        made_on=incident.alleged_on,
        text=incident.allegation,
        status=incident.claim_status,
        basis=[label("basis", code) for code in incident.codes("basis")],
        source=_first_source(incident),
        response=_response(incident),
        looked_on=incident.response_on or on,
        figures=figures_of(incident),
    )


def figures_of(incident: Incident) -> list[Figure]:
    """Volumes as the source gives them: a floor stays a floor."""
    told = {
        "Exchanges": (incident.exchanges_qualifier, incident.exchanges),
        "Accounts": (incident.accounts_qualifier, incident.accounts),
        "Tokens": (incident.tokens_qualifier, incident.tokens),
    }
    return [
        Figure(name, f"{qualifier} {number(count)}".strip())
        for name, (qualifier, count) in told.items()
        if count is not None
    ]


def _first_source(incident: Incident) -> Reference:
    if not incident.sources:
        return Reference(f"the report {incident.reference}", "")
    first = incident.sources[0]
    return Reference(", ".join(filter(None, (first.title, first.publisher))), first.url)


def _response(incident: Incident) -> Response | None:
    if incident.response == "none_found":
        return None
    source = Reference(incident.response_source, "") if incident.response_source else None
    return Response(incident.response, incident.response_text, incident.response_on, source)
