"""One object of everything that an address can name: a case of ours, and one that is hidden."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from casework.access import Role
from casework.audit.checkpoints import SIGNER, mark_growth
from casework.calendar.actions import new_feed
from casework.people.actions.accounts import invite
from models import (
    Case,
    CaseSubject,
    Determination,
    Draft,
    Entity,
    Incident,
    Officer,
    Recommendation,
    Recusal,
    SavedView,
    Task,
)
from tests.architecture import holdings
from tests.architecture.log_holdings import CLUSTER, log_in
from tests.architecture.measure_holdings import measures_in
from tests.architecture.screening_holdings import raised
from tests.factories import (
    AT,
    TEXT_VERSION,
    make_case,
    make_entity,
    make_incident,
    make_officer,
    make_organization,
)

# Values of arguments that name no row; a rule of its own may need another.
WORDS: dict[str, Any] = {
    "docket_report": "R1",
    "docket_passage": "detection",
    "case_report": "R6",
    "case_passage": "alternatives",
    "text_version": TEXT_VERSION,
    "to_version": "paipa_pl117_336",
    "element_id": "OW1",
    "provision_id": "1",
    "element": "OW1",
    "measure": "entity_list",
    "question": "add",
    "source": "csl",
    "number": 1,
    "cluster_name": CLUSTER,
    "entry_number": 0,
    "step": "consult",
    "kind": "names",
    "agency": "STATE",
    "digest": "0" * 64,
    "file_format": "ftm",
    "form": "exhibit",
    "subject": "somewhere",
    "active": "0",
    "name": "PublicSans.ttf",
    "filename": "img/docket.svg",
}
KIND_OF = {"cases.record": "consultation", "cases.put_record": "consultation"}
# Pages about one subject of a case, which the query names.
ASK_FOR_SUBJECT = {
    "determinations.prepare",
    "determinations.sign",
    "findings.purpose",
    "findings.state_purpose",
    "listing.prepare",
    "listing.propose",
    "motions.move",
    "motions.new",
}
FACT_OF_RELATION = {"entities.relation_correction", "entities.correct_relation"}


class World:
    """Every officer with rights on cases is a member of the own case and recused from the hidden
    one; both cases hold the same things. Reports: one of the reporter's own, one of another owner.
    """

    def __init__(self, app: Flask, db: Session) -> None:
        self._app, self._db = app, db
        self.officers = {role: self._officer(role) for role in Role}
        self.lead = self.officers[Role.CASE_OFFICER]
        self.draft_key, self.view_id, self.upload_id = uuid4(), {}, {}
        for officer in self.officers.values():
            self._desk_of(officer)
        self.own = self._values(self.officers[Role.REPORTER], hidden=False)
        self.hidden = self._values(self._other_reporter(), hidden=True)
        self.feed = new_feed(db, self.lead, at=AT)
        holdings.list_edition(db, WORDS["source"])
        self.token = invite(db, make_officer(db, "analyst"), by=None, at=AT)
        db.info[SIGNER] = app.extensions["audit_signer"]
        mark_growth(db, at=AT)
        db.commit()

    def url(self, endpoint: str, values: dict[str, Any], role: Role | None) -> str:
        """The address of the endpoint among `values`, with the role's own saved things."""
        own = {
            "kind": KIND_OF.get(endpoint, WORDS["kind"]),
            "fact_id": values["relation_id" if endpoint in FACT_OF_RELATION else "name_id"],
            "key": self.draft_key,
            "view_id": self.view_id.get(role, uuid4()),
            "upload_id": self.upload_id.get((role, values["case_ref"]), uuid4()),
            "officer_id": self.officers[Role.ANALYST].id,
            "token": self.feed if endpoint == "calendar.read_feed" else self.token,
        }
        rule = next(self._app.url_map.iter_rules(endpoint))
        chosen = {**WORDS, **values, **own}
        with self._app.test_request_context():
            adapter = self._app.url_map.bind("")
            url = adapter.build(endpoint, {name: chosen[name] for name in rule.arguments})
        return f"{url}?subject={values['entity_id']}" if endpoint in ASK_FOR_SUBJECT else url

    def fields(self, endpoint: str) -> dict[str, str]:
        """What a form must carry to reach its object; its proper fields stay empty."""
        return {"submission_key": str(self.draft_key)} if endpoint == "incidents.submit" else {}

    def _officer(self, role: Role) -> Officer:
        return make_officer(
            self._db, role, agency="STATE" if role is Role.AGENCY_DELEGATE else None
        )

    def _other_reporter(self) -> Officer:
        owner = make_organization(self._db, "Second Owner of Models")
        return make_officer(self._db, Role.REPORTER, organization=owner)

    def _desk_of(self, officer: Officer) -> None:
        view = SavedView(
            officer_id=officer.id, area="incidents", name="Mine", query="", created_at=AT
        )
        draft = Draft(
            officer_id=officer.id,
            form="incident",
            subject=str(self.draft_key),
            data={"title": ["Begun"]},
            saved_at=AT,
        )
        self._db.add_all([view, draft])
        self._db.flush()
        self.view_id[Role(next(iter(officer.roles)))] = view.id

    def _values(self, reporter: Officer, *, hidden: bool) -> dict[str, Any]:
        db, store = self._db, self._app.extensions["blobs"]
        lead = make_officer(db, Role.CASE_OFFICER) if hidden else self.lead
        entity, other = make_entity(db, lead), make_entity(db, lead, f"Other of {lead.name}")
        incident = make_incident(db, reporter, parties=[(entity, "operator")])
        case = self._case(lead, [incident, make_incident(db, lead)], entity, hidden=hidden)
        holdings.act_in(db, case, lead, entity)
        for role in (Role.CASE_OFFICER, Role.ANALYST):
            key = holdings.upload(db, case, self.officers[role])
            self.upload_id[role, case.reference] = key
        return {
            "case_ref": case.reference,
            "incident_ref": incident.reference,
            "reference": incident.reference,
            "entity_id": entity.id,
            "other_id": other.id,
            "name_id": holdings.second_name(db, entity),
            "relation_id": holdings.relation(db, entity, other),
            "merge_id": holdings.merge(
                db, entity, make_entity(db, lead, f"Twin of {lead.name}"), lead
            ),
            "exhibit_number": holdings.exhibit(db, store, case, lead).number,
            "packet_number": holdings.packet(db, store, case, lead).number,
            "report_id": holdings.report(db, store, case, lead).id,
            "marking_id": holdings.marking_of_exhibit(db, case),
            "notice_id": holdings.notice(db, case, incident, lead),
            "subject_id": self._key(CaseSubject, case),
            "task_id": self._key(Task, case),
            **holdings.kept_in(db, case, lead, entity),
            "recommendation_id": self._key(Recommendation, case),
            "determination_id": self._key(Determination, case),
            **measures_in(db, case, lead, entity),
            **holdings.vote(db, case, entity),
            **holdings.listed(db, case, lead, entity),
            "entry_id": holdings.public_entry(db, lead, other),
            **raised(db, entity),
            **log_in(db, store, case, lead),
        }

    def _case(
        self, lead: Officer, incidents: list[Incident], entity: Entity, *, hidden: bool
    ) -> Case:
        readers = [
            officer
            for role, officer in self.officers.items()
            if role not in {Role.REPORTER, Role.AUDITOR, Role.ADMINISTRATOR}
        ]
        case = make_case(
            self._db,
            lead,
            incidents=incidents,
            subjects=[entity],
            members=[] if hidden else readers,
            stage="S2",
        )
        for officer in readers if hidden else ():
            self._db.add(
                Recusal(
                    case_id=case.id,
                    person_id=officer.person_id,
                    reason="invented for the test",
                    declared_by_id=officer.id,
                    declared_at=AT,
                )
            )
        return case

    def _key(self, table: Any, case: Case) -> UUID:
        key: UUID = self._db.query(table.id).where(table.case_id == case.id).scalar()
        return key
