"""What may be put on record within a stage, by whom, and with which outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.access import Role
from casework.statute.pack import StatutePack

# Where outcomes are not words of the pack but things of the case itself.
OWNERS, SUBJECTS, STAGE = "owners", "subjects", "stage"

_DECIDED = ("S7a", "S7b", "S8", "S9", "S10", "S11", "S12", "S13", "S14")
_MEASURES = ("S10", "S11", "S12", "S13", "S14", "S15")
_OFFICER, _ANALYST = Role.CASE_OFFICER, Role.ANALYST
_RECORDS, _SIGNING = Role.RECORDS_OFFICER, Role.SIGNING_OFFICIAL


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordKind:
    """`vocabulary` and `codes` name outcomes in the pack; `words` are outcomes of our own.

    `of_case` says that the outcomes are the owners or subjects of the case, or its stage.
    """

    code: str
    title: str
    question: str
    stages: tuple[str, ...]
    roles: tuple[Role, ...]
    hint: str = ""
    vocabulary: str = ""
    codes: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    of_case: str = ""


_ALL = (
    RecordKind(
        code="consultation",
        title="Consultation with the owner",
        question="How did it end?",
        stages=("S2", "S3"),
        roles=(_OFFICER, _RECORDS),
        hint="Say who was asked, when, and where the notes are kept.",
        vocabulary="consultation",
    ),
    RecordKind(
        code="last_attack",
        title="Day of the last attack",
        question="By which subject?",
        stages=("S4", "S5", "S6", "S7a", "S7b", "S15"),
        roles=(_ANALYST,),
        hint="Enter the day that the exhibits show, and name them. A report alone is not enough.",
        of_case=SUBJECTS,
    ),
    RecordKind(
        code="attempt_only",
        title="Attempt without success",
        question="Whose attempt?",
        stages=("S4", "S5", "S6"),
        roles=(_ANALYST,),
        hint="Record it where the exhibits show an attempt and no more.",
        of_case=SUBJECTS,
    ),
    RecordKind(
        code="attack_completed",
        title="Attempt found to have succeeded",
        question="Whose attack?",
        stages=("S4", "S5", "S6"),
        roles=(_ANALYST,),
        hint="Takes back an earlier record that there was an attempt only.",
        of_case=SUBJECTS,
    ),
    RecordKind(
        code="emergency",
        title="Declared national emergency",
        question="Does a declaration cover the conduct?",
        stages=("S6", *_DECIDED),
        roles=(_SIGNING,),
        hint="Cite the order.",
        words=(("yes", "It does"), ("no", "It does not")),
    ),
    RecordKind(
        code="congress_receipt",
        title="Receipt of a committee of Congress",
        question="Which committee acknowledged receipt?",
        stages=("S8",),
        roles=(_RECORDS, _SIGNING),
        vocabulary="committee",
    ),
    RecordKind(
        code="owner_permission",
        title="Permission of an owner to publish",
        question="Which owner gave it?",
        stages=_DECIDED,
        roles=(_RECORDS, _OFFICER),
        hint="Name the product and the very wording that the permission covers.",
        of_case=OWNERS,
    ),
    RecordKind(
        code="guide",
        title="Public guide",
        question="What was decided?",
        stages=("S9",),
        roles=(_RECORDS,),
        vocabulary="decision_kind",
        codes=("publish", "withhold"),
    ),
    RecordKind(
        code="list_entry",
        title="Entry on the public list",
        question="What was done?",
        stages=_MEASURES,
        roles=(_SIGNING, _RECORDS),
        vocabulary="decision_kind",
        codes=("list_add", "list_remove"),
    ),
    RecordKind(
        code="erc_vote",
        title="Vote of the review committee",
        question="What was the outcome?",
        stages=("S11", "S15"),
        roles=(_SIGNING,),
        vocabulary="decision_kind",
        codes=("el_add", "el_not_add", "el_defer", "el_modify", "el_remove"),
    ),
    RecordKind(
        code="blocking_decision",
        title="Decision on blocking",
        question="What was decided?",
        stages=("S12",),
        roles=(_SIGNING,),
        vocabulary="decision_kind",
        codes=("block", "not_block"),
    ),
    RecordKind(
        code="referral",
        title="Answer of the prosecutors",
        question="What did they answer?",
        stages=("S13",),
        roles=(_RECORDS, _OFFICER),
        words=(("accepted", "Accepted"), ("declined", "Declined")),
    ),
    RecordKind(
        code="diplomacy",
        title="Action with partners or for owners",
        question="With whom?",
        stages=("S14",),
        roles=(_OFFICER, _SIGNING),
        words=(("partners", "Partners abroad"), ("owners", "Owners harmed")),
    ),
    RecordKind(
        code="petition",
        title="Petition against a measure",
        question="What does it ask?",
        stages=_MEASURES,
        roles=(_OFFICER, _RECORDS, Role.REVIEWER),
        words=(("correct", "To correct it"), ("change", "To change it"), ("lift", "To lift it")),
    ),
    RecordKind(
        code="petition_answer",
        title="Written answer to the petition",
        question="What was answered?",
        stages=("S15",),
        roles=(Role.REVIEWER, _SIGNING),
        hint="The reasons go to the petitioner.",
        vocabulary="review_outcome",
    ),
    RecordKind(
        code="set_aside",
        title="Stage left open",
        question="Which stage?",
        stages=("S8", "S9", "S10", "S11", "S12", "S13", "S14", "S15"),
        roles=(_SIGNING,),
        hint="The case may then move on although the work of this stage is not done. Give reasons.",
        of_case=STAGE,
    ),
)
KINDS = {kind.code: kind for kind in _ALL}


def fitting(stage: str, roles: Iterable[str]) -> list[RecordKind]:
    """The kinds that an officer with `roles` may put on record at `stage`."""
    held = set(roles)
    return [kind for kind in _ALL if stage in kind.stages and held & set(kind.roles)]


def outcomes(kind: RecordKind, pack: StatutePack) -> list[tuple[str, str]]:
    """Pairs of code and word; empty where the outcomes come from the case."""
    if not kind.vocabulary:
        return list(kind.words)
    terms = pack.vocabularies[kind.vocabulary].terms
    return [(each.code, each.label) for each in terms if not kind.codes or each.code in kind.codes]


def word(kind_code: str, outcome: str, pack: StatutePack) -> str:
    """The word for an outcome as stored; things of a case are shown as they are."""
    kind = KINDS.get(kind_code)
    return dict(outcomes(kind, pack)).get(outcome, outcome) if kind else outcome
