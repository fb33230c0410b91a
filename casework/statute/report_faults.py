"""What is wrong with the reports of a pack, if anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from casework.statute import uses
from casework.statute.casework_rows import Report
from casework.statute.pack import AUTHORITIES, StatutePack

SCOPES = ("docket", "case")


def report_faults(report: Report, pack: StatutePack) -> Iterator[str]:
    """Each fault as `reports.toml: id: what is wrong`; optional words may be empty."""
    where = f"reports.toml: {report.id}"
    products = pack.codes("permission_product") if "permission_product" in pack.vocabularies else ()
    named: tuple[tuple[str, str, Collection[str]], ...] = (
        ("agency", report.lead, pack.agencies),
        ("scope", report.scope, SCOPES),
        ("use of a clock", report.clock, uses.CLOCKS),
        ("vocabulary", report.sent_to, pack.vocabularies),
        ("product", report.product, products),
        ("measure", report.measure, pack.measures),
    )
    yield from (
        f"{where}: unknown {what} {word!r}"
        for what, word, known in named
        if word not in {"", *known}
    )
    for rows in (report.sections, report.gates):
        ids = [row.id for row in rows]
        yield from (
            f"{where}: {each!r} is used twice" for each in sorted(set(ids)) if ids.count(each) > 1
        )
    for gate in report.gates:
        if gate.authority not in AUTHORITIES:
            yield f"{where}: {gate.id}: unknown authority {gate.authority!r}"
        elif gate.authority == "statute":
            missing = [one for one in gate.citation.split(", ") if one not in pack.provisions]
            yield from (f"{where}: {gate.id}: unknown provision {one!r}" for one in missing)
