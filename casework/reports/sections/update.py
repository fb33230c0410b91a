"""What is new since the last approved report to the same receivers. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from casework.packets.lettering import day
from casework.reports.document import Body, Included, Table
from casework.reports.sections.parts import listed, recorded, signed_on, standing
from casework.reports.source import Source

Change = tuple[str, str, str, str]


def rows_of(source: Source) -> list[Included]:
    return [row for case in source.cases for row in case.included]


def reported_before(source: Source) -> dict[tuple[str, str], Included]:
    """By case and entity; what was not determined then does not count as reported."""
    if source.previous is None:
        return {}
    return {(row.case, row.entity): row for row in source.previous.included}


def added(now: Iterable[Included], before: Iterable[Included]) -> list[Included]:
    """Entities with a determination that the earlier edition did not report as determined."""
    told = {(row.case, row.entity) for row in before if row.status == "determined"}
    return [row for row in now if row.status == "determined" and (row.case, row.entity) not in told]


def differences(now: Included, then: Included) -> list[Change]:
    """Entity, matter, then and now, for each matter that reads otherwise than it did."""
    matters = (
        ("Standing", standing(then), standing(now)),
        ("Record of the determination", then.record_sha256 or "None", now.record_sha256 or "None"),
        ("Countries", listed(then.countries), listed(now.countries)),
        ("Measures", listed(then.measures), listed(now.measures)),
        ("Reports", f"{then.reports:,}", f"{now.reports:,}"),
    )
    return [(now.name, matter, was, is_) for matter, was, is_ in matters if was != is_]


def additional(source: Source) -> Body:
    previous = source.previous
    found = added(rows_of(source), previous.included if previous else ())
    since = (
        f"Compared with {previous.cover.title}, edition {previous.cover.edition}, prepared on "
        f"{day(previous.cover.prepared.date())}."
        if previous
        else "No earlier report is approved; every determination on record counts as new."
    )
    columns = ("Entity", "Countries", "Standing", "Signed, and the record it rests on", "Case")
    rows = tuple(
        (row.name, listed(row.countries), standing(row), signed_on(row), row.case) for row in found
    )
    return recorded((since,), (Table("Entities added", columns, rows),) if rows else ())


def changes(source: Source) -> Body:
    before = reported_before(source)
    rows = [
        change
        for row in rows_of(source)
        if (then := before.get((row.case, row.entity))) is not None
        for change in differences(row, then)
    ]
    still = {(row.case, row.entity) for row in rows_of(source)}
    rows += [
        (row.name, "Covered by this report", "Yes", "No")
        for key, row in before.items()
        if key not in still
    ]
    columns = ("Entity", "Matter", "In the earlier report", "Now")
    return Body(tables=(Table("What reads otherwise now", columns, tuple(rows)),) if rows else ())


def dispositions(source: Source) -> Body:
    rows = tuple(
        (row.case, row.name, standing(row), row.stage, listed(row.measures))
        for row in rows_of(source)
    )
    columns = ("Case", "Entity", "Standing", "Stage", "Measures and what was decided")
    return Body(tables=(Table("Every case covered", columns, rows),) if rows else ())
