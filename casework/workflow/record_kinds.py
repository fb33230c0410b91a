"""What may be put on record within a stage, by whom, and with which outcomes, as the pack says."""

from __future__ import annotations

from collections.abc import Iterable

from casework.statute.pack import StatutePack
from casework.statute.record_rows import RecordKind


def fitting(pack: StatutePack, stage: str, roles: Iterable[str]) -> list[RecordKind]:
    """The kinds that an officer with `roles` may put on record by form at `stage`."""
    held = set(roles)
    return [
        kind
        for kind in pack.records.values()
        if kind.by_form and stage in kind.stages and held & set(kind.roles)
    ]


def outcomes(kind: RecordKind, pack: StatutePack) -> list[tuple[str, str]]:
    """Pairs of code and word; empty where the outcomes come from the case."""
    if not kind.vocabulary:
        return [(each.code, each.label) for each in kind.words]
    terms = pack.vocabularies[kind.vocabulary].terms
    return [(each.code, each.label) for each in terms if not kind.codes or each.code in kind.codes]


def word(kind_id: str, outcome: str, pack: StatutePack) -> str:
    """The word for an outcome as stored; things of a case are shown as they are."""
    kind = pack.records.get(kind_id)
    return dict(outcomes(kind, pack)).get(outcome, outcome) if kind else outcome
