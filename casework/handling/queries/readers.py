"""Who may read what under the markings as they stand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from casework.handling.limits import (
    CONTROLS,
    COUNSEL,
    DISPLAY_ONLY,
    DL_ONLY,
    HOME,
    NOFORN,
    REL_TO,
    limits_of,
)
from casework.handling.marks import Mark, label_of
from casework.handling.need import Reader, withheld_by
from models import (
    DisseminationListing,
    Incident,
    Marking,
    Officer,
)

READER = "reader"


def reader_of(officer: Officer) -> Reader:
    return Reader(
        officer.id,
        officer.affiliation,
        officer.nationality,
        officer.roles,
        officer.organization_id,
    )


def reads_as(session: Session, officer: Officer) -> None:
    """Let the session read for this officer: exhibits and parts of reports that are withheld from
    the officer are then left out of whatever it answers.
    """
    session.info[READER] = reader_of(officer)


def reader_in(session: Session) -> Reader | None:
    """For whom the session reads; None for the system itself (worker, command line)."""
    found: Reader | None = session.info.get(READER)
    return found


def mark_of(row: Marking) -> Mark:
    return Mark(
        row.owner_confidential,
        row.trade_secret,
        label_of(row.tlp),
        row.cui_category,
        row.cui_specified,
        tuple(row.dissemination),
        tuple(row.releasable_to),
        row.statute,
        row.personal_data,
        row.expires_on,
    )


def telling_marks() -> sa.ColumnElement[str]:
    """A row of `marking` as one line, so that many are read with other counts in one query."""
    parts = (
        sa.case((sa.or_(Marking.owner_confidential, Marking.trade_secret), "1"), else_=""),
        Marking.tlp,
        Marking.cui_category,
        sa.case((Marking.cui_specified, "1"), else_=""),
        sa.cast(Marking.dissemination, sa.Text),
        sa.cast(Marking.releasable_to, sa.Text),
    )
    line: sa.ColumnElement[str] = sa.func.coalesce(parts[0], "")
    for part in parts[1:]:
        line = line.concat("|").concat(part)
    return line


def marks_told(lines: str) -> list[Mark]:
    """The marks that `telling_marks` told, as far as the marking of a whole asks."""
    return [_told(*line.split("|")) for line in lines.splitlines()]


def _told(claimed: str, tlp: str, cui: str, specified: str, limits: str, countries: str) -> Mark:
    return Mark(
        owner_confidential=bool(claimed),
        tlp=label_of(tlp),
        cui=cui,
        specified=bool(specified),
        dissemination=tuple(json.loads(limits)),
        releasable_to=tuple(json.loads(countries)),
    )


def confidential() -> sa.ColumnElement[bool]:
    """`Mark.confidential` in SQL, of a row of `marking`."""
    return sa.or_(
        Marking.owner_confidential,
        Marking.trade_secret,
        Marking.cui_category != "",
        sa.cast(Marking.dissemination, sa.Text) != "[]",
    )


def unseen(reader: Reader) -> sa.ColumnElement[bool]:
    """Whether a row of `marking` keeps its item from the reader; `need.may_see` in SQL."""
    return sa.or_(sa.false(), *(_refuses(control, reader) for control in CONTROLS))


def _refuses(control: str, reader: Reader) -> sa.ColumnElement[bool]:
    carried = _holds(Marking.dissemination, control)
    if control in {DL_ONLY, *COUNSEL}:
        waived = control in COUNSEL and reader.decides
        return sa.false() if waived else carried & ~_on_list(reader)
    if control in {REL_TO, DISPLAY_ONLY}:
        abroad = reader.nationality != HOME
        named = _holds(Marking.releasable_to, reader.nationality)
        return carried & ~named if abroad else sa.false()
    if control == NOFORN:
        return carried if reader.nationality != HOME else sa.false()
    return sa.false() if reader.affiliation in limits_of([control]).affiliations else carried


def _holds(column: InstrumentedAttribute[list[str]], code: str) -> sa.ColumnElement[bool]:
    """Whether the JSON list holds the code; codes hold no character that JSON would escape."""
    return sa.cast(column, sa.Text).contains(f'"{code}"', autoescape=True)


def _on_list(reader: Reader) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        DisseminationListing.marking_id == Marking.id,
        DisseminationListing.officer_id == reader.officer_id,
    )


def withheld_parts(
    session: Session, incident_ids: Collection[UUID], *, officer: Officer | None = None
) -> dict[UUID, dict[str, str]]:
    """Report to part to the control that keeps it from the officer, else from whom the session
    reads for. A reporter always sees what the own organization reported.
    """
    reader = reader_of(officer) if officer else reader_in(session)
    if reader is None or not incident_ids:
        return {}
    rows = session.execute(
        sa.select(Marking, Incident.organization_id)
        .join(Incident, Incident.id == Marking.incident_id)
        .where(Marking.incident_id.in_(incident_ids), unseen(reader))
    )
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row, organization_id in rows:
        if row.incident_id and not reader.reported(organization_id):
            found[row.incident_id][row.item] = withheld_by(mark_of(row), reader)
    return dict(found)


def withheld_exhibits(
    session: Session, exhibit_ids: Iterable[UUID] | sa.Select[UUID], reader: Reader | None
) -> dict[UUID, str]:
    """Exhibit to the control that keeps it from the reader; empty for the system itself."""
    if reader is None:
        return {}
    rows = session.scalars(
        sa.select(Marking).where(Marking.exhibit_id.in_(exhibit_ids), unseen(reader))
    )
    return {row.exhibit_id: withheld_by(mark_of(row), reader) for row in rows if row.exhibit_id}
