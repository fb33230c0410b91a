"""What can be refused, in the words of the domain."""

from __future__ import annotations

from dataclasses import dataclass


class CaseworkError(Exception):
    """A rule of the casework refused the request; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why something may not happen yet, and the provision or policy that says so."""

    message: str
    citation: str
    authority: str = "policy"


class TransitionBlocked(CaseworkError):
    """A step is not open; `blockers` holds every reason, never only the first."""

    def __init__(self, blockers: list[Blocker]) -> None:
        super().__init__("; ".join(blocker.message for blocker in blockers))
        self.blockers = blockers


class StaleVersion(CaseworkError):
    """Somebody else saved the record after the form was opened."""


class NotFound(CaseworkError):
    """No such thing, or none that this officer may see: the two are told alike."""


class Forbidden(CaseworkError):
    """The officer may see the thing but may not do this to it."""


class Destroyed(CaseworkError):
    """What was asked for was destroyed under a records schedule; the message says when."""


class SeparationOfDuties(CaseworkError):
    """The same natural person would act twice on one decision."""


class InvalidValue(CaseworkError):
    """A value that no form should have let through; `field` names it."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
