"""The closed vocabularies of a packet and the words printed for them. Pure."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """A reviewer's answer to an element, or the value of a conclusion."""

    MET = "met"
    NOT_MET = "not_met"
    INSUFFICIENT = "insufficient"
    NOT_APPLICABLE = "n/a"


class Authority(StrEnum):
    """What binds: text of the Act, a regulation in force, or this system's own policy."""

    STATUTE = "statute"
    REGULATION = "regulation"
    POLICY = "policy"


class ClaimStatus(StrEnum):
    """Where a claim stands; the first three are never interchangeable."""

    ALLEGED = "alleged"
    ASSESSED = "assessed"
    DETERMINED = "determined"
    NOT_DETERMINED = "not_determined"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class ResponseKind(StrEnum):
    NONE_FOUND = "none_found"
    NO_COMMENT = "no_comment"
    DENIES = "denies"
    ADMITS_IN_PART = "admits_in_part"
    LAWFUL_BASIS_CLAIMED = "lawful_basis_claimed"
    ANSWERED = "answered"


class Confidence(StrEnum):
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class EntityKind(StrEnum):
    ORGANIZATION = "organization"
    PERSON = "person"
    STATE_BODY = "state_body"


class PositionKind(StrEnum):
    CONCUR = "concur"
    CONCUR_WITH_COMMENT = "concur_with_comment"
    NON_CONCUR = "non_concur"
    NO_COMMENT = "no_comment"
    RECUSED = "recused"
    SILENT = "silent"


class Showing(StrEnum):
    """What the rows of a usage log show of a factor; no answer to an element."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"
    CANNOT_BE_COMPUTED = "cannot_be_computed"


class Fit(StrEnum):
    """How an innocent explanation fared."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    CANNOT_BE_TESTED = "cannot_be_tested"


LABELS: dict[StrEnum, str] = {
    Answer.MET: "Met",
    Answer.NOT_MET: "Not met",
    Answer.INSUFFICIENT: "Insufficient evidence",
    Answer.NOT_APPLICABLE: "Not applicable",
    Authority.STATUTE: "statute",
    Authority.REGULATION: "regulation",
    Authority.POLICY: "policy",
    ClaimStatus.ALLEGED: "Alleged",
    ClaimStatus.ASSESSED: "Assessed",
    ClaimStatus.DETERMINED: "Determined",
    ClaimStatus.NOT_DETERMINED: "Not determined",
    ClaimStatus.DISPUTED: "Disputed",
    ClaimStatus.WITHDRAWN: "Withdrawn",
    ResponseKind.NONE_FOUND: "No response found",
    ResponseKind.NO_COMMENT: "Declined to comment",
    ResponseKind.DENIES: "Denies the claim",
    ResponseKind.ADMITS_IN_PART: "Admits in part",
    ResponseKind.LAWFUL_BASIS_CLAIMED: "Claims a lawful basis",
    ResponseKind.ANSWERED: "Answered in this case",
    Confidence.LOW: "Low",
    Confidence.MODERATE: "Moderate",
    Confidence.HIGH: "High",
    EntityKind.ORGANIZATION: "Organization",
    EntityKind.PERSON: "Person",
    EntityKind.STATE_BODY: "State body",
    PositionKind.CONCUR: "Concurs",
    PositionKind.CONCUR_WITH_COMMENT: "Concurs with comment",
    PositionKind.NON_CONCUR: "Does not concur",
    PositionKind.NO_COMMENT: "No comment",
    PositionKind.RECUSED: "Recused",
    PositionKind.SILENT: "Silent",
    Showing.SHOWN: "Shown",
    Showing.NOT_SHOWN: "Not shown",
    Showing.CANNOT_BE_COMPUTED: "Cannot be computed",
    Fit.FITS: "Fits",
    Fit.DOES_NOT_FIT: "Does not fit",
    Fit.CANNOT_BE_TESTED: "Cannot be tested",
}
