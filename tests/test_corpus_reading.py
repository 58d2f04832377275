"""Every kind of file in, whole and broken: articles, or a problem that says what is wrong."""

from __future__ import annotations

import bz2
import codecs
import csv
import gzip
import io
import json
import lzma
import math
import os
import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from quotes import tables
from quotes.corpus import Columns, Ids, Trouble, check_columns, list_sources, read_source
from quotes.corpus.dates import iso_date
from quotes.corpus.encodings import UndecodableError, decode, mend
from quotes.errors import UsageError
from quotes.records import Article

TEXT = "“Harga beras naik,” kata Sri Wahyuni.\r\nIa menyebutnya “gawat” – café…\n"


def read(folder: Path, columns: Columns | None = None) -> list[Article | Trouble]:
    return [item for source in list_sources([str(folder)]) for item in read_source(source, columns)]


def articles(folder: Path, columns: Columns | None = None) -> list[Article]:
    items = read(folder, columns)
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def summary(folder: Path, columns: Columns | None = None) -> list[tuple[str, str]]:
    """Each article as (id, text), each trouble as (id, code)."""
    return [
        (item.article_id, item.text if isinstance(item, Article) else item.problem.code)
        for item in read(folder, columns)
    ]


PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def as_parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue().encode()


def as_jsonl(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


ROWS: list[dict[str, Any]] = [
    {"id": "x1", "text": TEXT, "tanggal": "2024-05-03"},
    {"id": "x2", "text": "Kalimat\nkedua, “ya”.", "tanggal": None},
]
RECORDS = {"jsonl": as_jsonl(ROWS), "csv": as_csv(ROWS), "parquet": as_parquet(ROWS)}


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("type_", ["txt", "md"])
def test_plain_text(tmp_path: Path, type_: str, suffix: str) -> None:
    (tmp_path / f"a.{type_}{suffix}").write_bytes(PACK[suffix](TEXT.encode()))
    assert read(tmp_path) == [Article(f"a.{type_}{suffix}", TEXT)]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("type_", RECORDS)
def test_records(tmp_path: Path, type_: str, suffix: str) -> None:
    name = f"a.{type_}{suffix}"
    (tmp_path / name).write_bytes(PACK[suffix](RECORDS[type_]))
    assert read(tmp_path) == [
        Article(f"{name}#1", ROWS[0]["text"], "2024-05-03", (), 1),
        Article(f"{name}#2", ROWS[1]["text"], None, (), 2),
    ]
    by_id = articles(tmp_path, Columns(id="id"))
    assert [article.article_id for article in by_id] == ["x1", "x2"]


@pytest.mark.parametrize("type_", RECORDS)
def test_named_columns(tmp_path: Path, type_: str) -> None:
    rows: list[dict[str, Any]] = [
        {"no": 7, "judul": "J", "text": "bukan ini", "badan": "isi satu", "terbit": "3 Mei 2024"},
        {"no": 8, "judul": "K", "text": "bukan ini", "badan": "isi dua", "terbit": "31/12/2023"},
    ]
    make = {"jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet}[type_]
    (tmp_path / f"a.{type_}").write_bytes(make(rows))
    found = articles(tmp_path, Columns(text="badan", id="no", date="terbit"))
    assert [(a.article_id, a.text, a.date) for a in found] == [
        ("7", "isi satu", "2024-05-03"),
        ("8", "isi dua", "2023-12-31"),
    ]


@pytest.mark.parametrize("type_", RECORDS)
@pytest.mark.parametrize(
    "columns", [Columns(text="isi"), Columns(id="nomor"), Columns(date="terbit"), Columns("text", "ID")]
)
def test_a_missing_column_lists_those_there_are(tmp_path: Path, type_: str, columns: Columns) -> None:
    (tmp_path / f"a.{type_}").write_bytes(RECORDS[type_])
    for act in (
        lambda: read(tmp_path, columns),
        lambda: check_columns(list_sources([str(tmp_path)]), columns),
    ):
        with pytest.raises(UsageError) as caught:
            act()
        assert f"a.{type_}: no column" in str(caught.value)
        assert "there are 'id', 'text', 'tanggal'" in str(caught.value)


def test_columns_are_looked_for_in_records_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("isi")
    (tmp_path / "b.jsonl").write_text("not JSON\n")
    (tmp_path / "c.csv.gz").write_bytes(b"broken")
    (tmp_path / "d.csv").write_text(",".join(tables.QUOTES) + "\n")
    check_columns(list_sources([str(tmp_path)]), Columns(text="isi"))
    assert len(read(tmp_path, Columns(text="isi"))) == 3


def test_a_table_without_a_usual_text_column(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("no,judul\n1,x\n")
    (tmp_path / "b.parquet").write_bytes(as_parquet([{"no": 1, "judul": "x"}]))
    (tmp_path / "c.jsonl").write_text('{"no": 1, "judul": "x"}\n')
    assert summary(tmp_path) == [("a.csv", "no_text"), ("b.parquet", "no_text"), ("c.jsonl#1", "bad_record")]
    for item in read(tmp_path):
        assert isinstance(item, Trouble)
        assert "'no', 'judul'" in item.problem.message


@pytest.mark.parametrize("column", ["text", "Content", "BODY", "isi", " Teks "])
def test_usual_names(tmp_path: Path, column: str) -> None:
    (tmp_path / "a.csv").write_text(f"no,{column}\n1,halo\n")
    (tmp_path / "b.jsonl").write_text(json.dumps({column: "halo"}))
    assert [article.text for article in articles(tmp_path)] == ["halo", "halo"]


# Encodings


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("cp1252", "windows-1252"),
        ("mac_roman", "Mac Roman"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, says: str | None) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    (article,) = articles(tmp_path)
    assert article.text == TEXT
    if says is None:
        assert article.problems == ()
    else:
        (problem,) = article.problems
        assert problem.code == "guessed_encoding"
        assert says in problem.message


@pytest.mark.parametrize(
    argnames=("encoding", "text"),
    ids=["cp1251", "gb18030", "cp1250"],
    argvalues=[
        ("cp1251", "Министр сказал: «Цены не изменятся», сообщает агентство. " * 3),
        ("gb18030", "部长说：“价格不会变化。”据新闻社报道，会议今天在北京举行。" * 3),
        (
            "cp1250",
            "Ministr řekl: „Ceny se nezmění,“ uvedla agentura a dodala další podrobnosti o jednání. " * 3,
        ),
    ],
)
def test_encodings_of_other_scripts(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.problem is not None


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    data = TEXT.encode() + b"rusak \xff di sini dan \xe2\x80"
    decoded = decode(data)
    assert decoded.text.startswith(TEXT)
    assert decoded.problem is not None
    assert "2 broken" in decoded.problem.message


@pytest.mark.parametrize("broken", [b"\xed\xa0\x80", b"\xff\xfe\xfd", b"\xe2\x80"])
def test_a_few_broken_bytes_beside_one_pair_of_marks_stay_utf8(broken: bytes) -> None:
    decoded = decode("Ia berkata, “ya”. ".encode() + broken)
    assert decoded.text.rstrip("\ufffd") == "Ia berkata, “ya”. "


@pytest.mark.parametrize(
    "text",
    ["Ia berkata, “ya”, di CÔTE.", "Kata José, “KÄ” dan “ya” adalah dua kata yang sama artinya bagi mereka."],
)
def test_windows_1252_that_holds_a_character_of_utf8_by_chance(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text


def test_big_windows_1252_file_with_one_mark_at_its_end() -> None:
    text = "Kalimat biasa tanpa tanda apa pun.\n" * 50_000 + "Ia berkata, “ya”."
    decoded = decode(text.encode("cp1252"))
    assert decoded.text == text


@pytest.mark.parametrize(
    "data",
    [
        random.Random(1).randbytes(5000),
        b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(500),
        bytes(range(256)) * 4,
        b"\0" * 100,
        b"\x7fELF\x02\x01\x01" + bytes(64),
        codecs.BOM_UTF16_LE + bytes([1, 0, 2, 0, 3, 0]) * 50,
    ],
)
def test_binary_data_named_txt(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text("isi")
    assert summary(tmp_path) == [("a.txt", "undecodable"), ("b.txt", "isi")]


def test_a_nul_in_a_text_is_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "\0" + TEXT)
    (article,) = articles(tmp_path)
    assert article.text == TEXT + "\0" + TEXT
    assert [problem.code for problem in article.problems] == ["guessed_encoding"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t",
        codecs.BOM_UTF8,
        codecs.BOM_UTF8 + b"\n",
        "\n \u00a0\n".encode(),
        "  ".encode("utf-16"),
    ],
)
def test_empty_files(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert summary(tmp_path) == [("a.txt", "empty")]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.html", "a.md"])
def test_empty_files_of_other_types(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert summary(tmp_path) == [(name, "empty")]


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_utf8_is_read_to_the_letter(text: str) -> None:
    try:
        decoded = decode(b"\xef\xbb\xbf" + text.encode())
    except UndecodableError:
        assert any(c < " " for c in text)
        return
    if decoded.problem is None:
        assert decoded.text == text


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UndecodableError:
        return
    decoded.text.encode("utf-8")  # nothing that cannot be written


@given(st.text(max_size=50))
def test_any_text_is_mended_to_something_that_can_be_written(text: str) -> None:
    try:
        mended = mend(text)
    except UndecodableError:
        return
    mended.text.encode("utf-8")


# Broken files


def test_half_a_line_and_records_without_text(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "satu"}),
        '{"text": "du',
        "",
        json.dumps({"judul": "tiga"}),
        json.dumps({"text": None}),
        json.dumps({"text": 5}),
        json.dumps({"text": " "}),
        json.dumps(["text"]),
        "[" * 100_000,
        json.dumps({"text": "sembilan"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert summary(tmp_path) == [
        ("a.jsonl#1", "satu"),
        ("a.jsonl#2", "bad_record"),
        ("a.jsonl#3", "bad_record"),
        ("a.jsonl#4", "bad_record"),
        ("a.jsonl#5", "bad_record"),
        ("a.jsonl#6", "empty"),
        ("a.jsonl#7", "bad_record"),
        ("a.jsonl#8", "bad_record"),
        ("a.jsonl#9", "sembilan"),
    ]


def test_a_number_of_any_length_costs_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "satu", "views": ' + "9" * 5000 + "}")
    assert summary(tmp_path) == [("a.jsonl#1", "satu")]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "du', "not JSON: Invalid control character at character 13 of the line"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "a JSON object is needed, not list"),
    ],
)
def test_what_is_wrong_with_a_line(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "a.jsonl").write_text(f"\n{line}\n")
    (trouble,) = read(tmp_path)
    assert isinstance(trouble, Trouble)
    assert says in trouble.problem.message


def test_jsonl_in_other_encodings(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT}, ensure_ascii=False) + "\n"
    (tmp_path / "a.jsonl").write_bytes(line.encode("utf-16"))
    (tmp_path / "b.jsonl").write_bytes(line.encode() + line.encode("cp1252"))
    (tmp_path / "c.jsonl").write_bytes(line.encode("utf-8-sig"))
    (tmp_path / "d.jsonl").write_text(json.dumps({"text": "x\ud800y\0z"}))
    told, *rest = read(tmp_path)
    assert isinstance(told, Trouble)
    assert (told.article_id, told.problem.code) == ("a.jsonl", "guessed_encoding")
    found = [item for item in rest if isinstance(item, Article)]
    assert [(article.text, [problem.code for problem in article.problems]) for article in found] == [
        (TEXT, []),
        (TEXT, []),
        (TEXT, ["guessed_encoding"]),
        (TEXT, []),
        ("x\ufffdy\0z", ["guessed_encoding"]),
    ]


def test_csv_in_other_encodings_and_dialects(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("isi;no\n“ya”;1\n".encode("cp1252"))
    (tmp_path / "b.csv").write_bytes("isi,no\n“ya”,1\n".encode("utf-16"))
    (tmp_path / "c.csv").write_bytes("no\tisi\r\n1\t“ya”\r\n".encode("utf-8-sig"))
    found = [item for item in read(tmp_path) if isinstance(item, Article)]
    assert [article.text for article in found] == ["“ya”"] * 3
    assert [[problem.code for problem in article.problems] for article in found] == [
        ["guessed_encoding"],
        [],
        [],
    ]
    (told,) = [item for item in read(tmp_path) if isinstance(item, Trouble)]
    assert told.article_id == "b.csv"
    assert "UTF-16" in told.problem.message


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_line_that_excel_leaves_before_the_header(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.csv").write_bytes(f"sep={mark}\r\nno{mark}isi\r\n1{mark}ya\r\n".encode("utf-8-sig"))
    (tmp_path / "b.csv").write_bytes(b"sep=isi,text\n1,ya\n")
    assert summary(tmp_path) == [("a.csv#1", "ya"), ("b.csv#1", "ya")]


def test_csv_fields(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(
        b'no,text\r\n1,"a\r\nb ""c"" \r d"\r\n\r\n2\r\n3,\r\n4,"e\0"\r\n5,f,g\r\n'
    )
    assert summary(tmp_path) == [
        ("a.csv#1", 'a\r\nb "c" \r d'),
        ("a.csv#2", "bad_record"),
        ("a.csv#3", "empty"),
        ("a.csv#4", "e\0"),
        ("a.csv#5", "f"),
    ]


def test_csv_that_breaks_off_inside_a_field(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\nsatu\n"dua, tanpa akhir\ntiga\n')
    (tmp_path / "b.csv").write_text('text\nsatu\n"dua ""benar"""')
    assert summary(tmp_path) == [
        ("a.csv#1", "satu"),
        ("a.csv#2", "bad_record"),
        ("b.csv#1", "satu"),
        ("b.csv#2", 'dua "benar"'),
    ]


def test_long_fields(tmp_path: Path) -> None:
    text = "Satu kata lagi. " * 1_300_000  # 20 MB
    (tmp_path / "a.csv").write_text(f"text\n{text}\n")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": text}))
    (tmp_path / "c.txt").write_text(text)
    assert [article.text == text.rstrip() or article.text == text for article in articles(tmp_path)] == [
        True
    ] * 3


def test_headers_without_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "b.parquet")
    (tmp_path / "c.jsonl").write_text("\n\n")
    assert summary(tmp_path) == [("a.csv", "empty"), ("b.parquet", "empty"), ("c.jsonl", "empty")]


@pytest.mark.parametrize("suffix", [suffix for suffix in PACK if suffix])
def test_broken_archives(tmp_path: Path, suffix: str) -> None:
    rows = [{"text": f"artikel {n} " + random.Random(n).randbytes(400).hex()} for n in range(400)]
    whole = PACK[suffix](as_jsonl(rows))
    (tmp_path / f"a.jsonl{suffix}").write_bytes(whole[: len(whole) * 2 // 3])
    (tmp_path / f"b.txt{suffix}").write_bytes(PACK[suffix](TEXT.encode())[:-6])
    (tmp_path / f"c.txt{suffix}").write_bytes(b"no archive at all")
    (tmp_path / f"d.jsonl{suffix}").write_bytes(whole)
    items = read(tmp_path)
    per_file = {name: [i for i in items if i.article_id.startswith(name)] for name in "abcd"}
    *kept, last = per_file["a"]
    assert isinstance(last, Trouble)
    assert last.problem.code == "unreadable"
    assert last.article_id == f"a.jsonl{suffix}"
    # What was whole before the break is kept. Bzip2 gives blocks of 900 kB, Zstandard of 128 kB.
    assert [item.text for item in kept if isinstance(item, Article)] == [
        row["text"] for row in rows[: len(kept)]
    ]
    assert suffix == ".bz2" or len(kept) > 150
    assert [item.problem.code for item in per_file["b"] if isinstance(item, Trouble)] == ["unreadable"]
    assert [item.problem.code for item in per_file["c"] if isinstance(item, Trouble)] == ["unreadable"]
    assert len(per_file["d"]) == len(rows)


def test_archives_of_several_parts(tmp_path: Path) -> None:
    for suffix, pack in PACK.items():
        (tmp_path / f"a.txt{suffix}").write_bytes(pack(b"satu ") + pack(b"dua"))
    assert {article.text for article in articles(tmp_path)} == {"satu dua"}


def test_broken_parquet(tmp_path: Path) -> None:
    whole = as_parquet([{"text": f"artikel {n}"} for n in range(100)])
    (tmp_path / "a.parquet").write_bytes(whole[:-20])
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    (tmp_path / "c.parquet.gz").write_bytes(gzip.compress(whole)[:-20])
    (tmp_path / "d.parquet").write_bytes(whole[:4] + bytes(60) + whole[64:])
    assert [code for _, code in summary(tmp_path)] == ["unreadable"] * 4


def test_parquet_of_every_string_type(tmp_path: Path) -> None:
    values = [TEXT, None, "dua"]
    for n, type_ in enumerate([pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]):
        pq.write_table(pa.table({"text": pa.array(values, type_)}), tmp_path / f"{n}.parquet")
    pq.write_table(
        pa.table({"text": pa.array([TEXT.encode(), None, "dua".encode("utf-16")])}), tmp_path / "3.parquet"
    )
    stamps = pa.table({"text": ["satu"], "date": [datetime(2024, 5, 3, 23, 59)]})
    pq.write_table(stamps, tmp_path / "4.parquet")
    for n in range(4):
        assert [text for id_, text in summary(tmp_path) if id_.startswith(f"{n}.")] == [
            TEXT,
            "bad_record",
            "dua",
        ]
    assert articles(tmp_path / "4.parquet")[0].date == "2024-05-03"


def test_a_date_outside_the_calendar_costs_no_article(tmp_path: Path) -> None:
    stamps = pa.array([9 * 10**18, 1_714_694_400_000_000], pa.timestamp("us"))
    pq.write_table(pa.table({"text": ["satu", "dua"], "date": stamps}), tmp_path / "a.parquet")
    assert [(one.text, one.date) for one in articles(tmp_path)] == [("satu", None), ("dua", "2024-05-03")]


def test_parquet_is_read_in_small_batches(tmp_path: Path) -> None:
    rows = [{"text": f"{n} " + "kata " * 400} for n in range(20_000)]
    pq.write_table(
        pa.Table.from_pylist(rows), tmp_path / "a.parquet", compression="none", use_dictionary=False
    )
    (source,) = list_sources([str(tmp_path)])
    items = read_source(source)
    before = pa.total_allocated_bytes()
    next(items)
    assert pa.total_allocated_bytes() - before < 20_000_000  # of 40 MB
    assert sum(1 for _ in items) == len(rows) - 1


def test_a_file_that_is_gone_or_forbidden(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("isi")
    (tmp_path / "b.txt").write_text("isi")
    sources = list(list_sources([str(tmp_path)]))
    (tmp_path / "a.txt").unlink()
    (gone,) = read_source(sources[0])
    assert isinstance(gone, Trouble)
    assert gone.problem == ("unreadable", None, "No such file or directory")
    if os.geteuid() != 0:
        (tmp_path / "b.txt").chmod(0)
        (forbidden,) = read_source(sources[1])
        assert isinstance(forbidden, Trouble)
        assert forbidden.problem.message == "Permission denied"


def test_unsupported_types(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.docx", "c", "d.json", "e.gz"):
        (tmp_path / name).write_bytes(b"{}")
    items = read(tmp_path)
    assert [item.problem.code for item in items if isinstance(item, Trouble)] == ["unsupported"] * 5
    assert ".pdf" in items[0].problem.message  # type: ignore[union-attr]


# Pages


PAGE = """<!DOCTYPE html><html lang="id"><head><meta charset="{charset}"><title>Judul</title>
<meta property="article:published_time" content="2024-05-03T10:00:00+07:00"></head><body>
<nav><a href="/">Beranda</a> <a href="/politik">Politik</a> <a href="/bola">Bola</a></nav>
<article><h1>Judul</h1>
<p>Gubernur Raka Wibisana meresmikan jembatan gantung di Kabupaten Lamandau pada Jumat siang, dan ratusan
warga menyaksikan peresmian itu sejak pagi hari bersama keluarga mereka masing-masing.</p>
<p>“Jembatan ini milik kita semua, jadi mari kita jaga bersama-sama,” kata Raka di hadapan para warga.</p>
<p>Ia menyebut pembangunan itu “tidak mudah” karena arus sungai deras sepanjang tahun dan bahan sulit.</p>
</article><footer>Hak cipta 2024 Redaksi</footer></body></html>"""


def test_pages(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(charset="utf-8"), encoding="utf-8")
    (tmp_path / "b.htm").write_bytes(PAGE.format(charset="windows-1252").encode("cp1252"))
    (tmp_path / "c.html").write_bytes(PAGE.format(charset="x-nonsense").encode("cp1252"))
    (tmp_path / "d.html").write_bytes(PAGE.format(charset="utf-8").encode("utf-16"))
    found = articles(tmp_path)
    for article in found:
        assert "“Jembatan ini milik kita semua, jadi mari kita jaga bersama-sama,” kata Raka" in article.text
        assert "Beranda" not in article.text
        assert "Hak cipta" not in article.text
        assert article.text.count("\n") >= 2
        assert article.date == "2024-05-03"
    assert [len(article.problems) for article in found] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<p>", "<b>" * 200 + "\0", "<" * 5000, "<html>" * 3000]
)
def test_pages_without_main_text(tmp_path: Path, html: str) -> None:
    (tmp_path / "a.html").write_text(html)
    assert summary(tmp_path) == [("a.html", "no_text")]


# What quotes wrote


@pytest.mark.parametrize("table", ["QUOTES", "SPEAKERS", "ARTICLES", "STANCE", "PROBLEMS"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_our_tables_are_no_input(tmp_path: Path, table: str, suffix: str) -> None:
    row = dict.fromkeys(getattr(tables, table), "x")
    for type_, make in (("csv", as_csv), ("jsonl", as_jsonl), ("parquet", as_parquet)):
        (tmp_path / f"{table.lower()}.{type_}{suffix}").write_bytes(PACK[suffix](make([row])))
    assert read(tmp_path) == []


def test_our_other_files_are_no_input(tmp_path: Path) -> None:
    head = '<!DOCTYPE html>\n<html><head><meta charset="utf-8">\n<meta name="generator" content="quotes 1">'
    (tmp_path / "report.html").write_text(head + PAGE.format(charset="utf-8"))
    (tmp_path / "run.json").write_text(json.dumps({"program": "quotes 0.1.0", "seconds": 1}))
    (tmp_path / "model.json").write_text(json.dumps({"kind": "quotes stance model", "format": 1}, indent=1))
    (tmp_path / "corrections.csv").write_text("article_id,start,end,text,speaker\na.txt,1,2,x,Budi\n")
    own_sides = [*tables.ARTICLES[: tables.ARTICLES.index("official")], "union", "company", "problems"]
    (tmp_path / "articles.csv").write_text(",".join(own_sides) + "\n")
    assert read(tmp_path) == []


def test_an_empty_table_of_ours_is_told_by_the_run_beside_it(tmp_path: Path) -> None:
    for folder in ("out", "in"):
        (tmp_path / folder).mkdir()
        for name in ("problems.jsonl", "other.jsonl"):
            (tmp_path / folder / name).write_text("")
    (tmp_path / "out" / "run.json").write_text(json.dumps({"program": "quotes"}))
    assert summary(tmp_path) == [
        ("in/other.jsonl", "empty"),
        ("in/problems.jsonl", "empty"),
        ("out/other.jsonl", "empty"),
    ]


def test_what_only_looks_like_ours_is_input(tmp_path: Path) -> None:
    (tmp_path / "quotes.csv").write_text("article_id,text\n1,halo\n")
    (tmp_path / "report.html").write_text(PAGE.format(charset="utf-8"))
    (tmp_path / "run.json").write_text(json.dumps({"program": "other"}))
    assert [type(item) for item in read(tmp_path)] == [Article, Article, Trouble]


# Ids and dates


def test_ids() -> None:
    ids = Ids()
    assert ids.claim("x", "a.csv", 1) == ("x", None)
    assert ids.claim("y", "a.csv", 2) == ("y", None)
    again, problem = ids.claim("x", "a.csv", 3)
    assert again == "x#3"
    assert problem is not None
    assert problem.code == "repeated_id"
    assert ids.claim("x", "b.csv", 3)[0] == "b.csv#3"
    assert ids.claim("b.csv#3", "c.csv", 1)[0] == "b.csv#3#1"
    taken = {"x", "y", "x#3", "b.csv#3", "b.csv#3#1"}
    for n in range(20):
        new, _ = ids.claim("x", "b.csv", 3)
        assert new not in taken, n
        taken.add(new)


def test_ids_of_records(tmp_path: Path) -> None:
    rows = [{"nr": nr, "text": "isi"} for nr in (7, 7.0, None, "", "  ", True, [1], math.nan, "a\ud800", "é")]
    (tmp_path / "a.jsonl").write_bytes(as_jsonl(rows))
    found = [article.article_id for article in articles(tmp_path, Columns(id="nr"))]
    numbered = [f"a.jsonl#{n}" for n in (3, 4, 5, 6, 7, 8)]
    assert found == ["7", "7", *numbered, "a\ufffd", "é"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T23:59:00+07:00", "2024-05-03"),
        ("20240503", "2024-05-03"),
        (" 2024-05-03 10:00 ", "2024-05-03"),
        ("3 Mei 2024", "2024-05-03"),
        ("Senin, 05 Agustus 2024 13:45 WIB", "2024-08-05"),
        ("Mon, 05 Aug 2024 10:00:00 GMT", "2024-08-05"),
        ("31/1/2026", "2026-01-31"),
        ("05/08/2024", "2024-08-05"),
        (1700000000, "2023-11-14"),
        (1700000000000, "2023-11-14"),
        (date(2024, 5, 3), "2024-05-03"),
        (datetime(2024, 5, 3, 10), "2024-05-03"),
        ("2024-13-40", None),
        ("2024", None),
        ("kemarin", None),
        ("5 hari lalu", None),
        ("Mei 2024", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        (float("inf"), None),
        ([], None),
        ("x" * 1000, None),
    ],
)
def test_dates(value: Any, expected: str | None) -> None:
    assert iso_date(value) == expected
