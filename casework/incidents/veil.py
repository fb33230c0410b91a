"""A report of which a reader may not have every part. Pure.

The parts that a control keeps are not in the value at all: whoever draws it cannot show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

# Part of a report to the fields that tell it. The title says in a few words what happened.
FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "model": frozenset(
        {
            *("owner_name", "model_name", "recreation", "recreation_note"),
            *("terms", "terms_note", "interface", "interface_note"),
        }
    ),
    "window": frozenset({"window_start", "window_end", "window_note"}),
    "volumes": frozenset(
        f"{name}{end}" for name in ("exchanges", "accounts", "tokens") for end in ("", "_qualifier")
    ),
    "conduct": frozenset({"title", "narrative"}),
    "claim": frozenset(
        {
            *("accuser", "alleged_on", "allegation", "confidence", "verified", "parties"),
            *("response", "response_text", "response_on", "response_source"),
        }
    ),
    "sources": frozenset({"sources"}),
}
_PART_OF: Final = {name: part for part, names in FIELDS.items() for name in names}
_WORDS_OF: Final = {"basis": "claim"}  # every other vocabulary says how it was done
_NOTHING: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("window_start", "window_end", "alleged_on", "response_on")),
    **dict.fromkeys(("exchanges", "accounts", "tokens")),
    **dict.fromkeys(("recreation", "terms", "interface"), "unknown"),
    **dict.fromkeys(("sources", "parties"), ()),
    "verified": False,
    "response": "none_found",
}


class Veiled:
    """Answers like the report it is made of, less what `withheld` names: part to control."""

    def __init__(self, incident: Any, withheld: Mapping[str, str]) -> None:
        open_ = {name for name in dir(incident) if not name.startswith("_")}
        self._incident, self.withheld = incident, withheld
        self._open = frozenset(name for name in open_ if _PART_OF.get(name) not in withheld)

    def __getattr__(self, name: str) -> Any:
        if name in self._open and name != "search_text":
            return getattr(self._incident, name)
        control = self.withheld.get(_PART_OF.get(name, ""))
        if control is None:
            raise AttributeError(name)
        return _NOTHING.get(name, f"Withheld from you: {control}")

    def codes(self, vocabulary: str) -> list[str]:
        if _WORDS_OF.get(vocabulary, "conduct") in self.withheld:
            return []
        codes: list[str] = self._incident.codes(vocabulary)
        return codes
