"""Where two wordings part, word by word. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row; `changed` where the other side does not have them here."""

    words: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """Both wordings in runs; joined with spaces they give back the words."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def differs(self) -> bool:
        return any(run.changed for run in (*self.before, *self.after))


def marked(before: str, after: str) -> Marked:
    here, there = before.split(), after.split()
    left: list[Run] = []
    right: list[Run] = []
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for runs, words in ((left, here[a:b]), (right, there[c:d])):
            if words:
                runs.append(Run(" ".join(words), kind != "equal"))
    return Marked(tuple(left), tuple(right))
