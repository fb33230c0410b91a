"""Reports on the invented case: one approved, one ready, and one that is still being written."""

from __future__ import annotations

from flask import current_app

from casework.reports.actions import approval, editions, passages
from casework.reports.actions.editions import Order
from casework.reports.queries.decisions import decisions_of
from casework.reports.queries.passages import Place
from casework.reports.render import render_report
from casework.workflow.queries.cases import visible_to
from models import Case, Report
from views.cli.demo.walk import Walk

MEMORANDUM, INDEX = "R6", "R8"


def write_reports(walk: Walk, case: Case) -> None:
    """The memorandum stays unapproved: its measure was considered and not recommended."""
    for row in walk.after["passage"]:
        _write(walk, case, row["report"], row["section"], row["text"])
    memorandum = _prepare(walk, case, MEMORANDUM)
    approval.record_check(
        walk.session,
        memorandum,
        walk.pack.reports[MEMORANDUM],
        "legal",
        words="Read by counsel of the Department (invented).",
        contents_sha256=memorandum.contents_sha256,
        **walk.by("signing"),
    )
    index = _prepare(walk, case, INDEX)
    for report in (memorandum, index):
        _draw(walk, report)
    approval.approve_report(
        walk.session,
        index,
        walk.pack,
        contents_sha256=index.contents_sha256,
        on=walk.on,
        **walk.by("signing"),
    )


def _write(walk: Walk, case: Case, kind: str, section: str, text: str) -> None:
    report = walk.pack.reports[kind]
    about = case if report.scope == "case" else None
    place = Place(
        text_version=walk.text_version,
        training=True,
        kind=kind,
        case_id=about.id if about else None,
    )
    passages.write_passage(
        walk.session,
        report,
        place,
        next(row for row in report.sections if row.id == section),
        text=text.strip().replace("CASE#", f"{case.reference}#"),
        expected_revision=0,
        cases=visible_to(walk.officers["records"]),
        case=about,
        **walk.by("records"),
    )


def _prepare(walk: Walk, case: Case, kind: str) -> Report:
    report = walk.pack.reports[kind]
    decisions = decisions_of(walk.session, case, walk.pack) if report.decision else {}
    order = Order(
        report=report,
        pack=walk.pack,
        training=True,
        cases=visible_to(walk.officers["records"]),
        case=case,
        decision=next(iter(decisions), ""),
    )
    return editions.prepare_report(walk.session, order, on=walk.on, **walk.by("records"))


def _draw(walk: Walk, report: Report) -> None:
    """In this process, so that the demo needs no worker."""
    document = editions.begin_rendering(walk.session, report.id)
    if document is not None:
        cache = current_app.extensions["settings"].data_dir / "cache"
        rendered = render_report(document, cache=cache)
        editions.keep_rendered(walk.session, walk.store, report.id, rendered, at=walk.at)
