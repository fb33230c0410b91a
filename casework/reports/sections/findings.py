"""Who, from where, with whose help and how: what was determined, assessed or alleged. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from casework.packets.lettering import day
from casework.reports.document import Body, Table
from casework.reports.sections.parts import (
    NOT_RECORDED,
    about,
    answer_words,
    findings_under,
    listed,
    recorded,
    signed_on,
    standing,
    tally,
)
from casework.reports.source import CaseFile, Report, Source
from casework.statute.clocks import Due

_ACTORS = ("Entity", "Countries", "Standing", "Signed, and the record it rests on", "Case")
_SHARE = "A report counts once under each word that applies to it."


def determinations(source: Source) -> Body:
    rows = [row for case in source.cases for row in case.included]
    signed = [row for row in rows if row.status == "determined"]
    tables = [
        Table(
            caption,
            _ACTORS,
            tuple(
                (row.name, listed(row.countries), standing(row), signed_on(row), row.case)
                for row in chosen
            ),
            note,
        )
        for caption, chosen, note in (
            ("Determinations signed", signed, ""),
            (
                "Not determined when this report was prepared",
                [row for row in rows if row.status != "determined"],
                "Assessed: a second person agrees with the answers. Alleged: nobody has yet.",
            ),
        )
        if chosen
    ]
    incidents = [incident for case in source.cases for incident in case.packet.incidents]
    told = f"{len(signed):,} of {len(rows):,} entities examined are the subject of a determination."
    return Body(
        (told, "Each claim stands below with the answer of the accused."),
        tuple(tables),
        tuple(dict.fromkeys(incidents)),
    )


def countries(source: Source) -> Body:
    rows: dict[str, list[tuple[str, str, str, str]]] = {}
    for case in source.cases:
        standings = {row.name: standing(row) for row in case.included}
        for entity in case.packet.entities:
            name = entity.names[0].text
            for tie in entity.countries:
                row = (
                    name,
                    f"{tie.label.lower()}; {entity.role}",
                    standings.get(name, ""),
                    tie.source,
                )
                rows.setdefault(tie.value, []).append(row)
    found = tuple(
        (country, name, tie, stands or "Not examined", origin)
        for country in sorted(rows)
        for name, tie, stands, origin in dict.fromkeys(rows[country])
    )
    columns = ("Country", "Entity", "Tie and role in the reports", "Standing", "Source of the tie")
    caption = "Countries to which entities of the reports are tied"
    return recorded(
        (
            (
                "A tie to a country is a fact about an entity. It does not by itself show that an "
                "attack came from there, or that the country had a part in it."
            ),
        ),
        (Table(caption, columns, found),) if found else (),
    )


def state_assistance(source: Source) -> Body:
    found = tuple(
        (
            about(case, finding.about),
            finding.question,
            answer_words(finding),
            "\n".join(finding.reasons) or "No reasons written",
            case.reference,
        )
        for case, finding in findings_under(source, source.section.citation)
    )
    columns = ("Entity", "Question", "Answer", "Reasons", "Case")
    return Body(tables=(Table("Help by a government", columns, found),) if found else ())


def methods(source: Source) -> Body:
    reports = _reports(source.cases)
    roles = tuple(
        (name, role, report.reference) for report in reports for role, name in report.parties
    )
    places = tuple(
        dict.fromkeys(
            (entity.names[0].text, entity.role, address.value, address.country or NOT_RECORDED)
            for case in source.cases
            for entity in case.packet.entities
            for address in entity.addresses
        )
    )
    tables = (
        *tally("Methods", "Method", (each for row in reports for each in row.methods), _SHARE),
        *tally("Techniques", "Technique", (each for row in reports for each in row.techniques)),
        *tally("Ways of access", "Way", (each for row in reports for each in row.paths)),
        *_table("Roles that the reports name", ("Named", "Role in the report", "Report"), roles),
        *_table("Places on record", ("Entity", "Role", "Address", "Country"), places),
        *attempts(reports, source.windows),
    )
    return Body(_counted(source, reports), tables)


def _table(
    caption: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[Table, ...]:
    return (Table(caption, columns, rows),) if rows else ()


def _reports(cases: Iterable[CaseFile]) -> list[Report]:
    """Every report once, though several cases may rest on it."""
    return list({row.reference: row for case in cases for row in case.reports}.values())


def _counted(source: Source, reports: list[Report]) -> tuple[str, ...]:
    undated = sum(not row.dated for row in reports)
    told = [
        (
            f"{len(reports):,} reports of attempted or completed attacks are in the cases covered, "
            f"{undated:,} of them without a first day; those are placed by the day of the "
            "allegation."
        )
    ]
    if not any(window.opens for window in source.windows):
        told.append(
            "The two years have no bounds yet: they count back from the day on which the "
            "assessment begins, and no such day runs while the text is not in force."
        )
    return tuple(told)


def attempts(reports: list[Report], windows: Iterable[Due]) -> tuple[Table, ...]:
    """Reports whose first day lies in the years counted, on each reading; ends included."""
    rows = []
    for window in windows:
        if window.opens is None or window.closes is None:
            continue
        inside = [row for row in reports if window.opens <= row.day <= window.closes]
        standings = ", ".join(
            f"{word} {sum(row.status == word for row in inside):,}"
            for word in dict.fromkeys(row.status for row in inside)
        )
        between = f"{day(window.opens)} to {day(window.closes)}"
        default = "relied upon" if window.default else "the other reading"
        rows.append(
            (f"{window.reading} ({default})", between, f"{len(inside):,}", standings or "None")
        )
    columns = ("Reading", "Both days included", "Reported attempts", "By standing of the claim")
    return (Table("Attempts in the two years counted", columns, tuple(rows)),) if rows else ()
