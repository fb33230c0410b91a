"""How each conclusion about one subject follows, and which have to be confirmed again."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casework.access import Permission
from casework.decisions.queries import decisions
from casework.findings import queries
from casework.findings.explanation import Node, explain, probed
from casework.findings.queries import Sheet
from casework.findings.reopening import reopened, stands_signed, unsettled
from casework.statute.loader import load_pack
from casework.workflow.queries.standing import record_of
from casework.workflow.reading import conclude
from casework.workflow.record import Record
from models import Case, Determination, Entity
from views.access import requires
from views.casebar import case_page, counts_of, dates_of
from views.findings_subject import chosen
from views.transaction import db


def conclusion_pages(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/findings/conclusions", view_func=conclusions, methods=["GET"])


@requires(Permission.FINDING_READ)
def conclusions(case: Case) -> ResponseReturnValue:
    subjects = queries.examined(db, case)
    entity = chosen(subjects) or (subjects[0].entity if subjects else None)
    record = record_of(db, case, dates=dates_of(case), counts=counts_of(case))
    sheet = queries.sheet_of(case, entity, queries.current_findings(db, case))
    return render_template(
        "findings/conclusions.html",
        subjects=subjects,
        entity=entity,
        sheet=sheet,
        lines={line.element.id: line for line in _lines(sheet)},
        trees=_trees(case, entity, record) if entity else [],
        again=to_confirm(case, entity, sheet) if entity else {},
        waiting=unsettled(sheet.pack, sheet.stands),
        **case_page(case, "findings"),
    )


def _lines(sheet: Sheet) -> list[queries.Line]:
    return [line for scope in ("case", "subject") for line in sheet.lines(scope)]


def _trees(case: Case, entity: Entity, record: Record) -> list[Node]:
    """One explanation for each reported conclusion, from the answers that count."""
    pack = load_pack(case.text_version)
    subject = next(row for row in record.subjects if row.entity_id == entity.id)
    found = conclude(replace(record, subjects=[subject]), subject, probed(pack))
    return [explain(pack, row.id, found) for row in pack.reported]


def to_confirm(case: Case, entity: Entity, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """Conclusion to the answers under it that changed since the newest determination; nothing
    before there is one.
    """
    rows = decisions.determinations_of(db, case)
    signed = next((row for row in rows if row.entity_id == entity.id), None)
    return _since(signed, sheet) if signed else {}


def to_confirm_since(case: Case, signed: Determination) -> dict[str, tuple[str, ...]]:
    """The same, since that determination."""
    findings = queries.current_findings(db, case)
    return _since(signed, queries.sheet_of(case, signed.entity, findings))


def _since(signed: Determination, sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return reopened(sheet.pack, stands_signed(signed.record), sheet.stands)
