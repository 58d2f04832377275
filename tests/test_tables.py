"""Rows, and how they become bytes."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import stored, tables
from quotes.batch.part import Key, Piece, Unit, decode, decode_head, encode, encode_head, name_of, span
from quotes.batch.render import CsvRenderer, JsonRenderer, renderer
from quotes.batch.texts import file_name
from quotes.errors import UsageError
from quotes.people import Local, Said, Spoken
from quotes.records import Analysis, Problem, Quote

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
SAMPLES = st.one_of(TEXT, st.sampled_from(['a,b"c', "\r", "a\r\nb", "\n", '"', "=1+1", "'=1", " x ", "\x00"]))


def quote(**cells: object) -> Quote:
    values: dict[str, object] = dict.fromkeys(Quote._fields)
    values |= {"quote_id": 1, "kind": "direct", "text": "Ya", "start": 3, "end": 5, "speaker_index": -1}
    return Quote(**(values | cells))  # type: ignore[arg-type]


FULL = quote(
    text='Ya, "begitu"',
    cue="kata", cue_start=7, cue_end=11, mention="Ani", mention_start=12, mention_end=15,
    speaker="Ani Lestari", speaker_index=0, speaker_type="person", role="petani", country="ID",
    stance="other", stance_score=0.98765, rule="after", score=1.0,
)  # fmt: skip


def test_a_row_has_a_cell_per_column() -> None:
    row = tables.quote_row("a.txt", FULL, "ani-lestari")
    assert dict(zip(tables.QUOTES, row, strict=True)) == {
        "article_id": "a.txt", "quote_id": 1, "kind": "direct", "text": 'Ya, "begitu"', "start": 3, "end": 5,
        "cue": "kata", "cue_start": 7, "cue_end": 11, "mention": "Ani", "mention_start": 12,
        "mention_end": 15, "speaker": "Ani Lestari", "speaker_id": "ani-lestari",
        "speaker_type": "person", "role": "petani", "country": "ID",
        "stance": "other", "stance_score": 0.9877, "rule": "after", "score": 1.0,
    }  # fmt: skip


def test_the_row_of_an_article() -> None:
    rows = (
        FULL,
        FULL._replace(kind="mixed", stance="protester"),
        FULL._replace(kind="indirect", stance=None),
        quote(kind="indirect"),
        quote(kind="other"),
    )
    analysis = Analysis("a.txt", 99, "ID", None, rows, (), (Problem("unpaired_mark", 4, "x"),))
    row = dict(zip(tables.ARTICLES, tables.article_row(analysis), strict=True))
    assert row == {
        "article_id": "a.txt", "focus_country": "ID", "characters": 99, "quotes": 4, "direct": 1, "mixed": 1,
        "indirect": 2, "not_speech": 1, "attributed": 3, "official": 0, "protester": 1,
        "foreign_government": 0, "other": 1, "problems": 1,
    }  # fmt: skip


def test_labels_of_the_users_own() -> None:
    labels = ("company", "union")
    assert tables.columns("articles", labels)[-4:] == ("attributed", "company", "union", "problems")
    assert tables.types("articles", labels)["union"] is int
    assert tables.types("quotes", labels) == tables.types("quotes")
    tables.check_labels(labels)
    with pytest.raises(UsageError, match="'quotes'"):
        tables.check_labels(("union", "quotes"))


def test_csv_bytes() -> None:
    render = CsvRenderer()
    line = filled(render, [FULL], ["ani-lestari"])
    assert line == (
        b'a.txt,1,direct,"Ya, ""begitu""",3,5,kata,7,11,Ani,12,15,Ani Lestari,ani-lestari,person,petani,ID,'
        b"other,0.9877,after,1.0000\r\n"
    )
    empty = filled(render, [quote()], [""])
    assert empty == b"a.txt,1,direct,Ya,3,5,,,,,,,,,,,,,,,\r\n"
    assert render.header(tables.PROBLEMS) == b"article_id,code,start,message\r\n"


def test_json_bytes() -> None:
    render = JsonRenderer()
    line = filled(render, [FULL], ["ani-lestari"])
    assert line.endswith(b"\n")
    assert json.loads(line) == dict(
        zip(tables.QUOTES, tables.quote_row("a.txt", FULL, "ani-lestari"), strict=True)
    )
    assert list(json.loads(line)) == list(tables.QUOTES)
    assert json.loads(render.rows(tables.STANCE, [(None, "direct", 1, 2, 3, 4)]))["stance"] is None


def filled(
    render: CsvRenderer | JsonRenderer, rows: list[Quote], ids: list[str], article_id: str = "a.txt"
) -> bytes:
    """Rendered rows of the quotes table with their speakers' ids ("" for none)."""
    lines, cuts = render.quotes(article_id, rows, [bool(name) for name in ids])
    wanted = [render.speaker_id(name) for name in ids if name]
    pieces = [lines[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    return b"".join(piece + name for piece, name in zip(pieces, [*wanted, b""], strict=True))


ROWS = st.lists(st.tuples(SAMPLES, SAMPLES, SAMPLES, st.sampled_from(["", "ani", "budi-2"])), max_size=4)


def made(found: list[tuple[str, str, str, str]]) -> list[Quote]:
    return [FULL._replace(text=one, cue=two, rule=three) for one, two, three, _ in found]


@given(ROWS, SAMPLES)
def test_csv_gives_back_what_it_was_given(found: list[tuple[str, str, str, str]], article_id: str) -> None:
    ids = [name for *_, name in found]
    lines = filled(CsvRenderer(), made(found), ids, article_id)
    expected = [
        [
            "" if cell is None else f"{cell:.4f}" if isinstance(cell, float) else str(cell)
            for cell in tables.quote_row(article_id, row, name)
        ]
        for row, name in zip(made(found), ids, strict=True)
    ]
    assert list(csv.reader(io.StringIO(lines.decode(), newline=""), strict=True)) == expected


@given(ROWS, SAMPLES)
def test_json_gives_back_what_it_was_given(found: list[tuple[str, str, str, str]], article_id: str) -> None:
    ids = [name for *_, name in found]
    lines = filled(JsonRenderer(), made(found), ids, article_id).split(b"\n")
    assert lines.pop() == b""
    for line, row, name in zip(lines, made(found), ids, strict=True):
        expected = tables.quote_row(article_id, row, name or None)
        assert json.loads(line) == dict(zip(tables.QUOTES, expected, strict=True))


@pytest.mark.parametrize("cell", ["=1+1", "+62 811", "-5", "@x", "\tx", "\rx", "\nx", "＝x", "＠x"])
@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_no_formula_reaches_a_spreadsheet(format: tables.Format, cell: str) -> None:
    row: tables.Row = (cell, "code", -5, "x")
    assert tables.spreadsheet_safe(row) == (f"'{cell}", "code", -5, "x")
    assert stored.bare(f"'{cell}") == cell
    safe = renderer(format, safe=True).rows(tables.PROBLEMS, [row])
    assert safe == renderer(format).rows(tables.PROBLEMS, [tables.spreadsheet_safe(row)])
    assert safe != renderer(format).rows(tables.PROBLEMS, [row])
    lines, _ = renderer(format, safe=True).quotes(cell, [FULL._replace(text=cell)], [True])
    assert lines == renderer(format).quotes(f"'{cell}", [FULL._replace(text=f"'{cell}")], [True])[0]


@pytest.mark.parametrize("cell", ["", "1+1", "“=x”", " =x", "a\n=b", "'x"])
def test_other_cells_are_exact(cell: str) -> None:
    assert tables.spreadsheet_safe((cell, None, 3, 0.5)) == (cell, None, 3, 0.5)


# --- parts -------------------------------------------------------------------------------------

NOBODY = Spoken(0, ())
LOCAL = Local(7, "Ani Lestari", "person", "petani", None)
UNITS = [
    Unit(
        Key("a.txt", 0), "1-2 a.txt ", "c0ffee",
        (
            Piece(
                "a.txt", "2026-01-31", (LOCAL,), Spoken(2, (Said(0, 3, 0, 1, 2, 0), Said(-1, -1, 2, 1, 9, 1))),
                [4], [0], 1,
                b"row,\r\n\xe2\x80\x9c", b"art\n", "“Ya,”\u2028 kata Ani.\r\n",
            ),
        ),
        {"unpaired_mark": 2}, b"problem\n", 0,
    ),
    Unit(
        Key("b.jsonl", 1), "", "dead",
        (Piece("x", None, (), NOBODY, [], [], 0), Piece("y", None, (), NOBODY, [], [], 0, b"q", b"a")),
    ),
    Unit(Key("b.jsonl", 2), "", "beef", (), {"bad_record": 1}, b"bad\n", 1),
    Unit(Key("c\udc80.txt", 0), "v", "cafe"),
]  # fmt: skip


def test_a_part_gives_back_its_units() -> None:
    data = encode(UNITS)
    assert decode(data) == UNITS
    first = span(data.partition(b"\n")[0])
    assert first is not None
    assert (first.first, first.last) == (UNITS[0].key, UNITS[-1].key)
    heads = decode_head(encode_head(UNITS))
    assert [unit.key for unit in heads] == [unit.key for unit in UNITS]
    assert heads[0].pieces[0].spoken == UNITS[0].pieces[0].spoken
    assert heads[0].pieces[0].quotes == b""


def test_a_part_that_broke_off_is_none() -> None:
    data = encode(UNITS)
    for size in range(len(data)):
        with pytest.raises(ValueError, match="whole"):
            decode(data[:size])
    assert span(b"") is None
    assert span(b'[0,["a",0],["b",0],3]') is None


def test_the_name_of_a_part_tells_its_units() -> None:
    names = {name_of(units) for units in (UNITS, UNITS[1:], UNITS[:1], UNITS[::-1])}
    assert len(names) == 4
    assert name_of(decode(encode(UNITS))) == name_of(UNITS)


@pytest.mark.parametrize(
    ("article_id", "expected"),
    [
        ("a.txt", "a.txt.txt"),
        ("kota/berita.html", "kota/berita.html.txt"),
        ("a.jsonl#12", "a.jsonl#12.txt"),
        ("../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd.txt"),
        ("/etc/passwd", "%/etc/passwd.txt"),
        ("a.txt/b.txt", "a%2Etxt/b.txt.txt"),
        (".hidden", "%2Ehidden.txt"),
        ("", "%.txt"),
        ("a\x00b\n", "a%00b%0A.txt"),
        ("100%", "100%25.txt"),
    ],
)
def test_file_names(article_id: str, expected: str) -> None:
    assert file_name(article_id) == expected


@given(st.lists(TEXT, min_size=2, max_size=2, unique=True))
def test_file_names_are_safe_and_different(ids: list[str]) -> None:
    names = [file_name(article_id) for article_id in ids]
    assert names[0] != names[1]
    for name in names:
        for part in name.split("/"):
            assert part not in ("", ".", "..")
            assert len(part.encode()) < 255
        assert not set(name) & set('\x00\n\\:*?"<>|')


def test_long_file_names_are_told_apart() -> None:
    one, other = file_name("x" * 5000 + "1"), file_name("x" * 5000 + "2")
    assert one != other
    assert len(one) < 255
