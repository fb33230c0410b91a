"""A measure against the subjects of one case: entries, reasons, criteria, checks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casework.packets.facts import Entity
from casework.packets.lettering import day
from casework.packets.words import LABELS
from casework.reports.document import Body, Table
from casework.reports.sections.parts import NOT_RECORDED, about, answer_words, listed, recorded
from casework.reports.source import CaseFile, Proposal, Source

_NOT_CHOSEN = "Not chosen yet"


def entries(source: Source) -> Body:
    """One entry for each subject and country, in the words of the approved recommendation; where
    it left none, from the facts of the entity.
    """
    tables = [
        _entry(entity, country, proposal)
        for case in source.cases
        for entity in case.packet.entities
        if entity.subject
        for proposal in [_approved(case, entity)]
        for country in _countries(entity, proposal)
    ]
    told = "The committee decides on these words. Nothing is listed by this package."
    return recorded((told,), tuple(tables))


def _approved(case: CaseFile, entity: Entity) -> Proposal | None:
    fitting = [row for row in case.proposals if row.approved and row.particulars]
    own = [row for row in fitting if row.about == entity.reference]
    whole = [row for row in fitting if not row.about]
    return next(iter(own + whole), None)


def _countries(entity: Entity, proposal: Proposal | None) -> list[str]:
    chosen = proposal.countries if proposal else ()
    ties = dict.fromkeys(tie.value for tie in entity.countries)
    return list(chosen) or list(ties) or [NOT_RECORDED]


def _entry(entity: Entity, country: str, proposal: Proposal | None) -> Table:
    given = proposal.particulars if proposal else _from_facts(entity)
    name = entity.names[0].text
    fields = (
        ("Country", country),
        ("Entity", name),
        *given,
        ("Federal Register citation and day", "Given on publication"),
    )
    note = "" if proposal else "From the facts of the entity: no approved recommendation words it."
    return Table(f"{name}: {country}", ("Field", "Entry"), fields, note)


def _from_facts(entity: Entity) -> tuple[tuple[str, str], ...]:
    names = [f"{name.text} ({name.kind})" for name in entity.names[1:]]
    addresses = [f"{one.value}, {one.country}".rstrip(", ") for one in entity.addresses]
    return (
        ("Other names", "\n".join(names) or NOT_RECORDED),
        ("Addresses", "\n".join(addresses) or NOT_RECORDED),
        ("License requirement", _NOT_CHOSEN),
        ("License review policy", _NOT_CHOSEN),
    )


def reasons(source: Source) -> Body:
    rows = tuple(
        (about(case, row.about), row.state, row.reasons)
        for case in source.cases
        for row in case.proposals
    )
    columns = ("About", "State", "Reasons in the author's words")
    tables = (Table("Recommendations in force", columns, rows),) if rows else ()
    return Body(tables=(*tables, *_articulable(source)))


def _articulable(source: Source) -> Iterator[Table]:
    """The answers that a second person stands behind: the facts that are given as reasons."""
    rows = tuple(
        (
            f"{finding.element} {finding.title}",
            finding.citation,
            answer_words(finding),
            "\n".join(finding.reasons) or NOT_RECORDED,
            "; ".join(f"Exhibit {pin.exhibit}, {pin.at}" for pin in finding.pins) or NOT_RECORDED,
        )
        for case in source.cases
        for finding in case.packet.findings
    )
    if rows:
        columns = ("Criterion", "Provision", "Answer", "Facts", "Exhibits")
        yield Table("Criteria and the facts under each", columns, rows)


def criteria(source: Source) -> Body:
    conclusions = tuple(
        (about(case, row.about), row.title, row.citation, LABELS[row.value])
        for case in source.cases
        for row in case.packet.conclusions
    )
    columns = ("About", "Conclusion", "Provision", "Value by the answers as reviewed")
    caption = "What follows from the answers; nothing of it is determined unless signed"
    tables = (Table(caption, columns, conclusions),) if conclusions else ()
    return Body(tables=(*_articulable(source), *tables))


def exhibits(source: Source) -> Body:
    rows = tuple(
        (
            f"{row.number}",
            f"Withheld: {row.privilege}" if row.privilege else row.title,
            row.origin,
            f"{row.basis}; {row.bearing}",
            row.held,
        )
        for case in source.cases
        for row in case.holdings
    )
    columns = ("No.", "Title", "Received from", "Basis and bearing", "How it is held")
    note = "Basis says where the knowledge comes from; a hash shows that the file has not changed."
    return Body(tables=(Table("Exhibits", columns, rows, note),) if rows else ())


def weighed(source: Source) -> Body:
    return _considered(source, "Checks", exceptions=False)


def exceptions(source: Source) -> Body:
    return _considered(source, "Exceptions", exceptions=True)


def _considered(source: Source, caption: str, *, exceptions: bool) -> Body:
    rows = tuple(
        (title, citation, applies, text, about(case, proposal.about))
        for case in source.cases
        for proposal in case.proposals
        for title, citation, applies, text, exception in proposal.considered
        if exception == exceptions
    )
    columns = ("What was considered", "Basis", "Applies", "How", "About")
    return Body(tables=(Table(caption, columns, rows),) if rows else ())


def alternatives(source: Source) -> Body:
    left = [
        (row.title, row.citation, "Considered and not taken", row.reasons)
        for case in source.cases
        for row in case.packet.not_taken
    ]
    others = [
        (row.title, row.citation, "Put forward too", "\n".join(row.reasons))
        for case in source.cases
        for row in case.packet.measures
        if row.title != source.measure
    ]
    columns = ("Measure", "Basis", "What became of it", "Reasons")
    rows = tuple(left + others)
    return Body(tables=(Table("Measures weighed", columns, rows),) if rows else ())


def vote(source: Source) -> Body:
    tables = [
        Table(
            f"{row.question}: {row.about}, closed {day(row.closed_on)}",
            ("Agency", "Ballot", "Memorandum of dissent"),
            tuple((agency, choice, dissent or "None") for agency, choice, dissent in row.ballots),
            f"{row.statement} Outcome: {row.outcome}. {_tally(row.tally)}".strip(),
        )
        for case in source.cases
        for row in case.votes
    ]
    told = "A vote is shown once it is closed, never while it runs."
    return recorded((told,), tuple(tables))


def _tally(tally: Mapping[str, Any]) -> str:
    words = [f"{key.replace('_', ' ')} {_value(value)}" for key, value in tally.items()]
    return f"Count: {'; '.join(words)}." if words else ""


def _value(value: Any) -> str:
    """A number or word as it is, a list in one line; `yes` and `no` for what holds or not."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return listed(str(each) for each in value) if isinstance(value, list) else str(value)
