"""What a person writes into a report: sentences and what each rests on. Pure.

Sources stand in square brackets behind the sentence they bear: `[INC-2026-00001#volumes]`,
`[MEA-2026-00001#exhibit:3]`, `[public: title of the source]`, `[government: title]`, several
parted by semicolons. A blank line begins a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casework.errors import InvalidValue
from casework.reports.document import Sentence

Paragraphs = tuple[tuple[Sentence, ...], ...]

PUBLIC, GOVERNMENT = "public:", "government:"
OPEN = (PUBLIC, GOVERNMENT)
_REF = re.compile(
    r"INC-\d{4}-\d{5}#(model|window|volumes|conduct|claim|sources)"
    r"|MEA-\d{4}-\d{5}#exhibit:[1-9]\d{0,5}"
)
_FULL_STOP_OUTSIDE = re.compile(r"\s*(\[[^\[\]]+\])\s*\.")
_BRACKET = re.compile(r"\s*\[([^\[\]]+)\]")
# After a full stop, unless the word before it is an initial or a known abbreviation.
_ENDS = re.compile(
    r"(?<![ .(][A-Z]\.)(?<!\bNo\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bvs\.)(?<!e\.g\.)"
    r"(?<!i\.e\.)(?<=[.!?])\s+(?=[“\"(]?[A-Z0-9\u0400-\u04ff\u4e00-\u9fff])|(?<=[。！？])\s*(?=\S)"
)
_CLASSIFIED = re.compile(
    r"TOP\s+SECRET|SECRET//|CONFIDENTIAL//|\bTS//|\((?:TS|S|C)//|(?:^|\s)\((?:TS|S|S/NF|TS/SCI)\)"
    r"|//(?:SI|TK|HCS|ORCON)\b|\bSPECIAL ACCESS REQUIRED\b",
    re.MULTILINE,
)


def refuse_classified(text: str) -> None:
    """InvalidValue where the text carries a typical classification marking."""
    found = _CLASSIFIED.search(text)
    if found:
        raise InvalidValue(
            f"“{found.group().strip()}” is a classification marking. Classified text must not be "
            "entered here: register a pointer to the annex instead.",
            "text",
        )


def parse(text: str) -> Paragraphs:
    """Sentences with their sources; InvalidValue naming a source of no known form."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return tuple(
        tuple(_sentences(_FULL_STOP_OUTSIDE.sub(r". \1", " ".join(block.split()))))
        for block in blocks
    )


def _sentences(block: str) -> Iterator[Sentence]:
    place = 0
    for bracket in _BRACKET.finditer(block):
        yield from _parted(block[place : bracket.start()], _refs(bracket.group(1)))
        place = bracket.end()
    yield from _parted(block[place:], ())


def _parted(text: str, refs: tuple[str, ...]) -> Iterator[Sentence]:
    """Every sentence of the text; the last one has the sources, and no other."""
    parts = [part.strip() for part in _ENDS.split(text.strip()) if part.strip()]
    for number, part in enumerate(parts, start=1):
        yield Sentence(part, refs if number == len(parts) else ())


def _refs(words: str) -> tuple[str, ...]:
    found = tuple(word.strip() for word in words.split(";") if word.strip())
    for ref in found:
        is_open = any(ref.startswith(kind) and ref.removeprefix(kind).strip() for kind in OPEN)
        if not is_open and not _REF.fullmatch(ref):
            raise InvalidValue(
                f"“{ref}” is no source. Write INC-2026-00001#volumes, MEA-2026-00001#exhibit:3, "
                "public: title, or government: title.",
                "text",
            )
    return found


def written_out(paragraphs: Iterable[Iterable[Sentence]]) -> str:
    """The text as it is typed, sources in brackets: what the editor shows again."""
    return "\n\n".join(" ".join(_typed(one) for one in paragraph) for paragraph in paragraphs)


def _typed(sentence: Sentence) -> str:
    return f"{sentence.text} [{'; '.join(sentence.refs)}]" if sentence.refs else sentence.text


def plain_text(paragraphs: Iterable[Iterable[Sentence]]) -> str:
    return "\n\n".join(" ".join(one.text for one in paragraph) for paragraph in paragraphs)


def for_the_public(paragraphs: Paragraphs) -> Paragraphs:
    """The sentences with their public sources only: what else was read is told to nobody."""
    return tuple(
        tuple(
            Sentence(one.text, tuple(ref for ref in one.refs if ref.startswith(PUBLIC)))
            for one in paragraph
        )
        for paragraph in paragraphs
    )


def unsourced(paragraphs: Iterable[Iterable[Sentence]]) -> list[str]:
    return [one.text for paragraph in paragraphs for one in paragraph if not one.refs]


def case_refs(paragraphs: Iterable[Iterable[Sentence]]) -> set[str]:
    """The sources that are items of cases, whose owners may have to be asked."""
    return {
        ref
        for paragraph in paragraphs
        for one in paragraph
        for ref in one.refs
        if not ref.startswith(OPEN)
    }
