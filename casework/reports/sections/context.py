"""Detection, consequences, help, strategy, method, dissents, readings and annexes. Pure."""

from __future__ import annotations

from casework.packets.lettering import day
from casework.packets.words import LABELS
from casework.reports.document import Body, Table
from casework.reports.sections.findings import attempts
from casework.reports.sections.parts import about, listed, recorded, tally
from casework.reports.source import Source

_PRACTICE = (
    "Every answer to an element of the text cites exhibits, was written by one person and read by "
    "another. Only a signed determination is called one. No score decides anything."
)


def detection(source: Source) -> Body:
    reports = {row.reference: row for case in source.cases for row in case.reports}.values()
    bases = (basis for row in reports for basis in row.bases)
    confirmed = sum(row.verified for row in reports)
    told = f"{confirmed:,} of {len(reports):,} reports have been verified independently."
    note = "What those who reported it rest their claim on."
    return Body((told,), tally("How the attacks reported came to light", "Basis", bases, note))


def consequences(source: Source) -> Body:
    reports = {row.reference: row for case in source.cases for row in case.reports}.values()
    rows = tuple((row.reference, row.status, listed(row.volumes)) for row in reports if row.volumes)
    caption, columns = "Extent as stated by those who reported it", ("Report", "Claim", "As stated")
    note = "Figures keep the words of their source; none is rounded, none made exact."
    return Body(tables=(Table(caption, columns, rows, note),) if rows else ())


def aid(source: Source) -> Body:
    return _steps(source, "owners", "owner_aid", "Steps for owners on record")


def diplomacy(source: Source) -> Body:
    return _steps(source, "partners", "diplomacy", "Steps with partners on record")


def _steps(source: Source, outcome: str, measure: str, caption: str) -> Body:
    """Steps recorded in the stage, and recommendations of the measure that goes with it."""
    title = source.pack.measures[measure].title if measure in source.pack.measures else ""
    done = [
        (day(step.happened_on), step.outcome, step.note, case.reference)
        for case in source.cases
        for step in case.steps
        if step.kind == f"diplomacy:{outcome}"
    ]
    put = [
        ("Recommended", row.title, "\n".join(row.reasons), case.reference)
        for case in source.cases
        for row in case.packet.measures
        if row.title == title
    ]
    columns = ("Day or state", "What", "Words on record", "Case")
    rows = tuple(done + put)
    return Body(tables=(Table(caption, columns, rows),) if rows else ())


def confidence(source: Source) -> Body:
    words = [
        f"{finding.confidence.value.capitalize()} confidence"
        for case in source.cases
        for finding in case.packet.findings
    ]
    told = (
        _PRACTICE,
        (
            f"This report covers {len(source.cases):,} cases: those that were open to the person "
            "who prepared it. Confidence says how good the sources are, not how likely a thing is."
        ),
        *(f"{case.reference}: {limit}" for case in source.cases for limit in case.packet.limits),
    )
    answers = tally("Confidence of the answers", "Confidence", words)
    return Body(told, tuple(_as_answers(table) for table in answers))


def _as_answers(table: Table) -> Table:
    return Table(table.caption, (table.columns[0], "Answers"), table.rows, table.note)


def dissents(source: Source) -> Body:
    readers = [
        (dissent.by, f"{finding.element} {finding.title}", dissent.text, case.reference)
        for case in source.cases
        for finding in case.packet.findings
        for dissent in finding.dissents
    ]
    agencies = [
        (
            row.agency,
            "Position of the agency",
            f"{LABELS[row.position]}. {row.reasons}".strip(),
            case.reference,
        )
        for case in source.cases
        for row in case.packet.positions
        if row.position.value in {"non_concur", "concur_with_comment", "silent"}
    ]
    columns = ("Who", "About", "In their words", "Case")
    rows = tuple(readers + agencies)
    return Body(tables=(Table("Dissents, comments and silence", columns, rows),) if rows else ())


def readings(source: Source) -> Body:
    found = dict.fromkeys(
        (row.citation, row.used, row.other or "None")
        for case in source.cases
        for row in case.packet.readings
    )
    columns = ("Provision", "Reading relied upon", "Other reading")
    tables = [Table("Readings", columns, tuple(found))] if found else []
    reports = list({row.reference: row for case in source.cases for row in case.reports}.values())
    return Body(tables=(*tables, *attempts(reports, source.windows)))


def annexes(source: Source) -> Body:
    rows = tuple(
        (row.title, row.system, row.custodian, row.registry_number) for row in source.annexes
    )
    columns = ("Title", "System", "Custodian", "Registry number")
    told = (
        (
            "This body is unclassified and stands alone. An annex is sent apart; here stands only "
            "where it is held, never what it says."
        ),
    )
    return recorded(told, (Table("Annexes", columns, rows),) if rows else ())


def claims(source: Source) -> Body:
    incidents = [incident for case in source.cases for incident in case.packet.incidents]
    return Body(incidents=tuple(incidents))


def affiliates(source: Source) -> Body:
    rows = tuple(
        (
            about(case, tie.owner),
            tie.kind,
            about(case, tie.owned),
            _share(
                str(tie.low) if tie.low is not None else "",
                str(tie.high) if tie.high is not None else "",
            ),
            tie.source,
        )
        for case in source.cases
        for tie in case.packet.relations
    )
    columns = ("From", "Tie", "To", "Share, percent", "Source")
    told = (
        (
            "Half or more, held in aggregate and directly or indirectly, makes an affiliate. A "
            "share given as a range may lie on either side."
        ),
    )
    return recorded(
        told, (Table("Ownership and other ties on record", columns, rows),) if rows else ()
    )


def _share(low: str, high: str) -> str:
    if not low and not high:
        return "Not a share, or unknown"
    return low if low == high else f"{low or '0'} to {high or '100'}"
