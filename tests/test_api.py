"""The library's two functions."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from runs import ROOT, command, fill, report, tables

import quotes
from quotes.errors import ModelError, UsageError
from quotes.tables import NAMES, QUOTES, SPEAKERS, columns

TEXT = (
    "JAKARTA — Kapolres Garut AKBP Budi Santoso mengatakan, “Situasi terkendali.”\n"
    "“Kami menolak tambang itu,” kata Siti Rahma, petani. Ia “kecewa”. Polisi menyebut aksi itu damai.\n"
    "“Kami akan kembali,\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("input"), 6)


def test_one_article() -> None:
    result = quotes.analyze(TEXT)
    first = result.quotes[0]
    assert TEXT[first.start : first.end] == first.text == "Situasi terkendali."
    assert (first.speaker, first.speaker_id) == ("Budi Santoso", "budi-santoso")
    assert first.quote_id == 1
    assert result.focus_country == "ID"
    assert {who.speaker for who in result.speakers} >= {"Budi Santoso", "Siti Rahma"}
    assert [problem.code for problem in result.problems] == ["unpaired_mark"]
    frame = result.to_frame()
    assert tuple(frame.columns) == QUOTES
    assert len(frame) == len(result.quotes)
    assert list(frame["start"]) == [row.start for row in result.quotes]


def test_the_columns_of_rows_are_those_of_the_tables() -> None:
    from quotes.api import QuoteRow, SpeakerRow

    assert QuoteRow._fields == QUOTES
    assert SpeakerRow._fields == SPEAKERS


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_no_text(text: str) -> None:
    result = quotes.analyze(text)
    assert result.quotes == result.speakers == ()
    assert [problem.code for problem in result.problems] == ["empty"]
    assert result.to_frame().shape == (0, len(QUOTES))


def test_text_is_text() -> None:
    with pytest.raises(TypeError, match="bytes"):
        quotes.analyze(b"abc")  # type: ignore[arg-type]


def test_options_of_one_article(tmp_path: Path) -> None:
    kinds = {row.kind for row in quotes.analyze(TEXT).quotes}
    assert "indirect" in kinds
    assert "indirect" not in {row.kind for row in quotes.analyze(TEXT, indirect=False).quotes}
    assert {row.article_id for row in quotes.analyze(TEXT, article_id="x").quotes} == {"x"}
    with pytest.raises(ModelError):
        quotes.analyze(TEXT, model=tmp_path / "none.json")


def test_folders_give_the_rows_of_the_command_line(folder: Path, tmp_path: Path) -> None:
    found = quotes.report(folder, workers=1)
    command("report", folder, "--out", tmp_path / "cli", "--workers", 1)
    found.save(tmp_path / "api")
    assert tables(tmp_path / "api") == tables(tmp_path / "cli")
    assert {path.name for path in (tmp_path / "api").iterdir()} == {
        path.name for path in (tmp_path / "cli").iterdir() if not path.name.startswith(".")
    }
    for name in ("quotes", "speakers", "articles", "stance", "problems"):
        frame = getattr(found, name)
        assert isinstance(frame, pd.DataFrame)
        assert tuple(frame.columns) == columns(name)
    assert found.quotes is found.quotes
    assert found.summary.articles == len(found.articles) == 6
    assert "6 articles" in repr(found)


def test_one_article_and_a_folder_agree(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    report_ = quotes.report(tmp_path / "a.txt", workers=1, page=False)
    alone = quotes.analyze(TEXT, article_id="a.txt")
    pd.testing.assert_frame_equal(report_.quotes, alone.to_frame())
    assert list(report_.speakers["speaker_id"]) == [who.speaker_id for who in alone.speakers]
    assert list(report_.articles["focus_country"]) == [alone.focus_country]


def test_namibia_is_no_missing_value(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with (folder / "problems.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["article_id", "code", "start", "message"], ["NA", "null", "", "NaN"]])
    from quotes import frames

    (row,) = frames.read(folder, "problems").to_dict("records")
    assert pd.isna(row.pop("start"))
    assert row == {"article_id": "NA", "code": "null", "message": "NaN"}


def test_a_report_without_a_folder_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    found = quotes.report([folder], workers=1, page=False)
    place = found.folder
    assert place.exists()
    del found
    import gc

    gc.collect()
    assert not place.exists()


def test_saving_keeps_what_is_not_ours(folder: Path, tmp_path: Path) -> None:
    found = quotes.report(folder, workers=1, page=False)
    (tmp_path / "quotes.csv").write_text("mine\n")
    with pytest.raises(UsageError, match=r"quotes\.csv"):
        found.save(tmp_path)
    assert (tmp_path / "quotes.csv").read_text() == "mine\n"


def test_out_is_a_run_that_goes_on(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "in"))
    assert quotes.report(copy, out=tmp_path / "out", workers=1, page=False).summary.unchanged == 0
    again = quotes.report(copy, out=tmp_path / "out", workers=1, page=False)
    assert again.summary.unchanged == 6
    assert again.folder == tmp_path / "out"
    assert again.save(tmp_path / "out") == tmp_path / "out"


@pytest.mark.parametrize(
    "options", [{"format": "xlsx"}, {"min_score": 2}, {"workers": 0}, {"text_column": "isi"}]
)
def test_wrong_options(folder: Path, tmp_path: Path, options: dict[str, object]) -> None:
    (tmp_path / "a.csv").write_text("text\nhalo\n")
    with pytest.raises(UsageError):
        quotes.report([folder, tmp_path], page=False, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("score", [2, -0.1, float("nan")])
def test_a_confidence_that_is_none(score: float) -> None:
    with pytest.raises(UsageError, match="min_score"):
        quotes.analyze("“Ya,” kata Budi.", min_score=score)


def test_half_a_surrogate_pair_is_a_question_mark_in_a_frame() -> None:
    result = quotes.analyze("“\ud800Ya,” kata Budi.")
    assert result.quotes[0].text == "\ud800Ya,"
    assert list(result.to_frame().text) == ["?Ya,"]


@pytest.mark.parametrize("format", ["csv", "parquet", "jsonl"])
def test_a_report_in_an_object_store_is_read_from_there(folder: Path, tmp_path: Path, format: str) -> None:
    address = f"memory://{tmp_path.name}/{format}"
    here = quotes.report(folder, workers=1, format=format, page=False)  # type: ignore[arg-type]
    there = quotes.report(folder, workers=1, format=format, page=False, out=address)  # type: ignore[arg-type]
    for table in NAMES:
        assert getattr(there, table).equals(getattr(here, table)), table
    with pytest.raises(UsageError, match="object store"):
        there.save(tmp_path / "saved")


@pytest.mark.parametrize("place", ["", "memory://x/y", "file.txt", "file.txt/below"])
def test_places_where_nothing_can_be_saved(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").touch()
    report = quotes.report(folder, workers=1, page=False)
    with pytest.raises(UsageError):
        report.save(place)
    assert [path.name for path in tmp_path.iterdir()] == ["file.txt"]


def test_the_name_report_stays_the_function() -> None:
    code = "import quotes, quotes.cli.report, quotes.batch.run, quotes.page; print(callable(quotes.report))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "True\n"
    assert not hasattr(quotes, "nothing")
    assert {"analyze", "report"} <= set(dir(quotes))


def test_the_helpers_of_these_tests_run_the_same_job(folder: Path, tmp_path: Path) -> None:
    report(folder, tmp_path / "out")
    frame = quotes.report(folder, workers=1, page=False).quotes
    with (tmp_path / "out" / "quotes.csv").open(newline="", encoding="utf-8") as file:
        assert [row["text"] for row in csv.DictReader(file)] == list(frame["text"])
