"""Labelled rows: files as people make them, rows that correct others, and what is no table of labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from runs import command

from quotes.errors import LabelsError
from quotes.labels import Labels, read_labels
from quotes.tables import QUOTES

HEADER = "article_id,text,stance"


def write(folder: Path, *lines: str, name: str = "labels.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join((*lines, "")).encode(encoding))
    return path


def said(labels: Labels) -> list[tuple[str, str, str]]:
    return [(row.article_id, row.text, row.stance) for row in labels.rows]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("hint", [True, False])
def test_separators_and_encodings(tmp_path: Path, mark: str, encoding: str, hint: bool) -> None:
    rows = [f"sep={mark}"] * hint + [HEADER.replace(",", mark), f'a.txt{mark}"Señor,; ya"{mark} pro ']
    labels = read_labels([write(tmp_path, *rows, encoding=encoding)])
    assert said(labels) == [("a.txt", "Señor,; ya", "pro")]
    assert labels.places == (f"labels.csv, row {2 + hint}",)


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = write(tmp_path, "Stance, TEXT ,article_ID", 'pro,"dua\nbaris",a', ",,", "kontra,satu,b", "lain")
    labels = read_labels([path])
    assert said(labels) == [("a", "dua\nbaris", "pro"), ("b", "satu", "kontra")]
    assert labels.places == ("labels.csv, row 2", "labels.csv, row 4")
    assert labels.skipped == {"without text": 1}


@pytest.mark.parametrize(("start", "end"), [("1234", "1240"), ("1.234", "1.240"), ("1234,0", "1240,0")])
def test_a_later_file_corrects_an_earlier_one(tmp_path: Path, start: str, end: str) -> None:
    first = write(tmp_path, f"{HEADER},start,end,role", "a,Enam a,pro,1234,1240,guru", name="1.csv")
    second = write(tmp_path, f"{HEADER},start,end,role", f'a,Enam a,kontra,"{start}","{end}",', name="2.csv")
    labels = read_labels([first, second])
    assert said(labels) == [("a", "Enam a", "kontra")]
    assert (labels.rows[0].start, labels.rows[0].role) == (1234, "guru")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"stance": "(none)"}, "without a stance"),
        ({"speaker": "(None)"}, "without a stance"),
        ({"kind": "other"}, "of kind other"),
    ],
)
def test_corrections_that_take_a_row_out(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    columns = ("article_id", "start", "end", "text", "kind", "speaker", "stance")
    row = dict(zip(columns, ("a", "1", "5", "Satu", "direct", "Budi", "pro"), strict=True))
    change = row | {"kind": "", "speaker": "", "stance": ""} | cells
    files = [
        write(tmp_path, ",".join(columns), ",".join(one.values()), name=f"{number}.csv")
        for number, one in enumerate((row, change))
    ]
    assert len(read_labels(files[:1]).rows) == 1
    labels = read_labels(files)
    assert (labels.rows, labels.skipped) == ((), {reason: 1})


def test_an_emptied_role_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER},role", "a,Satu,pro,(none)")
    assert read_labels([path]).rows[0].role == ""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "the file is empty"),
        (["article_id,text"], "column stance missing; a labels file has article_id, text, stance"),
        ([f"{HEADER},Stance", "a,b,c,d"], "column stance stands twice"),
        ([HEADER, "a,Halo, semua,pro"], "row 2: more cells than the header"),
        ([HEADER, "a,b,c,"] * 1 + ["a,b,c,x"], "row 3: more cells than the header"),
        ([HEADER, 'a,"Halo,pro', "b,Ya,pro"], "nothing closes it"),
        ([f"{HEADER},kind", "a,b,c,foo"], "row 2: kind 'foo' is none of"),
        ([f"{HEADER},speaker_type", "a,b,c,foo"], "row 2: speaker_type 'foo' is none of"),
    ],
)
def test_what_is_no_table_of_labels(tmp_path: Path, lines: list[str], words: str) -> None:
    path = write(tmp_path, *lines) if lines else tmp_path / "labels.csv"
    path.touch()
    with pytest.raises(LabelsError, match=words) as caught:
        read_labels([path])
    assert "labels.csv" in str(caught.value)


def test_a_separator_behind_the_last_cell_shifts_nothing(tmp_path: Path) -> None:
    assert said(read_labels([write(tmp_path, HEADER, "a,Halo,pro,", "b,Ya,kontra,")])) == [
        ("a", "Halo", "pro"),
        ("b", "Ya", "kontra"),
    ]


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("labels.csv", "is no stance model and would be overwritten"),
        ("folder", "is a folder"),
        ("nowhere/model.json", "there is no folder"),
        ("x" * 300, "cannot be written"),
        ("labels.csv/model.json", "there is no folder"),
    ],
)
def test_a_model_overwrites_nothing_else(tmp_path: Path, out: str, words: str) -> None:
    path = write(tmp_path, ",".join(QUOTES))
    (tmp_path / "folder").mkdir()
    before = path.read_bytes()
    done = command("train", path, "--out", tmp_path / out)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert words in done.stderr
    assert path.read_bytes() == before
