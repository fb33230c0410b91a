"""With a guard of the product switched off, the walks notice: each of these would fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from casework import audit
from casework.committee.actions import ballots, motions
from casework.decisions.actions import determinations, recommendations
from casework.findings import actions as findings
from casework.listing import gates, rules
from casework.listing.actions import publication
from casework.listing.queries import subjects
from casework.petitions import actions as petitions
from casework.workflow import engine
from casework.workflow import votes as counting
from casework.workflow.actions import cases, coordination, team
from casework.workflow.queries import cases as case_queries
from models import (
    ListProposal,
    Motion,
    MotionClosing,
    OwnerPermission,
    Petition,
    Recommendation,
)
from tests.whole_path import acts_early as early
from tests.whole_path import acts_late as late
from tests.whole_path import acts_votes as votes
from tests.whole_path.browsing import look_as
from tests.whole_path.desk import Desk
from tests.whole_path.invariants import check
from tests.whole_path.leading import Rows, go_on
from tests.whole_path.preparing import bring
from tests.whole_path.storage import Prepared
from tests.whole_path.switching import switch_off

Deed = Callable[[Desk, str], Any]


def newest(desk: Desk, ref: str, table: Any) -> Any:
    return Rows(desk, ref).all(table)[-1].id


def publish_by_the_preparer(desk: Desk, ref: str) -> None:
    late.propose(desk, "records", ref, desk.docket(ref).subjects["attacker"])
    late.publish(desk, "records_again", ref, newest(desk, ref, ListProposal))


def publish_without_permission(desk: Desk, ref: str) -> None:
    late.revoke(desk, "records", ref, newest(desk, ref, OwnerPermission))
    late.propose(desk, "records", ref, desk.docket(ref).subjects["attacker"])
    late.publish(desk, "publisher", ref, newest(desk, ref, ListProposal))


def publish_other_words(desk: Desk, ref: str) -> None:
    late.propose(desk, "records", ref, desk.docket(ref).subjects["attacker"])
    late.publish(desk, "publisher", ref, newest(desk, ref, ListProposal), stale=True)


def list_a_provider(desk: Desk, ref: str) -> None:
    subject = desk.docket(ref).subjects["provider"]
    early.note(desk, "analyst", ref, "last_attack", str(subject), ago=30)
    late.recommend(desk, "lead", ref, "attackers_list", subject)
    late.decide(desk, "reader", ref, newest(desk, ref, Recommendation))
    bring(desk, ref, "S10")
    late.propose(desk, "records", ref, subject)
    if Rows(desk, ref).all(ListProposal):
        late.publish(desk, "publisher", ref, newest(desk, ref, ListProposal))


def vote_without_a_seat(desk: Desk, ref: str) -> None:
    early.ask(desk, "lead", ref, "TREASURY_OFAC")
    votes.cast(desk, "treasury", ref, newest(desk, ref, Motion), "yes")


def vote_twice_unseen(desk: Desk, ref: str) -> None:
    for _ in range(2):
        votes.cast(desk, "state", ref, newest(desk, ref, Motion), "yes", unseen=1)


def vote_after_a_recusal(desk: Desk, ref: str) -> None:
    early.recuse(desk, "lead", ref, "energy")
    votes.cast(desk, "energy", ref, newest(desk, ref, Motion), "yes", late=True)


def close_early(desk: Desk, ref: str) -> None:
    votes.close(desk, "chair", ref, newest(desk, ref, Motion))


def miscount(desk: Desk, ref: str) -> None:
    while not Rows(desk, ref).all(MotionClosing):
        assert go_on(desk, ref), desk.why


def answer_a_petition_on_the_own_work(desk: Desk, ref: str) -> None:
    late.answer(desk, "signer", ref, newest(desk, ref, Petition), "deny")


def look_after_a_recusal(desk: Desk, ref: str) -> None:
    early.recuse(desk, "lead", ref, "analyst")
    look_as(desk, "analyst", ref, within=False)


def look_as_the_other_account(desk: Desk, ref: str) -> None:
    """Treasury's account is of the person who speaks for Energy."""
    early.ask(desk, "lead", ref, "TREASURY_OFAC")
    early.recuse(desk, "lead", ref, "energy")
    look_as(desk, "treasury", ref, within=False)


def sign_what_one_wrote(desk: Desk, ref: str) -> None:
    late.recommend(desk, "lead", ref, "entity_list", desk.docket(ref).subjects["both"])
    late.sign(desk, "lead_again", ref, desk.docket(ref).subjects["both"], "identify_mea")


def decide_on_the_own_draft(desk: Desk, ref: str) -> None:
    late.recommend(desk, "lead", ref, "entity_list", desk.docket(ref).subjects["attacker"])
    late.recommend(desk, "lead", ref, "attackers_list", desk.docket(ref).subjects["provider"])
    late.decide(desk, "lead_again", ref, newest(desk, ref, Recommendation))


def read_what_one_wrote(desk: Desk, ref: str) -> None:
    early.write(desk, "analyst", ref, "OW1", None, "met")
    early.write(desk, "lead", ref, "OW1", None, "met")
    early.read(desk, "lead_again", ref, "OW1", None)


def write_on_a_stale_page(desk: Desk, ref: str) -> None:
    early.write(desk, "analyst", ref, "OW1", None, "met", stale=1)


def take_a_position_unlogged(desk: Desk, ref: str) -> None:
    early.take_position(desk, "state", ref)


def write_unlogged(desk: Desk, ref: str) -> None:
    early.write(desk, "analyst", ref, "OW1", None, "met")


def leap(desk: Desk, ref: str) -> None:
    early.advance(desk, "chair", ref, "S12", "propose_blocking")


def move_a_stage_though_recused(desk: Desk, ref: str) -> None:
    early.recuse(desk, "lead", ref, "reader")
    early.advance(desk, "reader", ref, "S4", "reopen", late=True)


def stay_a_member(desk: Desk, ref: str) -> None:
    early.recuse(desk, "lead", ref, "reader")


@dataclass(frozen=True, slots=True)
class Mutant:
    """The deed that does harm once lines of functions (module, name, line, what stands in its
    place) are changed, and the case it is done in: 0 and 1 of the database where walks begin, 3
    the first one further on.
    """

    deed: Deed
    where: int
    switches: tuple[tuple[Any, str, str, str], ...]


def one(deed: Deed, where: int, module: Any, name: str, old: str, new: str = "") -> Mutant:
    return Mutant(deed, where, ((module, name, old, new),))


UNLOGGED = "(lambda *a, **k: None)("
MUTANTS = {
    "four eyes in publication": one(
        publish_by_the_preparer, 0, publication, "publish",
        "proposal.by_person_id == by.person_id", "False"),
    "permission gate": one(
        publish_without_permission, 0, gates, "gates", "        _permitted(desk, pack),\n"),
    "hash of the entry": one(
        publish_other_words, 0, publication, "_refuse_stale",
        "proposal.content_sha256 != content_sha256", "False"),
    # Four guards keep a provider of accounts off the list; one alone holds.
    "attackers only": Mutant(list_a_provider, 1, (
        (subjects, "_listable", "pack.determinations[newest.kind].listable", "True"),
        (rules, "conditions",
         'candidate.conclusions.get("model_extraction_attack") == "met"', "True"),
        (gates, "_unmet", "not holds(row, facts, pack)", "False"))),
    "seat in the committee": one(
        vote_without_a_seat, 3, ballots, "refuse_member",
        "or by.agency not in members_of(case, motion)"),
    "a colleague's ballot": one(
        vote_twice_unseen, 3, ballots, "cast", "len(own_ballots(motion, by)) != expected", "False"),
    "recusal in every act": one(
        vote_after_a_recusal, 3, findings, "hold", "is_recused(session, case, by)", "False"),
    "day of the vote": one(
        close_early, 3, motions, "close", "not may_close(case, motion, on)", "False"),
    "count of the vote": one(
        miscount, 3, counting, "_outcome", "2 * yes > base", "2 * yes < base"),
    "others answer petitions": one(
        answer_a_petition_on_the_own_work, 3, petitions, "answer_petition",
        "acts := part_taken(session, petition, by)", "acts := []"),
    "recusal in what is visible": one(
        look_as_the_other_account, 0, case_queries, "visible_to", ", Case.id.not_in(recused)"),
    "others sign": one(
        sign_what_one_wrote, 1, determinations, "_refuse_signature",
        "acts := queries.acts_of_person(session, case, entity, by)", "acts := []"),
    "others approve": one(
        decide_on_the_own_draft, 0, recommendations, "decide_recommendation",
        "recommendation.by_person_id == by.person_id", "False"),
    "others read": one(
        read_what_one_wrote, 1, findings, "_refuse_reading",
        "finding.by_person_id == by.person_id", "False"),
    "revision of an answer": one(
        write_on_a_stale_page, 1, findings, "write_finding",
        "latest != expected_revision", "False"),
    "entry in the log": one(write_unlogged, 1, findings, "log", "audit.record(", UNLOGGED),
    "entry in the log of positions": one(
        take_a_position_unlogged, 1, coordination, "_put_position", "audit.record(", UNLOGGED),
    "link of the log": one(
        write_unlogged, 1, audit, "record", '"prev": head.last_hash.hex()', '"prev": "00" * 32'),
    "guards of the roads": one(
        leap, 0, engine, "_stops", "if not holds(each, facts, pack)", "if False"),
    "recusal at the stages": one(
        move_a_stage_though_recused, 1, cases, "advance_case",
        "    refuse_recused(session, case, by)\n"),
    "end of the membership": one(
        stay_a_member, 1, team, "recuse", "    _take_out(session, case, officer)\n"),
}  # fmt: skip


@pytest.mark.parametrize("guard", MUTANTS)
def test_a_guard_that_is_switched_off_is_noticed(prepared, monkeypatch, guard):
    mutant = MUTANTS[guard]
    do(prepared, mutant)

    for switch in mutant.switches:
        switch_off(monkeypatch, *switch)

    with pytest.raises(AssertionError):
        do(prepared, mutant)


def do(prepared: Prepared, mutant: Mutant) -> None:
    with prepared.desk(far=mutant.where == 3) as desk:
        mutant.deed(desk, list(desk.ledger.dockets)[mutant.where % 3])
        check(desk, whole=True)
