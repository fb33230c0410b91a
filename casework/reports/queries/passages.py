"""What persons wrote for a report, where its annexes are held, and what its sentences rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from casework.listing.queries.permissions import leave_of
from casework.listing.rules import Permission, Source, missing_permissions
from casework.listing.rules import Sentence as Claimed
from casework.listing.sources import is_confidential, owners_of_exhibit
from casework.packets.lettering import WASHINGTON
from casework.reports.document import Sentence, Written
from casework.reports.passages import OPEN, case_refs
from models import (
    AnnexPointer,
    Case,
    CaseIncident,
    Exhibit,
    Incident,
    Marking,
    OwnerPermission,
    ReportPassage,
)

_INCIDENT, _CASE = "INC-", "MEA-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Of which report something is: `case_id` is None for one on the docket."""

    text_version: str
    training: bool
    kind: str
    case_id: UUID | None


def _in(table: type[ReportPassage | AnnexPointer], place: Place) -> list[sa.ColumnElement[bool]]:
    return [
        table.text_version == place.text_version,
        table.training.is_(place.training),
        table.kind == place.kind,
        table.case_id == place.case_id,
    ]


def current(session: Session, place: Place) -> dict[str, ReportPassage]:
    """The newest revision of each section, by section."""
    rows = session.scalars(
        sa.select(ReportPassage)
        .where(*_in(ReportPassage, place))
        .options(joinedload(ReportPassage.by))
        .order_by(ReportPassage.revision)
    )
    return {row.section: row for row in rows}


def revisions(session: Session, place: Place, section: str) -> Sequence[ReportPassage]:
    """Every text of a section, the newest first."""
    return session.scalars(
        sa.select(ReportPassage)
        .where(*_in(ReportPassage, place), ReportPassage.section == section)
        .options(joinedload(ReportPassage.by))
        .order_by(ReportPassage.revision.desc())
    ).all()


def annexes(session: Session, place: Place) -> Sequence[AnnexPointer]:
    return session.scalars(
        sa.select(AnnexPointer)
        .where(*_in(AnnexPointer, place))
        .options(joinedload(AnnexPointer.by))
        .order_by(AnnexPointer.at, AnnexPointer.id)
    ).all()


def sentences_in(row: ReportPassage) -> tuple[tuple[Sentence, ...], ...]:
    return tuple(
        tuple(Sentence(one["text"], tuple(one["refs"])) for one in paragraph)
        for paragraph in row.sources["paragraphs"]
    )


def written(row: ReportPassage) -> Written:
    day = row.at.astimezone(WASHINGTON).date()
    return Written(row.revision, row.by.name, day, sentences_in(row))


def unknown_refs(session: Session, refs: Iterable[str], cases: sa.Select[Case]) -> list[str]:
    """Sources that are no item of the given cases: those that the writer may see."""
    ids = cases.with_only_columns(Case.id)
    return [ref for ref in sorted(refs) if _found(session, ref, ids) is None]


def _found(session: Session, ref: str, ids: sa.Select[UUID]) -> Incident | Exhibit | None:
    name, _, item = ref.partition("#")
    if name.startswith(_INCIDENT):
        linked = sa.select(CaseIncident.incident_id).where(CaseIncident.case_id.in_(ids))
        return session.scalars(
            sa.select(Incident).where(Incident.reference == name, Incident.id.in_(linked))
        ).one_or_none()
    return session.scalars(
        sa.select(Exhibit)
        .join(Case, Case.id == Exhibit.case_id)
        .where(
            Case.reference == name,
            Case.id.in_(ids),
            Exhibit.number == int(item.removeprefix("exhibit:")),
            Exhibit.sha256.is_not(None),
        )
    ).one_or_none()


def is_open(session: Session, rows: Iterable[ReportPassage], cases: sa.Select[Case]) -> bool:
    """Whether everything that the texts draw on belongs to the given cases: whoever may not see
    a case does not read, through a passage, what was taken from it.
    """
    refs = {ref for row in rows for ref in case_refs(sentences_in(row))}
    return not unknown_refs(session, refs, cases)


def cases_behind(session: Session, refs: Iterable[str]) -> dict[UUID, Case]:
    """The cases whose items the sources are: whoever reads what was drawn from them sees them."""
    names = {ref.partition("#")[0] for ref in refs}
    linked = (
        sa.select(CaseIncident.case_id)
        .join(Incident, Incident.id == CaseIncident.incident_id)
        .where(Incident.reference.in_(names))
    )
    found = sa.select(Case).where(sa.or_(Case.reference.in_(names), Case.id.in_(linked)))
    return {case.id: case for case in session.scalars(found)}


def missing(
    session: Session, rows: Iterable[ReportPassage], product: str, *, on: date
) -> list[str]:
    """Permissions that the sentences still lack on `on`, in words."""
    sentences = [
        Claimed(text=one.text, sources=tuple(_source(session, ref) for ref in one.refs))
        for row in rows
        for paragraph in sentences_in(row)
        for one in paragraph
        if one.refs
    ]
    lacking = missing_permissions(sentences, _permissions(session, product), product=product, on=on)
    return [
        f"{one.owner or 'An owner not named'} for {one.ref}: “{one.sentence}”" for one in lacking
    ]


def _source(session: Session, ref: str) -> Source:
    """With the owners whose confidence it would break; what is gone can never be cleared."""
    if ref.startswith(OPEN):
        return Source(ref=ref, confidential=False)
    found = _found(session, ref, sa.select(Case.id))
    if isinstance(found, Incident):
        item = ref.partition("#")[2]
        marks = sa.select(Marking).where(Marking.incident_id == found.id, Marking.item == item)
        return _held(session, ref, marks, frozenset({found.owner_name}))
    if found is None:
        return Source(ref=ref)
    owners = session.scalars(
        sa.select(Incident.owner_name)
        .join(CaseIncident, CaseIncident.incident_id == Incident.id)
        .where(CaseIncident.case_id == found.case_id)
    ).all()
    marks = sa.select(Marking).where(Marking.exhibit_id == found.id)
    return _held(session, ref, marks, owners_of_exhibit(found.received_from, owners))


def _held(session: Session, ref: str, marks: sa.Select[Marking], owners: frozenset[str]) -> Source:
    claims = [row.owner_confidential or row.trade_secret for row in session.scalars(marks)]
    return Source(ref=ref, owners=owners, confidential=is_confidential(claims))


def _permissions(session: Session, product: str) -> list[Permission]:
    """Permissions for the product; an exhibit is named with its case, as a passage names it."""
    rows = session.execute(
        sa.select(OwnerPermission, Case.reference)
        .join(Case, Case.id == OwnerPermission.case_id)
        .where(OwnerPermission.product == product)
        .options(joinedload(OwnerPermission.revocation))
    )
    return [
        leave_of(row)
        if row.ref.startswith(_INCIDENT)
        else replace(leave_of(row), ref=f"{reference}#{row.ref}")
        for row, reference in rows
    ]
