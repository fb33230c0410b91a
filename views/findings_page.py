"""The page of one element: form, reader's form, earlier revisions, words of the bill."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from casework.evidence.queries.exhibits import exhibits_of
from casework.findings import queries, rules
from casework.legislation.queries import words_for
from casework.screening.queries import entities as screening
from casework.screening.queries.control import Line, facts_for
from casework.statute.loader import load_pack
from models import Case, Entity, Finding
from views.access import current_officer
from views.casebar import case_page
from views.clock import today
from views.drafts import load_draft
from views.entities_blueprint import WORDS
from views.findings_analyses import analyses_for, begin_citation
from views.forms.finding import FindingForm
from views.forms.finding_review import FindingReviewForm
from views.transaction import db


def draft_subject(case: Case, element: str, entity: Entity | None) -> str:
    return f"{case.reference}:{element}:{entity.id if entity else '-'}"


def blank_form(case: Case, element: str, entity: Entity | None) -> FindingForm:
    """The officer's own draft, else the current answer to revise, else an empty form. Nothing
    ever comes from an allegation.
    """
    draft = load_draft("finding", draft_subject(case, element, entity))
    revisions = queries.revisions_of(db, case, element, entity)
    form = FindingForm(draft) if draft else FindingForm(None, data=_data(revisions))
    begin_citation(form)
    return _offer(form, case, element, entity)


def sent_form(case: Case, element: str, entity: Entity | None) -> FindingForm:
    return _offer(FindingForm(), case, element, entity)


def _offer(form: FindingForm, case: Case, element: str, entity: Entity | None) -> FindingForm:
    row = queries.answerable(db, case, element, entity)
    pack = load_pack(case.text_version)
    words = {term.code: term.label for term in pack.vocabularies["answer"].terms}
    form.offer(
        answers=[(code, words[code]) for code in rules.answers_for(pack, row)],
        confidence=[(term.code, term.label) for term in pack.vocabularies["confidence"].terms],
        exhibits=[
            (str(exhibit.number), f"Exhibit {exhibit.number}: {exhibit.title}")
            for exhibit in exhibits_of(db, case)
        ],
    )
    return form


def _data(revisions: list[Finding]) -> dict[str, Any]:
    if not revisions:
        return {}
    latest = revisions[0]
    return {
        "revision": str(latest.revision),
        "answer": latest.answer,
        "reasons": latest.reasons,
        "innocent_explanation": latest.innocent_explanation,
        "confidence": latest.confidence,
        "citations": [
            {
                "exhibit": str(cited.exhibit.number),
                "pinpoint": cited.pinpoint,
                "bearing": cited.bearing,
            }
            for cited in latest.citations
        ],
    }


def element_page(
    case: Case,
    element: str,
    entity: Entity | None,
    form: FindingForm,
    *,
    reading: FindingReviewForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    form.leave_room()
    page = render_template(
        "findings/element.html", form=form, **_context(case, element, entity, reading)
    )
    return page, status


def conflict_page(
    case: Case, element: str, entity: Entity | None, form: FindingForm
) -> ResponseReturnValue:
    """409 with both texts side by side; saving again replaces the revision now shown."""
    context = _context(case, element, entity, None)
    if context["revisions"]:
        form.revision.data = str(context["revisions"][0].revision)
    form.leave_room()
    return render_template("findings/conflict.html", form=form, **context), 409


def _context(
    case: Case, element: str, entity: Entity | None, reading: FindingReviewForm | None
) -> dict[str, Any]:
    row = queries.answerable(db, case, element, entity)
    revisions = queries.revisions_of(db, case, element, entity)
    latest = revisions[0] if revisions else None
    return {
        "element": row,
        "entity": entity,
        "revisions": revisions,
        "line": queries.Line(row, latest),
        "words": words_for(db, case.text_version, row.provisions),
        "factors": rules.factors(load_pack(case.text_version), row.id),
        "may_read": latest is not None and _may_read(latest),
        "reading": reading or _reading(latest),
        "offered": _offered(row.offers, entity),
        "analyses": analyses_for(case, row.offers),
        "entity_words": WORDS,
        "draft_subject": draft_subject(case, element, entity),
        **case_page(case, "findings"),
    }


def _offered(offers: str, entity: Entity | None) -> list[Line]:
    """Facts on record about the subject that bear on the question; the officer sees no others."""
    if entity is None:
        return []
    within = screening.visible_to(current_officer)
    return facts_for(db, offers, entity, within, today())


def _reading(latest: Finding | None) -> FindingReviewForm:
    return FindingReviewForm(None, revision=str(latest.revision) if latest else "")


def _may_read(latest: Finding) -> bool:
    """Whether the officer may still be a reader of this revision, as the action decides too."""
    done = {latest.by_person_id, *(review.by_person_id for review in latest.reviews)}
    return current_officer.person_id not in done
