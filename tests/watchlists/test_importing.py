from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.errors import StaleVersion
from casework.screening.actions import watchlist_rows, watchlists
from casework.screening.queries import watchlists as queries
from casework.screening.watchlists.entry import ListRefused
from models import (
    AuditDetail,
    AuditEntry,
    GramCount,
    NameGram,
    WatchlistEdition,
    WatchlistEntry,
    WatchlistName,
)
from tests.factories import make_officer
from tests.watchlists import samples
from tests.watchlists.conftest import Import
from tests.watchlists.samples import company, csl

EL = "bis-entity-list"
FIRST = csl(company(1), company(2), company(3))
SECOND = csl(company(1), company(2, alt_names="Heron Works", remarks="Moved"), company(4))


def standing(db: Session, source: str = EL) -> dict[str, str]:
    rows = db.scalars(
        sa.select(WatchlistEntry).where(
            WatchlistEntry.source == source, WatchlistEntry.ended.is_(None)
        )
    )
    return {row.entry_id: row.content_sha256 for row in rows}


def counted(db: Session, table: Any) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_an_edition_comes_into_force_with_names_grams_and_its_entry_in_the_log(
    db: Session, bring: Import
):
    told = bring(EL, {"el.csv": FIRST})
    assert (told.number, told.entries, told.names, told.repeated) == (1, 3, 3, False)
    assert db.info["progress"][-1] == "Edition 1 is in force"
    assert len(standing(db)) == 3
    for name in db.scalars(sa.select(WatchlistName)):
        grams = db.scalars(sa.select(NameGram.gram).where(NameGram.name_id == name.id)).all()
        assert len(grams) == name.grams > 0
    counts = dict(map(tuple, db.execute(sa.select(GramCount.gram, GramCount.count))))
    assert max(counts.values()) == 3
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "watchlist.import")).one()
    assert (entry.object, entry.actor_id) == (f"watchlist:{EL}/1", None)
    detail = db.get_one(AuditDetail, entry.seq).detail
    assert detail["changes"] == {"added": 3, "changed": 0, "removed": 0}


def test_a_second_edition_stores_only_what_differs(db: Session, bring: Import):
    bring(EL, {"el.csv": FIRST})
    before = standing(db)
    told = bring(EL, {"el.csv": SECOND})
    after = standing(db)
    assert (told.number, sorted(after)) == (2, ["id1", "id2", "id4"])
    assert before["id1"] == after["id1"]
    assert before["id2"] != after["id2"]
    assert counted(db, WatchlistEntry) == 5
    ended = db.scalars(sa.select(WatchlistEntry.entry_id).where(WatchlistEntry.ended == 2)).all()
    assert sorted(ended) == ["id2", "id3"]
    edition = queries.in_force(db)[EL]
    assert (edition.added, edition.changed, edition.removed) == (1, 1, 1)


def test_names_of_entries_that_ended_are_found_no_more(db: Session, bring: Import):
    bring(EL, {"el.csv": FIRST})
    bring(EL, {"el.csv": SECOND})
    indexed = (
        sa.select(WatchlistEntry.entry_id)
        .join(WatchlistName, WatchlistName.entry_pk == WatchlistEntry.id)
        .join(NameGram, NameGram.name_id == WatchlistName.id)
        .distinct()
    )
    found = db.scalars(indexed.where(WatchlistEntry.ended.is_not(None))).all()
    assert found == []
    again = sa.select(NameGram.gram, sa.func.count()).group_by(NameGram.gram)
    counts = db.execute(sa.select(GramCount.gram, GramCount.count))
    assert dict(map(tuple, counts)) == dict(map(tuple, db.execute(again)))


def test_differences_of_any_two_editions_field_by_field(db: Session, bring: Import):
    for content in (FIRST, SECOND, csl(company(2), company(4))):
        bring(EL, {"el.csv": content})
    found = queries.differences(db, EL, 1, 2)
    assert found.counts == {"added": 1, "changed": 1, "removed": 1}
    words = {row.entry_id: row.word for row in found.rows}
    assert words == {"id2": "changed", "id3": "removed", "id4": "added"}
    changed = {change.field: change for change in found.rows[0].changes}
    assert changed["Remarks"].come == ("Moved",)
    assert any("Heron Works" in line for line in changed["Names"].come)
    # The second entry is as it was at first again, though stored anew.
    over = {row.entry_id: row.word for row in queries.differences(db, EL, 1, 3).rows}
    assert over == {"id1": "removed", "id3": "removed", "id4": "added"}
    assert queries.differences(db, EL, 2, 2).rows == []


def test_differences_are_read_in_pages(db: Session, bring: Import, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    bring(EL, {"el.csv": FIRST})
    bring(EL, {"el.csv": csl(*map(company, range(4, 9)))})
    seen, after = [], ""
    while True:
        page = queries.differences(db, EL, 1, 2, after=after)
        seen += [row.entry_id for row in page.rows]
        after = page.following
        if not after:
            break
    assert seen == [f"id{number}" for number in range(1, 9)]


@pytest.mark.parametrize("earlier", [False, True], ids=["in force", "an earlier edition"])
def test_the_same_bytes_change_nothing(db: Session, bring: Import, earlier):
    first = bring(EL, {"el.csv": FIRST})
    if earlier:
        bring(EL, {"el.csv": SECOND})
    before = (standing(db), counted(db, WatchlistEdition), counted(db, AuditEntry))
    again = bring(EL, {"renamed.csv": FIRST})
    assert (again.repeated, again.edition_id) == (True, first.edition_id)
    assert (standing(db), counted(db, WatchlistEdition), counted(db, AuditEntry)) == before


def test_rows_set_aside_are_kept_with_their_reason(db: Session, bring: Import):
    rows = [company(number) for number in range(1, 9)]
    told = bring(EL, {"el.csv": csl(*rows) + b'"only two","cells"\r\n'})
    (reject,) = queries.all_rejects(db, told.edition_id)
    assert (reject.file, reject.row) == ("el.csv", 10)
    assert reject.raw == '"only two","cells"\r\n'
    assert queries.in_force(db)[EL].rejected == 1


def test_two_rows_under_one_key_are_both_kept_and_an_echo_is_set_aside(db: Session, bring: Import):
    told = bring(EL, {"el.csv": csl(company(1), company(1, remarks="Other"), company(2), company(3),
                                    company(4), company(1))})  # fmt: skip
    assert sorted(standing(db)) == ["id1", "id1~2", "id2", "id3", "id4"]
    (reject,) = queries.all_rejects(db, told.edition_id)
    assert reject.reason == "repeats the entry id1 word for word"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"bad.csv": csl(company(1)) + b'"x","y"\r\n'}, "1 of the 2 rows cannot be read"),
        ({"bad.csv": csl()}, "holds no entry"),
        ({"bad.csv": FIRST[:400] + b"\n" + b'"z\n' * 40}, "rows cannot be read"),
        ({"bad.csv": samples.un(samples.person("a", "B"))}, "this is XML"),
        ({"bad.csv": csl(company(1)), "two.csv": csl(company(2))}, "one file alone"),
        ({}, "at least one file"),
    ],
)
def test_what_is_refused_leaves_the_edition_before_in_force(
    db: Session, bring: Import, files, reason
):
    bring(EL, {"el.csv": FIRST})
    before = (standing(db), counted(db, WatchlistEdition), counted(db, AuditEntry))
    with pytest.raises(ListRefused, match=reason):
        bring(EL, files)
    assert (standing(db), counted(db, WatchlistEdition), counted(db, AuditEntry)) == before


@pytest.mark.parametrize("step", ["end_entries", "store_entries", "store_rejects", "count_grams"])
def test_a_crash_in_the_middle_leaves_the_edition_before_in_force(
    db: Session, bring: Import, monkeypatch, step
):
    bring(EL, {"el.csv": FIRST})
    before = (standing(db), counted(db, NameGram), counted(db, GramCount))
    work = getattr(watchlist_rows, step)

    def crash(*arguments: Any) -> None:
        work(*arguments)
        raise OSError("the disk is full")

    monkeypatch.setattr(watchlist_rows, step, crash)
    with pytest.raises(OSError, match="disk"):
        bring(EL, {"el.csv": SECOND})
    assert (standing(db), counted(db, NameGram), counted(db, GramCount)) == before
    assert queries.newest_number(db, EL) == 1
    monkeypatch.undo()
    assert bring(EL, {"el.csv": SECOND}).number == 2


def test_an_import_overtaken_by_another_gives_way(db: Session, bring: Import, monkeypatch):
    read = watchlists.stage

    def overtaken(*arguments: Any) -> Any:
        monkeypatch.setattr(watchlists, "stage", read)
        bring(EL, {"el.csv": SECOND})
        return read(*arguments)

    monkeypatch.setattr(watchlists, "stage", overtaken)
    with pytest.raises(StaleVersion):
        bring(EL, {"el.csv": FIRST})
    assert queries.newest_number(db, EL) == 1


def test_the_date_of_an_edition(db: Session, bring: Import):
    bring("un-consolidated", {"un.xml": samples.un(samples.person("a", "B"))})
    bring(EL, {"el.csv": FIRST})
    bring(EL, {"el.csv": SECOND}, dated_on=date(2026, 7, 1))
    dates = [(row.label, row.dated_on) for row in queries.editions(db, EL)]
    assert dates == [("2026-07-01", date(2026, 7, 1)), ("2026-11-24", None)]
    assert queries.in_force(db)["un-consolidated"].dated_on == date(2026, 2, 27)


def test_who_handed_it_in_is_kept(db: Session, bring: Import):
    officer = make_officer(db, "analyst")
    bring(EL, {"el.csv": FIRST}, by=officer.id)
    assert queries.in_force(db)[EL].imported_by_id == officer.id
    entry = db.scalars(sa.select(AuditEntry).where(AuditEntry.action == "watchlist.import")).one()
    assert entry.actor_id == officer.id


def test_companions_that_are_missing_are_told(bring: Import):
    told = bring("ofac-sdn", {"sdn.csv": samples.main(1, "X").encode()})
    assert told.missing == ("aliases", "addresses", "comments")
