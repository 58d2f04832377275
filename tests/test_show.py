"""``quotes show``: the marks of a text, in pipes and in terminals, and what a terminal never gets."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import show
from quotes.records import Analysis, Problem, Quote

TEXT = "“Harga naik ‘dua’ kali,” kata Sari.\r\nFilm “Senja” tayang."


def quote(number: int, words: str, text: str = TEXT, **cells: object) -> Quote:
    start = text.index(words)
    row = Quote(number, "direct", words, start, start + len(words), *(None,) * 15)
    return row._replace(speaker_index=-1, **cells)  # type: ignore[arg-type]


SARI = {"speaker": "Sari", "role": "pedagang", "stance": "protester", "rule": "after", "score": 0.934}
ROWS = (
    quote(1, "Harga naik ‘dua’ kali,", **SARI, cue="kata", cue_start=25, cue_end=29,
          mention="Sari", mention_start=30, mention_end=34),
    quote(2, "dua", kind="mixed"),
    quote(3, "Senja", kind="other"),
)  # fmt: skip
PROBLEMS = (Problem("unpaired_mark", 7, "opening mark"), Problem("guessed_encoding", None, "cp1252"))
ANALYSIS = Analysis("a.txt", len(TEXT), "ID", None, ROWS, (), PROBLEMS)


def test_plain() -> None:
    assert show.plain(TEXT, ANALYSIS).split("\n") == [
        "a.txt: 2 quotes, 1 with a speaker, focus country ID",
        "",
        "“[1: Harga naik ‘[2: dua]’ kali,]” kata Sari. ",
        "Film “[3: Senja]” tayang.",
        "",
        "quote\tkind\tstance\tspeaker\trole\tcue\trule\tscore\tstart\tend\ttext",
        "1\tdirect\tprotester\tSari\tpedagang\tkata\tafter\t0.93\t1\t23\tHarga naik ‘dua’ kali,",
        "2\tmixed\t\t\t\t\t\t\t13\t16\tdua",
        "3\tother\t\t\t\t\t\t\t43\t48\tSenja",
        "",
        "problem: unpaired_mark at 7: opening mark",
        "problem: guessed_encoding: cp1252",
        "",
    ]


def test_an_article_without_quotes() -> None:
    found = show.plain("Sepi.", Analysis("b.txt", 5, None, None, (), (), ()))
    assert found == "b.txt: 0 quotes, 0 with a speaker, focus country not known\n\nSepi.\n"


def printed(text: str, analysis: Analysis, *, width: int = 90) -> str:
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system="truecolor", highlight=False)
    console.print(show.pretty(text, analysis))
    return out.getvalue()


def test_pretty_puts_quotes_on_the_colour_of_their_side() -> None:
    found = printed(TEXT, ANALYSIS)
    assert "\x1b[30;48;2;255;197;158mHarga naik ‘\x1b[0m" in found  # black on the protester's tint
    assert "▲1" in found
    assert "○2" in found
    assert "–3" in found
    assert "\x1b[4mSari\x1b[0m" in found
    assert "\x1b[1;3mkata\x1b[0m" in found
    assert "▲ Protester" in found
    assert "after 0.93" in found


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, tuple[Quote, ...]]:
    text = draw(st.text(min_size=1, max_size=60))
    place = st.integers(0, len(text))
    rows = []
    for number in range(draw(st.integers(0, 5))):
        spans = [sorted((draw(place), draw(place))) for _ in range(3)]
        (start, end), cue, mention = spans
        row = Quote(number + 1, "direct", text[start:end], start, end, *(None,) * 15)
        rows.append(row._replace(speaker_index=-1, cue_start=cue[0], cue_end=cue[1],
                                 mention_start=mention[0], mention_end=mention[1]))  # fmt: skip
    return text, tuple(sorted(rows, key=lambda row: row.start))


@given(marked())
def test_segments_cover_the_text_once_and_know_what_they_are_in(case: tuple[str, tuple[Quote, ...]]) -> None:
    text, rows = case
    found = list(show.segments(len(text), rows))
    assert [piece.start for piece in found] == [0, *(piece.end for piece in found[:-1])]
    assert found[-1].end == len(text)
    for piece in found:
        inside = {
            row.quote_id
            for row in rows
            if row.start <= piece.start and piece.end <= row.end and row.start < row.end
        }
        assert {row.quote_id for row in piece.quotes} == inside
        widths = [row.end - row.start for row in piece.quotes]
        assert widths == sorted(widths, reverse=True)
    for row in rows:
        if row.start < row.end:
            assert (
                sum(row in piece.opens for piece in found) == sum(row in piece.closes for piece in found) == 1
            )


@given(marked())
def test_nothing_steers_the_terminal(case: tuple[str, tuple[Quote, ...]]) -> None:
    text, rows = case
    text = text + "\x1b]0;x\x07\x9b31m\u202e\x00\x08"
    analysis = Analysis("\x1b[2Jid", len(text), None, None, rows, (), (Problem("x", None, "\x1b[1m"),))
    found = show.plain(text, analysis)
    assert not [
        char for char in found if not char.isprintable() and char not in "\n\t" and not char.isspace()
    ]
    assert not set("\x1b\x9b\x07\x08\r\x00\u202e") & set(found)


# --- the command ----------------------------------------------------------------------------------------


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quotes", "show", *arguments],
        capture_output=True, text=True, check=False, encoding="utf-8", **options,  # type: ignore[call-overload]
    )  # fmt: skip


ARTICLE = "“Harga beras naik dua kali lipat,” kata Gubernur Raka Wibisana, Jumat.\n"


def test_the_command_is_plain_in_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "berita.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    done = run(str(path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "“[1: Harga beras naik dua kali lipat,]”" in done.stdout
    assert "\t".join(("1", "direct", "official", "Raka Wibisana", "Gubernur", "kata")) in done.stdout
    assert "\x1b" not in done.stdout


def test_the_command_is_coloured_in_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "berita.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", "NO_COLOR": ""}
    environment.pop("NO_COLOR")
    process = subprocess.Popen(
        [sys.executable, "-m", "quotes", "show", str(path)], stdout=follower, env=environment
    )
    os.close(follower)
    seen = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(leader)
    assert process.wait() == 0
    found = seen.decode("utf-8")
    assert "\x1b[" in found
    assert "■1" in found
    assert "■ Official" in found
    assert "Raka Wibisana" in found


def test_records_are_chosen_by_number(tmp_path: Path) -> None:
    path = tmp_path / "arsip.jsonl"
    path.write_text('{"text": "Sepi."}\n{"text": "“Ramai,” kata Budi Santoso."}\n', encoding="utf-8")
    done = run(str(path), "--record", "2")
    assert (done.returncode, done.stderr) == (0, "record 2 of 2; --record N shows another\n")
    assert done.stdout.startswith("arsip.jsonl#2: 1 quote,")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("1", None),
        ("2", "record 2: bad_record: not JSON"),
        ("3", "record 3: empty: "),
        ("4", None),
        ("5", "it holds 4; choose one with --record"),
    ],
)
def test_records_that_cannot_be_read_count(tmp_path: Path, record: str, said: str | None) -> None:
    path = tmp_path / "arsip.jsonl"
    path.write_text('{"text": "Sepi."}\n{"text\n{"text": " "}\n{"text": "Ramai."}\n', encoding="utf-8")
    done = run(str(path), "--record", record)
    if said is None:
        assert (done.returncode, done.stdout.partition(":")[0]) == (0, f"arsip.jsonl#{record}")
    else:
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert said in done.stderr


@pytest.mark.parametrize(
    ("make", "arguments", "said"),
    [
        (None, [], "x.txt"),
        ("folder", [], "a folder; `quotes show` reads one file"),
        (b"", [], "no article to show (empty: "),
        (b"\x00\x01\x02\xff\xfe" * 50, [], "no article to show (undecodable: "),
        (b"Sepi.", ["--record", "2"], "no article to show (it holds 1; choose one with --record)"),
    ],
)
def test_a_users_mistake_is_one_line(
    tmp_path: Path, make: bytes | str | None, arguments: list[str], said: str
) -> None:
    path = tmp_path / "x.txt"
    if isinstance(make, bytes):
        path.write_bytes(make)
    elif make:
        path.mkdir()
    done = run(str(path), *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
