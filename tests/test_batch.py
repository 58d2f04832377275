"""The main job: the same tables whoever works on them, and whatever happened before."""

from __future__ import annotations

import csv
import errno
import gzip
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from runs import STOPS, command, fill, fill_many, parts, report, start, tables, until

import quotes
from quotes import frames
from quotes.batch import Options, run
from quotes.batch.state import FOLDER, State
from quotes.corpus import Columns
from quotes.errors import RunError, UsageError
from quotes.tables import columns


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("input"))


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("expected")
    summary = report(folder, out)
    assert summary.articles == 12
    assert summary.quotes > 100
    return tables(out)


# --- the same bytes ----------------------------------------------------------------------------


@pytest.mark.parametrize(("workers", "batch_size"), [(1, 1), (1, 5), (2, 2)])
def test_same_bytes(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, workers: int, batch_size: int
) -> None:
    report(folder, tmp_path, workers=workers, batch_size=batch_size)
    assert tables(tmp_path) == expected


def test_rows_are_in_order(expected: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(expected["quotes"].decode().splitlines()))
    places = [(row["article_id"], int(row["quote_id"])) for row in rows if row["quote_id"].isdigit()]
    assert places == sorted(places)
    assert places[0][0].startswith("a/")
    articles = [row["article_id"] for row in csv.DictReader(expected["articles"].decode().splitlines())]
    assert articles == sorted(articles)


def test_records_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f'"Ini kalimat {n}," kata Budi Santoso.'}) for n in range(12)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(lines))
    report(tmp_path / "in", tmp_path / "out", batch_size=5)
    with (tmp_path / "out" / "articles.csv").open(newline="") as file:
        ids = [row["article_id"] for row in csv.DictReader(file)]
    assert ids == [f"a.jsonl#{n}" for n in range(1, 13)]


def test_formats_hold_the_same_rows(folder: Path, tmp_path: Path) -> None:
    found = {}
    for format in ("csv", "jsonl", "parquet"):
        report(folder, tmp_path / format, format=format)
        assert sorted(path.suffix for path in (tmp_path / format).glob("quotes.*")) == [f".{format}"]
        found[format] = [
            frames.read(tmp_path / format, table, format=format) for table in tables(tmp_path / "csv")
        ]
    for one, other, third in zip(*found.values(), strict=True):
        assert one.equals(other)
        assert one.equals(third)
        assert len(one)


def test_csv_is_rfc_4180(expected: dict[str, bytes]) -> None:
    for name, data in expected.items():
        text = data.decode("utf-8")
        assert text.endswith("\r\n") or not text
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
        assert tuple(rows[0]) == columns(name)
        assert {len(row) for row in rows} == {len(rows[0])}


# --- goes on where it stopped ------------------------------------------------------------------


def test_unchanged_articles_are_skipped(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    report(folder, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in parts(tmp_path)}
    assert report(folder, tmp_path).unchanged == 12
    assert {path: path.stat().st_mtime_ns for path in parts(tmp_path)} == before
    assert tables(tmp_path) == expected


def test_only_what_changed_is_done_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "in"))
    report(copy, tmp_path / "out", batch_size=4)
    read = watch(monkeypatch)
    files = sorted(copy.rglob("*.txt"))
    files[5].write_text('"Kami menolak," kata Siti Rahma.', "utf-8")  # changed
    files[7].unlink()
    (copy / "a" / "000.txt").write_text('"Kami setuju," kata Siti Rahma.', "utf-8")  # new, and first of all
    os.utime(files[9])  # touched only
    summary = report(copy, tmp_path / "out", batch_size=4)
    assert sorted(read) == sorted([files[5].name, "000.txt"])
    assert (summary.articles, summary.unchanged) == (12, 10)
    report(copy, tmp_path / "fresh", batch_size=4)
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")
    assert len(parts(tmp_path / "out")) == len(parts(tmp_path / "fresh"))


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "in" / "a.txt"
    source.parent.mkdir()
    source.write_text('"Kami menolak," kata Siti Rahma.', "utf-8")
    status = source.stat()
    report(source.parent, tmp_path / "out")
    source.write_text('"Kami menolak," kata Budi Rahma.', "utf-8")
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert report(source.parent, tmp_path / "out").unchanged == 0
    assert b"Budi Rahma" in tables(tmp_path / "out")["quotes"]


@pytest.mark.parametrize(
    "options",
    [{"indirect": False}, {"min_score": 0.9}, {"format": "jsonl"}, {"columns": Columns(text="isi")}],
)
def test_other_options_are_another_run(folder: Path, tmp_path: Path, options: dict[str, object]) -> None:
    report(folder, tmp_path / "out")
    assert report(folder, tmp_path / "out", **options).unchanged == 0
    report(folder, tmp_path / "fresh", **options)
    format = str(options.get("format", "csv"))
    assert tables(tmp_path / "out", format) == tables(tmp_path / "fresh", format)
    assert len(list((tmp_path / "out" / FOLDER).glob("parts-*"))) == 1


def test_another_program_is_another_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(folder, tmp_path)
    monkeypatch.setattr("quotes.batch.options.program_fingerprint", lambda: "other")
    monkeypatch.setattr("quotes.batch.work.program_fingerprint", lambda: "other")
    assert report(folder, tmp_path).unchanged == 0


def test_records_are_known_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "a.jsonl.gz"

    def write(*texts: str) -> None:
        source.write_bytes(gzip.compress("\n".join(json.dumps({"text": text}) for text in texts).encode()))

    first = [f'"Kalimat {n}," kata Siti Rahma.' for n in range(5)]
    write(*first)
    report(source.parent, tmp_path / "out", batch_size=2)
    read = watch(monkeypatch)
    write(*first[:3], '"Lain," kata Budi Rahma.', first[4], '"Baru," kata Budi Rahma.')
    assert report(source.parent, tmp_path / "out", batch_size=2).unchanged == 4
    assert read == ["a.jsonl.gz#4", "a.jsonl.gz#6"]


def test_a_part_that_broke_off_is_done_again(
    folder: Path, expected: dict[str, bytes], tmp_path: Path
) -> None:
    report(folder, tmp_path, batch_size=4)
    some = parts(tmp_path)
    some[0].write_bytes(some[0].read_bytes()[:-20])
    some[1].write_bytes(b"")
    some[2].unlink()
    assert report(folder, tmp_path, batch_size=4).unchanged < 12
    assert tables(tmp_path) == expected


@pytest.mark.parametrize("seen", [0, 1, 5, 11])
def test_killed_while_reading(folder: Path, expected: dict[str, bytes], tmp_path: Path, seen: int) -> None:
    kill_after = (
        "import os, signal, sys\n"
        "from quotes.batch.state import State\n"
        "keep, count = State.keep, 0\n"
        "def counted(*arguments, **named):\n"
        "    global count\n"
        f"    if count == {seen}:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    count += 1\n"
        "    return keep(*arguments, **named)\n"
        "State.keep = counted\n"
        "from quotes.cli import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    options = ["--out", str(tmp_path), "--workers", "1", "--batch-size", "1", "--no-page"]
    arguments = [sys.executable, "-c", kill_after, "report", str(folder), *options]
    assert subprocess.run(arguments, capture_output=True, check=False).returncode == -signal.SIGKILL
    assert (tmp_path / FOLDER / "owner").exists()
    assert len(parts(tmp_path)) == seen
    assert report(folder, tmp_path, batch_size=1).unchanged == seen
    assert tables(tmp_path) == expected


@pytest.mark.parametrize("renames", [1, 3, 5])
def test_killed_between_the_tables(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, renames: int
) -> None:
    out = tmp_path / "out"
    report(folder, out, indirect=False)  # tables of another run are there
    kill_after = (
        "import os, signal, sys\n"
        "from quotes.batch import publish\n"
        "replace, count = os.replace, 0\n"
        "def counted(source, target):\n"
        "    global count\n"
        "    replace(source, target)\n"
        f"    if str(target).endswith('.csv'):\n"
        "        count += 1\n"
        f"        if count == {renames}:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "publish.os.replace = counted\n"
        "from quotes.cli import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    arguments = ["report", str(folder), "--out", str(out), "--workers", "1", "--no-page"]
    done = subprocess.run([sys.executable, "-c", kill_after, *arguments], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (out / "run.json").exists()  # it tells that the tables belong together
    for name, data in tables(out).items():
        assert data.endswith(b"\r\n"), name  # of one run or the other, but whole
    assert report(folder, out).unchanged == 12
    assert tables(out) == expected
    assert (out / "run.json").exists()


def test_killed_with_workers(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    process = start("report", folder, "--out", tmp_path, "--workers", 2, "--batch-size", 1, "--no-page")
    until(lambda: len(parts(tmp_path)) >= 2)
    process.kill()
    process.communicate()
    report(folder, tmp_path, batch_size=1)
    assert tables(tmp_path) == expected


def test_interrupted(tmp_path: Path) -> None:
    folder, out, whole = tmp_path / "in", tmp_path / "out", tmp_path / "whole"
    folder.mkdir()
    process = start("report", fill_many(folder), "--out", out, "--workers", 2, "--batch-size", 1, "--no-page")
    until(lambda: parts(out))
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - began < STOPS
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "quotes: interrupted"
    assert "Traceback" not in errors
    assert report(folder, out, batch_size=1).unchanged > 0
    report(folder, whole)
    assert tables(out) == tables(whole)


# --- one run at a time -------------------------------------------------------------------------


def test_a_second_run_is_refused(folder: Path, tmp_path: Path) -> None:
    with State(tmp_path, "key").locked():
        done = command("report", folder, "--out", tmp_path)
        assert done.returncode == 3
        assert len(done.stderr.splitlines()) == 1
        assert f"process {os.getpid()}" in done.stderr
        assert not (tmp_path / "quotes.csv").exists()
    assert command("report", folder, "--out", tmp_path, "--quiet", "--no-page").returncode == 0


def test_the_lock_of_a_dead_run_is_taken_over(folder: Path, tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from quotes.batch.state import State\n"
        "with State(Path(sys.argv[1]), 'key').locked(): print('held', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(RunError, match="alive"):
        report(folder, tmp_path)
    process.kill()
    process.wait()
    process.stdout.close()
    assert report(folder, tmp_path).articles == 12


# --- what goes wrong ---------------------------------------------------------------------------


def test_a_full_disk(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    done = command(
        "report",
        folder,
        "--out",
        tmp_path,
        "--workers",
        1,
        "--batch-size",
        1,
        "--no-page",
        preexec_fn=small_files,
    )
    assert done.returncode == 3, done.stderr
    (line,) = done.stderr.splitlines()
    assert "no room left" in line
    assert "run the same command again" in line
    assert not list(tmp_path.glob("*.csv"))
    assert report(folder, tmp_path, batch_size=1).unchanged > 0
    assert tables(tmp_path) == expected


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_errors_of_the_disk_while_parts_are_written(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    written = 0

    def replace(source: Path, target: Path) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise OSError(code, os.strerror(code), str(target))
        os.rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr("quotes.batch.storage.os.replace", replace)
        with pytest.raises(RunError, match="run the same command again"):
            report(folder, tmp_path, batch_size=1)
    assert not [path for path in (tmp_path / FOLDER).rglob(".*") if path.is_file() and "part" in path.name]
    assert report(folder, tmp_path, batch_size=1).unchanged == 2
    assert tables(tmp_path) == expected


def test_a_lost_worker_is_replaced(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = tmp_path / "once"
    monkeypatch.setenv("QUOTES_TEST_DIE", f"{once}:3")
    done = driven(folder, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert once.exists()  # a worker did die
    assert tables(tmp_path / "out") == expected


def test_a_worker_lost_again_and_again(
    folder: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTES_TEST_DIE", ":0")
    done = driven(folder, tmp_path)
    assert done.returncode == 3
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("quotes:")]
    assert "worker process was lost" in line
    assert sorted((folder / "a").iterdir())[0].name in line
    assert report(folder, tmp_path, batch_size=1).unchanged == 11  # all the others were done
    assert tables(tmp_path) == expected


def driven(folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """``quotes report`` whose workers die at one article: QUOTES_TEST_DIE is MARK:NUMBER."""
    code = "import sys; import dying; from quotes.cli import run; sys.exit(run(sys.argv[1:]))"
    arguments = ["report", folder, "--out", out, "--workers", 2, "--batch-size", 1, "--no-page", "--quiet"]
    here = Path(__file__).resolve().parent
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"PYTHONPATH": f"{here.parent}{os.pathsep}{here}"},
    )


def test_an_article_on_which_the_program_fails(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotes.batch import work

    analyze = work.analyze_batch
    poor = sorted((folder / "a").iterdir())[2].name

    def failing(articles: list[object], engine: object) -> object:
        if any(article.article_id.endswith(poor) for article in articles):  # type: ignore[attr-defined]
            raise IndexError("list index out of range")
        return analyze(articles, engine)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "analyze_batch", failing)
    summary = report(folder, tmp_path)
    assert (summary.articles, summary.missed, summary.exit_status) == (11, 1, 1)
    with (tmp_path / "problems.csv").open(newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["code"] == "unreadable"]
    assert row["article_id"].endswith(poor)
    assert "IndexError: list index out of range" in row["message"]


# --- input and output --------------------------------------------------------------------------


def test_output_inside_the_input(folder: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "in"))
    for _ in range(2):
        report(copy, copy / "reports", save_texts=True, page=True)
        found = tables(copy / "reports")
        assert found == expected
    report(copy, copy, save_texts=True, page=True)  # the very same folder
    assert tables(copy) == expected
    report(copy, copy, save_texts=True, page=True)
    assert tables(copy) == expected


def test_what_the_user_wrote_is_not_overwritten(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text("id,isi\n1,halo\n")
    with pytest.raises(UsageError, match=r"articles\.csv"):
        report(folder, tmp_path)
    assert (tmp_path / "articles.csv").read_text() == "id,isi\n1,halo\n"
    (tmp_path / "articles.csv").unlink()
    (tmp_path / "texts").mkdir()
    with pytest.raises(UsageError, match="texts"):
        report(folder, tmp_path)


def test_tables_of_another_format_go(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path)
    report(folder, tmp_path, format="parquet")
    assert not list(tmp_path.glob("*.csv"))
    assert len(list(tmp_path.glob("*.parquet"))) == 5


def test_saved_texts(tmp_path: Path) -> None:
    texts = {"a.txt": "“Ya,” kata Ani.\r\n\nTutup.\r", "dir.txt/b.md": "“Tidak,” kata Budi."}
    for name, text in texts.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (tmp_path / "in" / "c.jsonl").write_text(json.dumps({"nama": "../x:y", "isi": "“Siapa,” kata Citra."}))
    out = tmp_path / "out"
    report(tmp_path / "in", out, save_texts=True, columns=Columns(id="nama"))
    assert (out / "texts" / "a.txt.txt").read_bytes() == texts["a.txt"].encode()
    assert (out / "texts" / "dir%2Etxt" / "b.md.txt").read_bytes() == texts["dir.txt/b.md"].encode()
    assert (out / "texts" / "%2E%2E" / "x%3Ay.txt").read_bytes() == "“Siapa,” kata Citra.".encode()
    for row in csv.DictReader((out / "quotes.csv").read_text("utf-8").splitlines()):
        if row["article_id"] == "a.txt":
            text = (out / "texts" / "a.txt.txt").read_bytes().decode()
            assert text[int(row["start"]) : int(row["end"])] == row["text"] == "Ya,"
    report(tmp_path / "in", out, columns=Columns(id="nama"))
    assert not (out / "texts").exists()


def test_repeated_ids(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        rows = [{"id": "x", "text": "“Ya,” kata Ani."}, {"id": name, "text": "“Ya,” kata Ani."}]
        (tmp_path / "in" / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for workers in (1, 2):
        report(tmp_path / "in", tmp_path / "out", columns=Columns(id="id"), workers=workers, batch_size=1)
        with (tmp_path / "out" / "articles.csv").open(newline="") as file:
            assert [row["article_id"] for row in csv.DictReader(file)] == ["x", "a", "x#1", "b"]
        with (tmp_path / "out" / "problems.csv").open(newline="") as file:
            assert [(row["article_id"], row["code"]) for row in csv.DictReader(file)] == [
                ("x#1", "repeated_id")
            ]


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(UsageError, match="nothing to read"):
        report(tmp_path / "in", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    (tmp_path / "in" / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(UsageError, match="no article could be read"):
        report(tmp_path / "in", tmp_path / "out")
    assert b"unsupported" in (tmp_path / "out" / "problems.csv").read_bytes()
    with pytest.raises(UsageError, match="is a file"):
        report(tmp_path / "in", tmp_path / "in" / "a.pdf")


def test_a_missing_column_is_found_before_the_work(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "in"))
    (copy / "z.csv").write_text("id,isi\n1,halo\n")
    with pytest.raises(UsageError, match="'isi'"):
        report(copy, tmp_path / "out", columns=Columns(text="naskah"))
    assert not (tmp_path / "out").exists()


def test_run_json(folder: Path, tmp_path: Path) -> None:
    summary = report(folder, tmp_path)
    found = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert found["program"] == f"quotes {quotes.__version__}"
    assert found["counts"]["articles"] == 12
    assert found["counts"]["quotes"] == summary.quotes
    assert found["seconds"] > 0
    assert found["options"]["paths"] == [str(folder)]
    assert {"nltk", "trafilatura", "python"} <= found["libraries"].keys()
    assert len(found["lexicon"]["fingerprint"]) == len(found["model"]["fingerprint"]) == 64


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    code = """
import resource, sys
from quotes.batch import Options, run, work
from quotes.records import Analysis, Profile, Quote

def analyze(articles, engine):
    return [analysis(article) for article in articles]

def analysis(article):
    name = f"Nama{article.record} Orang"
    quotes = tuple(
        Quote(n, "direct", "kata " * 400, 0, 1999, *[None] * 6, name, 0, "person", *[None] * 6)
        for n in range(1, 21)
    )
    speakers = (Profile(name, "person", None, True, None, None),)
    return Analysis(article.article_id, len(article.text), "ID", None, quotes, speakers, ())

work.analyze_batch = analyze
run(Options((sys.argv[1],), sys.argv[2], workers=1, page=False))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peaks = []
    for count in (100, 2000):
        source = tmp_path / f"{count}.jsonl"
        source.write_text('{"text": "isi"}\n' * count, "utf-8")
        arguments = [str(source), str(tmp_path / f"out{count}")]
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) * 1024)
    size = (tmp_path / "out2000" / "quotes.csv").stat().st_size
    assert size > 80_000_000
    assert peaks[1] - peaks[0] < size / 4


def watch(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the articles that are analysed from now on."""
    from quotes.batch import work

    read: list[str] = []
    analyze = work.analyze_batch

    def watched(articles: object, engine: object) -> object:
        read.extend(article.article_id.rpartition("/")[2] for article in articles)  # type: ignore[attr-defined]
        return analyze(articles, engine)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "analyze_batch", watched)
    return read


def test_options_are_the_same_run_twice() -> None:
    assert Options(("a",), "b") == Options(("a",), "b")
    assert callable(run)
