"""Corrections: reading files as people make them, applying them, and telling what did not fit."""

from __future__ import annotations

import csv
import dataclasses
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_tables import Made, write_tables

from quotes import corrections
from quotes.corrections import Corrections, apply, load, misfits, same_text
from quotes.errors import LabelsError
from quotes.records import Analysis, Profile, Quote

TEXT = (
    '"Harga naik lagi," kata Sari Wulandari. "Kami akan bertahan," ujar Bupati Damar Jati. '
    'Film "Senja" diputar.'
)


def quote(words: str, number: int, speaker: int = -1, **cells: object) -> Quote:
    start = TEXT.index(words)
    who = PROFILES[speaker] if speaker >= 0 else None
    row = Quote(
        number, "direct", words, start, start + len(words), None, None, None, None, None, None,
        who.name if who else None, speaker, who.type if who else None, who.role if who else None,
        who.country if who else None, who.stance if who else None, 0.8 if who else None,
        "after" if who else None, 0.9 if who else None,
    )  # fmt: skip
    return row._replace(**cells)


PROFILES = (
    Profile("Sari Wulandari", "person", "pedagang", True, None, "other"),
    Profile("Damar Jati", "person", "Bupati", True, "ID", "official"),
)
ROWS = (
    quote("Harga naik lagi,", 1, 0),
    quote("Kami akan bertahan,", 2, 1, cue="ujar", cue_start=61, cue_end=65),
    quote("Senja", 3, kind="other"),
)
ANALYSIS = Analysis("a/berita.txt", len(TEXT), "ID", None, ROWS, PROFILES, ())


def write(folder: Path, rows: list[dict[str, object]], *, name: str = "corrections.csv", **form: str) -> Path:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    path = folder / name
    with path.open("w", encoding=form.get("encoding", "utf-8"), newline="") as out:
        writer = csv.DictWriter(out, columns, delimiter=form.get("delimiter", ","), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(number: int, **cells: object) -> dict[str, object]:
    one = ROWS[number]
    return {"article_id": "a/berita.txt", "start": one.start, "end": one.end, "text": one.text, **cells}


def applied(tmp_path: Path, *rows: dict[str, object]) -> Analysis:
    return apply(ANALYSIS, load(write(tmp_path, list(rows))))


# --- one cell at a time ------------------------------------------------------------------------


def test_a_stance_is_corrected_in_its_row_alone(tmp_path: Path) -> None:
    found = applied(tmp_path, row(0, stance="protester"))
    assert [(one.stance, one.stance_score) for one in found.quotes] == [
        ("protester", 1.0), ("official", 0.8), (None, None),
    ]  # fmt: skip
    assert found.quotes[0]._replace(stance="other", stance_score=0.8) == ROWS[0]
    assert [who.stance for who in found.speakers] == ["protester", "official"]


def test_a_confirmed_value_keeps_its_score(tmp_path: Path) -> None:
    found = applied(
        tmp_path, row(0, kind="direct", speaker="Sari Wulandari", role="pedagang", stance="other")
    )
    assert found == ANALYSIS


def test_a_role_is_corrected(tmp_path: Path) -> None:
    found = applied(tmp_path, row(0, role="ketua paguyuban pedagang"))
    assert found.quotes[0].role == "ketua paguyuban pedagang"
    assert found.speakers[0].role == "ketua paguyuban pedagang"


def test_a_speaker_the_article_knows_brings_role_country_and_stance(tmp_path: Path) -> None:
    found = applied(tmp_path, row(0, speaker="Damar Jati")).quotes[0]
    assert (found.speaker, found.speaker_index, found.role, found.country) == (
        "Damar Jati",
        1,
        "Bupati",
        "ID",
    )
    assert (found.stance, found.rule, found.score) == ("official", corrections.RULE, 1.0)


def test_filled_cells_win_over_what_the_speaker_brings(tmp_path: Path) -> None:
    found = applied(tmp_path, row(0, speaker="Damar Jati", role="calon bupati", stance="other")).quotes[0]
    assert (found.role, found.stance, found.stance_score) == ("calon bupati", "other", 1.0)


def test_a_new_name_becomes_a_speaker_of_the_article(tmp_path: Path) -> None:
    found = applied(tmp_path, row(0, speaker="Sari Wulandari Putri"))
    one = found.quotes[0]
    assert (one.speaker, one.speaker_index, one.role, one.stance) == (
        "Sari Wulandari Putri", 2, "pedagang", "other",
    )  # fmt: skip
    assert found.speakers[2] == Profile("Sari Wulandari Putri", "person", "pedagang", True, None, "other")
    assert found.speakers[0].stance is None  # no row speaks for her any more


def test_a_speaker_is_taken_away(tmp_path: Path) -> None:
    one = applied(tmp_path, row(1, speaker="(none)")).quotes[1]
    assert (one.speaker, one.speaker_index, one.stance, one.stance_score, one.rule, one.score) == (
        None, -1, None, None, None, None,
    )  # fmt: skip
    assert (one.kind, one.cue) == ("direct", "ujar")


def test_kind_other_has_neither_speaker_nor_cue_nor_stance(tmp_path: Path) -> None:
    one = applied(tmp_path, row(1, kind="other", speaker="Damar Jati", stance="official")).quotes[1]
    assert (one.kind, one.speaker, one.cue, one.cue_start, one.stance, one.rule) == ("other",) + (None,) * 5


def test_what_was_no_speech_gets_a_speaker(tmp_path: Path) -> None:
    one = applied(tmp_path, row(2, kind="mixed", speaker="Damar Jati", stance="official")).quotes[2]
    assert (one.kind, one.speaker, one.stance, one.rule) == ("mixed", "Damar Jati", "official", "correction")


def test_a_speaker_alone_does_not_turn_other_into_speech(tmp_path: Path) -> None:
    assert applied(tmp_path, row(2, speaker="Damar Jati")) == ANALYSIS


@pytest.mark.parametrize(
    "cells",
    [
        {"article_id": "b/berita.txt"},
        {"start": 2},
        {"end": 12},
        {"text": "Harga turun lagi,"},
        {"stance": ""},
        {"kind": "kutipan"},
        {"text": ""},
        {"start": "1,2E+03"},
        {"start": "-1"},
        {"start": ""},
    ],
)
def test_a_row_that_does_not_fit_changes_nothing(tmp_path: Path, cells: dict[str, object]) -> None:
    assert applied(tmp_path, {**row(0, stance="protester"), **cells}) == ANALYSIS


def test_without_corrections_the_analysis_is_the_same_object(tmp_path: Path) -> None:
    assert apply(ANALYSIS, Corrections()) is ANALYSIS
    other = load(write(tmp_path, [{**row(0, stance="protester"), "article_id": "x"}]))
    assert apply(ANALYSIS, other) is ANALYSIS
    assert not Corrections()
    assert other


# --- files as people make them -------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = write(tmp_path, [row(0, speaker="Señora “Sari”")], delimiter=delimiter, encoding=encoding)
    assert apply(ANALYSIS, load(path)).quotes[0].speaker == "Señora “Sari”"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_blank_lines_and_a_separator_hint(tmp_path: Path, ends: str) -> None:
    lines = [
        "sep=;",
        "",
        '"Article_ID";TEXT;Start;end;Stance',
        "a/berita.txt;Harga naik lagi,;1;17;protester",
        "",
    ]
    path = tmp_path / "c.csv"
    path.write_bytes(ends.join(lines[:1] + lines[2:]).encode())
    assert apply(ANALYSIS, load(path)).quotes[0].stance == "protester"


def far(text: str) -> Analysis:
    start = 1000
    one = ROWS[0]._replace(text=text, start=start, end=start + len(text))
    return Analysis("a/berita.txt", 5000, "ID", None, (one,), PROFILES, ())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1000", "1016"), ("1.000", "1.016"), ("1,000", "1,016"), ("1000,0", "1016.00"),
        ("1.000,00", "1.016,00"), ("1 000", "1\u202f016"), (" 1000", "'1016"), ("1'000", "1'016"),
    ],
)  # fmt: skip
def test_numbers_as_spreadsheets_write_them(tmp_path: Path, start: str, end: str) -> None:
    path = write(tmp_path, [{**row(0, stance="protester"), "start": start, "end": end}])
    assert apply(far("Harga naik lagi,"), load(path)).quotes[0].stance == "protester"


def test_a_number_that_may_be_a_thousand_or_one_is_settled_by_the_text(tmp_path: Path) -> None:
    path = write(tmp_path, [{**row(0, stance="protester"), "start": "1.000", "end": "17.000"}])
    assert apply(ANALYSIS, load(path)).quotes[0].stance == "protester"


@pytest.mark.parametrize("words", ["=1+1", "-5 derajat", "+62 812", "@warga", "'=x", "＝SUM(A1)"])
def test_apostrophes_of_spreadsheet_safe_tables(tmp_path: Path, words: str) -> None:
    analysis = far(words)
    safe = f"'{words}" if words[0] in "=+-@＝" else words
    for cell in (words, safe):
        correction = {**row(0), "start": 1000, "end": 1000 + len(words), "text": cell, "speaker": "'-Anon-"}
        assert apply(analysis, load(write(tmp_path, [correction]))).quotes[0].speaker == "-Anon-"


@pytest.mark.parametrize("name", ["=1.txt", "'=1.txt", "@berita.txt", "'berita.txt"])
@pytest.mark.parametrize("safe", [True, False])
def test_article_ids_that_a_spreadsheet_would_run(tmp_path: Path, name: str, safe: bool) -> None:
    cell = f"'{name}" if safe and name[0] in "=@" else name
    found = load(write(tmp_path, [{**row(0, stance="protester"), "article_id": cell}]))
    analysis = dataclasses.replace(ANALYSIS, article_id=name)
    assert apply(analysis, found).quotes[0].stance == "protester"
    assert found.fingerprint(name)


def test_a_cell_with_commas_and_no_quotation_marks_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("article_id,start,end,text,stance\na/berita.txt,1,17,Harga naik lagi,,other\n")
    (misfit,) = load(path).refused
    assert (misfit.row, "more cells than the header" in misfit.reason) == (2, True)


def test_white_space_in_a_quote_over_paragraphs_may_be_changed_by_a_spreadsheet(tmp_path: Path) -> None:
    words = "Satu.\r\nDua."
    correction = {**row(0, stance="protester"), "start": 1000, "end": 1011, "text": "Satu.\nDua."}
    assert apply(far(words), load(write(tmp_path, [correction]))).quotes[0].stance == "protester"
    assert not same_text("Satu. Dua.", "Satu Dua.")


def test_a_long_quote_is_read(tmp_path: Path) -> None:
    words = "kata " * 60_000
    correction = {**row(0, stance="protester"), "start": 1000, "end": 1000 + len(words), "text": words}
    assert apply(far(words), load(write(tmp_path, [correction]))).quotes[0].stance == "protester"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"sep=;\r\n", "the file is empty"),
        (b"article_id,start,end,text,Stance,stance\n", "column stance stands twice"),
        (b'article_id,start,end,text,kind\na,1,2,"x,other\nb,1,2,y,other\n', "line 3: .*nothing closes it"),
        (b"article_id,start,text\n", "column end missing"),
        (b"a,b\n1,2\n", "a corrections file has article_id, start, end, text"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "save it as CSV"),
        (b"\xff\xfea", "neither UTF-8"),
        (b"\x81\x8d\x9d", "neither UTF-8"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    with pytest.raises(LabelsError, match=said) as caught:
        load(path)
    assert "broken.csv" in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match=r"none\.csv: cannot be read"):
        load(tmp_path / "none.csv")


def test_later_files_win_and_fill_up_earlier_ones(tmp_path: Path) -> None:
    first = write(tmp_path, [row(0, stance="protester", role="pedagang cabai")], name="1.csv")
    second = write(tmp_path, [row(0, stance="official")], name="2.csv")
    found = load(first, second)
    one = apply(ANALYSIS, found).quotes[0]
    assert (one.stance, one.role, found.refused) == ("official", "pedagang cabai", ())


def test_a_contradiction_in_one_file_is_told(tmp_path: Path) -> None:
    found = load(write(tmp_path, [row(0, stance="protester"), row(0, stance="official"), row(0, role="x")]))
    assert apply(ANALYSIS, found).quotes[0].stance == "official"
    assert [(misfit.row, misfit.reason) for misfit in found.refused] == [
        (2, "row 3 corrects the same quote; its stance is used")
    ]


def test_corrections_travel_to_workers_and_tell_articles_apart(tmp_path: Path) -> None:
    found = load(write(tmp_path, [row(0, stance="protester")]))
    assert pickle.loads(pickle.dumps(found)) == found
    assert found.fingerprint("x") == "" != found.fingerprint("a/berita.txt")
    moved = load(write(tmp_path, [{**row(1, stance="other"), "article_id": "x"}, row(0, stance="protester")]))
    assert moved.fingerprint("a/berita.txt") == found.fingerprint("a/berita.txt")
    changed = load(write(tmp_path, [row(0, stance="official")]))
    assert changed.fingerprint("a/berita.txt") != found.fingerprint("a/berita.txt")


# --- what did not fit ------------------------------------------------------------------------------


MADE = Made(
    "a/berita.txt",
    TEXT,
    [
        {"text": "Harga naik lagi,", "speaker": "Sari Wulandari", "stance": "other"},
        {"text": "Kami akan bertahan,"},
        {"text": "Senja", "kind": "other"},
    ],
)


@pytest.mark.parametrize("form", [("csv", False), ("csv", True), ("jsonl", False), ("parquet", False)])
def test_misfits_are_told_with_their_reason_in_the_order_of_the_file(
    tmp_path: Path, form: tuple[str, bool]
) -> None:
    write_tables(tmp_path, [MADE], format=form[0], safe=form[1])
    path = write(
        tmp_path,
        [
            row(0, stance="other"),
            {**row(0, stance="other"), "article_id": "lain.txt"},
            {**row(0, stance="other"), "start": 2},
            {**row(0, stance="other"), "text": "Harga turun"},
            row(1, stance="official"),
            row(2, speaker="Damar Jati"),
            row(2, kind="other", speaker="Damar Jati"),
            row(1, kind="direct"),
            row(1, stance="oposisi"),
            row(1),
            row(1, kind="kutipan"),
            {**row(1, stance="official"), "end": "x"},
        ],
    )
    found = load(path, stances=("official", "protester", "foreign_government", "other"))
    said = misfits(found, tmp_path, format=form[0], spreadsheet_safe=form[1])
    assert [(one.row, one.reason) for one in said] == [
        (3, "no article of this run has this article_id"),
        (4, "no quote stands at 2–17"),
        (5, "the quote at 1–17 reads “Harga naik lagi,”, not “Harga turun”"),
        (6, "a stance or role needs a speaker; none is known here and the row names none"),
        (7, "kind other has no speaker, role or stance; correct its kind too"),
        (10, "stance “oposisi” is none of the model's official, protester, foreign_government, other"),
        (11, "nothing is corrected: kind, speaker, role and stance are empty"),
        (12, "kind “kutipan” is none of direct, mixed, indirect, other"),
        (13, f"start “{ROWS[1].start}” and end “x” are not offsets"),
    ]
    assert str(said[0]) == f"{path}, row 3 (lain.txt): no article of this run has this article_id"


def test_no_corrections_read_no_tables(tmp_path: Path) -> None:
    assert misfits(Corrections(), tmp_path / "nowhere") == []


# --- a table corrected as a whole --------------------------------------------------------------------


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=20)


@given(text=CELL, name=CELL, separator=st.sampled_from(",;\t"))
def test_any_words_survive_the_way_through_a_file(
    tmp_path_factory: pytest.TempPathFactory, text: str, name: str, separator: str
) -> None:
    path = write(
        tmp_path_factory.mktemp("c"),
        [
            {
                "article_id": "a/berita.txt",
                "start": 1000,
                "end": 1000 + len(text),
                "text": text,
                "speaker": name,
            }
        ],
        delimiter=separator,
    )
    one = apply(far(text), load(path)).quotes[0]
    if not text.strip() or not name.strip():
        assert one == far(text).quotes[0]
    elif name.strip().lower() == "(none)":
        assert one.speaker is None
    else:
        assert one.speaker in (name.strip(), name.strip()[1:])
