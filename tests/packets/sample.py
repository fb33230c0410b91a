"""An invented case rich enough to try every section of a packet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from casework.packets.contents import (
    AuditHead,
    Cover,
    LawText,
    PacketContents,
    Summary,
    Supersedes,
)
from casework.packets.facts import Figure, Name, Pin, RecordItem
from casework.packets.judgement import (
    Because,
    Conclusion,
    Contrary,
    Dissent,
    Exemption,
    Finding,
    Measure,
    NotTaken,
    Position,
    Reading,
)
from casework.packets.recipients import recipient
from casework.packets.words import Answer, Authority, Confidence, PositionKind

from .invented import digest, entities, exhibits, incidents, relations

PREPARED = datetime(2026, 11, 24, 19, 5, tzinfo=UTC)
SCRIPT = "<script>alert('x')</script>"
ATTACH = "<link rel=attachment href=file:///etc/passwd>"
REVERSED = "Acme\u202eltd\u202c Group"
LONG_WORD = "a" * 4000
ALLEGED = (
    "Meridian Models, Inc., an invented model owner, alleges that Northern Lantern drew out the "
    "reasoning of its model through resold accounts between February and April 2026. The firm "
    "has not answered. Polar Vector, said to have sold the access, denies keeping any output."
)
VOLUME = (
    "Volume alone would not carry this answer: two large customers of the owner sent more. What "
    "carries it is order, timing and the kind of output asked for, the working behind an answer "
    "that was already given."
)
PROOF = (
    "The log is linked by hashes: a change to an earlier entry changes this value. It does not "
    "show that an entry is true."
)
DISSENT = (
    "I would answer insufficient until the evaluation firm's accounts have been taken out of the "
    "count."
)


def cover(code: str = "bis") -> Cover:
    return Cover(
        reference="MEA-2026-00042",
        title="Alleged extraction of a reasoning model through resold accounts",
        recipient=recipient(code),
        banner="CUI//PROPIN//FED ONLY",
        prepared=PREPARED,
        prepared_by="Dana Whitfield, records officer",
        version=2,
        law=LawText("hr8283_ih_2026_04_15", "H.R. 8283, 119th Congress", "introduced, not law"),
        planning="No enactment date is recorded. Every deadline in this packet is hypothetical.",
        training=True,
        supersedes=Supersedes(1, digest("version 1")),
    )


def findings() -> tuple[Finding, ...]:
    common = {
        "author": "A. Rivera, analyst",
        "written_on": date(2026, 11, 3),
        "second_reader": "J. Okafor, reviewer",
        "read_on": date(2026, 11, 5),
    }
    return (
        Finding(
            "EX1",
            "Querying to extract",
            "Were capabilities of the model drawn out by querying it, or was that attempted?",
            "3(11)(A)",
            Authority.STATUTE,
            Answer.MET,
            Confidence.HIGH,
            about="E-1",
            reasons=(
                "The log shows 412 clusters of accounts that put the same questions in one order.",
                VOLUME,
            ),
            pins=(
                Pin(2, "rows 1 to 400", "Four hundred exchanges, all within the same 90 seconds."),
                Pin(1, "page 3", "The owner's table of clusters, with the method of counting."),
                Pin(6, "slide 12"),
            ),
            contrary=("An evaluation firm ran similar prompts in March under contract (Ex. 6).",),
            reply=("None from E-1. Polar Vector's counsel says outputs were not kept (Ex. 7).",),
            dissents=(Dissent("M. Castellanos, analyst", DISSENT),),
            **common,
        ),
        Finding(
            "PU1",
            "Purpose",
            "Was the purpose to replicate, develop, train or improve another model?",
            "3(11)(A), (B)",
            Authority.STATUTE,
            Answer.INSUFFICIENT,
            Confidence.LOW,
            about="E-1",
            reasons=("No student model has been examined. Timing fits; timing is not purpose.",),
            pins=(Pin(1, "page 9", "Release dates set beside the weekly volume."),),
            author="A. Rivera, analyst",
            written_on=date(2026, 11, 4),
        ),
        Finding(
            "CS1",
            "Key technical information is closed",
            "Is what one needs to rebuild the model kept from the public?",
            "3(2)(A)",
            Authority.STATUTE,
            Answer.MET,
            Confidence.MODERATE,
            reasons=("Weights were never released; the owner's declaration says so.",),
            pins=(Pin(8, "paragraph 4", "Declaration of the owner's general counsel."),),
            **common,
        ),
    )


def rich(code: str = "bis") -> PacketContents:
    exemption = Exemption("Food, medicine, aid", "5(b)(2)(B)", "Does not apply", "No such trade.")
    return PacketContents(
        cover=cover(code),
        audit=AuditHead(4711, digest("entry 4711"), PROOF),
        summary=Summary(
            (
                ALLEGED,
                "Two elements are answered as met, one as insufficient.",
            ),
            (Figure("Exchanges", "over 16,000,000"), Figure("Accounts", "approximately 2,400")),
        ),
        entities=entities(),
        relations=relations(),
        incidents=incidents(),
        findings=findings(),
        conclusions=(
            Conclusion(
                "Model extraction attack",
                "3(11)",
                Authority.STATUTE,
                Answer.INSUFFICIENT,
                "E-1",
                (Because("PU1", "3(11)(A)", Answer.INSUFFICIENT),),
            ),
            Conclusion(
                "Closed-source model",
                "3(2)",
                Authority.STATUTE,
                Answer.MET,
                because=(Because("CS1", "3(2)(A)", Answer.MET),),
            ),
        ),
        contrary=(
            Contrary(
                "An evaluation firm under contract sent prompts of the same kind in March.",
                "Its accounts were counted apart by A. Rivera; the clusters remain.",
                ("EX1",),
                (Pin(6, "slide 12"),),
            ),
        ),
        responses=(incidents()[1].claims[0].response,),
        positions=(
            Position(
                "Commerce (BIS)",
                PositionKind.CONCUR,
                "Agrees with the drafting.",
                "L. Brandt",
                date(2026, 11, 18),
            ),
            Position("Energy", PositionKind.NON_CONCUR, "Wants the student model examined first."),
        ),
        measures=(
            Measure(
                "Addition to the Entity List",
                "5(a); 15 CFR 744.11",
                Authority.STATUTE,
                "End-User Review Committee, by majority",
                ("The facts under EX1 are specific and can be checked by the Committee.",),
                ("E-1",),
                (exemption,),
            ),
        ),
        not_taken=(
            NotTaken(
                "Blocking of property", "5(b)", "No emergency has been declared.", date(2027, 2, 1)
            ),
            NotTaken("Public listing", "4(g)", "No permission of the owner is on file."),
        ),
        exhibits=exhibits(),
        record=(
            RecordItem(
                1, "Report of the model owner", "Exhibit", date(2026, 4, 20), digest("exhibit 1")
            ),
            RecordItem(
                2, "Memo of counsel", "Memo", date(2026, 11, 6), withheld="attorney work product"
            ),
            RecordItem(3, "Vote sheet", "Form", date(2026, 11, 18)),
        ),
        readings=(
            Reading(
                "4(g)(1)(A)",
                "The past year ends on the date of the determination.",
                "Counting to publication would drop the first incident.",
            ),
        ),
        limits=("Only one owner's telemetry was seen.", "No interview has been held."),
    )


def empty() -> PacketContents:
    bare = replace(cover(), planning="", training=False, supersedes=None, unsigned=False)
    return PacketContents(cover=bare, audit=AuditHead(0, "0" * 64, "The log is empty."))


def hostile() -> PacketContents:
    """Every text that an outsider can type, filled with what an outsider might type."""
    case = rich()
    names = (Name(f"{SCRIPT}{ATTACH}", "legal name", REVERSED), Name(LONG_WORD, "alias", ATTACH))
    entity = replace(case.entities[0], names=names, role=SCRIPT)
    odd = replace(case.cover, title=f"{ATTACH} {REVERSED}", banner=f'"; }} {SCRIPT}')
    return replace(
        case,
        cover=odd,
        entities=(entity, *case.entities[1:]),
        summary=Summary((SCRIPT, ATTACH, REVERSED, LONG_WORD, "a\x00b\x07c", "[REDACTED (b)(6)]")),
    )


def many() -> PacketContents:
    return replace(rich(), exhibits=exhibits(500))
