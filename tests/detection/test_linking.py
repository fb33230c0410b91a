import pytest

from casework.evidence.analysis.parameters import shipped
from tests.detection.clusters import acting_together, names, signs_of, table
from tests.detection.people import (
    campaign,
    household_of_a_hired_address,
    population,
    relayed,
)

KINDS = {"stranger", "office", "undeclared office", "reseller", "course", "university", "agent"}


def test_every_account_of_a_campaign_is_found_and_nobody_else(everybody):
    assert acting_together(everybody) == names(campaign())


@pytest.mark.parametrize("kind", sorted({*KINDS, "family"}))
def test_an_everyday_group_shows_no_two_signs(everybody, kind):
    everyone = [*population(), *household_of_a_hired_address()]
    group = names(account for account in everyone if account.kind == kind)

    assert group
    assert not group & acting_together(everybody)


@pytest.mark.parametrize("kind", ["office", "reseller", "course", "agent"])
def test_an_everyday_group_is_a_cluster_all_the_same_so_that_it_was_judged(everybody, kind):
    assert signs_of(everybody, kind)


def test_a_campaign_is_found_by_near_prompts_when_each_account_has_its_own_wording(linked):
    con = linked([*population(), *campaign(reworded=True)])

    assert acting_together(con) == names(campaign())


def test_relayed_end_users_are_in_no_cluster(linked):
    con = linked([*population(), *relayed()])

    assert acting_together(con) == set()
    assert not con.execute(
        "select account_id from member join account using (a) where account_id like '%relayed%'"
    ).fetchall()


@pytest.mark.parametrize(
    "without",
    [{"ip"}, {"payment_fp"}, {"template_hash"}, {"sim_hi", "sim_lo"}, {"country"}, {"org_id"}],
    ids=lambda columns: " and ".join(sorted(columns)),
)
def test_a_missing_column_costs_no_innocent_account(linked, without):
    con = linked([*population(), *campaign()], without=frozenset(without))

    assert acting_together(con) <= names(campaign())


def test_a_sign_whose_column_is_missing_says_so(linked):
    con = linked([*population(), *campaign()], without=frozenset({"country"}))

    told = con.execute("select distinct id, missing from coordination order by id").fetchall()

    assert told == [
        ("begun_together", None),
        ("clock", "country"),
        ("even_volume", None),
        ("own_ground", None),
        ("several_countries", "country"),
    ]


def test_a_log_without_anything_to_share_has_no_cluster(linked):
    bare = {"ip", "payment_fp", "template_hash", "sim_hi", "sim_lo"}
    con = linked([*population(), *campaign()], without=frozenset(bare))

    assert [table(con, name) for name in ("member", "tie", "apart", "coordination")] == [[]] * 4


def test_a_log_of_one_account_is_linked_to_nothing(linked):
    con = linked(relayed(number=1))

    assert table(con, "member") == []


def test_public_prompts_tie_nobody(linked):
    prompts = frozenset(f"agent-{i}" for i in range(30))
    con = linked(population(), without=frozenset({"sim_hi", "sim_lo"}), public=prompts)

    assert not con.execute("select v from indicator where starts_with(v, 'agent-')").fetchall()
    assert signs_of(con, "agent") == {}


def test_the_same_log_has_the_same_members_whatever_the_number_of_threads(linked):
    accounts = [*population(), *campaign(reworded=True)]
    told = [
        [table(con, name) for name in ("member", "tie", "apart", "coordination", "focus")]
        for con in (linked(accounts, threads=threads) for threads in (1, 2, 4))
    ]

    assert told[0] == told[1] == told[2]


def test_every_member_has_a_tie_that_names_what_holds_it(everybody):
    bare = everybody.execute("select a from member where a not in (select a from tie)").fetchall()
    kinds = {row[0] for row in everybody.execute("select distinct kind from tie").fetchall()}

    assert bare == []
    assert kinds <= {"address", "payment", "template", "near_template"}


def test_a_household_on_a_hired_address_is_set_apart_and_not_counted(everybody):
    kinds = everybody.execute(
        "select kind from apart join account using (a) where account_id = 'acc-family-0'"
    ).fetchall()

    assert kinds == [("address",)]


def test_clusters_are_numbered_by_size_and_then_by_their_first_account(everybody):
    found = everybody.execute(
        "select c, count(*), min(a) from member group by c order by c"
    ).fetchall()

    assert [row[0] for row in found] == list(range(1, len(found) + 1))
    assert [row[1:] for row in found] == sorted(
        (row[1:] for row in found), key=lambda r: (-r[0], r[1])
    )
    assert found[-1][1] >= shipped().members.smallest


def test_a_campaign_is_aimed_at_more_than_random_groups_are(everybody):
    shown = everybody.execute(
        "select any_value(focus.shown), any_value(value) > any_value(chance) from focus"
        " join member using (c) join account using (a) where account_id like 'acc-campaign%'"
    ).fetchall()

    assert shown == [(True, True)]
