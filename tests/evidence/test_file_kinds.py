from __future__ import annotations

import io

import pytest

from casework.evidence.file_kinds import (
    ACCEPTED,
    CHUNK,
    KINDS,
    LINE,
    PARSED_WHOLE,
    KindRefused,
    kind_of,
)
from tests.evidence import samples

JPEG_START = b"\xff\xd8\xff\xe0"


def kind(name: str, content: bytes) -> str:
    return kind_of(io.BytesIO(content), name).media_type


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", samples.pdf(), "application/pdf"),
        ("A.PDF", samples.pdf(), "application/pdf"),
        ("a.png", samples.png(), "image/png"),
        ("a.parquet", samples.parquet(), "application/vnd.apache.parquet"),
        ("a.csv", samples.CSV, "text/csv"),
        ("a.csv", b"\xef\xbb\xbfaccount\n1\n", "text/csv"),
        ("a.json", b'{"accounts": [1, 2]}', "application/json"),
        ("a.jsonl", b'{"a": 1}\n\n{"a": 2}\n', "application/x-ndjson"),
        ("a.txt", "提灯 and heron".encode(), "text/plain"),
        ("report.tar.txt", b"the last ending counts", "text/plain"),
    ],
)
def test_a_file_that_is_what_its_name_says_is_accepted(name, content, media_type):
    assert kind(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"MZ\x90\x00" + bytes(60), "a Windows program"),
        ("a.pdf", b"\x7fELF" + bytes(60), "a Linux program"),
        ("a.pdf", b"<html><script>alert(1)</script></html>", "something else"),
        ("a.pdf", samples.png(), "the content is PNG"),
        ("a.txt", samples.pdf(), "the content is PDF"),
        ("a.png", JPEG_START + bytes(60), "the content is JPEG"),
        ("a.parquet", b"PK\x03\x04" + bytes(60), "an archive"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_by_what_it_is(name, content, words):
    with pytest.raises(KindRefused, match=words):
        kind(name, content)


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.zip", "a.docm", "a", ".pdf", "a."])
def test_endings_that_are_not_listed_are_refused_with_the_list(name):
    with pytest.raises(KindRefused) as refused:
        kind(name, samples.pdf())

    assert ACCEPTED in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\nthat is all\n"),
        ("a.pdf", samples.pdf()[:200]),
        ("a.pdf", samples.pdf(password="not told")),
        ("a.png", samples.png()[:30]),
        ("a.png", samples.png_bomb()),
        ("a.jpg", JPEG_START + bytes(200)),
        ("a.parquet", b"PAR1" + bytes(200)),
    ],
    ids=["pdf", "cut pdf", "locked pdf", "cut png", "png bomb", "jpeg", "parquet"],
)
def test_a_file_that_cannot_be_read_to_its_end_is_refused(name, content):
    with pytest.raises(KindRefused, match=r"cannot be read|could not be read"):
        kind(name, content)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.txt", "plain words".encode("utf-16"), 1),
        ("a.csv", b"account\nna\xefve\n", 2),
        ("a.csv", b"account\n1\n\xff\n", 3),
    ],
)
def test_text_that_is_not_utf_8_is_refused_by_the_line(name, content, line):
    with pytest.raises(KindRefused, match=f"Line {line} is not UTF-8"):
        kind(name, content)


def test_text_with_a_nul_is_refused_by_the_line():
    with pytest.raises(KindRefused, match="Line 2 holds a NUL"):
        kind("a.txt", b"one\ntwo\0\n")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b'{"accounts": '),
        ("a.json", b"[" * 100_000),
        ("a.json", b""),
        ("a.jsonl", b'{"a": 1}\n{"a": \n'),
        ("a.jsonl", b"[" * 100_000 + b"\n"),
    ],
    ids=["cut", "deep", "empty", "one bad line", "deep line"],
)
def test_json_that_does_not_parse_is_refused(name, content):
    with pytest.raises(KindRefused, match="not valid JSON"):
        kind(name, content)


class Huge(io.RawIOBase):
    """A file of `size` bytes that repeats one block and holds nothing in memory; the end may be
    given. Counts what is read."""

    def __init__(self, block: bytes, size: int, end: bytes = b"") -> None:
        self.block, self.size, self.end, self.at, self.most = block, size, end, 0, 0

    def seek(self, offset, whence=io.SEEK_SET):
        self.at = offset + {0: 0, 1: self.at, 2: self.size}[whence]
        return self.at

    def read(self, size=-1):
        size = self.size - self.at if size < 0 else min(size, self.size - self.at)
        self.most = max(self.most, size)
        begin, cut = self.at, self.size - len(self.end)
        start = begin % len(self.block)
        part = (self.block * (size // len(self.block) + 2))[start : start + size]
        self.at += size
        if begin + size > cut:
            part = part[: max(0, cut - begin)] + self.end[max(0, begin - cut) : begin + size - cut]
        return part


def test_a_text_of_many_chunks_without_a_line_end_is_read_chunk_by_chunk():
    stream = Huge("提灯".encode(), 6 * 3_000_000)

    assert kind_of(stream, "a.txt").media_type == "text/plain"
    assert stream.most <= CHUNK


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.json"])
def test_what_must_be_parsed_whole_is_refused_beyond_a_size_unread(name):
    start = {"a.pdf": b"%PDF-", "a.png": b"\x89PNG\r\n\x1a\n", "a.json": b"[1,\n "}[name]
    stream = Huge(start.ljust(4096), PARSED_WHOLE + 1)

    with pytest.raises(KindRefused, match="cannot be examined"):
        kind_of(stream, name)
    assert stream.most <= 4096


def test_only_the_index_of_a_large_parquet_file_is_read():
    small = samples.parquet()
    length = int.from_bytes(small[-8:-4], "little")
    stream = Huge(b"PAR1" + bytes(4092), 10 * 1024**3, end=small[-8 - length :])

    assert kind_of(stream, "a.parquet").media_type == "application/vnd.apache.parquet"
    assert stream.most <= 4096


@pytest.mark.parametrize("index", [b"\xff\xff\xff\xffPAR1", bytes(4) + b"PAR1", b"\x10\0\0\0PAR1"])
def test_a_parquet_file_with_a_false_index_is_refused(index):
    with pytest.raises(KindRefused, match="cannot be read"):
        kind("a.parquet", b"PAR1" + bytes(200) + index)


def test_a_line_of_json_lines_has_a_greatest_length():
    with pytest.raises(KindRefused, match="Line 2 is longer than 16 MiB"):
        kind("a.jsonl", b"1\n" + b"[" + b" " * LINE + b"]\n")


def test_a_letter_cut_by_the_end_of_a_chunk_is_read_whole():
    assert kind("a.txt", b"x" * (CHUNK - 1) + "提".encode()) == "text/plain"
    with pytest.raises(KindRefused, match="Line 2 is not UTF-8"):
        kind("a.txt", b"x" * (CHUNK - 2) + b"\n" + "提".encode()[:2])


def test_the_stream_stands_at_its_start_afterwards():
    stream = io.BytesIO(samples.CSV)
    stream.seek(5)

    kind_of(stream, "a.csv")

    assert stream.tell() == 0


def test_no_two_kinds_share_an_ending():
    endings = [ending for each in KINDS for ending in each.endings]

    assert len(endings) == len(set(endings))
