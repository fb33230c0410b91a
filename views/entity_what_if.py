"""What a reader supposes on the page of ownership, kept in its address and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from flask import request, url_for

from casework.screening.what_if import Change, read_share, write_share
from views.forms.entity_ownership import NEW_OWNER, OwnershipForm

MOST = 20  # suppositions of each kind; an address holds no more
_MARK = "~"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Suppositions:
    """Supposed shares and ids of entities treated as owners that count. `unread` is the number of
    those in the address that fit nothing on the page.
    """

    changes: tuple[Change, ...] = ()
    counting: tuple[str, ...] = ()
    unread: int = 0

    def __bool__(self) -> bool:
        return bool(self.changes or self.counting)

    def texts(self) -> list[str]:
        """The supposed shares as the address holds them."""
        return [
            _MARK.join((row.owner, row.owned, write_share(row.least, row.most)))
            for row in self.changes
        ]

    def without_change(self, change: Change) -> Suppositions:
        return replace(self, changes=tuple(row for row in self.changes if row != change))

    def without_counting(self, name: str) -> Suppositions:
        return replace(self, counting=tuple(each for each in self.counting if each != name))


def kept(names: Collection[str]) -> Suppositions:
    """What the address keeps of earlier suppositions about the entities named by id."""
    texts = request.args.getlist("change")
    read = [_change(text, names) for text in texts[:MOST]]
    wanted = request.args.getlist("counting")
    counting = [name for name in wanted[:MOST] if name in names or name == NEW_OWNER]
    changes = [row for row in read if row is not None]
    unread = len(texts) + len(wanted) - len(changes) - len(counting)
    return Suppositions(tuple(changes), tuple(dict.fromkeys(counting)), unread)


def with_new(earlier: Suppositions, form: OwnershipForm) -> Suppositions:
    """Those kept, and what a valid form adds; a new share replaces an earlier one of its pair."""
    new = form.change()
    changes = [
        row
        for row in earlier.changes
        if new is None or (row.owner, row.owned) != (new.owner, new.owned)
    ]
    changes += [new] if new else []
    counting = [*earlier.counting, *([form.count.data] if form.count.data else [])]
    return replace(earlier, changes=tuple(changes), counting=tuple(dict.fromkeys(counting)))


def address(entity_id: UUID, on: date, wanted: Suppositions) -> str:
    return url_for(
        "entities.ownership",
        entity_id=entity_id,
        on=on,
        change=wanted.texts(),
        counting=list(wanted.counting),
    )


def _change(text: str, names: Collection[str]) -> Change | None:
    parts = text.split(_MARK)
    if len(parts) != _PARTS:
        return None
    owner, owned, share = parts
    if owner == owned or owned not in names or not (owner in names or owner == NEW_OWNER):
        return None
    try:
        return Change(owner, owned, *read_share(share))
    except ValueError:
        return None
