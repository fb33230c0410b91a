"""Signed checkpoints of the log, and the proofs that outsiders check."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import zipfile

import pytest
import sqlalchemy as sa

from casework import audit
from casework.audit import checkpoints, merkle, tree
from casework.audit.bundle import bundle
from casework.audit.checkpoints import SIGNER, LogBroken, compare, mark_growth, newest
from casework.audit.note import NoteRefused, Signer, open_note, read
from casework.audit.proofs import NotSigned, details_of_case, proof_of, proofs_of_case
from casework.audit.verification import verify
from models import AuditCheckpoint, AuditEntry, AuditNode
from tests.factories import AT, make_case, make_officer

SIGNED_BY = Signer("docket.example.gov/audit", bytes(range(32)))
OTHER = Signer("docket.example.gov/audit", bytes(32))


@pytest.fixture
def signed(db):
    db.info[SIGNER] = SIGNED_BY
    return db


def grow(db, count, action="drill", case=None):
    for number in range(count):
        audit.record(db, None, action, f"log:{number}", at=AT, case=case, number=number)


def leaves(db):
    return list(db.scalars(sa.select(AuditEntry.hash).order_by(AuditEntry.seq)))


@pytest.mark.parametrize("width", [2, 4, 256])
@pytest.mark.parametrize("count", [1, 5, 16, 21])
def test_the_stored_tree_has_the_root_and_the_proofs_of_all_its_leaves(
    signed, monkeypatch, width, count
):
    monkeypatch.setattr(tree, "WIDTH", width)
    monkeypatch.setattr(tree, "STEP", width.bit_length() - 1)
    grow(signed, count)
    edge = merkle.Frontier()
    for leaf in leaves(signed):
        edge.append(leaf)

    stored = tree.StoredTree(signed, count)

    assert stored.root() == edge.root()
    for index, leaf in enumerate(leaves(signed)):
        assert merkle.includes(
            leaf, index, count, merkle.inclusion(index, count, stored), edge.root()
        )


@pytest.mark.parametrize("action", sorted(checkpoints.OCCASIONS))
def test_an_act_of_weight_is_followed_by_a_checkpoint(signed, action):
    grow(signed, 2)
    assert newest(signed) is None

    grow(signed, 1, action)

    row = newest(signed)
    told = open_note(row.note, SIGNED_BY.vkey)
    assert (row.size, row.occasion, told.size, told.root) == (3, action, 3, row.root)


def test_other_acts_are_signed_by_schedule_once_the_log_has_grown(signed):
    grow(signed, 2)

    assert mark_growth(signed, at=AT)
    assert not mark_growth(signed, at=AT)
    assert newest(signed).occasion == "schedule"


def test_without_the_key_nothing_is_signed(db):
    db.info.pop(SIGNER, None)
    grow(db, 1, "packet.issue")

    assert newest(db) is None
    assert not mark_growth(db, at=AT)


def test_nothing_is_signed_over_a_log_that_does_not_continue_the_last_checkpoint(signed):
    grow(signed, 3, "packet.issue")
    signed.add(AuditCheckpoint(size=90, root=bytes(32), note="", occasion="forged", at=AT))
    signed.flush()

    with pytest.raises(LogBroken, match="does not continue its checkpoint of 90 entries"):
        grow(signed, 1, "packet.issue")


def test_the_walk_compares_nodes_and_checkpoints(signed):
    grow(signed, 257, "drill")
    grow(signed, 1, "packet.issue")

    found = verify(signed, SIGNED_BY.vkey)

    assert (found.ok, found.size) == (True, 258)
    assert found.root == newest(signed).root.hex()
    assert signed.scalar(sa.select(sa.func.count()).select_from(AuditNode)) == 1


NOT_OURS = "no signature on it was made with the key of this log"
FALSE = {
    "a checkpoint over other entries": (
        AuditCheckpoint(size=2, root=b"x" * 32, note=SIGNED_BY.sign(2, b"x" * 32), occasion="",
                        at=AT),
        "the checkpoint after it was signed over other entries",
    ),
    "a checkpoint that another key signed": (
        AuditCheckpoint(size=2, root=b"x" * 32, note=OTHER.sign(2, b"x" * 32), occasion="", at=AT),
        f"the checkpoint after it does not hold: {NOT_OURS}",
    ),
    "a checkpoint of entries that are gone": (
        AuditCheckpoint(size=9, root=b"x" * 32, note="", occasion="", at=AT),
        "a checkpoint of 9 entries was signed, and there are fewer",
    ),
    "a node over nothing": (
        AuditNode(level=8, index=7, hash=b"x" * 32),
        "a node of the tree covers entries that are not there",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FALSE)
def test_the_walk_says_what_is_false(signed, case):
    row, reason = FALSE[case]
    grow(signed, 3)
    signed.add(type(row)(**{c.key: getattr(row, c.key) for c in sa.inspect(type(row)).columns}))
    signed.flush()

    assert verify(signed, SIGNED_BY.vkey).reason == reason


def test_a_kept_checkpoint_is_held_against_the_log(signed):
    grow(signed, 4, "packet.issue")
    kept = signed.get(AuditCheckpoint, 2).note

    assert compare(signed, kept, SIGNED_BY.vkey).reason == ""
    other = SIGNED_BY.sign(3, b"y" * 32)
    assert "first 3 entries are not those" in compare(signed, other, SIGNED_BY.vkey).reason
    later = SIGNED_BY.sign(9, b"y" * 32)
    assert "has 4 entries, fewer than the 9" in compare(signed, later, SIGNED_BY.vkey).reason


BAD_NOTES = {
    "": "no signature",
    "nothing": "no signature",
    SIGNED_BY.sign(3, b"r" * 32).replace("\n3\n", "\n4\n"): "no signature",
    SIGNED_BY.sign(3, b"r" * 32)[:-8] + "\n": "no signature",
    OTHER.sign(3, b"r" * 32): "no signature",
}


@pytest.mark.parametrize("note", BAD_NOTES)
def test_a_note_that_the_key_did_not_sign_is_refused(note):
    with pytest.raises(NoteRefused, match=BAD_NOTES[note]):
        open_note(note, SIGNED_BY.vkey)


@pytest.mark.parametrize(
    "body", ["a\nb", "a\n01\nAA==", "a\n-1\nAA==", "a\n3\nnot base64", "\n1\nx"]
)
def test_text_that_is_no_checkpoint_is_refused(body):
    with pytest.raises(NoteRefused):
        read(f"{body}\n\n")


@pytest.mark.parametrize("vkey", ["", "a+b", "a+00000000+AAAA", f"{SIGNED_BY.vkey}x"])
def test_a_key_that_cannot_be_read_is_refused(vkey):
    with pytest.raises(NoteRefused, match="verification key"):
        open_note(SIGNED_BY.sign(1, b"r" * 32), vkey)


def test_an_entry_has_a_proof_once_it_is_signed(signed):
    grow(signed, 3)
    entry = signed.get(AuditEntry, 1)
    with pytest.raises(NotSigned):
        proof_of(signed, entry)

    mark_growth(signed, at=AT)

    proof = proof_of(signed, entry)
    told = open_note(proof.note, SIGNED_BY.vkey)
    assert merkle.includes(entry.hash, 1, told.size, proof.path, told.root)
    assert proof.text().startswith("c2sp.org/tlog-proof@v1\nindex 1\n")


@pytest.fixture
def handed_out(signed, tmp_path):
    """The bundle about one case, unpacked."""
    officer = make_officer(signed, "case_officer")
    case, other = make_case(signed, officer), make_case(signed, officer)
    for number in range(5):
        audit.record(signed, officer, "drill", f"log:{number}", at=AT, case=case, words="深度 é")
        audit.record(signed, officer, "drill", f"log:{number}", at=AT, case=other, words="secret")
    mark_growth(signed, at=AT)
    row, proofs = proofs_of_case(signed, case.id)
    held = bundle(
        case.reference,
        proofs,
        details_of_case(signed, case.id, row.size),
        note=row.note,
        vkey=SIGNED_BY.vkey,
        exhibits={"1": "ab" * 32},
        at=AT,
    )
    zipfile.ZipFile(io.BytesIO(held)).extractall(tmp_path)
    return tmp_path


def run(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify_audit.py", folder, *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_an_outsider_checks_the_bundle_with_nothing_of_ours(handed_out):
    code, words = run(handed_out, SIGNED_BY.vkey)

    assert code == 0, words
    assert "5 entries are in the signed log, in order" in words
    assert "5 details are those that were recorded" in words
    assert "secret" not in (handed_out / "details.jsonl").read_text()
    assert "compare it with the one" in run(handed_out)[1]


def _change(name, before, after):
    def damage(folder):
        path = folder / name
        path.write_text(path.read_text().replace(before, after, 1))

    return damage


def _drop_entry(folder):
    path = folder / "entries.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]))


def _swap(folder):
    path = folder / "entries.jsonl"
    first, second, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([second, first, *rest]))


def _spaced(folder):
    path = folder / "entries.jsonl"
    first, *rest = path.read_text().splitlines()
    held = json.loads(first)
    held["leaf"] = held["leaf"].replace(",", ", ", 1)
    path.write_text("\n".join([json.dumps(held), *rest]))


def _false_path(folder):
    path = folder / "entries.jsonl"
    first, *rest = path.read_text().splitlines()
    held = json.loads(first)
    held["path"][0] = base64.b64encode(bytes(32)).decode()
    path.write_text("\n".join([json.dumps(held), *rest]))


DAMAGE = {
    "an act renamed": (_change("entries.jsonl", "drill", "skill"), "is not in the signed log"),
    "a false path": (_false_path, "is not in the signed log"),
    "an entry left out": (_drop_entry, "details.jsonl|detail of entry"),
    "entries swapped": (_swap, "out of order"),
    "an entry written otherwise": (_spaced, "not written in canonical form"),
    "a detail changed": (_change("details.jsonl", "深度", "浅度"), "detail of entry"),
    "another size": (_change("checkpoint.txt", "\n1", "\n2"), "signature"),
    "the manifest's hash": (_change("manifest.json", '"entries": 5', '"entries": 6'), "names 6"),
    "the entries gone": (lambda folder: (folder / "entries.jsonl").unlink(), "cannot be read"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_outsider_is_told_what_fails(handed_out, name):
    damage, words = DAMAGE[name]
    damage(handed_out)

    code, said = run(handed_out, SIGNED_BY.vkey)

    assert code == 1
    failed = said.splitlines()[-1]
    assert failed.startswith("FAILS: ")
    assert any(part in failed for part in words.split("|")), failed


def test_another_key_opens_nothing(handed_out):
    code, said = run(handed_out, OTHER.vkey)

    assert (code, "not signed with this key" in said) == (1, True)
