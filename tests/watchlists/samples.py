"""Small lists in the form of the real ones, with invented parties."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

from config import ROOT

REAL = Path(os.environ.get("DOCKET_LISTS") or ROOT.parent / "shared/data/lists")

COLUMNS = (
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
)
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
NOTHING = "-0- "


def csl(*rows: dict[str, str]) -> bytes:
    """A file of the Consolidated Screening List; a row without a source is of the Entity List."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({"source": ENTITY_LIST, "addresses": "Harbor; China"} | row for row in rows)
    return text.getvalue().encode()


def company(number: int, **changes: str) -> dict[str, str]:
    return {"_id": f"id{number}", "name": f"Orchid Compute {number} Co., Ltd."} | changes


def main(number: int, name: str, kind: str = NOTHING, program: str = "CUBA", remarks: str = NOTHING,
         flag: str = NOTHING) -> str:  # fmt: skip
    cells = [str(number), f'"{name}"', kind if kind == NOTHING else f'"{kind}"', f'"{program}"']
    cells += [NOTHING] * 5 + [flag, NOTHING]
    return ",".join([*cells, remarks if remarks == NOTHING else f'"{remarks}"']) + "\r\n"


def ftm(*entities: dict[str, object]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in entities).encode()


def un(*records: str, root: str = "CONSOLIDATED_LIST", before: str = "") -> bytes:
    parts = "".join(records)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<{root} dateGenerated="2026-02-27T00:00Z">'
        f"<INDIVIDUALS>{parts}</INDIVIDUALS></{root}>"
    ).encode()


def person(key: str, name: str, *further: str) -> str:
    return (
        f"<INDIVIDUAL><REFERENCE_NUMBER>{key}</REFERENCE_NUMBER><FIRST_NAME>{name}</FIRST_NAME>"
        f"{''.join(further)}</INDIVIDUAL>"
    )
