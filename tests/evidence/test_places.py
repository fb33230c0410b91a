"""The same promises wherever sealed files lie: in a folder, or in a bucket over real HTTP."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import uuid4

import boto3
import pytest
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from casework.evidence.places import s3
from casework.evidence.places.local import LocalPlace
from casework.evidence.places.place import BlobUnavailable, Place
from casework.evidence.places.s3 import S3Place
from casework.evidence.store import CHUNK, BlobDamaged, BlobStore
from config import UnsafeSettings
from tests.evidence.forms import exhibits, upload
from views.blobs import open_blobs, place_of

KEY = bytes(range(32))
CASE = "case:1"
REGION = "us-east-1"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch) -> str:
    """The address of an empty bucket, as the settings name it."""
    for name, value in (("ACCESS_KEY_ID", "made"), ("SECRET_ACCESS_KEY", "up")):
        monkeypatch.setenv(f"AWS_{name}", value)
    name = f"exhibits-{uuid4().hex[:8]}"
    boto3.client("s3", endpoint_url=endpoint, region_name=REGION).create_bucket(Bucket=name)
    return f"s3://{name}/docket?endpoint={endpoint}&region={REGION}"


@pytest.fixture(params=["folder", "bucket"])
def place(request, settings) -> Place:
    if request.param == "folder":
        return place_of(settings)
    return place_of(replace(settings, blob_url=request.getfixturevalue("bucket")))


@pytest.fixture
def store(place) -> BlobStore:
    return BlobStore(place, KEY)


def put(store: BlobStore, content: bytes, context: str = CASE):
    return store.put(io.BytesIO(content), context, cap=1 << 30)


def read(store: BlobStore, key: str, context: str = CASE) -> bytes:
    return b"".join(store.read(key, context))


@pytest.mark.parametrize("size", [1, CHUNK, 3 * CHUNK + 5, 17 * CHUNK])
def test_bytes_come_back_as_they_were_put(store, size):
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]

    assert read(store, put(store, content).key) == content


def test_the_same_bytes_again_are_stored_once(store):
    assert put(store, b"alike").key == put(store, b"alike").key
    assert len(list(store.keys())) == 1


def test_a_missing_file_is_told_as_damage(store):
    stored = put(store, b"here and gone")
    assert store.remove(stored.key)

    with pytest.raises(BlobDamaged):
        store.sha256(stored.key, CASE)
    assert not store.remove(stored.key)


def test_a_file_of_another_case_does_not_open(store):
    with pytest.raises(BlobDamaged):
        read(store, put(store, b"of one case").key, "case:2")


@pytest.mark.parametrize("place_of_byte", [0, 4, 30, 70, -1])
def test_a_changed_byte_is_noticed_wherever_it_is(store, place, place_of_byte):
    stored = put(store, b"kept as it was handed over")
    with place.open(stored.key) as file:
        sealed = bytearray(file.read())
    sealed[place_of_byte] ^= 1
    place.write(stored.key, iter([bytes(sealed)]))

    with pytest.raises(BlobDamaged):
        read(store, stored.key)


def test_a_write_that_is_broken_off_leaves_nothing(place):
    def broken() -> Iterator[bytes]:
        yield b"x" * (s3.PART + 1)
        raise ConnectionAbortedError

    with pytest.raises((ConnectionAbortedError, BlobUnavailable)):
        place.write("ab" * 32, broken())

    assert list(place.names()) == []
    with pytest.raises(FileNotFoundError), place.open("ab" * 32):
        pass


def test_the_sweep_removes_what_no_row_names_and_spares_the_young(store):
    kept, stray = put(store, b"named by a row"), put(store, b"named by none")

    assert store.sweep({kept.key}, older_than=time.time() - 60) == 0
    assert store.sweep({kept.key}, older_than=time.time() + 60) == 1

    assert list(store.keys()) == [kept.key]
    assert not store.remove(stray.key)


def test_a_file_that_is_put_again_is_young_again(store, place):
    stored = put(store, b"named by a row that was undone")
    before = dict(place.names())[stored.key]
    time.sleep(1.1)  # a bucket tells whole seconds

    put(store, b"named by a row that was undone")

    assert dict(place.names())[stored.key] > before
    assert read(store, stored.key) == b"named by a row that was undone"


def test_a_store_says_that_it_works(store):
    assert store.works()


def test_a_multipart_upload_that_was_broken_off_is_cleared_from_the_bucket(settings, bucket):
    place = place_of(replace(settings, blob_url=bucket))
    assert isinstance(place, S3Place)
    client, name = place._client, place._bucket  # noqa: SLF001 (a killed process has no interface)
    client.create_multipart_upload(Bucket=name, Key="docket/half")

    assert place.clear_unfinished(0) == 0  # the server of the test dates all of them 2010
    assert place.clear_unfinished(time.time() + 60) == 1
    assert "Uploads" not in client.list_multipart_uploads(Bucket=name)


ACTS: dict[str, Callable[[BlobStore], object]] = {
    "put": lambda store: put(store, b"x"),
    "read": lambda store: read(store, "ab" * 32),
    "remove": lambda store: store.remove("ab" * 32),
    "keys": lambda store: list(store.keys()),
    "sweep": lambda store: store.sweep(set(), older_than=0),
}


@pytest.fixture
def away(settings, monkeypatch, bucket) -> BlobStore:
    """A store in a bucket whose server is not there."""
    monkeypatch.setattr(s3, "TRIES", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"s3://exhibits/docket?endpoint=http://127.0.0.1:{port}&region={REGION}"
    return open_blobs(replace(settings, blob_url=url))


@pytest.mark.parametrize("act", ACTS)
def test_a_bucket_that_does_not_answer_is_unavailable_and_nothing_is_called_damaged(away, act):
    with pytest.raises(BlobUnavailable):
        ACTS[act](away)


def test_a_bucket_that_does_not_exist_is_unavailable_too(settings, endpoint, bucket):
    url = f"s3://none/docket?endpoint={endpoint}&region={REGION}"
    store = open_blobs(replace(settings, blob_url=url))

    assert not store.works()
    with pytest.raises(BlobUnavailable):
        read(store, "ab" * 32)


def test_a_folder_that_is_gone_is_unavailable_and_nothing_is_called_damaged(tmp_path):
    place = LocalPlace(tmp_path / "blobs")
    store = BlobStore(place, KEY)
    stored = put(store, b"on a disk that is not mounted now")
    (tmp_path / "blobs").rename(tmp_path / "elsewhere")

    with pytest.raises(BlobUnavailable):
        read(store, stored.key)


def test_without_a_store_pages_say_so_and_health_is_bad(app, db, client, case, fields, away):
    upload(client, case, fields)
    app.extensions["blobs"] = away
    app.extensions["health_checks"][0] = away.works

    answer = upload(client, case, fields, content=b"row,2\n")
    checked = client.post_form(f"/cases/{case.reference}/evidence/1/check")

    assert (answer.status_code, checked.status_code) == (503, 503)
    assert "The store of files does not answer" in answer.text
    assert answer.headers["Retry-After"] == "30"
    assert client.get("/healthz").status_code == 503
    assert len(exhibits(db)) == 1


def test_exhibits_are_kept_in_the_bucket_that_the_settings_name(
    app, db, client, case, fields, settings, bucket
):
    app.extensions["blobs"] = store = open_blobs(replace(settings, blob_url=bucket))

    upload(client, case, fields)

    assert list(store.keys()) == [exhibits(db)[0].blob_key]
    answer = client.post_form(f"/cases/{case.reference}/evidence/1/check", follow_redirects=True)
    assert "agree with" in answer.text


@pytest.mark.parametrize("url", ["s3:///prefix", "http://host/bucket", "s3://b?endpont=x", "b"])
def test_an_address_that_cannot_be_read_is_told(settings, url):
    with pytest.raises(UnsafeSettings, match="DOCKET_BLOB_URL"):
        place_of(replace(settings, blob_url=url))
