"""Two texts of the law side by side: what is the same, renamed, changed, added or gone."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.legislation import queries
from casework.statute.comparison import CLOCK, ELEMENT, MEASURE, STAGE, Difference, compare
from casework.statute.loader import default_text, packs
from casework.statute.pack import StatutePack
from casework.statute.wording import Marked, marked
from views.access import requires
from views.statute import pack_or_404
from views.transaction import db

statute_comparison = Blueprint("statute_comparison", __name__, url_prefix="/statute")

PARTS = ((ELEMENT, "Elements"), (STAGE, "Stages"), (CLOCK, "Clocks"), (MEASURE, "Measures"))


@statute_comparison.get("/compare")
@requires(Permission.STATUTE_READ)
def index() -> ResponseReturnValue:
    old = pack_or_404(request.args.get("from") or default_text())
    new = pack_or_404(request.args.get("to") or _another(old))
    g.pop("text_version")  # the page is about no one text
    found = compare(old, new)
    return render_template(
        "statute/compare.html",
        old=old,
        new=new,
        packs=packs(),
        parts=[(word, [row for row in found if row.part == part]) for part, word in PARTS],
        words=_words(old, new, found),
    )


def _another(old: StatutePack) -> str:
    """Some text to compare with, the same where there is no other."""
    others = [pack.text_version for pack in packs() if pack is not old]
    return others[0] if others else old.text_version


def _words(
    old: StatutePack, new: StatutePack, found: list[Difference]
) -> list[tuple[Difference, Marked]]:
    """The attached words of each element that both texts have, where both are attached."""
    both = [row for row in found if row.part == ELEMENT and row.before and row.after]
    here = _attached(old, [row.before for row in both])
    there = _attached(new, [row.after for row in both])
    return [
        (row, marked(here[row.before], there[row.after]))
        for row in both
        if here.get(row.before) and there.get(row.after)
    ]


def _attached(pack: StatutePack, elements: list[str]) -> dict[str, str]:
    cited = {name: pack.elements[name].provisions for name in elements}
    wanted = {provision for places in cited.values() for provision in places}
    words = queries.words_for(db, pack.text_version, wanted)
    return {
        name: " ".join(words[place].words for place in places if place in words)
        for name, places in cited.items()
    }
