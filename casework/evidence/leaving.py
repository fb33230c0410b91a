"""Whether the file of an exhibit may leave the system, by what is known of malware in it. Pure.

The rule does not ask whether a scanner is configured: without one every file stays unscanned, and
then each leaves only on the word of a named officer, with a reason, in the custody register (IU-8).
What a scanner found never leaves by this application; whoever must hand it over does so by the
procedure of the agency for such files.
"""

from __future__ import annotations

CLEAN, PENDING, INFECTED, UNSCANNED = "clean", "pending", "infected", "unscanned"
RELEASED = "released"  # the kind of entry in the custody register

WORDS = {
    CLEAN: "Nothing found",
    PENDING: "Waiting for the scanner",
    INFECTED: "Malware found",
    UNSCANNED: "Not scanned",
    "not_applicable": "No file is kept here",
}


def kept_back(malware: str, *, released: bool) -> str:
    """Why the file stays, in a sentence; empty where it may leave. `released` tells whether an
    officer let this very file go although nothing scanned it.
    """
    if malware == PENDING:
        return "The malware scanner has not answered yet. Try again in a moment."
    if malware == INFECTED:
        return "The scanner found malware in this file. It does not leave the system."
    if malware == UNSCANNED and not released:
        return (
            "No scanner has looked at this file. It leaves the system once a case officer or"
            " records officer releases it with a reason."
        )
    return ""
