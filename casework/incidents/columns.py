"""How a report is laid out in the columns of its record. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from casework.incidents.report import Answer, IncidentReport
from casework.incidents.search import fold

# Fields that are called the same in both.
PLAIN: Final = (
    *("title", "narrative", "channel", "reporter_name", "owner_name", "model_name"),
    *("accuser", "alleged_on", "allegation", "window_start", "window_end", "window_note"),
    *("confidence", "verified", "claim_status"),
)
TRAITS: Final = {"recreation": "recreation", "terms": "terms_of_use", "interface": "interface"}
VOLUMES: Final = ("exchanges", "accounts", "tokens")


def columns(report: IncidentReport) -> dict[str, Any]:
    """Column to value, but for terms, sources and markings, which are rows of their own."""
    found = {name: getattr(report, name) for name in PLAIN}
    for column, name in TRAITS.items():
        trait = getattr(report, name)
        found |= {column: trait.answer, f"{column}_note": trait.note}
    for name in VOLUMES:
        volume = getattr(report, name)
        found |= {name: volume.count, f"{name}_qualifier": volume.qualifier}
    return found | answer_columns(report.answer)


def answer_columns(answer: Answer) -> dict[str, Any]:
    return {
        "response": answer.kind,
        "response_text": answer.text,
        "response_on": answer.on,
        "response_source": answer.source,
    }


def search_text(reference: str, report: IncidentReport, parties: Iterable[str]) -> str:
    """What a text search looks in; `parties` are the names of the entities in any script."""
    told = (
        *(reference, report.title, report.narrative, report.reporter_name),
        *(report.owner_name, report.model_name, report.accuser, report.allegation),
        *(report.answer.text, *(row.title for row in report.sources), *parties),
    )
    return fold(" ".join(told))
