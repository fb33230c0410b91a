"""The stages of several texts as one list for a filter: where texts share a title, one entry."""

from __future__ import annotations

from collections.abc import Iterable

from casework.statute.pack import StatutePack


def stage_choices(packs: Iterable[StatutePack]) -> dict[str, str]:
    """Value to title, in the order of the texts. A value is the id of the stage where that is
    enough, else `text_version.id`; a title that several texts use stands once.
    """
    choices: dict[str, str] = {}
    for pack in packs:
        for stage in pack.stages.values():
            if stage.title not in choices.values():
                taken = stage.id in choices
                choices[f"{pack.text_version}.{stage.id}" if taken else stage.id] = stage.title
    return choices


def places_of(packs: Iterable[StatutePack], value: str) -> list[tuple[str, str]]:
    """Text version and stage id of every stage that the choice `value` stands for."""
    texts = list(packs)
    title = stage_choices(texts).get(value)
    return [
        (pack.text_version, stage.id)
        for pack in texts
        for stage in pack.stages.values()
        if stage.title == title
    ]
