"""The public guide: nothing in it comes from a case, only from the pack and from its writers.
Pure.
"""

from __future__ import annotations

from casework.reports.document import Body, Table
from casework.reports.source import Source

_FIRST = "None of these by itself shows an attack; each has been mistaken for one."


def written_only(source: Source) -> Body:
    """The section is what a person writes in it."""
    return Body()


def look_alikes(source: Source) -> Body:
    rows = tuple(
        (element.title, "\n".join(element.benign))
        for element in source.pack.elements.values()
        if element.benign
    )
    columns = ("What is asked", "What ordinary use can look the same")
    return Body((_FIRST,), (Table("Innocent look-alikes", columns, rows),) if rows else ())


def reporting(source: Source) -> Body:
    lead = source.pack.agencies[source.pack.first_stage.lead].label
    return Body(
        (
            (
                "Owners of models may report attacks and networks of fraudulent accounts to "
                f"{lead}. Reporting is voluntary and confidential; a report says what may be "
                "done with it."
            ),
            (
                "Keep logs as they are, with the source of their times and a hash of each file. Do "
                "not warn the accounts concerned before you have reported them."
            ),
            (
                "What an owner calls confidential is not published without that owner's express "
                "permission for the very words."
            ),
        )
    )
