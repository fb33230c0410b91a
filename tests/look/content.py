"""Invented content for the gallery. Firms, people and events do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from typing import Any

FILED: list[str] = []
LONG_NAME = "Образцовая Вычислительная Компания 示范深度研究有限公司 " + "Außergewöhnlichlang" * 24
DIGEST = "9f2c41d07be8a3350c6d1e94b7fa62580d3be1c7f4a98216e05cb37d92a4f816"
DRAWING_ROWS = (("Mon", 4_200), ("Tue", 18_900), ("Wed", 61_400), ("Thu", 35_100))


def frame(*, signed_in: bool, path: str) -> dict[str, Any]:
    """What the application gives to every page."""
    labels = (
        "My work", "Incidents", "Cases", "Entities", "Evidence", "Screening", "Packets",
        "Statute", "Audit", "Reports",
    )  # fmt: skip
    organization = Thing(name="Bureau of Industry and Security")
    officer = Thing(name="Ines Example", organization=organization, roles=("analyst",))
    return {
        "officer": officer if signed_in else None,
        "navigation": [
            Thing(label=label, href=f"/{label.lower()}", current=label == "Cases")
            for label in labels
            if signed_in
        ],
        "handling": "CUI//SP-PROPIN/INV//FED ONLY" if signed_in else "",
        "planning": signed_in,
        "training": signed_in,
    }


def listing(*, empty: bool = False) -> dict[str, Any]:
    stages = ("Intake", "Assessment", "Determination", "Referral", "Assessment")
    titles = (
        "Relay accounts at Alder Models",
        "Collection of reasoning traces at Birch Labs",
        LONG_NAME,
        "示范深度研究有限公司: stored answers",
        "ООО «Пример Вычисления»: live relay",
    )
    rows = [
        Thing(
            reference=f"MEA-2026-{number:05}",
            title=title,
            stage=stage,
            claim=claim,
            filed=date(2026, 11, 24 - number),
            exchanges=exchanges,
        )
        for number, (title, stage, claim, exchanges) in enumerate(
            zip(
                titles,
                stages,
                ("alleged", "assessed", "determined", "disputed", "withdrawn"),
                (16_000_000, 182_400, 950, 3_200_000, 41),
                strict=True,
            ),
            start=1,
        )
    ]
    tags = [
        Thing(label="Stage", value="Assessment", href="?lead=me"),
        Thing(label="Words", value="示范深度研究有限公司", href="?stage=assessment"),
    ]
    return {"rows": [] if empty else rows, "tags": tags, "count": 0 if empty else 12_345}


def case(*, long: bool = False) -> dict[str, Any]:
    tabs = (
        ("Overview", None), ("Subjects", 3), ("Incidents", 2), ("Evidence", 1_204),
        ("Findings", 14), ("Positions", 4), ("Measures", 0), ("Packets", 1), ("History", 86),
    )  # fmt: skip
    accused = LONG_NAME if long else "示范深度研究有限公司 (Shifan Deep Research)"
    return {
        "identity": Thing(
            reference="MEA-2026-00042",
            title=LONG_NAME if long else "Collection through relay accounts at Alder Models",
            stage="Assessment",
            lead=None if long else "Commerce / BIS, Ines Example",
            deadline=None
            if long
            else Thing(
                label="Findings to the two committees", due=date(2027, 7, 3), hypothetical=True
            ),
        ),
        "tabs": [
            Thing(label=label, href=f"#{label}", current=label == "Overview", count=count)
            for label, count in tabs
        ],
        "sections": _sections(),
        "claims": _claims(accused),
        "stages": _stages(),
        "digest": DIGEST,
        "moments": [
            datetime(2026, 11, 24, 19, 5, tzinfo=UTC),
            datetime(2026, 6, 2, 8, 30, tzinfo=UTC),
        ],
        "long": LONG_NAME if long else "",
        "rows": DRAWING_ROWS,
    }


def _sections() -> list[Thing]:
    """The pages under the current tab."""
    found = (("What is alleged", None), ("Markings and notices", 12), (LONG_NAME[:60], 0))
    return [
        Thing(label=label, href=f"#{label}", current=count is None, count=count)
        for label, count in found
    ]


def _claims(accused: str) -> list[Thing]:
    source = Thing(title="Public statement of Alder Models", href="https://example.org/statement")
    base = {
        "accuser": "Alder Models",
        "accused": accused,
        "made_on": date(2026, 2, 9),
        "text": f"Alder Models alleges that {accused} collected answers through relay accounts.",
        "basis": ["owner telemetry", "test purchase"],
        "source": source,
        "looked_on": date(2026, 11, 20),
    }
    figures = [
        Thing(label="Exchanges", value="over 16,000,000"),
        Thing(label="Accounts", value="about 24,000"),
    ]
    denial = Thing(
        kind="denies",
        text="The company says that it has a licence for every account it uses.",
        made_on=date(2026, 2, 11),
        source=Thing(title="Letter of 11 February", href=""),
    )
    replied = Thing(
        name=accused,
        case="MEA-2026-00042",
        step="answered",
        text="Counsel answers in writing.\nThe letter is enclosed.",
        on=date(2026, 10, 2),
        source=Thing(title="Exhibit 6", href="/exhibits/6"),
    )
    return [
        Thing(**base, status="alleged", figures=figures, response=denial, replies=[replied]),
        Thing(**base, status="assessed", figures=[], response=None),
    ]


def _stages() -> list[Thing]:
    labels = (
        "Intake", "Triage", "Owner contact", "Entity resolution", "Evidence", "Assessment",
        "Member positions", "Determination", "Publication", "Entity List", "Sanctions", "Report",
        "Referral",
    )  # fmt: skip
    states = ["done"] * 4 + ["passed_over"] + ["current"] + ["ahead"] * 7
    return [Thing(label=label, state=state) for label, state in zip(labels, states, strict=True)]


def conflict() -> dict[str, Any]:
    return case() | {
        "by": "Tomas Sample",
        "at": datetime(2026, 11, 24, 19, 5, tzinfo=UTC),
        "yours": "The accounts share one payment card.\nSee exhibit 12.",
        "theirs": "The accounts share a payment card and a phone number. " * 12 + LONG_NAME,
    }
