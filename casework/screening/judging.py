"""What a raised candidate stands for once people have judged it, and what was compared. Pure.

Every list that can be imported restricts dealings with those it names, so each match has legal
effect and counts only when a second person has confirmed it (policy).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MATCH, NO_MATCH, UNSURE = "match", "no_match", "unsure"
VERDICT_TITLES = {
    MATCH: "Match: the entry means this entity",
    NO_MATCH: "Not a match: the entry means somebody else",
    UNSURE: "Unsure: what is known does not decide it",
}

OPEN, CLAIMED, CONFIRMED = "open", "claimed", "confirmed"
DISPUTED, FALLEN = "disputed", "fallen"
STATE_TITLES = {
    OPEN: "To be judged",
    CLAIMED: "Match claimed, not confirmed",
    CONFIRMED: "Match, confirmed",
    DISPUTED: "Match disputed",
    NO_MATCH: "Not a match",
    UNSURE: "Unsure",
    FALLEN: "No longer raised",
}

ALL, WAITING = "all", "waiting"
FILTER_TITLES = {
    WAITING: "Waiting for somebody",
    **STATE_TITLES,
    ALL: "All",
}

THRESHOLD = 0.65  # the least score that raises a candidate, a contradiction set off
_BANDS = ((950, "Very close"), (850, "Close"), (650, "Possible"), (0, "Weak"))


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest judgement on what is compared now; `agrees` is the second person's word, None
    as long as there is none.
    """

    verdict: str
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """`state` is a key of FILTER_TITLES, `text` part of a name on either side."""

    state: str = WAITING
    source: str = ""
    text: str = ""


def basis(
    kind: str,
    names: Iterable[tuple[str, str]],
    countries: Iterable[str],
    identifiers: Iterable[tuple[str, str, str]],
    entry_sha256: str,
) -> str:
    """SHA-256 in hex of what a screening compares: kind, names (text, kind), countries (codes) and
    identifiers (kind, value, country) of the entity that stand, and the wording of the entry. In
    which order facts were recorded does not count, nor that two sources say the same.
    """
    told = [
        kind,
        sorted(set(names)),
        sorted(set(countries)),
        sorted(set(identifiers)),
        entry_sha256,
    ]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def ends(judged: Judged | None) -> bool:
    """Whether nobody need look again: no match, or a match that a second person confirmed."""
    if judged is None:
        return False
    return judged.verdict == NO_MATCH or (judged.verdict == MATCH and judged.agrees is True)


def state(judged: Judged | None, *, settled: bool) -> str:
    """How a hit stands. `judged` is a judgement on this very basis: one on another leaves it open.
    A hit settled without an end of that kind fell away, as nothing raises it any more.
    """
    if settled and not ends(judged):
        return FALLEN
    if judged is None:
        return OPEN
    if judged.verdict != MATCH:
        return judged.verdict
    if judged.agrees is None:
        return CLAIMED
    return CONFIRMED if judged.agrees else DISPUTED


def score_words(score: int) -> str:
    """A word for a score in thousandths; the number is shown beside it."""
    return next(word for least, word in _BANDS if score >= least)


def thousandths(score: float) -> int:
    """A score from 0 to 1 as it is kept: whole thousandths, from 0 to 1000."""
    return max(0, min(1000, round(score * 1000)))


def shown_score(score: int) -> str:
    """Thousandths as two decimals, cut and not rounded: 0.999 is not shown as 1.00."""
    return f"{score // 10 / 100:.2f}"


def speaking(reasons: Sequence[Mapping[str, Any]], *, against: bool) -> list[str]:
    """The sentences of a comparison that speak for the match, or `against` it."""
    return [str(row["text"]) for row in reasons if bool(row.get("against")) == against]
