"""Reported incidents of a case: the claim always beside the answer of the accused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from casework.disclosure.queries.notices import Cleared
from casework.handling.queries.readers import mark_of
from casework.incidents.sides import accused_in
from casework.packets import facts
from casework.packets.lettering import WASHINGTON
from casework.packets.queries.parties import source_words
from casework.packets.release import Mark, Veil, hides, veil_for
from casework.packets.words import ClaimStatus, ResponseKind
from casework.statute.pack import StatutePack
from models import Case, CaseIncident, Exhibit, Incident, IncidentParty, Marking, ResponseWindow

_VOLUMES = ("exchanges", "accounts", "tokens")
_STEPS = {
    "answered": ResponseKind.ANSWERED,
    "lapsed": ResponseKind.NONE_FOUND,
    "waived": ResponseKind.NONE_FOUND,
}
_STEP_WORDS = {
    "lapsed": "The time to answer ran out without an answer.",
    "waived": "No opportunity to answer was given.",
}


def incidents_of(session: Session, case: Case) -> Sequence[Incident]:
    """Linked incidents in the order of the conduct alleged, with everything a packet prints."""
    rows = session.scalars(
        sa.select(Incident)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == case.id)
        .options(
            selectinload(Incident.terms_of),
            selectinload(Incident.sources),
            selectinload(Incident.markings),
            selectinload(Incident.parties).joinedload(IncidentParty.entity),
        )
    ).all()
    return sorted(rows, key=lambda row: (row.window_start or row.alleged_on, row.reference))


def marks_of(markings: Iterable[Marking]) -> dict[str, Mark]:
    return {row.item: mark_of(row) for row in markings}


def chronology(
    incidents: Iterable[Incident], pack: StatutePack, *, recipient: str, cleared: Cleared
) -> tuple[facts.Incident, ...]:
    bases = {term.code: term.label for term in pack.vocabularies["basis"].terms}
    return tuple(_incident(row, bases, _veil(row, recipient, cleared)) for row in incidents)


def _veil(row: Incident | Exhibit, recipient: str, cleared: Cleared) -> Veil:
    return veil_for(recipient, marks_of(row.markings), cleared.get(row.id, frozenset()))


def _incident(row: Incident, bases: dict[str, str], veil: Veil) -> facts.Incident:
    dated_by = row.window_note or "Dates are those of the report; nobody has confirmed them."
    hidden = hides(veil, "window")
    return facts.Incident(
        row.reference,
        veil("conduct", row.title),
        None if hidden else row.window_start,
        None if hidden else row.window_end,
        veil("window", dated_by),
        (_claim(row, bases, veil),),
    )


def _claim(row: Incident, bases: dict[str, str], veil: Veil) -> facts.Claim:
    told = "\n".join(part for part in (row.allegation, row.narrative) if part)
    sources = "; ".join(source_words(source) for source in row.sources)
    hidden = hides(veil, "claim")
    basis = ", ".join(bases.get(code, code) for code in row.codes("basis")) or "Basis not stated"
    return facts.Claim(
        veil("claim", row.accuser),
        veil("claim", told),
        veil("claim", basis),
        ClaimStatus(row.claim_status),
        verified=row.verified and not hidden,
        source=veil("sources", sources or f"Report {row.reference}, made by {row.reporter_name}"),
        response=response_to(row, veil),
        said_on=None if hidden else row.alleged_on,
        figures=tuple(
            facts.Figure(figure.label, veil("volumes", figure.as_said)) for figure in figures(row)
        ),
    )


def figures(row: Incident) -> list[facts.Figure]:
    """Volumes with the word that qualified them: nothing is rounded, nothing made exact."""
    said = []
    for name in _VOLUMES:
        count: int | None = getattr(row, name)
        if count is not None:
            words = f"{getattr(row, f'{name}_qualifier')} {count:,}".strip()
            said.append(facts.Figure(name.capitalize(), words))
    return said


def response_to(row: Incident, veil: Veil) -> facts.Response:
    """The answer on record, as open as its claim; with none found, it says so."""
    return facts.Response(
        "; ".join(accused_in(row.parties)) or "The accused",
        ResponseKind(row.response),
        veil("claim", row.response_text) or "Nothing more is on record.",
        veil("claim", row.response_source) or f"Report {row.reference}",
        None if hides(veil, "claim") else row.response_on,
    )


def replies_of(session: Session, case: Case) -> Sequence[ResponseWindow]:
    """Steps that ended an opportunity to answer, the oldest first."""
    return session.scalars(
        sa.select(ResponseWindow)
        .where(ResponseWindow.case_id == case.id, ResponseWindow.step.in_(_STEPS))
        .options(joinedload(ResponseWindow.entity))
        .order_by(ResponseWindow.at, ResponseWindow.id)
    ).all()


def responses(
    incidents: Iterable[Incident],
    replies: Iterable[ResponseWindow],
    exhibits: Iterable[Exhibit],
    *,
    recipient: str,
    cleared: Cleared,
) -> tuple[facts.Response, ...]:
    """What the accused said to the accuser, then in this case."""
    said = [
        response_to(row, _veil(row, recipient, cleared))
        for row in incidents
        if row.response != ResponseKind.NONE_FOUND
    ]
    by_id = {row.id: row for row in exhibits}
    held = ((row, by_id.get(row.exhibit_id) if row.exhibit_id else None) for row in replies)
    return (*said, *(_reply(row, exhibit, recipient, cleared) for row, exhibit in held))


def _reply(
    row: ResponseWindow, exhibit: Exhibit | None, recipient: str, cleared: Cleared
) -> facts.Response:
    """A reply is as open as the exhibit that brought it; what came without one has no mark."""
    veil = _veil(exhibit, recipient, cleared) if exhibit else veil_for(recipient, {})
    return facts.Response(
        row.entity.name,
        _STEPS[row.step],
        " ".join(part for part in (_STEP_WORDS.get(row.step, ""), veil("file", row.text)) if part),
        "Opportunity to answer given in this case",
        row.at.astimezone(WASHINGTON).date(),
        (facts.Pin(exhibit.number, ""),) if exhibit else (),
    )
