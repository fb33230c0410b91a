"""Keep what an analysis made as an exhibit that is marked as strictly as the files it rests on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.evidence.actions.exhibits import receive_file
from casework.evidence.facts import Description
from casework.evidence.store import BlobStore
from casework.handling.limits import DL_ONLY, controls_of
from casework.handling.marks import whole_of
from casework.handling.queries.readers import mark_of
from models import AnalysisRun, Case, DisseminationListing, Exhibit, Marking, UsageLog


def keep_exhibit(
    session: Session,
    store: BlobStore,
    case: Case,
    run: AnalysisRun,
    path: Path,
    file_name: str,
    title: str,
    *,
    at: datetime,
) -> Exhibit:
    """The file as an exhibit that bears on nothing by itself. Raises TransitionBlocked when the
    case was closed in the meantime.
    """
    markings = [mark for row in run.log.files for mark in row.exhibit.markings]
    described = _described(run.log, markings, title)
    with path.open("rb") as stream:
        exhibit = receive_file(
            session,
            store,
            case,
            described,
            stream,
            file_name=file_name,
            cap=path.stat().st_size,
            by=run.asked_by,
            at=at,
        )
    if DL_ONLY in described.dissemination:
        _list_readers(session, exhibit, markings, run, at=at)
    return exhibit


def _described(log: UsageLog, markings: list[Marking], title: str) -> Description:
    marks = [mark_of(row) for row in markings]
    whole = whole_of(marks)
    dissemination, countries = controls_of(whole.limits)
    category = min(whole.categories, key=lambda one: (not one.specified, one.code), default=None)
    return Description(
        title=title,
        description="Computed by Extraction Docket. It offers facts to cite and decides nothing.",
        bearing="neutral",
        basis=log.files[0].exhibit.basis,
        received_from=f"Extraction Docket, from usage log {log.number} of {log.owner}",
        owner_confidential=any(mark.owner_confidential for mark in marks),
        trade_secret=any(mark.trade_secret for mark in marks),
        tlp=whole.tlp,
        cui_category=category.code if category else "",
        cui_specified=category.specified if category else False,
        dissemination=dissemination,
        releasable_to=countries,
        statute=next((mark.statute for mark in marks if mark.statute), ""),
        personal_data=True,
    )


def _list_readers(
    session: Session, exhibit: Exhibit, markings: list[Marking], run: AnalysisRun, *, at: datetime
) -> None:
    """Only those read the result who stand on the list of every file that has one."""
    lists = [
        set(
            session.scalars(
                sa.select(DisseminationListing.officer_id).where(
                    DisseminationListing.marking_id == row.id
                )
            )
        )
        for row in markings
        if DL_ONLY in row.dissemination
    ]
    marking = session.scalars(sa.select(Marking).where(Marking.exhibit_id == exhibit.id)).one()
    for officer_id in set.intersection(*lists):
        session.add(
            DisseminationListing(
                marking_id=marking.id,
                officer_id=officer_id,
                added_by_id=run.asked_by_id,
                added_at=at,
            )
        )
