from __future__ import annotations

import pytest

from casework.packets.release import Mark, banner, basis, veil_for


def mark(*, confidential: bool = False, secret: bool = False, tlp: str = "", cui: str = "") -> Mark:
    return Mark(confidential, secret, tlp, cui)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([], "NO HANDLING MARK RECORDED"),
        ([mark()], "NO HANDLING MARK RECORDED"),
        ([mark(cui="PROPIN"), mark(cui="INV")], "CUI//INV/PROPIN"),
        ([mark(confidential=True)], "OWNER CONFIDENTIAL"),
        ([mark(secret=True, cui="PROPIN")], "CUI//PROPIN"),
        ([mark(tlp="TLP:GREEN"), mark(tlp="TLP:AMBER+STRICT")], "TLP:AMBER+STRICT"),
        ([mark(tlp="TLP:RED"), mark(tlp="TLP:VIOLET")], "TLP:VIOLET"),
    ],
)
def test_the_banner_says_everything_that_any_part_is_marked_with(
    marks: list[Mark], words: str
) -> None:
    assert banner(marks) == words


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (None, "marking not decided"),
        (mark(), ""),
        (mark(tlp="TLP:CLEAR"), ""),
        (mark(tlp="TLP:GREEN"), "TLP:GREEN"),
        (mark(secret=True), "(b)(4)"),
        (mark(confidential=True, cui="PRVCY"), "(b)(4)"),
        (mark(cui="PRVCY"), "(b)(6)"),
        (mark(cui="LEI"), "(b)(7)"),
        (mark(cui="EXPT"), "(b)(3)"),
    ],
)
def test_a_part_is_held_back_on_a_named_basis(found: Mark | None, why: str) -> None:
    assert basis(found) == why


def test_agencies_get_the_whole_and_the_public_gets_what_is_cleared() -> None:
    marks = {"claim": mark(tlp="TLP:CLEAR"), "volumes": mark(secret=True)}

    public = veil_for("public", marks)

    assert public("claim", "said") == "said"
    assert public("volumes", "over 9") == "[REDACTED (b)(4)]"
    assert public("conduct", "done") == "[REDACTED marking not decided]"
    assert public("conduct", "") == ""
    assert veil_for("bis", marks)("volumes", "over 9") == "over 9"
