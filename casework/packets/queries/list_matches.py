"""Confirmed matches with entries of lists, as facts of a party in a packet."""

from __future__ import annotations

from collections.abc import Iterable

from casework.packets.facts import Fact
from casework.screening.queries.hits import Told
from casework.screening.watchlists.sources import LISTS

LABEL = "entry of a list, match confirmed"
_REDACTED = "[REDACTED (b)(6)]"


def match_facts(rows: Iterable[Told], *, public: bool, private: bool) -> tuple[Fact, ...]:
    """One fact for each entry: list and entry, the edition, who judged and who confirmed it.

    Officers are not named to the public; `private` holds back what tells a person apart.
    """
    return tuple(
        Fact(LABEL, _REDACTED if private else _entry(row), _words(row, public=public))
        for row in rows
    )


def _entry(row: Told) -> str:
    caption = row.wording.caption if row.wording else row.hit.matched_name
    return f"{caption}\n{LISTS[row.hit.source].title}, entry {row.hit.entry_id}"


def _words(row: Told, *, public: bool) -> str:
    edition = f"Edition of {row.edition.label}" if row.edition else "Edition not recorded"
    judgement = row.judgement
    if public or judgement is None or judgement.confirmation is None:
        return f"{edition}. Judged by one person and confirmed by another."
    second = judgement.confirmation
    return (
        f"{edition}. Judged by {judgement.by.name}, {judgement.at:%Y-%m-%d}; confirmed by"
        f" {second.by.name}, {second.at:%Y-%m-%d}."
    )
