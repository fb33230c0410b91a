"""When a determination may be signed: one rule for the button and for the act. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casework.errors import Blocker
from casework.statute.pack import StatutePack
from casework.workflow.engine import CaseFacts, blockers


@dataclass(frozen=True, kw_only=True, slots=True)
class Signing:
    """A signature that somebody wants to put under a determination about one subject.

    `facts` are those of the case with that subject alone. `agency` is the signer's. `signed`
    says that this stage already has a determination about the subject.
    """

    facts: CaseFacts
    kind: str
    agency: str
    signed: bool


def kinds(pack: StatutePack, stage: str) -> tuple[str, ...]:
    """The determinations that are signed in a stage, in the order of the pack."""
    return tuple(kind for kind in pack.stages[stage].decisions if kind in pack.determinations)


def sign_blockers(signing: Signing, pack: StatutePack) -> list[Blocker]:
    """Everything that stands against the signature; empty means that it may be put."""
    stage = pack.stages[signing.facts.stage]
    if signing.kind not in kinds(pack, stage.id):
        return [not_signed_here(pack, stage.id)]
    found = _still_open(signing.facts, pack)
    if signing.agency != stage.lead:
        lead = pack.agencies[stage.lead].label
        found.append(Blocker(f"In this stage {lead} signs.", stage.citation, stage.authority))
    if signing.signed:
        found.append(
            Blocker(
                "This stage already holds a signed determination about the subject.",
                stage.citation,
                stage.authority,
            )
        )
    return found + _disagreements(signing, pack)


def not_signed_here(pack: StatutePack, stage: str) -> Blocker:
    row = pack.stages[stage]
    return Blocker(f"{row.title} signs no such decision.", row.citation, row.authority)


def _still_open(facts: CaseFacts, pack: StatutePack) -> list[Blocker]:
    """What had to be on record to get here must still be so: an answer revised since counts
    as unread until somebody has read it.
    """
    road = next(road for road in pack.transitions if road.target == facts.stage)
    return blockers(replace(facts, stage=road.origins[0]), facts.stage, pack)


def _disagreements(signing: Signing, pack: StatutePack) -> list[Blocker]:
    values = signing.facts.conclusions
    rule = pack.determinations[signing.kind]
    lacking = [name for name in rule.needs if values.get(name) != "met"]
    barred = [name for name in rule.barred if values.get(name) == "met"]
    return [_blocker(pack, name, "is not met by the answers as reviewed") for name in lacking] + [
        _blocker(pack, name, "is met by the answers as reviewed") for name in barred
    ]


def _blocker(pack: StatutePack, conclusion: str, what: str) -> Blocker:
    row = pack.conclusions[conclusion]
    return Blocker(f"“{row.title}” {what}.", row.citation, row.authority)
