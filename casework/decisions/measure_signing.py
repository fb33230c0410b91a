"""When a decision on a measure may be signed: one rule for the button and for the act. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.errors import Blocker
from casework.statute.elements import Evaluation
from casework.statute.measure_rows import Measure
from casework.statute.pack import StatutePack

_VALUES = {"not_met": "not met", "insufficient": "not shown either way"}


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureSigning:
    """A signature that somebody wants to put under a decision on a recommendation.

    `taken` and `approved` are of the recommendation; `agency` is the signer's; `held_by` the
    authority of a hold that stands, or empty. `reviewed` are the conclusions about the subject,
    None where the recommendation is about the case as a whole.
    """

    stage: str
    measure: str
    kind: str
    agency: str
    taken: bool
    approved: bool
    held_by: str
    reviewed: Evaluation | None


def measure_blockers(signing: MeasureSigning, pack: StatutePack) -> list[Blocker]:
    """Everything that stands against the signature; empty means that it may be put."""
    measure = pack.measures[signing.measure]
    if signing.kind not in measure.outcomes:
        words = f"{measure.title} is not decided in this way here."
        return [Blocker(words, measure.citation, measure.authority)]
    return [*_of_the_record(signing, measure, pack), *_against_taking(signing, measure, pack)]


def _of_the_record(
    signing: MeasureSigning, measure: Measure, pack: StatutePack
) -> Iterator[Blocker]:
    if not signing.approved:
        words = "Another person must approve the recommendation first."
        yield Blocker(words, "Case practice", "policy")
    if signing.agency != measure.lead:
        lead = pack.agencies[measure.lead].label
        yield Blocker(f"For this measure {lead} signs.", measure.citation, measure.authority)
    stages = [row for row in pack.stages.values() if signing.kind in row.decisions]
    if stages and signing.stage not in {row.id for row in stages}:
        titles = " or ".join(f"“{row.title}”" for row in stages)
        words = f"It is decided in the stage {titles}; move the case there first."
        yield Blocker(words, stages[0].citation, stages[0].authority)


def _against_taking(
    signing: MeasureSigning, measure: Measure, pack: StatutePack
) -> Iterator[Blocker]:
    """What stands against the outcome that takes the measure, and against no other."""
    if signing.kind != measure.outcomes[0]:
        return
    if not signing.taken:
        words = "The recommendation is not to take it. Only an approved one to take it allows this."
        yield Blocker(words, measure.citation, measure.authority)
    if signing.held_by:
        words = f"A hold of {signing.held_by} stands. Lift it first."
        yield Blocker(words, "Case practice", "policy")
    for name in measure.needs:
        yield from _unmet(name, signing.reviewed, pack)


def _unmet(name: str, reviewed: Evaluation | None, pack: StatutePack) -> Iterator[Blocker]:
    row = pack.conclusions[name]
    if reviewed is None:
        words = f"“{row.title}” is concluded about a subject, and this names none."
        yield Blocker(words, row.citation, row.authority)
        return
    if reviewed.values.get(name) == "met":
        return
    known = _known(name, reviewed)
    open_parts = [part for part in row.rests_on if known.get(part, "met") != "met"]
    for part in open_parts or [name]:
        told = pack.conclusions.get(part) or pack.conditions.get(part) or row
        words = f"“{told.title}” is {_VALUES.get(known.get(part, ''), 'not met')}."
        yield Blocker(words, told.citation, told.authority)


def _known(name: str, reviewed: Evaluation) -> Mapping[str, str]:
    return {each.element: each.answer for each in reviewed.because.get(name, ())} | dict(
        reviewed.values
    )
