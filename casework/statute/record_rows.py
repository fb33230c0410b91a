"""Rows of a pack about what is put on record and what is determined."""

from __future__ import annotations

from dataclasses import dataclass

# Where outcomes are not words of the pack but things of the case itself.
OWNERS, SUBJECTS, STAGE = "owners", "subjects", "stage"
OF_CASE = (OWNERS, SUBJECTS, STAGE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """An outcome that no vocabulary has."""

    code: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordKind:
    """Something put on record within `stages`, by one of `roles`, with an outcome.

    `vocabulary`, narrowed by `codes`, or `words` name the outcomes; `of_case` says instead that
    they are the owners or subjects of the case, or its stage. A kind not `by_form` is put on
    record by pages of its own and is here to be read and told.
    """

    id: str
    title: str
    question: str
    citation: str
    authority: str
    stages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    hint: str = ""
    vocabulary: str = ""
    codes: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    of_case: str = ""
    by_form: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class DeterminationRule:
    """What the reviewed answers must conclude, and must not, before `id` may be signed.

    `id` is a code of the vocabulary decision_kind. `listable` says that a subject so determined
    may be proposed for a public list.
    """

    id: str
    citation: str
    authority: str
    needs: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    listable: bool = False
