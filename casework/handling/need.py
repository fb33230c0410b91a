"""Whether a reader may have an item under its dissemination controls. Pure.

It comes on top of the need to know that membership of a case gives, and never replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from casework.access import Role
from casework.handling.limits import COUNSEL, DL_ONLY, EMPLOYEE, HOME, Limits, limits_of
from casework.handling.marks import Mark


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: `affiliation` as on the account, `nationality` as ISO 3166-1 alpha-2."""

    officer_id: UUID
    affiliation: str = EMPLOYEE
    nationality: str = HOME
    roles: frozenset[str] = frozenset()
    organization_id: UUID | None = None

    @property
    def decides(self) -> bool:
        """Signing officials read what counsel wrote for them (policy)."""
        return Role.SIGNING_OFFICIAL in self.roles

    def reported(self, organization_id: UUID) -> bool:
        """Whether the reader is an officer of the owner that made the report."""
        return Role.REPORTER in self.roles and organization_id == self.organization_id


def may_see(mark: Mark, reader: Reader, *, listed: bool = False) -> bool:
    """Whether the reader may see the item; `listed` when the list of the item names the reader."""
    return not withheld_by(mark, reader, listed=listed)


def withheld_by(mark: Mark, reader: Reader, *, listed: bool = False) -> str:
    """The control that keeps the item from the reader; empty when none does."""
    for control in sorted(mark.dissemination):
        if not _allows(limits_of([control], mark.releasable_to), reader, listed=listed):
            return control
    return ""


def _allows(limits: Limits, reader: Reader, *, listed: bool) -> bool:
    if reader.affiliation not in limits.affiliations:
        return False
    if limits.countries is not None and reader.nationality not in limits.countries:
        return False
    if limits.counsel and not (listed or reader.decides):
        return False
    return listed or not limits.listed


def may_copy(mark: Mark) -> bool:
    """Whether the bytes may be handed over to somebody who may see the item."""
    return not mark.limits.kept


def needs_list(mark: Mark) -> bool:
    """Whether a list of persons says who reads the item."""
    return bool({DL_ONLY, *COUNSEL} & set(mark.dissemination))
