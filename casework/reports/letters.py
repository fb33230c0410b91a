"""The letters that go with a report to committees of Congress. Pure."""

from __future__ import annotations

from casework.reports.document import Cover, Letter
from casework.statute.casework_rows import Report
from casework.statute.pack import StatutePack

OFFICES = ("Chair", "Ranking Member")


def letters(report: Report, pack: StatutePack, cover: Cover, annexes: int) -> tuple[Letter, ...]:
    """One for each receiver, to its Chair and its Ranking Member; none without receivers."""
    if not report.sent_to:
        return ()
    return tuple(
        Letter(
            tuple(f"The {office}, {term.label}" for office in OFFICES),
            _paragraphs(report, cover, annexes),
        )
        for term in pack.vocabularies[report.sent_to].terms
    )


def _paragraphs(report: Report, cover: Cover, annexes: int) -> tuple[str, ...]:
    sent = "One annex is" if annexes == 1 else f"{annexes:,} annexes are"
    apart = f"{sent} sent apart by the channels that its classification asks for."
    return (
        (
            f"Enclosed is “{report.title}”, edition {cover.edition}, which section "
            f"{report.citation} of {cover.law} asks for."
        ),
        "The body is unclassified and stands alone. "
        + (apart if annexes else "There is no classified annex."),
        (
            "An allegation in it is called one; so is an assessment; a determination is one that "
            "was signed. What the accused answered is printed with the claim it answers."
        ),
        *([cover.planning] if cover.planning else []),
        f"{cover.lead}",
    )
