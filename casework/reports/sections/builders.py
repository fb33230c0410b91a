"""Which function builds which section; a pack names sections by these ids. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from casework.reports.document import Body
from casework.reports.sections import context, findings, guide, measures, record, update
from casework.reports.source import Source

BUILDERS: Mapping[str, Callable[[Source], Body]] = {
    "determinations": findings.determinations,
    "countries": findings.countries,
    "state_assistance": findings.state_assistance,
    "methods": findings.methods,
    "detection": context.detection,
    "consequences": context.consequences,
    "aid": context.aid,
    "diplomacy": context.diplomacy,
    "confidence": context.confidence,
    "dissents": context.dissents,
    "readings": context.readings,
    "annexes": context.annexes,
    "claims": context.claims,
    "affiliates": context.affiliates,
    "additional": update.additional,
    "changes": update.changes,
    "dispositions": update.dispositions,
    "detect": guide.written_only,
    "prevent": guide.written_only,
    "respond": guide.written_only,
    "look_alikes": guide.look_alikes,
    "reporting": guide.reporting,
    "entries": measures.entries,
    "reasons": measures.reasons,
    "weighed": measures.weighed,
    "vote": measures.vote,
    "criteria": measures.criteria,
    "exhibits": measures.exhibits,
    "alternatives": measures.alternatives,
    "exceptions": measures.exceptions,
    "index": record.index,
    "privilege": record.privilege,
    "record_hash": record.record_hash,
}
