"""A report as a claim, which is never shown without what the accused answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask import url_for

from casework.incidents.sides import accused_in
from casework.workflow.replies import Reply
from models import Incident
from views.assembly import label, number
from views.clock import WASHINGTON


@dataclass(frozen=True, slots=True)
class Reference:
    """A source in words; `href` may be empty."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Response:
    """What the accused party says; `kind` is a code of the vocabulary `response`."""

    kind: str
    text: str
    made_on: date | None
    source: Reference | None


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of the opportunity to answer that a case gave; `step` is opened, answered, lapsed
    or waived. `source` leads to the exhibit that holds an answer.
    """

    name: str
    case: str
    step: str
    text: str
    on: date
    source: Reference | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What components/allegation.html draws. `withheld` is the control that keeps the claim, and
    with it the answer, from the reader; empty where none does.
    """

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
    replies: list[Answered] = field(default_factory=list)
    withheld: str = ""


def answers_in(replies: Iterable[Reply]) -> list[Answered]:
    """The replies for the page of a claim; the words of a notice are not repeated there."""
    return [
        Answered(
            name=reply.name,
            case=reply.reference,
            step=reply.step,
            text="" if reply.step == "opened" else reply.text,
            on=reply.closes_on or reply.at.astimezone(WASHINGTON).date(),
            source=_exhibit(reply),
        )
        for reply in replies
    ]


def _exhibit(reply: Reply) -> Reference | None:
    if reply.exhibit is None:
        return None
    address = url_for("evidence.show", case_ref=reply.reference, exhibit_number=reply.exhibit)
    return Reference(f"exhibit {reply.exhibit} of {reply.reference}", address)


def claim_of(incident: Incident, on: date) -> Claim:
    """The claim with its answer; an answer never looked for again is dated `on`."""
    return claim_about(
        incident,
        accused=", ".join(accused_in(incident.parties)) or "the party that the report describes",
        source=_first_source(incident),
        basis=[label("basis", code) for code in incident.codes("basis")],
        on=incident.response_on or on,
    )


def claim_about(
    incident: Incident, *, accused: str, source: Reference, basis: list[str], on: date
) -> Claim:
    """The claim as one who names the accused and the source tells it.

    Reads the row alone, so that a page with many reports asks the database nothing more. `on` is
    the day on which an answer was last looked for.
    """
    return Claim(
        accuser=incident.accuser,
        accused=accused,
        made_on=incident.alleged_on,
        text=incident.allegation,
        status=incident.claim_status,
        basis=basis,
        source=source,
        response=_response(incident),
        looked_on=on,
        figures=figures_of(incident),
        withheld=getattr(incident, "withheld", {}).get("claim", ""),
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
