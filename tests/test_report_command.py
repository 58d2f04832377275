"""``quotes report`` as people call it."""

from __future__ import annotations

import csv
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from runs import command, fill, tables

from quotes.batch.progress import Bar, Log, for_stream
from quotes.batch.screen import lines
from quotes.batch.summary import Summary, TopSpeaker
from quotes.tables import QUOTES


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("input"), 6)


def test_the_summary(folder: Path, tmp_path: Path) -> None:
    done = command("report", folder, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert done.stderr == ""
    text = done.stdout
    with (tmp_path / "out" / "quotes.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] != "other"]
    assert f"6 articles, {len(rows):,} quotes" in text
    official = sum(row["stance"] == "official" for row in rows)
    (line,) = [line.split() for line in text.splitlines() if line.split()[:1] == ["official"]]
    assert line[1] == f"{official:,}"
    assert text.count("Most quoted speakers") == 1
    assert (tmp_path / "out" / "report.html").exists()


def test_bad_files_are_rows_and_status_1(folder: Path, tmp_path: Path) -> None:
    source = Path(shutil.copytree(folder, tmp_path / "in"))
    (source / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (source / "empty.txt").touch()
    (source / "marks.txt").write_text('“”""«»„“ ””\n“\n', "utf-8")
    (source / "surat.pdf").write_bytes(b"%PDF-1.4")
    (source / "utf16.txt").write_bytes('"Ya," kata Siti Rahma.'.encode("utf-16"))
    (source / "cp1252.txt").write_bytes("“Ya,” kata Siti Rahma di café.".encode("cp1252"))
    (source / "rusak.jsonl").write_text('{"text": "halo"}\n{"text": "ha')
    done = command("report", source, "--out", tmp_path / "out", "--no-page")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    with (tmp_path / "out" / "problems.csv").open(newline="", encoding="utf-8") as file:
        codes = {(row["article_id"], row["code"]) for row in csv.DictReader(file)}
    assert codes >= {
        ("binary.txt", "undecodable"), ("empty.txt", "empty"), ("surat.pdf", "unsupported"),
        ("cp1252.txt", "guessed_encoding"), ("rusak.jsonl#2", "bad_record"),
    }  # fmt: skip
    with (tmp_path / "out" / "articles.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["article_id"]: row for row in csv.DictReader(file)}
    assert {"marks.txt", "utf16.txt", "cp1252.txt", "rusak.jsonl#1"} <= rows.keys()
    assert not {"binary.txt", "empty.txt", "surat.pdf"} & rows.keys()
    assert len(rows) == 10
    assert "could not be read" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "no such file"),
        (["empty"], "nothing to read"),
        (["in", "--workers", "0"], "--workers"),
        (["in", "--format", "xlsx"], "--format"),
        (["in", "--min-score", "2"], "--min-score"),
        (["in", "--min-score", "nan"], "--min-score"),
        (["in", "--minscore", "0"], "quotes report --help"),
        (["in", "--out", ""], "--out is empty"),
        (["in", ""], "empty name"),
        (["in", "--out", "in/a.txt/b"], "in/a.txt: is a file"),
        (["in", "--out", "in", "--corrections", "in/quotes.csv"], "copy it to another name"),
        (["in", "--dask", "scheduler"], "tcp://HOST:8786"),
        (["in", "--dask", "carrier://pigeon:1"], "carrier"),
        (["in", "--model", "none.json"], "none.json"),
        (["in", "--corrections", "none.csv"], "none.csv"),
        (["in", "--out", "in/a.txt"], "is a file"),
        (["in", "--dask", "tcp://127.0.0.1:9"], "scheduler"),
        ([], "FOLDER"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("“Ya,” kata Ani.", "utf-8")
    (tmp_path / "in" / "quotes.csv").write_text(",".join(QUOTES) + "\n", "utf-8")
    soon = os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
    done = command("report", *arguments, cwd=tmp_path, env=soon)
    assert done.returncode == (3 if "tcp://127.0.0.1:9" in arguments else 2)
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


def test_several_folders_and_files(folder: Path, tmp_path: Path) -> None:
    file = next((folder / "a").iterdir())
    done = command("report", folder / "a", folder / "b-c", "--out", tmp_path, "--quiet", "--no-page")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    ids = [row["article_id"] for row in csv.DictReader(tables(tmp_path)["articles"].decode().splitlines())]
    assert f"a/{file.name}" in ids
    assert len(ids) == 6
    done = command("report", file, "--out", tmp_path / "one", "--quiet", "--no-page")
    ids = [
        r["article_id"] for r in csv.DictReader(tables(tmp_path / "one")["articles"].decode().splitlines())
    ]
    assert ids == [file.name]


def test_corrections_that_do_not_fit_are_told(folder: Path, tmp_path: Path) -> None:
    plain = command("report", folder, "--out", tmp_path / "out", "--no-page", "--quiet")
    assert plain.stderr == ""
    row = next(csv.DictReader((tmp_path / "out" / "quotes.csv").read_text("utf-8").splitlines()))
    mended = tmp_path / "mended.csv"
    with mended.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["article_id", "start", "end", "text", "speaker", "stance"])
        writer.writeheader()
        same = {key: row[key] for key in ("article_id", "start", "end", "text")}
        writer.writerow(same | {"speaker": "Siti Rahma", "stance": "protester"})
        writer.writerow(same | {"article_id": "elsewhere.txt", "speaker": "Siti Rahma"})
    done = command(
        "report", folder, "--out", tmp_path / "out", "--no-page", "--quiet", "--corrections", mended
    )
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert "elsewhere.txt" in line
    found = next(csv.DictReader((tmp_path / "out" / "quotes.csv").read_text("utf-8").splitlines()))
    assert (found["speaker"], found["speaker_id"], found["stance"]) == (
        "Siti Rahma",
        "siti-rahma",
        "protester",
    )
    again = command("report", folder, "--out", tmp_path / "fresh", "--no-page", "--corrections", mended)
    assert again.returncode == 0
    assert tables(tmp_path / "out") == tables(tmp_path / "fresh")


def test_a_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes", "report", str(folder), "--out", str(tmp_path), "--no-page"],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:
            break
        if not block:
            break
        seen += block
    os.close(ours)
    assert process.wait(60) == 0
    assert b"6 articles" in seen
    assert b"/s" in seen


def test_a_log_elsewhere(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    log = for_stream()
    assert isinstance(log, Log)
    log.start(None)
    log.advance(10, 1000, 5000)
    log.stage("who is who")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("quotes.batch.progress.INTERVAL", 0.0)
    log.advance(10, 2000, 9000)
    log.stage("who is who")
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("quotes: 2,000 articles, 9,000 quotes, ")
    assert second.endswith("; who is who")
    assert not isinstance(for_stream(quiet=True), (Log, Bar))


def test_names_from_articles_do_nothing_on_the_screen() -> None:
    summary = Summary("out", ("official",), articles=1)
    summary.kinds["direct"] = 1
    summary.stances["official"] = 1
    summary.top = [TopSpeaker("x", "Ani\x1b[2J\u202eAni\n", "a\tb", "official", 1)]
    text = "\n".join(lines(summary))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "Ani\ufffd[2J\ufffdAni, a b (official)" in text
