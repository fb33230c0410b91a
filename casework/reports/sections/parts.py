"""What several sections say alike. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from casework.packets.judgement import Finding
from casework.packets.lettering import day
from casework.packets.words import LABELS
from casework.reports.document import Body, Included, Table
from casework.reports.source import CaseFile, Source

STATUS = {"determined": "Determined", "assessed": "Assessed", "alleged": "Alleged"}
NOT_RECORDED = "None on record"


def recorded(told: tuple[str, ...], tables: tuple[Table, ...]) -> Body:
    """Words with tables; where no table came of it, the words say that nothing is on record."""
    return Body(told if tables else (*told, f"{NOT_RECORDED}."), tables)


def listed(words: Iterable[str]) -> str:
    """Each once, in order of appearance, or the words that say there is none."""
    return "; ".join(dict.fromkeys(each for each in words if each)) or NOT_RECORDED


def standing(row: Included) -> str:
    """Where the matter stands; only a signed determination is called one."""
    word = STATUS[row.status]
    return f"{word}: {row.determination}" if row.determination else word


def signed_on(row: Included) -> str:
    if row.decided_on is None:
        return "Not signed"
    return f"{day(row.decided_on)}; record {row.record_sha256}"


def tally(caption: str, column: str, words: Iterable[str], note: str = "") -> tuple[Table, ...]:
    """How often each word occurs, most often first; no table where there is none."""
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = tuple((word, f"{count:,}") for word, count in ranked)
    return (Table(caption, (column, "Reports"), rows, note),) if rows else ()


def about(case: CaseFile, reference: str) -> str:
    """The name of a party of the packet, or the case as a whole."""
    names = {entity.reference: entity.names[0].text for entity in case.packet.entities}
    return names.get(reference, "The case as a whole")


def findings_under(source: Source, citation: str) -> list[tuple[CaseFile, Finding]]:
    """Answers to the elements that rest on the provision which the section carries out."""
    return [
        (case, finding)
        for case in source.cases
        for finding in case.packet.findings
        if citation in finding.citation.split(", ")
    ]


def answer_words(finding: Finding) -> str:
    """The answer, whether a second person has read it, and how sure the author is."""
    read = "read by a second person" if finding.second_reader else "not read by a second person"
    confidence = LABELS[finding.confidence].lower()
    return f"{LABELS[finding.answer]}; {read}; {confidence} confidence"
