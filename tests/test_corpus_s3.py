"""Listing and reading from an object store that speaks S3, served on this machine."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import fsspec
import pytest

from quotes.corpus import MARKER, Columns, Trouble, check_columns, list_sources, read_source
from quotes.errors import UsageError
from quotes.records import Article

pytest.importorskip("s3fs")
server = pytest.importorskip("moto.server")

OBJECTS = {
    "berita/2024/b.txt": "“Ya,” kata Ani.".encode(),
    "berita/2024/a.txt.gz": gzip.compress("“Tidak,” kata Budi.".encode()),
    "berita/2024-arsip.jsonl": json.dumps({"isi": "satu"}).encode() + b"\n" + b'{"isi": "du',
    "berita/rusak.parquet": b"PAR1 nothing",
    "berita/.hidden/x.txt": b"x",
    "berita/out/quotes.txt": b"x",
    f"berita/texts/{MARKER}": b"",
    "berita/texts/a.txt": b"x",
    "berita/foto.pdf": b"%PDF",
}


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }.items():
            patch.setenv(name, value)
        threaded = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        threaded.start()
        host, port = threaded.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        store = fsspec.filesystem("s3")
        store.mkdir("arsip")
        for name, data in OBJECTS.items():
            store.pipe(f"arsip/{name}", data)
        yield "s3://arsip/berita"
        threaded.stop()
        fsspec.get_filesystem_class("s3").clear_instance_cache()


def test_folder(bucket: str) -> None:
    sources = list(list_sources([bucket + "/"], skip=[f"{bucket}/out"]))
    assert [source.article_id for source in sources] == [
        "2024-arsip.jsonl", "2024/a.txt.gz", "2024/b.txt", "foto.pdf", "rusak.parquet",
    ]  # fmt: skip
    items = [item for source in sources for item in read_source(source)]
    assert [
        (item.article_id, item.text if isinstance(item, Article) else item.problem.code) for item in items
    ] == [
        ("2024-arsip.jsonl#1", "satu"),
        ("2024-arsip.jsonl#2", "bad_record"),
        ("2024/a.txt.gz", "“Tidak,” kata Budi."),
        ("2024/b.txt", "“Ya,” kata Ani."),
        ("foto.pdf", "unsupported"),
        ("rusak.parquet", "unreadable"),
    ]


def test_single_object(bucket: str) -> None:
    (source,) = list_sources([f"{bucket}/2024/b.txt"])
    assert source.article_id == "b.txt"
    assert source.size == len(OBJECTS["berita/2024/b.txt"])


def test_versions_change_with_the_object(bucket: str) -> None:
    store = fsspec.filesystem("s3")
    address = "s3://arsip/lain/a.txt"
    versions = []
    for data in (b"satu", b"satu", b"dua!"):
        store.pipe(address, data)
        (source,) = list_sources([address])
        versions.append(source.version)
    assert versions[0] == versions[1] != versions[2]


def test_columns_are_checked(bucket: str) -> None:
    with pytest.raises(UsageError, match="'isi'"):
        check_columns(list_sources([bucket]), Columns(text="teks"))


def test_objects_that_go_away(bucket: str) -> None:
    store = fsspec.filesystem("s3")
    store.pipe("s3://arsip/lain/b.txt", b"satu")
    (source,) = list_sources(["s3://arsip/lain/b.txt"])
    store.rm("s3://arsip/lain/b.txt")
    (trouble,) = read_source(source)
    assert isinstance(trouble, Trouble)
    assert trouble.problem.code == "unreadable"


@pytest.mark.parametrize("address", ["s3://arsip/none", "s3://no-such-bucket/x"])
def test_what_is_not_there(bucket: str, address: str) -> None:
    with pytest.raises(UsageError) as caught:
        list_sources([address])
    assert "\n" not in str(caught.value)
