"""Put a report together from the record, once, at the time it is prepared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from casework.errors import InvalidValue
from casework.legislation import queries as legislation
from casework.reports.document import Body, Document, Included, Section, Written
from casework.reports.letters import letters
from casework.reports.passages import for_the_public
from casework.reports.queries import editions, passages
from casework.reports.queries.asked import Asked
from casework.reports.queries.case_files import Wanted, case_file
from casework.reports.queries.covers import cover_of
from casework.reports.queries.decisions import decisions_of
from casework.reports.queries.readiness import frozen_gates
from casework.reports.sections.builders import BUILDERS
from casework.reports.source import Annex, CaseFile, Decision, Source
from casework.statute.casework_rows import ReportSection
from casework.statute.clocks import Due
from casework.statute.uses import COUNTED_YEARS
from models import Case, ReportPassage


@dataclass(frozen=True, slots=True)
class Built:
    """The document, and of each case that it tells of whether a determination is reported."""

    document: Document
    cases: dict[Case, bool]


def build(session: Session, asked: Asked) -> Built:
    """Raises InvalidValue where a decision must be chosen and is not one of the case."""
    texts = {
        name: row
        for name, row in passages.current(session, asked.place).items()
        if passages.is_open(session, [row], asked.cases)
    }
    covered = _covered(session, asked, list(texts.values()))
    files = () if asked.report.product else tuple(_files(session, asked, covered))
    dues = legislation.clocks_of(session, asked.pack.text_version, asked.default_enacted)
    source = _source(session, asked, files, dues)
    written = {name: _written(passages.written(row), asked) for name, row in texts.items()}
    cover = cover_of(session, asked, covered, source, dues)
    document = Document(
        cover=cover,
        letters=letters(asked.report, asked.pack, cover, len(source.annexes)),
        sections=tuple(_section(source, row, written) for row in asked.report.sections),
        gates=frozen_gates(session, asked, source, texts),
        included=_included(files),
    )
    reported = {row.case for row in document.included if row.status == "determined"}
    return Built(document, {case: case.reference in reported for case in covered})


def _covered(session: Session, asked: Asked, texts: list[ReportPassage]) -> list[Case]:
    """The case itself; else the docket, and for what the public reads only what was drawn on."""
    if asked.case is not None:
        return [asked.case]
    if asked.report.product:
        refs = [
            ref
            for row in texts
            for paragraph in passages.sentences_in(row)
            for one in paragraph
            for ref in one.refs
        ]
        return list(passages.cases_behind(session, refs).values())
    chosen = editions.in_scope(
        asked.cases, text_version=asked.pack.text_version, training=asked.training
    )
    return list(session.scalars(chosen))


def _files(session: Session, asked: Asked, covered: list[Case]) -> list[CaseFile]:
    wanted = Wanted(
        measure=asked.report.measure, default_enacted=asked.default_enacted, at=asked.at
    )
    return [case_file(session, case, asked.pack, wanted) for case in covered]


def _source(session: Session, asked: Asked, files: tuple[CaseFile, ...], dues: list[Due]) -> Source:
    counted = asked.pack.clock_for(COUNTED_YEARS)
    measure = asked.pack.measures.get(asked.report.measure)
    return Source(
        pack=asked.pack,
        section=asked.report.sections[0],
        cases=files,
        windows=tuple(due for due in dues if counted and due.id == counted.id),
        annexes=tuple(
            Annex(
                title=row.title,
                system=row.system,
                custodian=row.custodian,
                registry_number=row.registry_number,
            )
            for row in passages.annexes(session, asked.place)
        ),
        planning=all(due.planning for due in dues),
        measure=measure.title if measure else "",
        previous=_previous(session, asked),
        decision=_decision(session, asked),
    )


def _previous(session: Session, asked: Asked) -> Document | None:
    if not asked.report.sent_to:
        return None
    same = [row.id for row in asked.pack.reports.values() if row.sent_to == asked.report.sent_to]
    return editions.last_approved(
        session, same, text_version=asked.pack.text_version, training=asked.training
    )


def _decision(session: Session, asked: Asked) -> Decision | None:
    if not asked.report.decision or asked.case is None:
        return None
    found = decisions_of(session, asked.case, asked.pack).get(asked.decision)
    if found is None:
        raise InvalidValue("Choose the decision whose record is indexed.", "decision")
    return found


def _written(text: Written, asked: Asked) -> Written:
    """For the public nobody is named, and only sources that anybody may read."""
    if not asked.report.product:
        return text
    return replace(text, by="", paragraphs=for_the_public(text.paragraphs))


def _section(source: Source, row: ReportSection, written: dict[str, Written]) -> Section:
    body: Body = BUILDERS[row.id](replace(source, section=row))
    return Section(row.id, row.title, row.citation, row.asks, body, written.get(row.id))


def _included(files: tuple[CaseFile, ...]) -> tuple[Included, ...]:
    return tuple(row for file in files for row in file.included)
