"""The labels under which an entry of a list counts for the ownership rules. Pure."""

from __future__ import annotations

from collections.abc import Sequence

SDN = "SDN"
_OFAC_SDN, _OFAC_OTHER = "ofac-sdn", "ofac-consolidated"
_SECTORAL = "UKRAINE-EO13662"  # the program tag of the sectoral list, in the consolidated list


def rule_labels(source: str, programs: Sequence[str], origin: str = "") -> tuple[str, ...]:
    """Labels such as `SDN:RUSSIA-EO14024`, `SSI` or `EL`. `source` is the code of the list;
    `origin` the list from which a collection took the entry. Lists without a rule give their own
    code, which no rule counts.
    """
    if source == _OFAC_SDN or origin == SDN:
        return tuple(f"{SDN}:{program.upper()}" for program in programs) or (SDN,)
    if source == _OFAC_OTHER:
        return ("SSI",) if _SECTORAL in programs else (source.upper(),)
    return (origin or source.upper(),)
