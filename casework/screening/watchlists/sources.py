"""The lists that can be imported: what each is, who keeps it, how its files are read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casework.screening.watchlists import bis, csl, ftm, ofac, un
from casework.screening.watchlists.entry import Entry, Reject
from casework.screening.watchlists.reading import ListFile

Parser = Callable[[Sequence[ListFile], str], Iterator[Entry | Reject]]


@dataclass(frozen=True, slots=True)
class List:
    """`files` says which files make an edition; `several` whether there may be more than one."""

    code: str
    title: str
    publisher: str
    files: str
    parse: Parser
    several: bool = False


_TREASURY = "Department of the Treasury, OFAC"
LISTS: dict[str, List] = {
    row.code: row
    for row in (
        List(
            "ofac-sdn",
            "Specially Designated Nationals and Blocked Persons",
            _TREASURY,
            "sdn.csv with alt.csv, add.csv and sdn_comments.csv",
            ofac.parse,
            several=True,
        ),
        List(
            "ofac-consolidated",
            "Consolidated Sanctions List (non-SDN)",
            _TREASURY,
            "cons_prim.csv with cons_alt.csv, cons_add.csv and cons_comments.csv",
            ofac.parse,
            several=True,
        ),
        List(
            "csl",
            "Consolidated Screening List",
            "Department of Commerce, International Trade Administration",
            "the CSV file with 28 or 29 columns",
            csl.parse,
        ),
        List(
            "bis-entity-list",
            "Entity List",
            "Department of Commerce, Bureau of Industry and Security",
            "the CSV file in the columns of the Consolidated Screening List",
            bis.parse,
        ),
        List(
            "un-consolidated",
            "Security Council Consolidated List",
            "United Nations",
            "the XML file",
            un.parse,
        ),
        List(
            "ftm",
            "FollowTheMoney entities",
            "as the file says",
            "JSON lines, one entity a line",
            ftm.parse,
            several=True,
        ),
    )
}


def own_date(source: str, files: Sequence[ListFile]) -> str:
    """The day (ISO) that the files themselves give, or empty: only the UN's XML gives one."""
    return un.dated(files[0]) if source == "un-consolidated" else ""


def parts_missing(source: str, files: Sequence[ListFile]) -> list[str]:
    """Companion files that were not handed in, in words."""
    if LISTS[source].parse is not ofac.parse:
        return []
    return ofac.missing(tuple(ofac.roles(files)))
