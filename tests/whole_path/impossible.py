"""Rows that must never exist, asked of the tables themselves in plain SQL."""

from __future__ import annotations

from models import Base

ACTS = tuple(
    table.name
    for table in Base.metadata.sorted_tables
    if {"case_id", "by_id", "by_person_id", "at"} <= set(table.columns.keys())
)
# What the log calls the making of one row of each table.
ENTRIES = {
    "agency_position": "position.state",
    "ballot": "ballot.cast",
    "determination": "determination.sign",
    "entity_list_entry": "entry.record",
    "escalation": "escalation.raise",
    "escalation_outcome": "escalation.settle",
    "finding": "finding.write",
    "finding_review": "finding.review",
    "list_proposal": "list.propose",
    "list_publication": "list.publish",
    "list_takedown": "list.take_down",
    "measure_decision": "measure.sign",
    "measure_hold": "hold.place",
    "measure_hold_lift": "hold.lift",
    "motion": "motion.move",
    "motion_closing": "motion.close",
    "owner_permission": "permission.record",
    "permission_revocation": "permission.revoke",
    "petition": "petition.record",
    "petition_decision": "petition.answer",
    "position_request": "position.ask",
    "postponement": "postponement.ask",
    "purpose_statement": "purpose.state",
    "recommendation": "recommendation.make",
    "recommendation_decision": "recommendation.decide",
    "response_window": "window.step",
    "stage_change": "case.advance",
    "stage_record": "stage.record",
}
OTHER_ENTRIES = {"case": "case.open", "exhibit": "exhibit.receive", "recusal": "case.recuse"}


def _same_content(decision: str, shown: str, key: str) -> str:
    """A decision on other words than those shown, or by the person who wrote them."""
    return (
        f"SELECT 1 FROM {decision} d JOIN {shown} s ON s.id = d.{key} "
        "WHERE d.content_sha256 <> s.content_sha256 OR d.by_person_id = s.by_person_id "
        "OR d.preparer_person_id <> s.by_person_id"
    )


def _replaced(decision: str, shown: str, key: str) -> str:
    """A decision on something that had been replaced already."""
    return (
        f"SELECT 1 FROM {decision} d JOIN {shown} later ON later.supersedes_id = d.{key} "
        "WHERE later.at < d.at"
    )


def _shaped(table: str) -> str:
    """A person who shaped the record that the same person then signed."""
    about = "finding_id IN (SELECT id FROM finding f WHERE" if table == "finding_review" else "("
    row = "f" if table == "finding_review" else "s"
    return (
        f"SELECT 1 FROM determination d JOIN {table} s ON s.case_id = d.case_id "
        f"AND s.by_person_id = d.by_person_id AND s.at <= d.at AND {about} "
        f"{row}.entity_id IS NULL OR {row}.entity_id = d.entity_id)"
    )


def _judged(table: str, about: str) -> str:
    """A person who took part in a first decision and answered the petition against it."""
    return (
        "SELECT 1 FROM petition_decision d JOIN petition p ON p.id = d.petition_id "
        f"JOIN {table} s ON s.case_id = p.case_id AND s.by_person_id = d.by_person_id "
        f"AND s.at < d.at AND {about}"
    )


def _without_approval(decision: str, measure: str) -> str:
    """A road taken to a measure that nobody had approved."""
    return (
        f"SELECT 1 FROM stage_change s WHERE s.decision = '{decision}' AND NOT EXISTS ("
        "SELECT 1 FROM recommendation r JOIN recommendation_decision d "
        f"ON d.recommendation_id = r.id WHERE r.case_id = s.case_id AND r.measure = '{measure}' "
        "AND d.approved AND d.at < s.at)"
    )


OWN = "s.entity_id = p.entity_id"
PROPOSED = "s.proposal_id IN (SELECT id FROM list_proposal l WHERE l.entity_id = p.entity_id)"
RECOMMENDED = (
    "s.recommendation_id IN (SELECT id FROM recommendation r "
    "WHERE r.entity_id IS NULL OR r.entity_id = p.entity_id)"
)
FIRST = "s.motion_id IN (SELECT id FROM motion m WHERE m.entity_id = p.entity_id "
FIRST += "AND m.petition_id IS NULL)"
IMPOSSIBLE = {
    "an author who read the own answer": (
        "SELECT 1 FROM finding_review d JOIN finding s ON s.id = d.finding_id "
        "WHERE d.by_person_id = s.by_person_id OR d.author_person_id <> s.by_person_id"
    ),
    "a reading of a revision that had been replaced": (
        "SELECT 1 FROM finding_review d JOIN finding s ON s.id = d.finding_id "
        "JOIN finding later ON later.case_id = s.case_id AND later.element = s.element "
        "AND (later.entity_id = s.entity_id OR (later.entity_id IS NULL AND s.entity_id IS NULL)) "
        "AND later.revision > s.revision WHERE later.at < d.at"
    ),
    "a decision on a recommendation by its author, or on other words": _same_content(
        "recommendation_decision", "recommendation", "recommendation_id"
    ),
    "a decision on a replaced recommendation": _replaced(
        "recommendation_decision", "recommendation", "recommendation_id"
    ),
    "a measure signed by the author, or on other words": _same_content(
        "measure_decision", "recommendation", "recommendation_id"
    ),
    "a publication by the preparer, or of other words": _same_content(
        "list_publication", "list_proposal", "proposal_id"
    ),
    "a publication of a replaced proposal": _replaced(
        "list_publication", "list_proposal", "proposal_id"
    ),
    "a signer who wrote an answer": _shaped("finding"),
    "a signer who read an answer": _shaped("finding_review"),
    "a signer who wrote the purpose": _shaped("purpose_statement"),
    "a signer who wrote a recommendation": _shaped("recommendation"),
    "a petition answered by who signed": _judged("determination", OWN),
    "a petition answered by who proposed": _judged("list_proposal", OWN),
    "a petition answered by who published": _judged("list_publication", PROPOSED),
    "a petition answered by who recommended": _judged(
        "recommendation", f"(s.entity_id IS NULL OR {OWN})"
    ),
    "a petition answered by who approved": _judged("recommendation_decision", RECOMMENDED),
    "a petition answered by who voted": _judged("ballot", FIRST),
    "a petition answered by who closed the vote": _judged("motion_closing", FIRST),
    "a ballot of somebody who is no delegate of the agency": (
        "SELECT 1 FROM ballot b JOIN officer o ON o.id = b.by_id "
        "JOIN organization g ON g.id = o.organization_id WHERE g.agency <> b.agency "
        "OR NOT EXISTS (SELECT 1 FROM role_grant r WHERE r.officer_id = o.id "
        "AND r.role = 'agency_delegate')"
    ),
    "a ballot of an agency without a vote": (
        "SELECT 1 FROM ballot WHERE agency NOT IN ('COMMERCE_BIS', 'STATE', 'DEFENSE', 'ENERGY')"
    ),
    "a ballot on other words": (
        "SELECT 1 FROM ballot b JOIN motion m ON m.id = b.motion_id "
        "WHERE b.content_sha256 <> m.content_sha256"
    ),
    "a ballot after the closing": (
        "SELECT 1 FROM ballot b JOIN motion_closing c ON c.motion_id = b.motion_id "
        "WHERE b.at > c.at"
    ),
    "a vote closed by its mover or by a voter": (
        "SELECT 1 FROM motion_closing c JOIN motion m ON m.id = c.motion_id "
        "WHERE m.by_person_id = c.by_person_id OR EXISTS (SELECT 1 FROM ballot b "
        "WHERE b.motion_id = m.id AND b.by_person_id = c.by_person_id)"
    ),
    "an entry without a carried motion": (
        "SELECT 1 FROM entity_list_entry e JOIN motion_closing c ON c.id = e.motion_closing_id "
        "JOIN motion m ON m.id = c.motion_id WHERE m.entity_id <> e.entity_id "
        "OR (c.outcome <> 'carried' AND NOT EXISTS (SELECT 1 FROM escalation x "
        "JOIN escalation_outcome o ON o.escalation_id = x.id WHERE x.motion_id = m.id))"
    ),
    "an outcome of the ladder recorded by who asked": (
        "SELECT 1 FROM escalation_outcome o JOIN escalation x ON x.id = o.escalation_id "
        "WHERE o.by_person_id = x.by_person_id"
    ),
    "a listed entity that no determination names an attacker": (
        "SELECT 1 FROM list_publication p JOIN list_proposal l ON l.id = p.proposal_id "
        "JOIN determination d ON d.id = l.determination_id WHERE d.kind <> 'identify_mea' "
        "OR d.entity_id <> l.entity_id OR d.case_id <> p.case_id OR d.at >= p.at "
        "OR EXISTS (SELECT 1 FROM determination n WHERE n.case_id = d.case_id "
        "AND n.entity_id = d.entity_id AND n.at > d.at AND n.at < p.at)"
    ),
    "a listed entity of which no attack was found": (
        "SELECT 1 FROM list_publication p JOIN list_proposal l ON l.id = p.proposal_id "
        "WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.case_id = p.case_id "
        "AND f.entity_id = l.entity_id AND f.element = 'EX1' AND f.answer = 'met' "
        "AND f.at < p.at AND NOT EXISTS (SELECT 1 FROM finding n WHERE n.case_id = f.case_id "
        "AND n.entity_id = f.entity_id AND n.element = 'EX1' AND n.revision > f.revision "
        "AND n.at < p.at))"
    ),
    "two entries about one entity": (
        "SELECT l.entity_id FROM list_publication p JOIN list_proposal l ON l.id = p.proposal_id "
        "WHERE NOT EXISTS (SELECT 1 FROM list_takedown t WHERE t.publication_id = p.id) "
        "GROUP BY l.entity_id HAVING count(*) > 1"
    ),
    "a list of attackers without an approved recommendation": _without_approval(
        "list", "attackers_list"
    ),
    "a vote without an approved recommendation": _without_approval("propose", "entity_list"),
    "a vote under older law without an approved recommendation": _without_approval(
        "propose_existing_power", "entity_list"
    ),
    "a blocking without an approved recommendation": _without_approval(
        "propose_blocking", "blocking"
    ),
    "a measure before the determination": (
        "SELECT 1 FROM stage_change s WHERE s.to_stage IN ('S8', 'S9', 'S10', 'S11', 'S12', 'S14') "
        "AND NOT EXISTS (SELECT 1 FROM determination d WHERE d.case_id = s.case_id "
        "AND d.at < s.at)"
    ),
    "a submission before every agency was heard": (
        "SELECT 1 FROM stage_change s WHERE s.decision = 'submit' AND 4 > (SELECT "
        "count(DISTINCT p.agency) FROM agency_position p WHERE p.case_id = s.case_id "
        "AND p.at < s.at)"
    ),
    "a recused member": (
        "SELECT 1 FROM case_member m JOIN officer o ON o.id = m.officer_id "
        "JOIN recusal r ON r.case_id = m.case_id AND r.person_id = o.person_id"
    ),
    "a recused lead": (
        'SELECT 1 FROM "case" c JOIN officer o ON o.id = c.lead_id '
        "JOIN recusal r ON r.case_id = c.id AND r.person_id = o.person_id"
    ),
}
for _table in ACTS:
    IMPOSSIBLE[f"{_table}: an act of a recused person, or of no person"] = (
        f"SELECT 1 FROM {_table} a JOIN officer o ON o.id = a.by_id "
        "WHERE o.person_id <> a.by_person_id OR EXISTS (SELECT 1 FROM recusal r "
        "WHERE r.case_id = a.case_id AND r.person_id = a.by_person_id AND r.declared_at < a.at)"
    )
WITHOUT_ENTRY = {
    table: (
        f"SELECT 1 FROM {table} a WHERE a.at >= :since AND NOT EXISTS (SELECT 1 FROM audit_entry e "
        f"WHERE e.action = '{action}' AND e.case_id = a.case_id AND e.actor_id = a.by_id "
        "AND e.at = a.at)"
    )
    for table, action in ENTRIES.items()
}
COUNTS = {
    table: (
        f'SELECT (SELECT count(*) FROM "{table}") - '
        f"(SELECT count(*) FROM audit_entry WHERE action = '{action}')"
    )
    for table, action in {**ENTRIES, **OTHER_ENTRIES}.items()
}


def one_query(parts: dict[str, str]) -> str:
    """The names of those parts that find a row."""
    rows = [f"SELECT '{name}' AS told WHERE EXISTS ({part})" for name, part in parts.items()]
    return " UNION ALL ".join(rows)
