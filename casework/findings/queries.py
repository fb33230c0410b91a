"""The findings of a case: current answers, earlier revisions, what counts as read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from casework.errors import InvalidValue, NotFound
from casework.evidence.queries.exhibits import veil
from casework.findings.reopening import Stand
from casework.findings.rules import Reading, asked, missing, reading
from casework.statute.loader import load_pack
from casework.statute.pack import Element, StatutePack
from casework.workflow.queries.carried import (
    elements_counted,
    moves_of,
    read_as,
    revisions_counted,
)
from models import (
    Case,
    CaseSubject,
    Entity,
    Finding,
    FindingCitation,
    FindingReview,
    PurposeStatement,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One element with its current answer, if it has one."""

    element: Element
    finding: Finding | None

    @property
    def standing(self) -> Reading:
        return standing_of(self.finding)

    @property
    def dissents(self) -> list[FindingReview]:
        return [row for row in self.finding.reviews if not row.agrees] if self.finding else []


@dataclass(frozen=True, slots=True)
class Sheet:
    """The current answers that bear on one subject: its own and those of the whole case."""

    pack: StatutePack
    findings: Mapping[str, Finding]

    def lines(self, scope: str) -> list[Line]:
        return [Line(row, self.findings.get(row.id)) for row in asked(self.pack, scope)]

    @property
    def stands(self) -> dict[str, Stand]:
        """How each answer stands now, to be compared with how it stood when it was signed."""
        return {
            element: Stand(finding.revision, standing_of(finding).counts)
            for element, finding in self.findings.items()
        }

    @property
    def unanswered(self) -> list[Element]:
        return list(missing(self.pack, self.findings))

    @property
    def contested(self) -> list[Element]:
        return self._standing(Reading.CONTESTED)

    @property
    def unread(self) -> list[Element]:
        return self._standing(Reading.UNREAD)

    def answers(self, *, reviewed: bool) -> dict[str, str]:
        """Element to answer: of all, or of those that a second person stands behind."""
        return {
            element: finding.answer
            for element, finding in self.findings.items()
            if not reviewed or standing_of(finding).counts
        }

    def _standing(self, standing: Reading) -> list[Element]:
        found = (name for name, row in self.findings.items() if standing_of(row) is standing)
        return [self.pack.elements[name] for name in found]


def standing_of(finding: Finding | None) -> Reading:
    if finding is None:
        return Reading.UNANSWERED
    return reading([review.agrees for review in finding.reviews])


def current_findings(session: Session, case: Case) -> list[Finding]:
    """The newest revision of each answer, with exhibits, author and readers.

    In a case that was carried over to another text, those that count, under its elements.
    """
    counts = elements_counted(session, case)
    newer = aliased(Finding)
    later = sa.exists().where(
        newer.case_id == Finding.case_id,
        newer.element == Finding.element,
        newer.entity_id.is_not_distinct_from(Finding.entity_id),
        newer.revision > Finding.revision,
    )
    rows = session.scalars(
        sa.select(Finding)
        .where(Finding.case_id == case.id, ~later if counts is None else Finding.id.in_(counts))
        .options(*_whole())
        .order_by(Finding.element, Finding.id)
        .execution_options(populate_existing=True)
    )
    return _veiled(session, read_as(rows.all(), counts))


def revisions_of(
    session: Session, case: Case, element: str, entity: Entity | None
) -> list[Finding]:
    """Every answer to one element, newest first; after a carry-over to another text only those
    that count for it or were revised since.
    """
    about = entity.id if entity else None
    ids = revisions_counted(session, case, element, about)
    its_own = sa.and_(Finding.element == element, Finding.entity_id == about)
    rows = session.scalars(
        sa.select(Finding)
        .where(Finding.case_id == case.id, its_own if ids is None else Finding.id.in_(ids))
        .options(*_whole())
        .order_by(Finding.revision.desc())
        .execution_options(populate_existing=True)
    )
    if ids is None:
        return _veiled(session, rows.all())
    found = read_as(rows.all(), dict.fromkeys(ids, element))
    return _veiled(session, sorted(found, key=lambda row: ids.index(row.id)))


def _veiled(session: Session, rows: Sequence[Finding]) -> list[Finding]:
    """The findings; an exhibit that is kept from whom the session reads for is named by its
    number alone.
    """
    veil(session, (cited for row in rows for cited in row.citations))
    return list(rows)


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(Finding.by),
        selectinload(Finding.citations).joinedload(FindingCitation.exhibit),
        selectinload(Finding.reviews).joinedload(FindingReview.by),
    )


def sheet_of(case: Case, entity: Entity | None, findings: Sequence[Finding]) -> Sheet:
    """The sheet of one subject out of the findings of its case; of the case alone for None."""
    wanted = {None, entity.id if entity else None}
    return Sheet(
        load_pack(case.text_version),
        {row.element: row for row in findings if row.entity_id in wanted},
    )


def answers_of(
    session: Session, case: Case, entity: Entity, *, reviewed: bool = True
) -> Mapping[str, str]:
    """Element to answer; `reviewed` leaves out what no second person stands behind."""
    return sheet_of(case, entity, current_findings(session, case)).answers(reviewed=reviewed)


def examined(session: Session, case: Case) -> list[CaseSubject]:
    """The subjects whose conduct is answered for, in the order of the case."""
    rows = (
        sa.select(CaseSubject)
        .where(CaseSubject.case_id == case.id, CaseSubject.examined)
        .options(joinedload(CaseSubject.entity))
        .order_by(CaseSubject.position, CaseSubject.id)
    )
    return list(session.scalars(rows))


def statements_of(session: Session, case: Case, entity: Entity) -> list[PurposeStatement]:
    """Statements on purpose for one subject, newest first."""
    rows = (
        sa.select(PurposeStatement)
        .where(PurposeStatement.case_id == case.id, PurposeStatement.entity_id == entity.id)
        .options(joinedload(PurposeStatement.by))
        .order_by(PurposeStatement.at.desc(), PurposeStatement.id)
    )
    return list(session.scalars(rows))


def answerable(session: Session, case: Case, element: str, entity: Entity | None) -> Element:
    """The element, if it is asked about that subject (None: about the case as a whole).

    NotFound for an element or a subject the case does not have; InvalidValue for an element
    that is worked out from others, or that is asked in the other scope.
    """
    row = load_pack(case.text_version).elements.get(element)
    if row is None:
        raise NotFound("This text has no such element.")
    if row.derived_from:
        raise InvalidValue(f"{row.title} follows from other answers and is not given.", "element")
    if (row.scope == "subject") is (entity is None):
        wanted = "a subject" if row.scope == "subject" else "the case as a whole"
        raise InvalidValue(f"{row.title} is asked of {wanted}.", "element")
    if entity is not None:
        refuse_unexamined(session, case, entity)
    return row


def refuse_unexamined(session: Session, case: Case, entity: Entity) -> None:
    if entity.id not in {subject.entity_id for subject in examined(session, case)}:
        raise NotFound("The case does not examine this entity.")


def latest_revision(session: Session, case: Case, element: str, entity: Entity | None) -> int:
    """Number of the newest revision that counts, 0 for none: what an author must have seen."""
    if moves_of(session, case):
        revisions = revisions_of(session, case, element, entity)
        return revisions[0].revision if revisions else 0
    return last_number(session, case, element, entity)


def last_number(session: Session, case: Case, element: str, entity: Entity | None) -> int:
    """The highest number given to an answer under this very element, 0 for none."""
    newest = sa.select(sa.func.max(Finding.revision)).where(
        Finding.case_id == case.id,
        Finding.element == element,
        Finding.entity_id == (entity.id if entity else None),
    )
    return session.scalar(newest) or 0


def current_finding(session: Session, case: Case, element: str, entity: Entity | None) -> Finding:
    revisions = revisions_of(session, case, element, entity)
    if not revisions:
        raise NotFound("There is no answer to read yet.")
    return revisions[0]
