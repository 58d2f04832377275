"""Input and output in an object store that speaks S3, served on this machine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from runs import ARTICLES, fill, report, tables

from quotes.batch import store_run
from quotes.batch.store_run import MANIFEST
from quotes.errors import RunError, UsageError

pytest.importorskip("s3fs")
server = pytest.importorskip("moto.server")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[None]:
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
        yield
        threaded.stop()
        fsspec.get_filesystem_class("s3").clear_instance_cache()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fill(tmp_path_factory.mktemp("input"), 8)
    texts = [path.read_text("utf-8") for path in sorted(ARTICLES.rglob("*.txt"))[3::20]][:5]
    lines = [json.dumps({"text": text, "date": "2026-01-31"}) for text in texts]
    (folder / "arsip.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected")
    assert report(folder, out).articles == 13
    return tables(out)


@pytest.fixture
def bucket(endpoint: None, folder: Path, request: pytest.FixtureRequest) -> str:
    name = "b" + str(abs(hash(request.node.name)))
    store = fsspec.filesystem("s3")
    store.mkdir(name)
    for path in folder.rglob("*.*"):
        store.pipe(f"{name}/in/{path.relative_to(folder).as_posix()}", path.read_bytes())
    return f"s3://{name}"


def objects(address: str) -> dict[str, bytes]:
    store = fsspec.filesystem("s3")
    store.invalidate_cache()
    root = address.removeprefix("s3://")
    return {name.removeprefix(f"{root}/"): store.cat_file(name) for name in store.find(root)}


def joined(found: dict[str, bytes], format: str = "csv") -> dict[str, bytes]:
    """The tables of an object store as one run into a folder would have written them."""
    result = {}
    for table in ("quotes", "speakers", "articles", "stance", "problems"):
        if table in store_run.IN_PARTS:
            parts = [data for name, data in sorted(found.items()) if name.startswith(f"{table}/part-")]
            header, _, _ = parts[0].partition(b"\n")
            result[table] = header + b"\n" + b"".join(part.partition(b"\n")[2] for part in parts)
        else:
            result[table] = found[f"{table}.{format}"]
    return result


def test_input(bucket: str, expected: dict[str, bytes], tmp_path: Path) -> None:
    assert report(f"{bucket}/in", tmp_path).articles == 13
    assert tables(tmp_path) == expected
    assert report(f"{bucket}/in", tmp_path).unchanged == 13


def test_output(folder: Path, bucket: str, expected: dict[str, bytes]) -> None:
    summary = report(folder, f"{bucket}/out", page=True, batch_size=3)
    assert (summary.articles, summary.unchanged) == (13, 0)
    found = objects(f"{bucket}/out")
    assert joined(found) == expected
    manifest = json.loads(found[MANIFEST])
    listed = {entry["name"]: entry["bytes"] for entry in manifest["objects"]}
    visible = {
        name: len(data)
        for name, data in found.items()
        if not any(part.startswith(".") for part in name.split("/")) and name != MANIFEST
    }
    assert listed == visible
    assert {"run.json", "report.html", "speakers.csv", "stance.csv"} <= listed.keys()
    assert sum(name.startswith("quotes/part-") for name in listed) > 3


def test_input_and_output_in_one_place(bucket: str, expected: dict[str, bytes]) -> None:
    for unchanged in (0, 13):
        summary = report(f"{bucket}/in", f"{bucket}/in/reports", workers=2, batch_size=4)
        assert summary.unchanged == unchanged
        assert joined(objects(f"{bucket}/in/reports")) == expected


def test_a_rerun_skips_finished_parts(
    folder: Path, bucket: str, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fulfil, broken = store_run.fulfil, 3

    def counted(errand: store_run.Errand, *arguments: Any) -> bytes:
        calls.append(errand.name)
        if len(calls) == broken:
            raise RunError("pulled the plug")
        return fulfil(errand, *arguments)

    monkeypatch.setattr(store_run, "fulfil", counted)
    out = f"{bucket}/out"
    with pytest.raises(RunError, match="plug"):
        report(folder, out, batch_size=2)
    assert MANIFEST not in objects(out)
    first, broken = set(calls[:2]), 0
    summary = report(folder, out, batch_size=2)
    assert not first & set(calls[3:])
    assert summary.unchanged > 0
    assert joined(objects(out)) == expected
    calls.clear()
    assert report(folder, out, batch_size=2).unchanged == 13
    assert calls == []


def test_what_is_left_of_earlier_runs_goes(folder: Path, bucket: str, expected: dict[str, bytes]) -> None:
    out = f"{bucket}/out"
    report(folder, out, batch_size=1, indirect=False, save_texts=True)
    assert any(name.startswith("texts/") for name in objects(out))
    report(folder, out, batch_size=50)
    found = objects(out)
    assert joined(found) == expected
    assert not [name for name in found if name.startswith("texts/") and not name.endswith("quotes")]
    assert (
        len({name.split("/")[1] for name in found if name.startswith(".quotes-state/") and ".part" in name})
        == 1
    )


def test_saved_texts(folder: Path, bucket: str) -> None:
    report(folder, f"{bucket}/out", save_texts=True)
    found = objects(f"{bucket}/out")
    for row in csv.DictReader(io.StringIO(joined(found)["quotes"].decode(), newline="")):
        text = found[f"texts/{row['article_id']}.txt"].decode()
        assert text[int(row["start"]) : int(row["end"])] == row["text"]


@pytest.mark.parametrize("format", ["parquet", "jsonl"])
def test_other_formats(folder: Path, bucket: str, tmp_path: Path, format: str) -> None:
    import pandas as pd

    from quotes import frames

    report(folder, f"{bucket}/out", format=format)
    report(folder, tmp_path, format=format)
    parts = [
        data for name, data in sorted(objects(f"{bucket}/out").items()) if name.startswith("quotes/part-")
    ]
    for number, data in enumerate(parts):
        folder_ = tmp_path / str(number)
        folder_.mkdir()
        (folder_ / f"quotes.{format}").write_bytes(data)
    found = pd.concat(
        [frames.read(tmp_path / str(number), "quotes", format=format) for number in range(len(parts))],
        ignore_index=True,
    )
    pd.testing.assert_frame_equal(found, frames.read(tmp_path, "quotes", format=format))


def test_corrections_are_checked(folder: Path, bucket: str, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("article_id,start,end,text,speaker\narsip.jsonl#1,0,3,xyz,Ani\n")
    summary = report(folder, f"{bucket}/out", corrections=(file,))
    assert len(summary.misfits) == 1
    assert "arsip.jsonl#1" in summary.misfits[0]


def test_a_store_that_is_not_there(folder: Path, endpoint: None) -> None:
    with pytest.raises(RunError, match="no-such-bucket-anywhere"):
        report(folder, "s3://no-such-bucket-anywhere/out")
    with pytest.raises(RunError, match="cannot be reached"):
        report(folder, "nosuchscheme://x/out")


def test_nothing_readable(bucket: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(UsageError, match="no article could be read"):
        report(tmp_path, f"{bucket}/out")
    assert b"unsupported" in objects(f"{bucket}/out")["problems/part-000000.csv"]


def test_an_address_of_this_machine_is_a_folder(
    folder: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    report(folder, f"file://{tmp_path}/out")
    assert tables(tmp_path / "out") == expected
